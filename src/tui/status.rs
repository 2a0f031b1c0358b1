//! The bottom line: which filter is on, how many articles it leaves, what happened, what goes on.

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    text::{Line, Span},
    widgets::Widget,
};

use crate::config::{Command, Ink};

use super::{
    filtering,
    state::{Pane, State},
    text::{counted, fit, grouped, how_many, width},
};

/// Draws the status line.
pub(super) fn view(state: &State, rect: Rect, buffer: &mut Buffer) {
    let theme = &state.theme;
    let cells = usize::from(rect.width);
    let filter = filtering::describe(&state.filter);
    let counts = state.list.counts;
    let count = if state.list.loaded { how_many(counts) } else { "…".to_owned() };
    let mut spans = vec![Span::raw(" ")];
    // The count is never cut away; the filter gives way to it.
    let filter_room =
        cells.saturating_sub(width(&count) + 6).min(if state.notice.is_some() { cells / 2 } else { cells });
    if filter.is_empty() {
        spans.push(Span::styled("all", theme.style(Ink::Status)));
    } else {
        spans.push(Span::styled(fit(&filter, filter_room), theme.style(Ink::Filter)));
    }
    spans.push(Span::styled(format!(" · {count}"), theme.style(Ink::Status)));
    let used: usize = spans.iter().map(|span| width(&span.content)).sum();
    let mut left = cells.saturating_sub(used + 1);
    if let Some(notice) = &state.notice {
        let ink = if notice.error { Ink::Error } else { Ink::Message };
        let words = fit(&notice.text, left.saturating_sub(3));
        left = left.saturating_sub(width(&words) + 3);
        spans.push(Span::styled(" · ", theme.style(Ink::Status)));
        spans.push(Span::styled(words, theme.style(ink)));
    }
    Line::from(spans).render(rect, buffer);
    let right = state.activity.clone().or_else(|| refreshing(state));
    let right = right.unwrap_or_else(|| with_failing(state, left.saturating_sub(4)));
    if !right.is_empty() && width(&right) + 2 <= left {
        let x = rect.right().saturating_sub(u16::try_from(width(&right) + 1).unwrap_or(0));
        buffer.set_stringn(x, rect.y, &right, width(&right), theme.style(Ink::Faint));
    }
}

/// How far the refresh is that goes on.
fn refreshing(state: &State) -> Option<String> {
    let run = state.feeds.running.as_ref()?;
    let verb = if run.stopping { "stopping" } else { "refreshing" };
    Some(format!(
        "{verb} {} of {} · {} new",
        grouped(run.done as u64),
        grouped(run.total as u64),
        grouped(run.added as u64)
    ))
}

/// The hints, after a word on feeds that fail, which stays until they do no longer.
fn with_failing(state: &State, room: usize) -> String {
    let n_failing = state.feeds.n_failing();
    if n_failing == 0 {
        return hints(state, room);
    }
    let key = state.config.keys.keys_for(state.focus.scope(), Command::Feeds).first().map(|key| format!(" {key}"));
    let failing = format!("! {} failing{} · ", counted(n_failing, "feed"), key.unwrap_or_default());
    let hints = hints(state, room.saturating_sub(width(&failing)));
    if hints.is_empty() { failing.trim_end_matches(" · ").to_owned() } else { format!("{failing}{hints}") }
}

/// The keys that matter most where one is, as many as fit; help is always among them.
fn hints(state: &State, room: usize) -> String {
    use Command as C;
    let wanted: &[(C, &str)] = match state.focus {
        Pane::List => {
            &[(C::Open, "read"), (C::Countries, "countries"), (C::Search, "find"), (C::Bookmarks, "bookmarks")]
        }
        Pane::Reader => {
            &[(C::NextQuote, "next quote"), (C::Bookmark, "bookmark"), (C::CopyQuote, "copy"), (C::Search, "find")]
        }
        Pane::Quotes => &[(C::Bookmark, "bookmark"), (C::CopyQuote, "copy"), (C::Open, "read on")],
        Pane::Sidebar => &[(C::NextMatch, "next mention"), (C::Open, "filter by it"), (C::ClearFilter, "clear")],
    };
    let scope = state.focus.scope();
    let word = |(command, words): &(C, &str)| {
        let key = *state.config.keys.keys_for(scope, *command).first()?;
        Some(format!("{key} {words}"))
    };
    let help = word(&(C::Help, "help")).unwrap_or_default();
    let mut shown = help.clone();
    let mut before = String::new();
    for hint in wanted.iter().filter_map(word) {
        before = format!("{before}{hint} · ");
        if width(&before) + width(&help) > room {
            break;
        }
        shown = format!("{before}{help}");
    }
    if width(&shown) <= room { shown } else { String::new() }
}
