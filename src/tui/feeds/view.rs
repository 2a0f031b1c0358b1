//! Draws the feeds and those to pick from.

use chrono::{Local, NaiveDate};
use ratatui::{buffer::Buffer, layout::Rect};

use super::{FeedLine, FeedRow, FeedsView, OfferLine, OffersView};
use crate::{
    config::{Command, Ink, Scope},
    feeds::Done,
    tui::{
        overlay::{key_words, middle, window},
        state::State,
        text::{clean, fit, grouped, pad, width},
        view::{lay_over, placeholder, scrollbar},
    },
};

/// Lines below the list that tell more of the chosen feed.
const DETAIL: u16 = 4;

fn feeds_rect(state: &State) -> Rect {
    let main = state.panes().main;
    let lines = u16::try_from(state.feeds.lines().len()).unwrap_or(u16::MAX);
    middle(main, 100, lines.saturating_add(DETAIL + 2).clamp(10, main.height.saturating_sub(2).max(10)))
}

/// Lines of a page of the feeds.
pub(in crate::tui) fn feeds_page(state: &State) -> usize {
    usize::from(feeds_rect(state).height.saturating_sub(DETAIL + 2)).max(1)
}

/// Draws the view of all feeds.
pub(in crate::tui) fn draw_feeds(state: &State, view: &FeedsView, buffer: &mut Buffer) {
    let rect = feeds_rect(state);
    let keys: &[(Command, &str)] = &[
        (Command::RefreshFeed, "refresh"),
        (Command::RefreshFeeds, if state.feeds.running.is_some() { "stop" } else { "refresh all" }),
        (Command::PickFeeds, "pick more"),
        (Command::AddFeed, "add by address"),
        (Command::Delete, "remove"),
        (Command::Back, "back"),
    ];
    let inner = window(state, rect, &title(state), &key_words(state, Scope::Feeds, keys), buffer);
    if inner.is_empty() {
        return;
    }
    let lines = state.feeds.lines();
    let place = Rect { height: inner.height.saturating_sub(DETAIL), ..inner };
    let page = usize::from(place.height).max(1);
    let top = top(view.selected, page, lines.len());
    if lines.is_empty() {
        placeholder(state, place, "no feeds yet", buffer);
    }
    for ((at, line), y) in lines.iter().enumerate().skip(top).zip(place.y..place.bottom()) {
        let row = Rect { y, height: 1, ..place };
        match line {
            FeedLine::Group(name) => {
                let words = fit(&clean(name), usize::from(row.width));
                buffer.set_stringn(row.x, y, words, usize::from(row.width), state.theme.style(Ink::Title));
            }
            FeedLine::Feed(feed) => draw_feed(state, feed, row, buffer),
        }
        if at == view.selected {
            lay_over(state, Ink::FocusedSelected, row, buffer);
        }
    }
    if let Some(FeedLine::Feed(row)) = lines.get(view.selected) {
        let below = Rect { y: place.bottom(), height: inner.height - place.height, ..inner };
        draw_detail(state, row, below, buffer);
    }
    scrollbar(state, rect, (top as u64, page as u64, lines.len() as u64), None, buffer);
}

fn title(state: &State) -> String {
    let n_feeds = state.feeds.rows.len();
    let failing = state.feeds.n_failing();
    let failing = if failing > 0 { format!(", {} failing", grouped(failing as u64)) } else { String::new() };
    let running = state.feeds.running.as_ref();
    let running = running.map_or_else(String::new, |run| format!(" · {} of {} done", run.done, run.total));
    format!("Feeds: {}{failing}{running}", grouped(n_feeds as u64))
}

/// Sign, name, unread of all, when.
fn draw_feed(state: &State, row: &FeedRow, place: Rect, buffer: &mut Buffer) {
    let cells = usize::from(place.width);
    let failed = state.feeds.error(row).is_some();
    let (sign, ink) = match (failed, state.feeds.result(row.feed.id)) {
        (true, _) => ("!", Ink::Error),
        (false, Some(Done::Read { .. } | Done::Unchanged)) => ("✓", Ink::Include),
        (false, _) if state.feeds.running.is_some() => ("…", Ink::Faint),
        (false, _) if row.counts.unread > 0 => ("●", Ink::Unread),
        (false, _) => (" ", Ink::Text),
    };
    let new = match state.feeds.result(row.feed.id) {
        Some(Done::Read { added, .. }) if *added > 0 => format!("{} new · ", grouped(*added as u64)),
        _ => String::new(),
    };
    let right = format!(
        "{new}{} of {} · {}",
        grouped(row.counts.unread),
        grouped(row.counts.articles),
        pad(&when(state, row), 11)
    );
    let right = fit(&right, cells * 3 / 5);
    buffer.set_stringn(place.x, place.y, sign, cells, state.theme.style(ink));
    let room = cells.saturating_sub(width(&right) + 3);
    let name_ink = if failed { Ink::Error } else { Ink::Text };
    buffer.set_stringn(
        place.x + 2.min(place.width),
        place.y,
        fit(&clean(&row.feed.name), room),
        room,
        state.theme.style(name_ink),
    );
    let x = place.right().saturating_sub(u16::try_from(width(&right)).unwrap_or(0));
    buffer.set_stringn(x.max(place.x), place.y, &right, width(&right).min(cells), state.theme.style(Ink::Faint));
}

