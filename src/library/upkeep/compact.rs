//! Gives back the space that deleted rows left.

use std::fs;

use crate::library::{Library, LibraryError};

/// What compacting did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Compacted {
    /// Bytes of the file before.
    pub before: u64,
    /// Bytes of the file now.
    pub after: u64,
}

impl Library {
    /// Merges the full-text indexes and writes the file anew without gaps. Others may go on reading: they see the old
    /// pages until the new ones are in place. Needs up to twice the library's size of free space; without it, or when
    /// killed, the library stays as it is.
    pub fn compact(&mut self) -> Result<Compacted, LibraryError> {
        let size = |library: &Self| fs::metadata(library.path()).map_or(0, |file| file.len());
        self.fold_back()?;
        let before = size(self);
        let indexes = self.full_text_indexes()?;
        for index in indexes {
            self.alone(|on| on.execute_batch(&format!("INSERT INTO {index} ({index}) VALUES ('optimize')")))?;
        }
        self.alone(|on| on.execute_batch("PRAGMA optimize; VACUUM"))?;
        self.fold_back()?;
        Ok(Compacted { before, after: size(self) })
    }

    /// Copies the write-ahead log into the file, as far as nobody reads an older state.
    fn fold_back(&self) -> Result<(), LibraryError> {
        self.alone(|on| on.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())))
    }

    /// The names of the full-text indexes.
    pub(super) fn full_text_indexes(&self) -> Result<Vec<String>, LibraryError> {
        self.reading(|on| {
            let mut names = on.prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%'",
            )?;
            names.query_map([], |row| row.get(0))?.collect()
        })
    }
}
