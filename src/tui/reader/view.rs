//! Draws the text.

use std::ops::Range;

use ratatui::{buffer::Buffer, layout::Rect, style::Style, text::Span as Words};
use unicode_segmentation::UnicodeSegmentation;

use crate::{
    config::Ink,
    model::Span,
    tui::{
        layout::inside,
        state::{Pane, State},
        text::{self, clean, counted, fit, grapheme_width},
        view::{Legend, frame_pane, placeholder, scrollbar},
    },
};

use super::{Document, MarkKind};

/// Cells left of the text for the sign of a quote, and right of it for air.
const GUTTER: usize = 2;
const AIR: usize = 1;

/// Widest line of text in a pane.
pub(in crate::tui) fn text_width(pane: Rect) -> usize {
    usize::from(inside(pane).width).saturating_sub(GUTTER + AIR).max(1)
}

/// Draws the text with its frame.
pub(in crate::tui) fn view(state: &State, rect: Rect, buffer: &mut Buffer) {
    let reader = &state.reader;
    let inner = inside(rect);
    let Some(document) = &reader.document else {
        frame_pane(state, Pane::Reader, rect, Legend { title: vec![Words::raw("Text")], ..Legend::default() }, buffer);
        placeholder(state, inner, if state.list.counts.matching > 0 { "opening …" } else { "nothing to read" }, buffer);
        return;
    };
    frame_pane(state, Pane::Reader, rect, legend(state, document, rect), buffer);
    let margin = u16::try_from((text_width(rect) - document.measure.min(text_width(rect))) / 2).unwrap_or(0);
    let page = Rect { x: inner.x + margin, width: inner.width.saturating_sub(margin), ..inner };
    let laid = Layers::of(state, document);
    for (row, y) in (reader.top..document.n_rows()).zip(page.y..page.bottom()) {
        let line = Rect { y, height: 1, ..page };
        match row.checked_sub(document.n_above()) {
            None => draw_above(state, document, row, line, buffer),
            Some(index) => draw_line(state, document, &laid, index, line, buffer),
        }
    }
    let shown = (reader.top as u64, u64::from(inner.height), document.n_rows() as u64);
    scrollbar(state, rect, shown, None, buffer);
}

fn legend<'a>(state: &State, document: &Document, rect: Rect) -> Legend<'a> {
    let stored = &document.stored;
    // The headline moves into the frame once it has scrolled out of sight.
    let away = state.reader.top >= document.headline.len();
    let room = usize::from(rect.width).saturating_sub(16);
    let title = if away { fit(&stored.article.headline().text, room) } else { "Text".to_owned() };
    let outside = if state.outside && rect.width >= 50 { "not in the list" } else { "" };
    let star = if stored.starred { " ★" } else { "" };
    let right = format!("{outside}{star}").trim().to_owned();
    let foot = match &state.reader.search {
        Some(search) => {
            let at = search.current.map_or(0, |current| current + 1);
            vec![Words::styled(
                fit(&format!("/{} {at} of {}", search.query, search.hits.len()), room),
                state.theme.style(Ink::Filter),
            )]
        }
        None => match (&state.sidebar.choice, state.sidebar.selected_item()) {
            (Some(choice), Some(item)) if item.choice == *choice => {
                let at = state.sidebar.mention.map_or(String::new(), |mention| format!("{} of ", mention + 1));
                let count = item.count.filter(|_| !item.is_watch()).map_or(String::new(), |count| count.to_string());
                let words = format!("{} {at}{count}", item.label);
                vec![Words::styled(fit(&words, room), state.theme.style(Ink::Filter))]
            }
            _ => Vec::new(),
        },
    };
    Legend { title: vec![Words::raw(title)], right, foot, foot_right: state.reader.progress() }
}

/// The headline, where it is from, a blank line.
fn draw_above(state: &State, document: &Document, row: usize, line: Rect, buffer: &mut Buffer) {
    let x = line.x + u16::try_from(GUTTER).unwrap_or(0);
    let cells = usize::from(line.right().saturating_sub(x));
    let article = &document.stored.article;
    if let Some(headline) = document.headline.get(row) {
        let derived = article.headline().derived;
        let style = state.theme.style(if derived { Ink::DerivedHeadline } else { Ink::Headline });
        buffer.set_stringn(x, line.y, clean(headline), cells, style);
    } else if row == document.headline.len() {
        let day = article.published.map_or_else(|| "undated".to_owned(), |day| state.day(day));
        let mut parts = vec![article.outlet_or_source().to_owned(), day];
        let changed = document.stored.changed.map(|at| at.with_timezone(&chrono::Local).date_naive());
        parts.extend(changed.map(|day| format!("changed {}", state.day(day))));
        parts.extend(article.author.clone());
        parts.extend(document.stored.tags.iter().map(|tag| format!("#{tag}")));
        parts.push(counted(document.stored.annotations.quotes.len(), "quote"));
        let words = fit(&parts.join(" · "), cells);
        buffer.set_stringn(x, line.y, words, cells, state.theme.style(Ink::Faint));
    }
}

/// What is laid over the text besides the marks, worked out once a frame.
struct Layers {
    chosen: Vec<Span>,
    hits: Vec<Span>,
    current_hit: Option<usize>,
    current_mention: Option<usize>,
    current_quote: Option<usize>,
}

