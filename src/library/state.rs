//! Small values kept between runs: those of the screen, and which tables of the user the articles were annotated with.

use rusqlite::OptionalExtension;

use super::{Library, LibraryError};

impl Library {
    /// A small value the screen keeps between runs (the filter, the open article), as JSON.
    pub fn state(&self, key: &str) -> Result<Option<String>, LibraryError> {
        self.reading(|on| {
            let mut value = on.prepare_cached("SELECT value FROM state WHERE key = ?1")?;
            value.query_row([key], |row| row.get(0)).optional()
        })
    }

    /// Keeps such a value.
    pub fn set_state(&mut self, key: &str, value: &str) -> Result<(), LibraryError> {
        self.writing(|on| {
            on.prepare_cached("INSERT OR REPLACE INTO state (key, value) VALUES (?1, ?2)")?.execute((key, value))?;
            Ok(())
        })
    }

    /// Marks every article to be annotated anew if the user's tables are other ones than those it was annotated with.
    /// `tables` tells them apart; 0 stands for none.
    pub fn follow_tables(&mut self, tables: u64) -> Result<(), LibraryError> {
        let (now, kept) = (tables.to_string(), self.state(TABLES)?);
        if kept.as_deref().unwrap_or("0") == now {
            return Ok(());
        }
        self.writing(|on| {
            on.execute("UPDATE article SET engine = 0", ())?;
            on.prepare_cached("INSERT OR REPLACE INTO state (key, value) VALUES (?1, ?2)")?.execute((TABLES, &now))?;
            Ok(())
        })
    }
}

const TABLES: &str = "user tables";
