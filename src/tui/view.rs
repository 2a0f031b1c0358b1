//! Draws the state. Only reads.

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::Rect,
    style::{Color, Modifier, Style},
    text::{Line, Span},
    widgets::{Block, BorderType, Borders, Widget},
};

use crate::config::Ink;

use super::{
    list, overlay, quotes, reader, sidebar,
    state::{Pane, State},
    status,
};

/// Draws everything.
pub fn view(state: &State, frame: &mut Frame<'_>) {
    let area = frame.area();
    if area.intersection(state.area) != state.area {
        // The screen has just shrunk: the event that says so is on its way, and the next frame fits.
        return;
    }
    let panes = state.panes();
    let buffer = frame.buffer_mut();
    buffer.set_style(area, state.theme.style(Ink::Text));
    if let Some(rect) = panes.list {
        list::view(state, rect, buffer);
    }
    if let Some(rect) = panes.reader {
        reader::view(state, rect, buffer);
    }
    if let Some(rect) = panes.quotes {
        quotes::view(state, rect, buffer);
    }
    if let Some(rect) = panes.sidebar {
        sidebar::view(state, rect, buffer);
    }
    if let Some(rect) = panes.status {
        status::view(state, rect, buffer);
    }
    if let Some(overlay) = &state.overlay {
        let cursor = overlay::view(state, overlay, frame);
        if let Some(cursor) = cursor.filter(|&cursor| area.contains(cursor)) {
            frame.set_cursor_position(cursor);
        }
    }
}

/// What the frame of a pane says.
#[derive(Default)]
pub(super) struct Legend<'a> {
    /// Top left.
    pub(super) title: Vec<Span<'a>>,
    /// Top right.
    pub(super) right: String,
    /// Bottom left.
    pub(super) foot: Vec<Span<'a>>,
    /// Bottom right.
    pub(super) foot_right: String,
}

/// Draws the frame of a pane; the one in focus has a thick one, so that it shows without colour too.
pub(super) fn frame_pane(state: &State, pane: Pane, rect: Rect, legend: Legend<'_>, buffer: &mut Buffer) {
    let focused = state.focus == pane && state.overlay.is_none();
    let (border, title) = if focused { (Ink::FocusedBorder, Ink::FocusedTitle) } else { (Ink::Border, Ink::Title) };
    let (border, title) = (state.theme.style(border), state.theme.style(title));
    let faint = state.theme.style(Ink::Faint);
    let mut block = Block::new()
        .borders(Borders::ALL)
        .border_type(if focused { BorderType::Thick } else { BorderType::Rounded })
        .border_style(border);
    let spaced = |spans: Vec<Span<'_>>| {
        let spans = spans.into_iter().map(|span| Span::styled(span.content.into_owned(), span.style));
        Line::from_iter(std::iter::once(Span::raw(" ")).chain(spans).chain(std::iter::once(Span::raw(" "))))
    };
    let shown = if alone(state, rect) { tabs(state) } else { legend.title };
    if !shown.is_empty() {
        block = block.title_top(spaced(shown).style(title));
    }
    if !legend.right.is_empty() {
        block = block.title_top(spaced(vec![Span::styled(legend.right, faint)]).right_aligned());
    }
    if !legend.foot.is_empty() {
        block = block.title_bottom(spaced(legend.foot));
    }
    if !legend.foot_right.is_empty() {
        block = block.title_bottom(spaced(vec![Span::styled(legend.foot_right, faint)]).right_aligned());
    }
    block.render(rect, buffer);
}

/// Whether a pane is the only one on the screen for want of room.
fn alone(state: &State, rect: Rect) -> bool {
    !state.zen && rect == state.panes().main && rect.width >= 44
}

/// The names of all panes, the one in focus as its title.
fn tabs(state: &State) -> Vec<Span<'static>> {
    let mut tabs = Vec::new();
    for (pane, name) in Pane::ALL.into_iter().zip(["Articles", "Text", "Quotes", "Mentioned"]) {
        let ink = if pane == state.focus { Ink::FocusedTitle } else { Ink::Faint };
        if !tabs.is_empty() {
            tabs.push(Span::styled(" │ ", state.theme.style(Ink::Faint)));
        }
        tabs.push(Span::styled(name, state.theme.style(ink)));
    }
    tabs
}

/// A bar on the right edge of a frame that shows which part of `total` is in sight.
pub(super) fn scrollbar(
    state: &State,
    rect: Rect,
    (top, shown, total): (u64, u64, u64),
    style: Option<Style>,
    buffer: &mut Buffer,
) {
    let height = u64::from(rect.height.saturating_sub(2));
    if total <= shown || height < 3 || rect.width < 3 {
        return;
    }
    let thumb = (shown * height / total).clamp(1, height);
    let room = height - thumb;
    let at = (top * room).checked_div(total - shown).unwrap_or(0).min(room);
    let style = style.unwrap_or(state.theme.style(Ink::Faint));
    for line in at..at + thumb {
        let y = rect.y + 1 + u16::try_from(line).unwrap_or(0);
        if let Some(cell) = buffer.cell_mut((rect.right() - 1, y)) {
            cell.set_symbol("▐").set_style(style);
        }
    }
}

/// Words in the middle of an empty pane.
pub(super) fn placeholder(state: &State, rect: Rect, words: &str, buffer: &mut Buffer) {
    let style = state.theme.style(Ink::Faint);
    let width = usize::from(rect.width);
    let lines = textwrap::wrap(words, width.max(1));
    let above = rect.height.saturating_sub(u16::try_from(lines.len()).unwrap_or(0)) / 3;
    for (line, y) in lines.iter().zip(rect.y + above..rect.bottom()) {
        let line = super::text::fit(line, width);
        let x = rect.x + u16::try_from((width - super::text::width(&line)) / 2).unwrap_or(0);
        buffer.set_string(x, y, line, style);
    }
}

/// Lays the chosen line's look over a row.
pub(super) fn mark_row(state: &State, pane: Pane, row: Rect, buffer: &mut Buffer) {
    let ink = if state.focus == pane && state.overlay.is_none() { Ink::FocusedSelected } else { Ink::Selected };
    lay_over(state, ink, row, buffer);
}

/// Lays a look over what stands at a place. One that reverses takes the colours there away first: reversed one by one
/// they would make a patchwork.
pub(super) fn lay_over(state: &State, ink: Ink, place: Rect, buffer: &mut Buffer) {
    let style = state.theme.style(ink);
    if style.add_modifier.contains(Modifier::REVERSED) {
        let plain = Style::new().fg(Color::Reset).bg(Color::Reset).remove_modifier(Modifier::DIM | Modifier::REVERSED);
        buffer.set_style(place, plain);
    }
    buffer.set_style(place, style);
}
