//! Draws a line one types into: at the bottom, what is offered above it, what is wrong with it under it.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    widgets::{Clear, Widget},
};
use unicode_segmentation::UnicodeSegmentation;

use crate::{
    config::{Command, Ink, Scope},
    tui::{
        state::State,
        text::{clean, fit, grouped, how_many, pad, width},
        view::lay_over,
    },
};

use super::{Completion, Mistake, Prompt, PromptKind, key_words};

/// Most lines of what is offered.
const MOST_LINES: u16 = 8;

/// Widest list of what is offered, in cells.
const MOST_CELLS: u16 = 72;

/// Cells of a line that are scrolled out on the left, so that the cursor stays in sight.
fn scrolled_out(label: &str, cursor_cells: usize, cells: usize) -> usize {
    cursor_cells.saturating_sub(cells.saturating_sub(label_cells(label) + 1))
}

fn label_cells(label: &str) -> usize {
    if label.is_empty() { 2 } else { width(label) + 1 }
}

/// A line one types into; the end with the cursor stays in sight.
pub(super) fn draw_input(
    state: &State,
    label: &str,
    text: &str,
    cursor_cells: usize,
    row: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let cells = usize::from(row.width);
    let skipped = scrolled_out(label, cursor_cells, cells);
    let label = if label.is_empty() { "› ".to_owned() } else { format!("{label} ") };
    buffer.set_stringn(row.x, row.y, &label, cells, state.theme.style(Ink::Key));
    let room = cells.saturating_sub(width(&label) + 1);
    let mut passed = 0;
    let shown: String = text
        .graphemes(true)
        .skip_while(|grapheme| {
            let hidden = passed < skipped;
            passed += width(grapheme);
            hidden
        })
        .collect();
    let x = row.x + u16::try_from(width(&label)).unwrap_or(0);
    if x < row.right() {
        buffer.set_stringn(x, row.y, clean(&shown), room + 1, state.theme.style(Ink::Text));
    }
    let cursor = x.saturating_add(u16::try_from(cursor_cells.min(room)).unwrap_or(0));
    Some(Position { x: cursor.min(row.right().saturating_sub(1)), y: row.y })
}

/// Draws the line; answers where the cursor stands.
pub(super) fn draw_prompt(state: &State, prompt: &Prompt, buffer: &mut Buffer) -> Option<Position> {
    let bottom = state.panes().status.unwrap_or(Rect { height: 1, ..state.area });
    if bottom.is_empty() {
        return None;
    }
    let (label, hint) = words(state, prompt);
    let queries = matches!(prompt.kind, PromptKind::FindArticles(_));
    // A query has a line under it, where a mistake is shown.
    let row = if queries && bottom.y > state.area.y { Rect { y: bottom.y - 1, ..bottom } } else { bottom };
    Clear.render(row.union(bottom), buffer);
    buffer.set_style(row.union(bottom), state.theme.style(Ink::Text));
    let left = Rect { x: row.x + 1.min(row.width), width: row.width.saturating_sub(1), ..row };
    let typed_cells = width(label) + width(prompt.line.text()) + 4;
    if row.y < bottom.y {
        match &prompt.error {
            Some(mistake) => draw_mistake(state, prompt, label, mistake, left, buffer),
            None => at_right(state, &hint, Ink::Faint, bottom, 1, buffer),
        }
    } else {
        let (words, ink) = match &prompt.error {
            Some(mistake) => (&mistake.message, Ink::Error),
            None => (&hint, Ink::Faint),
        };
        at_right(state, words, ink, bottom, typed_cells, buffer);
    }
    let cursor = draw_input(state, label, prompt.line.text(), prompt.line.cursor_cells(), left, buffer);
    draw_offers(state, prompt, label, left, buffer);
    cursor
}

/// What stands before the line, and what is said beside it.
fn words(state: &State, prompt: &Prompt) -> (&'static str, String) {
    match &prompt.kind {
        PromptKind::FindArticles(_) => {
            let count = how_many(state.list.counts);
            let keys = key_words(state, Scope::Line, &[(Command::Complete, "completes")]);
            ("find articles /", if keys.is_empty() { count } else { format!("{keys} · {count}") })
        }
        PromptKind::FindInText(_) => {
            let hits = state.reader.search.as_ref().map_or(0, |search| search.hits.len());
            let empty = prompt.line.text().is_empty();
            ("find in text /", if empty { String::new() } else { format!("{} found", grouped(hits as u64)) })
        }
        PromptKind::FeedAddress => ("feed or site", "an address, such as www.example.org".to_owned()),
        PromptKind::Dates => ("published", "2025-07-01..2025-08-04, 2025-07, last 7d".to_owned()),
        PromptKind::Tags(_) => ("tags", "energy, grain deal".to_owned()),
        PromptKind::WatchName => ("keep this search as", "a name".to_owned()),
    }
}

