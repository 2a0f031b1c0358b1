//! Searches that the user keeps under a name.

use chrono::Utc;
use rusqlite::OptionalExtension;

use super::{Library, LibraryError, Sort};
use crate::model::{Condition, Filter, Mark, Query};

/// A search with a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Watch {
    /// Unlike all others, whatever the case.
    pub name: String,
    /// The query as the user wrote it.
    pub query: String,
}

impl Library {
    /// All watches by name.
    pub fn watches(&self) -> Result<Vec<Watch>, LibraryError> {
        self.reading(|on| {
            let mut watches = on.prepare_cached("SELECT name, query FROM watch ORDER BY name COLLATE NOCASE")?;
            let watches = watches.query_map([], |row| Ok(Watch { name: row.get(0)?, query: row.get(1)? }))?;
            watches.collect()
        })
    }

    /// The watch of that name.
    pub fn watch(&self, name: &str) -> Result<Option<Watch>, LibraryError> {
        self.reading(|on| {
            on.prepare_cached("SELECT name, query FROM watch WHERE name = ?1")?
                .query_row([name], |row| Ok(Watch { name: row.get(0)?, query: row.get(1)? }))
                .optional()
        })
    }

    /// How many unread articles `query` finds; a story counts once. Nothing is remembered of it.
    pub fn n_unread(&self, query: &Query) -> Result<u64, LibraryError> {
        self.refresh()?;
        let query = Query::and([query.clone(), Query::Is(Condition::Mark(Mark::Unread))]);
        let filter = Filter { query, ..Filter::default() };
        Ok(self.ids(&filter, Sort::default(), usize::MAX)?.len() as u64)
    }

    /// A number that changes when another connection has changed the library, and with every change by this one.
    pub fn state_of_change(&self) -> Result<(i64, u64), LibraryError> {
        self.reading(|on| {
            let version = on.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
            Ok((version, on.total_changes()))
        })
    }

    /// Keeps a search; one of the same name is replaced.
    pub fn save_watch(&mut self, watch: &Watch) -> Result<(), LibraryError> {
        self.writing(|on| {
            on.prepare_cached(
                "INSERT INTO watch (name, query, created) VALUES (?1, ?2, ?3)
                 ON CONFLICT (name) DO UPDATE SET name = excluded.name, query = excluded.query",
            )?
            .execute((&watch.name, &watch.query, Utc::now().timestamp_millis()))?;
            Ok(())
        })
    }

    /// Removes a watch; answers whether there was one of that name.
    pub fn remove_watch(&mut self, name: &str) -> Result<bool, LibraryError> {
        self.writing(|on| Ok(on.prepare_cached("DELETE FROM watch WHERE name = ?1")?.execute([name])? > 0))
    }
}
