//! What keys and the feeds' thread make of the state.

use super::{FeedLine, FeedsView, OfferLine, OffersView, Running};
use crate::{
    config::{Command, Scope},
    model::{FeedId, NewFeed},
    tui::{
        effect::{Effect, FeedWish},
        event::Feeding,
        overlay::{HelpView, Overlay, Prompt, PromptKind},
        state::{Notice, State},
        text::counted,
        update::lines_by,
    },
};

/// Takes in what the feeds' thread says.
pub(in crate::tui) fn take(state: &mut State, feeding: Feeding) -> Vec<Effect> {
    match feeding {
        Feeding::Known(rows) => {
            state.feeds.rows = rows;
            state.feeds.known = true;
            let last = state.feeds.lines().len().saturating_sub(1);
            if let Some(Overlay::Feeds(view)) = &mut state.overlay {
                view.selected = view.selected.min(last);
            }
            Vec::new()
        }
        Feeding::Began(total) => {
            state.feeds.running = Some(Running { total, ..Running::default() });
            Vec::new()
        }
        Feeding::Under(progress) => {
            let running = state.feeds.running.get_or_insert_default();
            let before = running.added;
            (running.done, running.total, running.added) = (progress.done, progress.total, progress.added);
            let mut failures = Vec::new();
            let mut changed = running.added > before;
            for one in progress.refreshed {
                match &one.done {
                    crate::feeds::Done::Failed(error) => failures.push(format!("{}: {error}", one.name)),
                    crate::feeds::Done::Read { updated, .. } => changed |= *updated > 0,
                    crate::feeds::Done::Unchanged => {}
                }
                running.results.insert(one.feed, one.done);
            }
            for text in failures {
                state.note_down(Notice { text, error: true });
            }
            if changed { new_articles(state) } else { Vec::new() }
        }
        Feeding::Said { message, error } => {
            if error {
                state.complain(message);
            } else {
                state.say(message);
            }
            Vec::new()
        }
        Feeding::Changed => new_articles(state),
        Feeding::Ended => {
            state.feeds.running = None;
            Vec::new()
        }
    }
}

/// The list is asked anew; what was chosen stays chosen.
fn new_articles(state: &mut State) -> Vec<Effect> {
    if state.samples {
        // The reader's own library has its first articles.
        state.samples = false;
        state.wanted = None;
        state.reader.document = None;
        state.settled = false;
        state.list = crate::tui::list::ListState::default();
        return vec![Effect::LeaveSamples];
    }
    if state.settled {
        return state.refilter();
    }
    state.list.selected = 0;
    state.wanted = None;
    vec![state.ask_list(None)]
}

/// Shows the feeds, or those to pick from where there are none.
pub(in crate::tui) fn open(state: &mut State) -> Vec<Effect> {
    state.overlay = Some(if state.feeds.known && state.feeds.rows.is_empty() {
        Overlay::Offers(OffersView::default())
    } else {
        let first = state.feeds.lines().iter().position(|line| matches!(line, FeedLine::Feed(_))).unwrap_or(0);
        Overlay::Feeds(FeedsView { selected: first, to_remove: None })
    });
    vec![Effect::Feeds(FeedWish::Look)]
}

/// Refreshes all feeds, or ends the refresh that goes on.
pub(in crate::tui) fn refresh_all(state: &mut State) -> Vec<Effect> {
    if let Some(running) = &mut state.feeds.running {
        running.stopping = true;
        state.say("stopping; what came stays");
        return vec![Effect::Feeds(FeedWish::Stop)];
    }
    if state.feeds.known && state.feeds.rows.is_empty() {
        state.say("you have no feeds yet · F picks some");
        return Vec::new();
    }
    vec![Effect::Feeds(FeedWish::Refresh(None))]
}

/// Looks for a feed at an address that was typed.
pub(in crate::tui) fn add_address(state: &mut State, typed: &str) -> Vec<Effect> {
    let typed = typed.trim().to_owned();
    if typed.is_empty() {
        return Vec::new();
    }
    state.say(format!("looking for a feed at {typed} …"));
    vec![Effect::Feeds(FeedWish::Find(typed))]
}

