//! The SQLite store. The only place that speaks SQL.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::model::{Anchor, Annotations, Article, ArticleId, Bookmark, BookmarkId, CountryCode, Filter, NewBookmark};

/// What can go wrong with the store.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// Placeholder until the store lands.
    #[error("cannot open the library {}", path.display())]
    Open { path: PathBuf },
}

/// An open library: one connection. Each thread opens its own.
#[derive(Debug)]
pub struct Library {}

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
    pub id: ArticleId,
    pub published: Option<NaiveDate>,
    pub headline: String,
    pub headline_derived: bool,
    /// The outlet, or the last part of the source.
    pub outlet: String,
    pub read: bool,
    pub starred: bool,
    /// The countries most mentioned, at most four, most mentioned first.
    pub countries: Vec<CountryCode>,
    pub n_quotes: u32,
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
}

/// One article with all that belongs to it.
#[derive(Clone, PartialEq, Debug)]
pub struct StoredArticle {
    pub id: ArticleId,
    pub article: Article,
    pub annotations: Annotations,
    pub read: bool,
    pub starred: bool,
    /// The byte of the body at the top of the screen when it was last left.
    pub position: usize,
}

/// A country with the number of articles that mention it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountryCount {
    pub code: CountryCode,
    pub name: String,
    pub n_articles: u64,
}

/// An official with the number of articles that mention them; role and country as most often stated.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OfficialCount {
    pub name: String,
    pub role: Option<String>,
    pub country: Option<CountryCode>,
    pub n_articles: u64,
}

/// How many articles a filter leaves, of how many.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    pub matching: u64,
    pub unread_matching: u64,
    pub total: u64,
}

impl Library {
    /// Opens or creates the library file, private to the user, and brings its schema up to date.
    pub fn open(_path: &Path) -> Result<Self, LibraryError> {
        todo!()
    }
    /// A library that goes with the process: a file in a private temporary directory, so that several threads can open it.
    pub fn temporary() -> Result<(Self, tempfile::TempDir), LibraryError> {
        todo!()
    }
    /// Adds articles with their annotations in one transaction; answers in the same order.
    pub fn add(&mut self, _articles: &[(Article, Annotations)]) -> Result<Vec<Added>, LibraryError> {
        todo!()
    }
    /// A page of the list: rows `offset..offset + limit` of the filtered, sorted list (keyset paging inside).
    pub fn rows(
        &self,
        _filter: &Filter,
        _sort: Sort,
        _offset: u64,
        _limit: usize,
    ) -> Result<Vec<ArticleRow>, LibraryError> {
        todo!()
    }
    /// Where `id` stands in the filtered, sorted list.
    pub fn index_of(&self, _filter: &Filter, _sort: Sort, _id: ArticleId) -> Result<Option<u64>, LibraryError> {
        todo!()
    }
    pub fn counts(&self, _filter: &Filter) -> Result<Counts, LibraryError> {
        todo!()
    }
    pub fn article(&self, _id: ArticleId) -> Result<Option<StoredArticle>, LibraryError> {
        todo!()
    }
    /// All countries of the articles that `filter` leaves, most articles first.
    pub fn countries(&self, _filter: &Filter) -> Result<Vec<CountryCount>, LibraryError> {
        todo!()
    }
    /// The officials of the articles that `filter` leaves, most articles first.
    pub fn officials(&self, _filter: &Filter, _limit: usize) -> Result<Vec<OfficialCount>, LibraryError> {
        todo!()
    }
    pub fn set_read(&mut self, _id: ArticleId, _read: bool) -> Result<(), LibraryError> {
        todo!()
    }
    /// Marks everything `filter` leaves as read; answers how many.
    pub fn mark_all_read(&mut self, _filter: &Filter) -> Result<u64, LibraryError> {
        todo!()
    }
    pub fn set_starred(&mut self, _id: ArticleId, _starred: bool) -> Result<(), LibraryError> {
        todo!()
    }
    pub fn set_position(&mut self, _id: ArticleId, _position: usize) -> Result<(), LibraryError> {
        todo!()
    }
    pub fn add_bookmark(&mut self, _new: &NewBookmark) -> Result<BookmarkId, LibraryError> {
        todo!()
    }
    pub fn set_note(&mut self, _id: BookmarkId, _note: &str) -> Result<(), LibraryError> {
        todo!()
    }
    /// Removes a bookmark; [`Library::restore_bookmark`] undoes it with the same number.
    pub fn remove_bookmark(&mut self, _id: BookmarkId) -> Result<(), LibraryError> {
        todo!()
    }
    pub fn restore_bookmark(&mut self, _id: BookmarkId) -> Result<(), LibraryError> {
        todo!()
    }
    /// All bookmarks, newest first.
    pub fn bookmarks(&self) -> Result<Vec<Bookmark>, LibraryError> {
        todo!()
    }
    /// Articles annotated by another engine than `engine`, at most `limit`.
    pub fn outdated(&self, _engine: u32, _limit: usize) -> Result<Vec<(ArticleId, Article)>, LibraryError> {
        todo!()
    }
    /// Replaces an article's annotations; the user's marks and bookmarks stay.
    pub fn reannotate(&mut self, _engine: u32, _found: &[(ArticleId, Annotations)]) -> Result<(), LibraryError> {
        todo!()
    }
    /// A small value the screen keeps between runs (the filter, the open article), as JSON.
    pub fn state(&self, _key: &str) -> Result<Option<String>, LibraryError> {
        todo!()
    }
    pub fn set_state(&mut self, _key: &str, _value: &str) -> Result<(), LibraryError> {
        todo!()
    }
}

/// Where an anchored quote stands in a text that may have changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// The exact words, at this place.
    At(crate::model::Span),
    /// The wording is gone.
    Gone,
}

/// Finds `anchor` in `body`.
pub fn locate(_anchor: &Anchor, _body: &str) -> Found {
    todo!()
}
