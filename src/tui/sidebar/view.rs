//! Draws the sidebar.

use ratatui::{buffer::Buffer, layout::Rect, text::Span};

use crate::{
    config::Ink,
    tui::{
        filtering::{self, Wanted},
        layout::inside,
        state::{Pane, State},
        text::{fit, grouped, width},
        view::{Legend, frame_pane, mark_row, placeholder, scrollbar},
    },
};

use super::{Choice, Item, Row};

/// Draws the sidebar with its frame.
pub(in crate::tui) fn view(state: &State, rect: Rect, buffer: &mut Buffer) {
    let foot = if state.focus == Pane::Sidebar && rect.width >= 24 {
        vec![Span::styled("⏎ filter · n next", state.theme.style(Ink::Faint))]
    } else {
        Vec::new()
    };
    let mut title = vec![Span::raw("Mentioned")];
    if state.panes().list.is_none() && !state.zen {
        title.insert(0, Span::styled("Articles │ ", state.theme.style(Ink::Faint)));
    }
    let legend = Legend { title, foot, ..Legend::default() };
    frame_pane(state, Pane::Sidebar, rect, legend, buffer);
    let inner = inside(rect);
    let sidebar = &state.sidebar;
    if sidebar.rows.is_empty() {
        placeholder(state, inner, "no one and nowhere", buffer);
        return;
    }
    let mut y = inner.y;
    for (index, row) in sidebar.rows.iter().enumerate().skip(sidebar.top) {
        let height = u16::try_from(row.height()).unwrap_or(1).min(inner.bottom().saturating_sub(y));
        if height == 0 {
            break;
        }
        let place = Rect { y, height, ..inner };
        match row {
            Row::Heading(heading, n_items) => draw_heading(state, heading, *n_items, place, buffer),
            Row::Item(item) => {
                draw_item(state, item, place, buffer);
                let chosen = sidebar.choice.as_ref() == Some(&item.choice);
                if index == sidebar.selected && (chosen || state.focus == Pane::Sidebar) {
                    mark_row(state, Pane::Sidebar, place, buffer);
                }
            }
        }
        y += height;
    }
    let lines = |rows: &[Row]| rows.iter().map(Row::height).sum::<usize>() as u64;
    let above = lines(&sidebar.rows[..sidebar.top.min(sidebar.rows.len())]);
    scrollbar(state, rect, (above, u64::from(inner.height), lines(&sidebar.rows)), None, buffer);
}

fn draw_heading(state: &State, heading: &str, n_items: usize, row: Rect, buffer: &mut Buffer) {
    let cells = usize::from(row.width);
    let words = format!("{heading} {n_items} ");
    let rest = cells.saturating_sub(width(&words));
    buffer.set_stringn(row.x, row.y, &words, cells, state.theme.style(Ink::Title));
    let x = row.x + u16::try_from(width(&words).min(cells)).unwrap_or(0);
    buffer.set_stringn(x, row.y, "─".repeat(rest), rest, state.theme.style(Ink::Border));
}

fn draw_item(state: &State, item: &Item, row: Rect, buffer: &mut Buffer) {
    let cells = usize::from(row.width);
    let wanted = filtering::wanted(&state.filter, &item.choice);
    let (sign, style) = match wanted {
        Wanted::Include => ("✓", state.theme.style(Ink::Include)),
        Wanted::Exclude => ("✗", state.theme.style(Ink::Exclude)),
        Wanted::Either => (" ", state.theme.style(Ink::Text)),
    };
    let digit = item.digit.map_or(" ".to_owned(), |digit| digit.to_string());
    buffer.set_stringn(row.x, row.y, sign, 1, style);
    buffer.set_stringn(row.x + 1, row.y, digit, cells.saturating_sub(1), state.theme.style(Ink::Key));
    let label = match &item.choice {
        Choice::Country(code) => format!("{code} {}", item.label),
        _ => item.label.clone(),
    };
    let count = match item.count {
        Some(0) if item.is_watch() => String::new(),
        Some(n) => grouped(n),
        None if item.is_watch() => "…".to_owned(),
        None => String::new(),
    };
    let room = cells.saturating_sub(4 + width(&count));
    let name = state.theme.style(match wanted {
        Wanted::Either => Ink::Text,
        Wanted::Include => Ink::Include,
        Wanted::Exclude => Ink::Exclude,
    });
    buffer.set_stringn(row.x + 3, row.y, fit(&label, room.saturating_sub(1)), room, name);
    let x = row.right().saturating_sub(u16::try_from(width(&count)).unwrap_or(1));
    let ink = if item.is_watch() { Ink::Unread } else { Ink::Faint };
    buffer.set_stringn(x, row.y, count, cells, state.theme.style(ink));
    if let Some(detail) = item.detail.as_ref().filter(|_| row.height > 1) {
        let room = cells.saturating_sub(4);
        buffer.set_stringn(row.x + 4, row.y + 1, fit(detail, room), room, state.theme.style(Ink::Faint));
    }
}
