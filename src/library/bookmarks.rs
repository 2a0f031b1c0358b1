//! Quotes the user keeps.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, named_params};

use super::{
    Library, LibraryError, days,
    ids::{ArticleRowId, article_id, bookmark_id},
};
use crate::model::{Anchor, ArticleId, Bookmark, BookmarkId, CountryCode, NewBookmark, Span};

pub(super) const COLUMNS: &str =
    "id, article, quote, exact, prefix, suffix, starts, ends, speaker, role, country, note, source,
                       outlet, url, headline, day, created";

impl Library {
    /// Keeps a quote, with all of its article that a citation needs.
    pub fn add_bookmark(&mut self, new: &NewBookmark) -> Result<BookmarkId, LibraryError> {
        let NewBookmark { article, quote, anchor, speaker, role, country, note } = new;
        let id = self.writing(|on| {
            on.prepare_cached(
                "INSERT INTO bookmark (article, quote, exact, prefix, suffix, starts, ends, speaker, role, country,
                                       note, source, outlet, url, headline, day, created)
                 SELECT id, :quote, :exact, :prefix, :suffix, :starts, :ends, :speaker, :role, :country,
                        :note, source, iif(has_outlet, outlet, NULL), url, headline, day, :created
                 FROM article WHERE id = :article RETURNING id",
            )?
            .query_row(
                named_params! {
                    ":article": article.row(),
                    ":quote": quote,
                    ":exact": anchor.exact,
                    ":prefix": anchor.prefix,
                    ":suffix": anchor.suffix,
                    ":starts": anchor.position.start() as i64,
                    ":ends": anchor.position.end() as i64,
                    ":speaker": speaker,
                    ":role": role,
                    ":country": country.as_ref().map(CountryCode::as_str),
                    ":note": note,
                    ":created": Utc::now().timestamp_millis(),
                },
                |row| bookmark_id(row, 0),
            )
            .optional()
        })?;
        self.cache.bookmarked();
        id.ok_or(LibraryError::NoSuchArticle { id: *article })
    }

    /// Changes the user's own words.
    pub fn set_note(&mut self, id: BookmarkId, note: &str) -> Result<(), LibraryError> {
        self.change_bookmark(id, "UPDATE bookmark SET note = ?2 WHERE id = ?1 AND removed IS NULL", &note)
    }

    /// Removes a bookmark; [`Library::restore_bookmark`] undoes it with the same number.
    pub fn remove_bookmark(&mut self, id: BookmarkId) -> Result<(), LibraryError> {
        let now = Utc::now().timestamp_millis();
        self.change_bookmark(id, "UPDATE bookmark SET removed = ?2 WHERE id = ?1 AND removed IS NULL", &now)
    }

    /// Brings a removed bookmark back. Possible until the library is opened again
    /// [`super::UNDO_DAYS`] or more later.
    pub fn restore_bookmark(&mut self, id: BookmarkId) -> Result<(), LibraryError> {
        self.change_bookmark(id, "UPDATE bookmark SET removed = ?2 WHERE id = ?1", &rusqlite::types::Null)
    }

    /// All bookmarks, newest first.
    pub fn bookmarks(&self) -> Result<Vec<Bookmark>, LibraryError> {
        self.reading(|on| {
            let sql = format!("SELECT {COLUMNS} FROM bookmark WHERE removed IS NULL ORDER BY created DESC, id DESC");
            let mut bookmarks = on.prepare_cached(&sql)?;
            let bookmarks = bookmarks.query_map([], read_bookmark)?;
            bookmarks.collect()
        })
    }

    /// The bookmarks of one article, in the order of their places.
    pub fn bookmarks_of(&self, article: ArticleId) -> Result<Vec<Bookmark>, LibraryError> {
        self.reading(|on| {
            let sql = format!(
                "SELECT {COLUMNS} FROM bookmark WHERE article = ?1 AND removed IS NULL ORDER BY starts, ends, id"
            );
            let mut bookmarks = on.prepare_cached(&sql)?;
            let bookmarks = bookmarks.query_map([article.row()], read_bookmark)?;
            bookmarks.collect()
        })
    }

    fn change_bookmark(&mut self, id: BookmarkId, sql: &str, value: &dyn ToSql) -> Result<(), LibraryError> {
        let n = self.writing(|on| on.prepare_cached(sql)?.execute((id.0.get(), value)))?;
        self.cache.bookmarked();
        if n == 0 { Err(LibraryError::NoSuchBookmark { id }) } else { Ok(()) }
    }
}

/// What is wrong with bookmarks: each must be readable, also one that was removed, and say what it marks.
pub(super) fn unreadable(on: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut bookmarks = on.prepare(&format!("SELECT {COLUMNS} FROM bookmark ORDER BY id"))?;
    let mut rows = bookmarks.query([])?;
    let mut problems = Vec::new();
    while let Some(row) = rows.next()? {
        let readable = read_bookmark(row).is_ok_and(|bookmark| !bookmark.anchor.exact.is_empty());
        if !readable {
            problems.push(format!("the place of bookmark {} cannot be read", row.get::<_, i64>("id")?));
        }
    }
    Ok(problems)
}

pub(super) fn read_bookmark(row: &Row<'_>) -> rusqlite::Result<Bookmark> {
    let article: Option<i64> = row.get("article")?;
    let country: Option<String> = row.get("country")?;
    Ok(Bookmark {
        id: bookmark_id(row, 0)?,
        article: if article.is_some() { Some(article_id(row, 1)?) } else { None },
        quote: row.get("quote")?,
        anchor: Anchor {
            exact: row.get("exact")?,
            prefix: row.get("prefix")?,
            suffix: row.get("suffix")?,
            position: Span::from((row.get::<_, u32>("starts")?, row.get::<_, u32>("ends")?)),
        },
        speaker: row.get("speaker")?,
        role: row.get("role")?,
        country: country.as_deref().and_then(CountryCode::new),
        note: row.get("note")?,
        source: row.get("source")?,
        outlet: row.get("outlet")?,
        url: row.get("url")?,
        headline: row.get("headline")?,
        published: days::day(row.get("day")?),
        created: DateTime::<Utc>::from_timestamp_millis(row.get("created")?).unwrap_or_default(),
    })
}
