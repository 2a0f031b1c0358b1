//! The SQLite store. The only place that speaks SQL.
//!
//! An article stands in `article` (what the list shows), `body` (its text and annotations), the full-text index
//! `words`, and once for each country, person and organization it mentions in `mention`, which is kept in the order of
//! the list so that a filter reads one stretch of it.

mod anchors;
mod articles;
mod bits;
mod bookmarks;
mod cache;
mod conditions;
mod days;
mod digest;
mod error;
mod feeds;
mod files;
mod glance;
mod identity;
mod ids;
mod listing;
mod marks;
mod migrations;
mod names;
mod open;
mod quotes;
mod ranking;
mod record;
mod retention;
mod search;
mod sets;
mod state;
mod stories;
mod subjects;
mod tags;
mod tallies;
mod transaction;
mod trash;
mod upkeep;
mod varint;
mod watches;

#[cfg(test)]
mod tests;

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};

pub use self::{
    anchors::{Found, anchor, locate},
    error::LibraryError,
    feeds::{Attempt, FeedCounts, KnownItem, Outcome, SeenItem},
    files::{KnownFile, ReadFile, Stamp},
    names::Names,
    retention::Expired,
    search::{FoundArticle, FoundQuote},
    tags::{TagCount, tidy_tag},
    trash::{UNDO_DAYS, Undone},
    upkeep::{Compacted, Imported, Salvaged},
    watches::Watch,
};
use crate::model::{Annotations, Article, ArticleId, CountryCode};

/// An open library: one connection. Each thread opens its own.
#[derive(Debug)]
pub struct Library {
    connection: rusqlite::Connection,
    path: PathBuf,
    cache: cache::Cache,
}

/// What became of an article given to [`Library::add`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Added {
    /// It is new.
    New(ArticleId),
    /// The same source with the same words was there already.
    Unchanged(ArticleId),
    /// The same source had other words; they were replaced. Bookmarks stay.
    Updated(ArticleId),
}

/// A line of the article list: what the list shows, and nothing more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArticleRow {
    /// Its number.
    pub id: ArticleId,
    /// The day it was published, if known.
    pub published: Option<NaiveDate>,
    /// Its headline, on one line.
    pub headline: String,
    /// Made from the first sentence because the article has no title.
    pub headline_derived: bool,
    /// The outlet, or the last part of the source.
    pub outlet: String,
    /// Whether it was read.
    pub read: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// The countries most mentioned, at most four, most mentioned first.
    pub countries: Vec<CountryCode>,
    /// How many quotes were found in it.
    pub n_quotes: u32,
    /// Outlets that have its story; 1 if it is alone.
    pub n_outlets: u32,
    /// Articles of its story; 1 if it is alone.
    pub n_versions: u32,
}

/// Order of the list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Newest first, undated last.
    #[default]
    DateDescending,
    /// Oldest first, undated last.
    DateAscending,
    /// By outlet, then newest first.
    Outlet,
    /// What has the words that are looked for in its headline first, then in its lead; of those alike, newest first.
    Relevance,
}

/// One article with all that belongs to it.
#[derive(Clone, PartialEq, Debug)]
pub struct StoredArticle {
    /// Its number.
    pub id: ArticleId,
    /// The article itself.
    pub article: Article,
    /// What the engine found in it.
    pub annotations: Annotations,
    /// When other words took the place of its first ones, if they did.
    pub changed: Option<DateTime<Utc>>,
    /// Whether it was read.
    pub read: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// The user's tags, by name.
    pub tags: Vec<String>,
    /// The byte of the body at the top of the screen when it was last left.
    pub position: usize,
}

/// A country with the number of articles that mention it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountryCount {
    /// Its code.
    pub code: CountryCode,
    /// Its name.
    pub name: String,
    /// How many articles mention it.
    pub n_articles: u64,
}

/// An official with the number of articles that mention them; role and country as most often stated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfficialCount {
    /// Their name.
    pub name: String,
    /// Their office.
    pub role: Option<String>,
    /// The state they serve.
    pub country: Option<CountryCode>,
    /// How many articles mention them.
    pub n_articles: u64,
}

/// An organization with the number of articles that mention it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrganizationCount {
    /// Its usual full name.
    pub name: String,
    /// How many articles mention it.
    pub n_articles: u64,
}

/// How many articles a filter leaves, of how many.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Articles that the filter leaves.
    pub matching: u64,
    /// The unread ones among them.
    pub unread_matching: u64,
    /// All articles.
    pub total: u64,
    /// There may be more that the filter leaves, and how many of them are unread is not known.
    pub at_least: bool,
}