impl Layers {
    fn of(state: &State, document: &Document) -> Self {
        let search = state.reader.search.as_ref();
        Self {
            chosen: state.sidebar.choice.as_ref().map(|choice| document.mentions(choice)).unwrap_or_default(),
            hits: search.map(|search| search.hits.clone()).unwrap_or_default(),
            current_hit: search.and_then(|search| search.current),
            current_mention: state.sidebar.mention,
            current_quote: (!document.stored.annotations.quotes.is_empty()).then_some(state.quotes.selected),
        }
    }
}

/// A piece of a line and what it looks like.
struct Piece {
    range: Range<usize>,
    style: Style,
}

fn draw_line(state: &State, document: &Document, laid: &Layers, index: usize, line: Rect, buffer: &mut Buffer) {
    let Some(shown) = document.lines.get(index) else { return };
    let range = shown.start..shown.end;
    let pieces = pieces(state, document, laid, &range);
    draw_sign(state, document, laid, &range, line, buffer);
    let mut x = line.x + u16::try_from(GUTTER).unwrap_or(0);
    let body = document.body();
    let plain = state.theme.style(Ink::Text);
    for (at, grapheme) in body.get(range.clone()).unwrap_or_default().grapheme_indices(true) {
        let at = at + range.start;
        let style = pieces
            .iter()
            .filter(|piece| piece.range.contains(&at))
            .fold(plain, |style, piece| style.patch(piece.style));
        let cells = grapheme_width(grapheme);
        if usize::from(x) + cells > usize::from(line.right()) {
            break;
        }
        if cells > 0 {
            buffer.set_stringn(x, line.y, clean(grapheme), cells, style);
            x += u16::try_from(cells).unwrap_or(1);
        }
    }
}

/// The sign left of a line that quotes: a thick bar for the current quote, a thin one for others.
fn draw_sign(state: &State, document: &Document, laid: &Layers, line: &Range<usize>, at: Rect, buffer: &mut Buffer) {
    let quotes = document.marks.iter().filter_map(|mark| match mark.kind {
        MarkKind::Quote(quote) if meets(&mark.range, line) => Some(quote),
        _ => None,
    });
    let mut sign = None;
    for quote in quotes {
        if laid.current_quote == Some(quote) {
            sign = Some((quote, "▌"));
            break;
        }
        sign = sign.or(Some((quote, "│")));
    }
    if let Some((quote, symbol)) = sign {
        let bookmarked = state.quotes.bookmarks.get(quote).copied().flatten().is_some();
        let style = state.theme.speaker(document.speakers[quote]);
        buffer.set_stringn(at.x, at.y, symbol, 1, style);
        let starts = document.stored.annotations.quotes[quote].spans.first();
        let starts_here = starts.is_some_and(|span| line.contains(&span.start()));
        if bookmarked && starts_here {
            buffer.set_stringn(at.x, at.y, "★", 1, state.theme.style(Ink::Starred));
        }
    }
}

fn meets(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Everything laid over a line, the lowest first.
fn pieces(state: &State, document: &Document, laid: &Layers, line: &Range<usize>) -> Vec<Piece> {
    let theme = &state.theme;
    let mut pieces: Vec<Piece> = document
        .marks
        .iter()
        .filter(|mark| meets(&mark.range, line))
        .map(|mark| {
            let style = match mark.kind {
                MarkKind::Quote(quote) => {
                    let style = theme.speaker(document.speakers[quote]);
                    let current = laid.current_quote == Some(quote);
                    if current { style.patch(theme.style(Ink::CurrentQuote)) } else { style }
                }
                MarkKind::Official(_) => theme.style(Ink::Official),
                MarkKind::Person(_) => theme.style(Ink::Person),
                MarkKind::Country(_) => theme.style(Ink::Country),
                MarkKind::Organization(_) => theme.style(Ink::Organization),
            };
            Piece { range: mark.range.clone(), style }
        })
        .collect();
    // Inside a quote its speaker's colour goes before that of what is mentioned there: only the signs are added.
    let quoted: Vec<Range<usize>> = document
        .marks
        .iter()
        .filter(|mark| matches!(mark.kind, MarkKind::Quote(_)) && meets(&mark.range, line))
        .map(|mark| mark.range.clone())
        .collect();
    let n_quotes = quoted.len();
    for piece in pieces.iter_mut().skip(n_quotes) {
        if quoted.iter().any(|quote| meets(quote, &piece.range)) {
            piece.style.fg = None;
            piece.style.bg = None;
        }
    }
    lay_spans(
        &mut pieces,
        &laid.chosen,
        laid.current_mention,
        line,
        (theme.style(Ink::Chosen), theme.style(Ink::ChosenCurrent)),
    );
    lay_spans(
        &mut pieces,
        &laid.hits,
        laid.current_hit,
        line,
        (theme.style(Ink::Match), theme.style(Ink::MatchCurrent)),
    );
    pieces
}

fn lay_spans(
    pieces: &mut Vec<Piece>,
    spans: &[Span],
    current: Option<usize>,
    line: &Range<usize>,
    (all, one): (Style, Style),
) {
    for (at, span) in spans.iter().enumerate().filter(|(_, span)| meets(&span.range(), line)) {
        let style = if current == Some(at) { one } else { all };
        pieces.push(Piece { range: span.range(), style });
    }
}

impl State {
    /// A day as the config wants it.
    pub(in crate::tui) fn day(&self, day: chrono::NaiveDate) -> String {
        use std::fmt::Write as _;
        let mut written = String::new();
        // A format that strftime does not know is an error while writing.
        match write!(written, "{}", day.format(&self.config.reader.date_format)) {
            Ok(()) => text::clean(&written).into_owned(),
            Err(_) => day.to_string(),
        }
    }
}
