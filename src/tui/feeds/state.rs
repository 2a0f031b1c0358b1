//! What the screen knows of the feeds.

use std::collections::BTreeMap;

use crate::{
    feeds::{Done, Offer, offers},
    library::FeedCounts,
    model::{Feed, FeedId},
};

/// A subscription with what it has brought.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FeedRow {
    /// The subscription.
    pub feed: Feed,
    /// Its articles.
    pub counts: FeedCounts,
}

/// What is known of the feeds.
#[derive(Clone, Debug, Default)]
pub struct FeedsState {
    /// Whether the thread has told of them yet.
    pub known: bool,
    /// All subscriptions by name.
    pub rows: Vec<FeedRow>,
    /// The refresh that goes on.
    pub running: Option<Running>,
}

/// How far a refresh is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Running {
    /// Feeds done.
    pub done: usize,
    /// Feeds in all.
    pub total: usize,
    /// New articles so far.
    pub added: usize,
    /// What became of those that are done.
    pub results: BTreeMap<FeedId, Done>,
    /// The user wants it to end.
    pub stopping: bool,
}

impl FeedsState {
    /// Feeds whose last attempt failed.
    pub fn n_failing(&self) -> usize {
        self.rows.iter().filter(|row| self.error(row).is_some()).count()
    }

    /// Why the last attempt at a feed failed; a refresh that goes on may know better than the library.
    pub fn error<'a>(&'a self, row: &'a FeedRow) -> Option<&'a str> {
        match self.result(row.feed.id) {
            Some(Done::Failed(error)) => Some(error),
            Some(_) => None,
            None => row.feed.error.as_deref(),
        }
    }

    /// What became of a feed in the refresh that goes on.
    pub fn result(&self, id: FeedId) -> Option<&Done> {
        self.running.as_ref()?.results.get(&id)
    }

    /// The lines of the view: groups by name, each with its feeds; those without a group last. A feed in several groups
    /// stands in its first.
    pub fn lines(&self) -> Vec<FeedLine<'_>> {
        let mut groups: BTreeMap<(bool, String), Vec<usize>> = BTreeMap::new();
        for (at, row) in self.rows.iter().enumerate() {
            let group = row.feed.groups.first().cloned();
            groups.entry((group.is_none(), group.unwrap_or_default())).or_default().push(at);
        }
        let only_one = groups.len() == 1 && groups.keys().all(|(none, _)| *none);
        let mut lines = Vec::new();
        for ((_, name), members) in groups {
            if !only_one {
                lines.push(FeedLine::Group(if name.is_empty() { "no group".to_owned() } else { name }));
            }
            lines.extend(members.into_iter().map(|at| FeedLine::Feed(&self.rows[at])));
        }
        lines
    }
}

/// A line of the view of feeds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FeedLine<'a> {
    /// The name of a group.
    Group(String),
    /// One of its feeds.
    Feed(&'a FeedRow),
}

/// Where one is among the feeds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FeedsView {
    /// Index of the chosen line.
    pub selected: usize,
    /// The feed that goes at the next press of the same key.
    pub to_remove: Option<FeedId>,
}

/// Where one is among the feeds to pick from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OffersView {
    /// All lines.
    pub lines: Vec<OfferLine>,
    /// Index of the chosen line.
    pub selected: usize,
}

/// A line of the feeds to pick from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OfferLine {
    /// The name of a region.
    Region(&'static str),
    /// A feed.
    Offer(Offer),
}

impl Default for OffersView {
    fn default() -> Self {
        let mut lines: Vec<OfferLine> = Vec::new();
        let mut region = "";
        for offer in offers() {
            if offer.region != region {
                region = offer.region;
                lines.push(OfferLine::Region(region));
            }
            lines.push(OfferLine::Offer(offer));
        }
        Self { lines, selected: 1 }
    }
}