/// When it was last fetched without an error: the time today, else the day.
fn when(state: &State, row: &FeedRow) -> String {
    let Some(at) = row.feed.succeeded.map(|at| at.with_timezone(&Local)) else { return "never".to_owned() };
    let day: NaiveDate = at.date_naive();
    if day == state.today { at.format("%H:%M").to_string() } else { state.day(day) }
}

/// Address, groups, and what went wrong.
fn draw_detail(state: &State, row: &FeedRow, place: Rect, buffer: &mut Buffer) {
    let cells = usize::from(place.width).saturating_sub(1);
    let faint = state.theme.style(Ink::Faint);
    let mut lines = vec![("─".repeat(cells), faint), (clean(&row.feed.address).into_owned(), faint)];
    match state.feeds.error(row) {
        Some(error) => {
            let said = format!("failed: {error}");
            let wrapped = textwrap::wrap(&said, cells.max(1)).into_iter().map(|line| clean(&line).into_owned());
            lines.extend(wrapped.map(|line| (line, state.theme.style(Ink::Error))).collect::<Vec<_>>());
        }
        None => {
            let full = match row.feed.full_text {
                Some(true) => "whole texts are fetched",
                Some(false) => "as the feed has them",
                None if state.config.feeds.full_text => "whole texts are fetched",
                None => "as the feed has them",
            };
            let groups = if row.feed.groups.is_empty() { "no group".to_owned() } else { row.feed.groups.join(", ") };
            lines.push((clean(&format!("{groups} · articles {full}")).into_owned(), faint));
        }
    }
    for ((words, style), y) in lines.into_iter().zip(place.y..place.bottom()) {
        buffer.set_stringn(place.x, y, fit(&words, cells), cells, style);
    }
}

fn offers_rect(state: &State) -> Rect {
    let main = state.panes().main;
    middle(main, 90, main.height.saturating_sub(2).max(6))
}

/// Lines of a page of the feeds to pick from.
pub(in crate::tui) fn offers_page(state: &State) -> usize {
    usize::from(offers_rect(state).height.saturating_sub(2)).max(1)
}

/// Draws the feeds to pick from.
pub(in crate::tui) fn draw_offers(state: &State, view: &OffersView, buffer: &mut Buffer) {
    let rect = offers_rect(state);
    let keys: &[(Command, &str)] =
        &[(Command::Open, "subscribe"), (Command::AddFeed, "another address"), (Command::Back, "back")];
    let inner = window(
        state,
        rect,
        "Well-known feeds: nothing is fetched before you pick it",
        &key_words(state, Scope::Feeds, keys),
        buffer,
    );
    let page = usize::from(inner.height).max(1);
    let top = top(view.selected, page, view.lines.len());
    let cells = usize::from(inner.width);
    for ((at, line), y) in view.lines.iter().enumerate().skip(top).zip(inner.y..inner.bottom()) {
        let row = Rect { y, height: 1, ..inner };
        match line {
            OfferLine::Region(name) => {
                buffer.set_stringn(row.x, y, name, cells, state.theme.style(Ink::Title));
            }
            OfferLine::Offer(offer) => {
                let have = state.feeds.rows.iter().any(|row| row.feed.address == offer.address);
                let (sign, ink) = if have { ("✓", Ink::Include) } else { (" ", Ink::Text) };
                let name_cells = (cells * 11 / 20).max(4);
                buffer.set_stringn(row.x, y, sign, cells, state.theme.style(ink));
                let room = cells.saturating_sub(2).min(name_cells);
                buffer.set_stringn(row.x + 2.min(row.width), y, fit(offer.name, room), room, state.theme.style(ink));
                let left = cells.saturating_sub(name_cells + 3);
                let x = row.x + u16::try_from(name_cells + 3).unwrap_or(0);
                if x < row.right() {
                    let address = offer.address.trim_start_matches("https://");
                    buffer.set_stringn(x, y, fit(address, left), left, state.theme.style(Ink::Faint));
                }
            }
        }
        if at == view.selected {
            lay_over(state, Ink::FocusedSelected, row, buffer);
        }
    }
    scrollbar(state, rect, (top as u64, page as u64, view.lines.len() as u64), None, buffer);
}

/// The first line on a page that has the chosen one in sight, with some of what is around it.
fn top(selected: usize, page: usize, n_lines: usize) -> usize {
    selected.saturating_sub(page / 2).min(n_lines.saturating_sub(page))
}
