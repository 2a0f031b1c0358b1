//! The mouse scrolls, goes to panes, and chooses.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::tui::{
    effect::Effect,
    layout::{inside, quote_height},
    list,
    overlay::{self, Overlay},
    sidebar::Row,
    state::{Pane, State},
};

use super::commands;

/// Lines of text a step of the wheel scrolls.
const WHEEL: isize = 3;

pub(super) fn take(state: &mut State, mouse: MouseEvent) -> Vec<Effect> {
    let down = match mouse.kind {
        MouseEventKind::ScrollDown => Some(true),
        MouseEventKind::ScrollUp => Some(false),
        MouseEventKind::Down(MouseButton::Left) => None,
        _ => return Vec::new(),
    };
    state.notice = None;
    state.settled = true;
    if state.overlay.is_some() {
        if let Some(down) = down {
            scroll_overlay(state, down);
        }
        return Vec::new();
    }
    let Some(pane) = state.panes().at(mouse.column, mouse.row) else { return Vec::new() };
    match down {
        Some(down) => {
            let step = if pane == Pane::Reader { WHEEL } else { 1 };
            commands::travel_by(state, pane, if down { step } else { -step })
        }
        None => click(state, pane, mouse),
    }
}

fn scroll_overlay(state: &mut State, down: bool) {
    let by: isize = if down { 1 } else { -1 };
    let height = overlay::picker_page(state);
    let n_bookmarks = state.bookmarks.len();
    match &mut state.overlay {
        Some(Overlay::Picker(picker)) => picker.select(picker.selected.saturating_add_signed(by), height),
        Some(Overlay::Bookmarks(view)) => {
            view.selected = view.selected.saturating_add_signed(by).min(n_bookmarks.saturating_sub(1));
        }
        Some(Overlay::Help(view)) => {
            let mut view = view.clone();
            let (lines, height) = overlay::help_size(state, &view);
            view.top = view.top.saturating_add_signed(by).min(lines.saturating_sub(height));
            state.overlay = Some(Overlay::Help(view));
        }
        _ => {}
    }
}

fn click(state: &mut State, pane: Pane, mouse: MouseEvent) -> Vec<Effect> {
    let Some(rect) = state.panes().of(pane) else { return Vec::new() };
    let was_here = state.focus == pane;
    let mut effects = commands::enter(state, pane);
    let inner = inside(rect);
    if !inner.contains((mouse.column, mouse.row).into()) {
        return effects;
    }
    let line = usize::from(mouse.row - inner.y);
    match pane {
        Pane::List => {
            let index = state.list.top + (line / usize::from(list::row_height(rect))) as u64;
            if index < state.list.counts.matching {
                effects.extend(commands::choose_article(state, index));
            }
        }
        Pane::Quotes => {
            let quote = state.quotes.top + line / usize::from(quote_height(state.panes().main.height));
            if quote < state.quotes_found().len() {
                state.go_to_quote(quote);
            }
        }
        Pane::Reader => click_text(state, line),
        Pane::Sidebar => effects.extend(click_sidebar(state, line, was_here)),
    }
    effects
}

/// The quote under the pointer becomes the current one.
fn click_text(state: &mut State, line: usize) {
    let Some(document) = &state.reader.document else { return };
    let bytes = document.visible(state.reader.top + line, 1);
    let quote = state
        .quotes_found()
        .iter()
        .position(|quote| quote.spans.iter().any(|span| span.start() < bytes.end && bytes.start < span.end()));
    if let Some(quote) = quote {
        let (n_quotes, lines) = (state.quotes_found().len(), state.quotes_page());
        state.quotes.select(quote, n_quotes, lines);
    }
}

/// A click highlights; a second click on the same thing filters by it.
fn click_sidebar(state: &mut State, line: usize, was_here: bool) -> Vec<Effect> {
    let mut below = 0;
    let clicked = (state.sidebar.top..state.sidebar.rows.len()).find(|&row| {
        below += state.sidebar.rows[row].height();
        line < below
    });
    let Some(row) = clicked else { return Vec::new() };
    let Some(choice) = state.sidebar.rows.get(row).and_then(Row::item).map(|item| item.choice.clone()) else {
        return Vec::new();
    };
    if was_here && row == state.sidebar.selected {
        return commands::toggle(state, &choice);
    }
    let height = state.lines_in(Pane::Sidebar);
    state.sidebar.select(row, height);
    commands::travel_by(state, Pane::Sidebar, 0)
}