/// A key in the view of feeds.
pub(in crate::tui) fn press_feeds(state: &mut State, mut view: FeedsView, command: Option<Command>) -> Vec<Effect> {
    let page = super::feeds_page(state);
    let to_remove = view.to_remove.take();
    let chosen: Option<(FeedId, String, u64)> = match state.feeds.lines().get(view.selected) {
        Some(FeedLine::Feed(row)) => Some((row.feed.id, row.feed.name.clone(), row.counts.articles)),
        _ => None,
    };
    let mut effects = Vec::new();
    match command {
        Some(Command::Back | Command::Cancel | Command::Feeds) => return effects,
        Some(Command::PickFeeds) => {
            state.overlay = Some(Overlay::Offers(OffersView::default()));
            return effects;
        }
        Some(Command::AddFeed) => {
            state.overlay = Some(Overlay::Prompt(Prompt::new(PromptKind::FeedAddress, "")));
            return effects;
        }
        Some(Command::RefreshFeeds) => effects = refresh_all(state),
        Some(Command::RefreshFeed | Command::Open) => {
            if let Some((id, name, _)) = chosen {
                state.say(format!("refreshing {name} …"));
                effects.push(Effect::Feeds(FeedWish::Refresh(Some(id))));
            }
        }
        Some(Command::Delete) => match chosen {
            Some((id, _, _)) if to_remove == Some(id) => effects.push(Effect::Feeds(FeedWish::Unsubscribe(id))),
            Some((id, name, articles)) => {
                view.to_remove = Some(id);
                let articles = counted(usize::try_from(articles).unwrap_or(usize::MAX), "article");
                state.say(format!("{name} and {articles} go at the next press; bookmarked and starred ones stay"));
            }
            None => {}
        },
        Some(Command::Help) => {
            state.overlay = Some(Overlay::Help(HelpView { scope: Scope::Feeds, top: 0 }));
            return effects;
        }
        Some(command) => {
            if let Some(by) = lines_by(command, page) {
                let lines = state.feeds.lines();
                view.selected = stepped(view.selected, by, lines.len(), |at| matches!(lines[at], FeedLine::Feed(_)));
            }
        }
        None => {}
    }
    state.overlay = Some(Overlay::Feeds(view));
    effects
}

/// A key in the list of feeds to pick from.
pub(in crate::tui) fn press_offers(state: &mut State, mut view: OffersView, command: Option<Command>) -> Vec<Effect> {
    let page = super::offers_page(state);
    let mut effects = Vec::new();
    match command {
        Some(Command::Back | Command::Cancel | Command::Feeds) => {
            if !state.feeds.rows.is_empty() {
                return open(state);
            }
            return effects;
        }
        Some(Command::AddFeed) => {
            state.overlay = Some(Overlay::Prompt(Prompt::new(PromptKind::FeedAddress, "")));
            return effects;
        }
        Some(Command::Open | Command::PickFeeds) => {
            if let Some(OfferLine::Offer(offer)) = view.lines.get(view.selected) {
                if state.feeds.rows.iter().any(|row| row.feed.address == offer.address) {
                    state.say(format!("{} is among your feeds already", offer.name));
                } else {
                    let new = NewFeed {
                        address: offer.address.to_owned(),
                        name: offer.name.to_owned(),
                        named: true,
                        groups: vec![offer.region.to_owned()],
                        ..NewFeed::default()
                    };
                    state.say(format!("subscribed to {}", offer.name));
                    effects.push(Effect::Feeds(FeedWish::Subscribe(Box::new(new))));
                }
            }
        }
        Some(command) => {
            if let Some(by) = lines_by(command, page) {
                let lines = &view.lines;
                view.selected = stepped(view.selected, by, lines.len(), |at| matches!(lines[at], OfferLine::Offer(_)));
            }
        }
        None => {}
    }
    state.overlay = Some(Overlay::Offers(view));
    effects
}

/// The line so many further that can be chosen; the nearest one where that is a heading.
fn stepped(from: usize, by: isize, n_lines: usize, can: impl Fn(usize) -> bool) -> usize {
    let to = from.saturating_add_signed(by).min(n_lines.saturating_sub(1));
    let after = (to..n_lines).find(|&at| can(at));
    let before = (0..to).rev().find(|&at| can(at));
    let found = if by < 0 { before.filter(|_| !can(to)).or(after) } else { after.or(before) };
    found.unwrap_or(from)
}
