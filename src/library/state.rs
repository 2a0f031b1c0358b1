//! Small values the screen keeps between runs.

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
}
