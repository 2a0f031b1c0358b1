//! Row numbers as the model's ids and back.

use rusqlite::{Row, types::Type};

use crate::model::{ArticleId, BookmarkId, FeedId};

/// An article's number as SQLite's row number.
pub(super) trait ArticleRowId: Sized {
    /// The row number.
    fn row(self) -> i64;
    /// From a row number, which is never 0.
    fn from_row(row: i64) -> rusqlite::Result<Self>;
}

impl ArticleRowId for ArticleId {
    fn row(self) -> i64 {
        self.0.get()
    }

    fn from_row(row: i64) -> rusqlite::Result<Self> {
        row.try_into().map(Self).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(0, row))
    }
}

/// The article number in a column.
pub(super) fn article_id(row: &Row<'_>, column: usize) -> rusqlite::Result<ArticleId> {
    ArticleId::from_row(row.get(column)?)
}

/// The bookmark number in a column.
pub(super) fn bookmark_id(row: &Row<'_>, column: usize) -> rusqlite::Result<BookmarkId> {
    let number: i64 = row.get(column)?;
    number
        .try_into()
        .map(BookmarkId)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Integer, Box::new(error)))
}

/// The feed number in a column.
pub(super) fn feed_id(row: &Row<'_>, column: usize) -> rusqlite::Result<FeedId> {
    let number: i64 = row.get(column)?;
    number.try_into().map(FeedId).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, number))
}

/// The count in a column.
pub(super) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(column)?;
    number.try_into().map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, number))
}
