//! What was removed, and how it comes back.

use chrono::Utc;
use rusqlite::{Connection, OptionalExtension};

use super::{
    Library, LibraryError, record, tags,
    upkeep::{Kept, adopt_in},
};

/// What was removed can be brought back for so long.
pub const UNDO_DAYS: i64 = 14;

/// What came back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Undone {
    /// Articles, with their marks and bookmarks.
    pub articles: usize,
    /// Bookmarks that had been removed by themselves.
    pub bookmarks: usize,
}

impl Library {
    /// Brings back what the last removal took: articles, or a bookmark. Again, what the one before took. `None` if
    /// nothing is left to bring back.
    pub fn undo(&mut self) -> Result<Option<Undone>, LibraryError> {
        let undone = self.writing(|on| {
            let Some(last) = last_removal(on)? else { return Ok(None) };
            let gone = gone(on, last)?;
            let kept: Vec<Kept> = gone.iter().map(|(kept, ..)| kept.clone()).collect();
            for ((row, _), (_, had)) in adopt_in(on, &kept, true)?.into_iter().zip(&gone) {
                had.tie(on, row)?;
            }
            on.execute("DELETE FROM trash WHERE removed = ?1", [last])?;
            let bookmarks = on.execute("UPDATE bookmark SET removed = NULL WHERE removed = ?1", [last])?;
            Ok(Some(Undone { articles: gone.len(), bookmarks }))
        })?;
        self.cache.forget();
        Ok(undone)
    }
}

/// Forgets for good what was removed long enough ago.
pub(super) fn purge(library: &mut Library) -> Result<(), LibraryError> {
    let before = Utc::now().timestamp_millis() - UNDO_DAYS * 24 * 60 * 60 * 1000;
    let any =
        "SELECT EXISTS (SELECT 1 FROM bookmark WHERE removed < ?1) OR EXISTS (SELECT 1 FROM trash WHERE removed < ?1)";
    // A library that has nothing to purge is opened without writing to it.
    if library.reading(|on| on.query_row(any, [before], |row| row.get(0)))? {
        library.writing(|on| {
            on.execute("DELETE FROM trash WHERE removed < ?1", [before])?;
            on.execute("DELETE FROM bookmark WHERE removed < ?1", [before])
        })?;
    }
    Ok(())
}

/// When the last removal was that can be undone.
fn last_removal(on: &Connection) -> rusqlite::Result<Option<i64>> {
    on.query_row(
        "SELECT max(removed) FROM (SELECT max(removed) AS removed FROM trash UNION ALL SELECT max(removed) FROM bookmark)",
        [],
        |row| row.get(0),
    )
}

/// A time that no earlier removal has, so that each is undone by itself.
pub(super) fn time_of_removal(on: &Connection) -> rusqlite::Result<i64> {
    let now = Utc::now().timestamp_millis();
    Ok(last_removal(on)?.map_or(now, |last| now.max(last + 1)))
}

/// Puts an article into the trash; it is still to be deleted.
pub(super) fn keep(on: &Connection, article: i64, time: i64) -> rusqlite::Result<()> {
    let sql = format!(
        "SELECT {}, text, annotations FROM article JOIN body ON body.article = article.id WHERE id = ?1",
        Kept::COLUMNS
    );
    // An article without a text is a contradiction that only `check` knows of, and has nothing to come back for.
    let found = on
        .prepare_cached(&sql)?
        .query_row([article], |row| {
            let annotations: Vec<u8> = row.get("annotations")?;
            Ok((Kept::read(row, Some((row.get("text")?, Some(Default::default()))))?, annotations))
        })
        .optional()?;
    let Some((kept, annotations)) = found else { return Ok(()) };
    on.prepare_cached(
        "INSERT INTO trash (removed, number, content, annotations, bookmarks, items, tags) VALUES (?1, ?2, ?3, ?4,
             (SELECT json_group_array(id) FROM bookmark WHERE article = ?2),
             (SELECT json_group_array(json_array(feed, item)) FROM feed_item WHERE article = ?2),
             (SELECT json_group_array(tag) FROM tagged WHERE article = ?2))",
    )?
    .execute((time, article, serde_json::to_string(&kept).map_err(as_sqlite)?, annotations))?;
    Ok(())
}

/// What an article had beside its marks.
struct Had {
    /// Numbers of its bookmarks.
    bookmarks: Vec<i64>,
    /// The feeds that brought it, and as which item.
    items: Vec<(i64, i64)>,
    tags: Vec<String>,
}

fn gone(on: &Connection, time: i64) -> rusqlite::Result<Vec<(Kept, Had)>> {
    let mut gone = on
        .prepare("SELECT content, annotations, bookmarks, items, tags FROM trash WHERE removed = ?1 ORDER BY number")?;
    let gone = gone.query_map([time], |row| {
        let text = |column| row.get_ref(column).and_then(|value| Ok(value.as_str()?));
        let mut kept: Kept = serde_json::from_str(text(0)?).map_err(as_sqlite)?;
        match record::decode(row.get_ref(1)?.as_blob()?) {
            Some(annotations) => kept.annotations = annotations,
            None => kept.engine = 0,
        }
        let had = Had {
            bookmarks: serde_json::from_str(text(2)?).map_err(as_sqlite)?,
            items: serde_json::from_str(text(3)?).map_err(as_sqlite)?,
            tags: tags::read(text(4)?),
        };
        Ok((kept, had))
    })?;
    gone.collect()
}

impl Had {
    /// Gives an article back what it had; bookmarks and items that have another article by now keep it.
    fn tie(&self, on: &Connection, article: i64) -> rusqlite::Result<()> {
        let mut bookmark = on.prepare_cached("UPDATE bookmark SET article = ?2 WHERE id = ?1 AND article IS NULL")?;
        for id in &self.bookmarks {
            bookmark.execute((id, article))?;
        }
        let mut item =
            on.prepare_cached("UPDATE feed_item SET article = ?3 WHERE feed = ?1 AND item = ?2 AND article IS NULL")?;
        for (feed, number) in &self.items {
            item.execute((feed, number, article))?;
        }
        self.tags.iter().try_for_each(|tag| tags::put(on, article, tag))
    }
}

fn as_sqlite(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}