fn at_right(state: &State, words: &str, ink: Ink, row: Rect, taken: usize, buffer: &mut Buffer) {
    let words = fit(words, usize::from(row.width).saturating_sub(taken));
    let cells = width(&words);
    let x = row.right().saturating_sub(u16::try_from(cells + 1).unwrap_or(0));
    buffer.set_stringn(x.max(row.x), row.y, words, cells, state.theme.style(ink));
}

/// Carets under what is wrong, and beside them, or above the line where they leave no room, what was expected.
fn draw_mistake(state: &State, prompt: &Prompt, label: &str, mistake: &Mistake, row: Rect, buffer: &mut Buffer) {
    let (cells, under) = (usize::from(row.width), row.y + 1);
    let skipped = scrolled_out(label, prompt.line.cursor_cells(), cells);
    let (before, wrong) = mistake.at.unwrap_or((0, 1));
    let end = (before + wrong).saturating_sub(skipped).max(1);
    let start = before.saturating_sub(skipped).min(end - 1);
    let from = (label_cells(label) + start).min(cells.saturating_sub(1));
    let error = state.theme.style(Ink::Error);
    let carets = "^".repeat((end - start).min(cells - from));
    let x = |cells: usize| row.x + u16::try_from(cells).unwrap_or(0);
    buffer.set_stringn(x(from), under, &carets, cells - from, error);
    let beside = from + carets.len() + 1;
    if beside + width(&mistake.message) <= cells {
        buffer.set_stringn(x(beside), under, &mistake.message, cells - beside, error);
    } else if width(&mistake.message) + 1 < from {
        buffer.set_stringn(x(from - 1 - width(&mistake.message)), under, &mistake.message, cells, error);
    } else if prompt.completion.offers.is_empty() {
        let lines = textwrap::wrap(&mistake.message, cells.saturating_sub(1).max(1));
        let n_lines = u16::try_from(lines.len()).unwrap_or(1).min(row.y.saturating_sub(state.area.y));
        for (line, y) in lines.iter().zip(row.y - n_lines..row.y) {
            let place = Rect { x: row.x - 1, y, width: row.width + 1, height: 1 };
            Clear.render(place, buffer);
            buffer.set_style(place, state.theme.style(Ink::Text));
            buffer.set_stringn(row.x, y, line, cells, error);
        }
    }
}

/// What could stand at the cursor, above where it would stand.
fn draw_offers(state: &State, prompt: &Prompt, label: &str, row: Rect, buffer: &mut Buffer) {
    let Completion { at, offers, selected, .. } = &prompt.completion;
    let room = row.y.saturating_sub(state.area.y).min(MOST_LINES);
    let n_lines = u16::try_from(offers.len()).unwrap_or(u16::MAX).min(room);
    if n_lines == 0 || row.width < 12 {
        return;
    }
    let first = selected.map_or(0, |at| (at + 1).saturating_sub(usize::from(n_lines)));
    let shown = offers.get(first..first + usize::from(n_lines)).unwrap_or_default();
    let words_cells = shown.iter().map(|offer| width(&offer.words)).max().unwrap_or(0);
    let meaning_cells = shown.iter().map(|offer| width(&offer.meaning)).max().unwrap_or(0);
    let all = words_cells + 2 + if meaning_cells > 0 { meaning_cells + 2 } else { 0 };
    let cells = u16::try_from(all).unwrap_or(u16::MAX).min(MOST_CELLS).min(row.width);
    let skipped = scrolled_out(label, prompt.line.cursor_cells(), usize::from(row.width));
    let before = width(prompt.line.text().get(..at.start).unwrap_or_default()).saturating_sub(skipped);
    let x = row.x + u16::try_from(label_cells(label) + before).unwrap_or(0);
    let place = Rect {
        x: x.saturating_sub(1).min(row.right().saturating_sub(cells)),
        y: row.y - n_lines,
        width: cells,
        height: n_lines,
    };
    Clear.render(place, buffer);
    buffer.set_style(place, state.theme.style(Ink::Text).patch(state.theme.style(Ink::Overlay)));
    for ((at, offer), y) in shown.iter().enumerate().zip(place.y..) {
        let line = Rect { y, height: 1, ..place };
        let cells = usize::from(line.width).saturating_sub(2);
        let (words, meaning) = (state.theme.style(Ink::Key), state.theme.style(Ink::Faint));
        buffer.set_stringn(line.x + 1, y, pad(&offer.words, words_cells.min(cells)), cells, words);
        let rest = cells.saturating_sub(words_cells + 2);
        if rest > 0 && !offer.meaning.is_empty() {
            let x = line.x + 3 + u16::try_from(words_cells).unwrap_or(0);
            buffer.set_stringn(x, y, fit(&offer.meaning, rest), rest, meaning);
        }
        if Some(first + at) == *selected {
            lay_over(state, Ink::FocusedSelected, line, buffer);
        }
    }
}
