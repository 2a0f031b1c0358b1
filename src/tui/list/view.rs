//! Draws the article list.

use ratatui::{buffer::Buffer, layout::Rect, style::Style, text::Span};

use crate::{
    config::Ink,
    library::{ArticleRow, Sort},
    tui::{
        layout::inside,
        state::{Pane, State},
        text::{self, fit, grouped, width},
        view::{Legend, frame_pane, mark_row, placeholder, scrollbar},
    },
};

/// Lines an article takes: two, or one where lines are few.
pub(in crate::tui) fn row_height(pane: Rect) -> u16 {
    if pane.height >= 12 { 2 } else { 1 }
}

/// Draws the list with its frame.
pub(in crate::tui) fn view(state: &State, rect: Rect, buffer: &mut Buffer) {
    let list = &state.list;
    let sort = match state.sort {
        Sort::DateDescending => "newest",
        Sort::DateAscending => "oldest",
        Sort::Outlet => "by outlet",
        Sort::Relevance => "best match",
    };
    let unread = match list.counts.unread_matching {
        0 => String::new(),
        n => format!("{} unread", grouped(n)),
    };
    let title = if state.samples { "Articles: samples" } else { "Articles" };
    let mut title = vec![Span::raw(title)];
    // Where the sidebar has no place of its own, it is a tab behind the list.
    let tab = state.panes().sidebar.is_none() && !state.samples;
    if tab {
        title.push(Span::styled(" │ Mentioned", state.theme.style(Ink::Faint)));
    }
    let legend = Legend {
        title,
        right: if rect.width >= if tab { 60 } else { 24 } { sort.to_owned() } else { String::new() },
        foot: if state.samples && rect.width >= 44 {
            vec![Span::styled("attache FOLDER adds yours", state.theme.style(Ink::Faint))]
        } else {
            Vec::new()
        },
        foot_right: unread,
    };
    frame_pane(state, Pane::List, rect, legend, buffer);
    let inner = inside(rect);
    if list.counts.matching == 0 {
        placeholder(state, inner, empty_words(state), buffer);
        return;
    }
    let height = row_height(rect);
    let page = u64::from(inner.height / height);
    for (index, y) in (list.top..list.counts.matching).zip((inner.y..inner.bottom()).step_by(usize::from(height))) {
        let row = Rect { y, height: height.min(inner.bottom() - y), ..inner };
        match list.row(index) {
            Some(article) if height == 2 => draw_tall(state, article, row, buffer),
            Some(article) => draw_flat(state, article, row, buffer),
            None => {
                buffer.set_stringn(row.x, row.y, "  …", usize::from(row.width), state.theme.style(Ink::Faint));
            }
        }
        if index == list.selected {
            mark_row(state, Pane::List, row, buffer);
        }
    }
    scrollbar(state, rect, (list.top, page, list.counts.matching), None, buffer);
}

/// Why there is nothing to see.
fn empty_words(state: &State) -> &'static str {
    if !state.list.loaded {
        "opening the library …"
    } else if state.adding || (state.list.counts.total == 0 && state.feeds.running.is_some()) {
        "the first articles are on their way …"
    } else if state.list.counts.total == 0 && !state.feeds.rows.is_empty() {
        "no articles yet · R refreshes your feeds"
    } else if state.list.counts.total == 0 {
        "no articles yet · attache FOLDER adds some"
    } else {
        "no article passes this filter · 0 clears it"
    }
}

fn headline_style(state: &State, article: &ArticleRow) -> Style {
    let style = state.theme.style(if article.headline_derived { Ink::DerivedHeadline } else { Ink::Text });
    if article.read { style } else { style.patch(state.theme.style(Ink::Unread)) }
}

/// Headline above; date, outlet and countries below.
fn draw_tall(state: &State, article: &ArticleRow, row: Rect, buffer: &mut Buffer) {
    let cells = usize::from(row.width);
    draw_marks(state, article, row, buffer);
    let star = if article.starred { 2 } else { 0 };
    let headline = fit(&article.headline, cells.saturating_sub(3 + star));
    buffer.set_stringn(row.x + 2, row.y, headline, cells.saturating_sub(2), headline_style(state, article));
    if row.height < 2 {
        return;
    }
    let faint = state.theme.style(Ink::Faint);
    let countries = countries(article);
    let room = cells.saturating_sub(3);
    let from = from_where(state, article, room.saturating_sub(width(&countries) + 1));
    buffer.set_stringn(row.x + 2, row.y + 1, from, room, faint);
    let x = row.right().saturating_sub(u16::try_from(width(&countries) + 1).unwrap_or(0));
    if width(&countries) + 2 < cells {
        buffer.set_stringn(x, row.y + 1, &countries, width(&countries), faint);
    }
}

/// All on one line.
fn draw_flat(state: &State, article: &ArticleRow, row: Rect, buffer: &mut Buffer) {
    let cells = usize::from(row.width);
    draw_marks(state, article, row, buffer);
    let faint = state.theme.style(Ink::Faint);
    let day = article.published.map_or_else(|| "–".to_owned(), |day| day.format("%-d %b").to_string());
    let mut x = row.x + 2;
    if cells >= 30 {
        buffer.set_stringn(x, row.y, text::pad(&day, 6), cells.saturating_sub(2), faint);
        x += 7;
    }
    let room = usize::from(row.right().saturating_sub(x + 1));
    let star = if article.starred { 2 } else { 0 };
    buffer.set_stringn(
        x,
        row.y,
        fit(&article.headline, room.saturating_sub(star)),
        room,
        headline_style(state, article),
    );
}

fn draw_marks(state: &State, article: &ArticleRow, row: Rect, buffer: &mut Buffer) {
    if !article.read {
        buffer.set_stringn(row.x, row.y, "●", usize::from(row.width), state.theme.style(Ink::Unread));
    }
    if article.starred && row.width > 6 {
        buffer.set_stringn(row.right() - 2, row.y, "★", 1, state.theme.style(Ink::Starred));
    }
}

/// Day and outlet, and how many others have the story, which is seen however little room there is.
fn from_where(state: &State, article: &ArticleRow, cells: usize) -> String {
    let day = article.published.map_or_else(|| "undated".to_owned(), |day| state.day(day));
    let others = match article.n_outlets {
        0 | 1 if article.n_versions > 1 => format!(" ×{}", article.n_versions),
        0 | 1 => String::new(),
        n => format!(" +{}", n - 1),
    };
    fit_before(&format!("{day} · {}", article.outlet), &others, cells)
}

/// `words` cut to leave room for `tail`.
fn fit_before(words: &str, tail: &str, cells: usize) -> String {
    fit(&format!("{}{tail}", fit(words, cells.saturating_sub(width(tail)))), cells)
}

fn countries(article: &ArticleRow) -> String {
    article.countries.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::fit_before;

    #[test]
    fn how_many_others_have_a_story_is_seen_where_the_outlet_is_cut() {
        assert_eq!(fit_before("7 Aug · Herald", " +2", 20), "7 Aug · Herald +2");
        assert_eq!(fit_before("7 Aug · Herald", " +2", 14), "7 Aug · He… +2");
        assert_eq!(fit_before("7 Aug · Herald", "", 12), "7 Aug · Her…");
        assert_eq!(fit_before("7 Aug · Herald", " +2", 2), "…");
    }
}
