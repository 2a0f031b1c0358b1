//! Which files were read, so that the same file unchanged need not be read again.

use std::{fs::Metadata, time::UNIX_EPOCH};

use rusqlite::{Connection, OptionalExtension};

use super::{Library, LibraryError};

/// Another version of the program may read other words in the same file.
const READER: &str = env!("CARGO_PKG_VERSION");

/// What tells a file that was changed from one that was not, without reading it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stamp {
    size: i64,
    /// Nanoseconds since 1970.
    modified: i64,
    /// Of another file with the same name it is another one; 0 where the system has none.
    inode: i64,
}

impl Stamp {
    /// Of a file as it is now; `None` if the system cannot say when it was changed.
    pub fn of(file: &Metadata) -> Option<Self> {
        let modified = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(file) as i64;
        #[cfg(not(unix))]
        let inode = 0;
        Some(Self { size: i64::try_from(file.len()).ok()?, modified: i64::try_from(modified.as_nanos()).ok()?, inode })
    }

    /// When the file was changed last, in nanoseconds since 1970.
    pub fn modified(self) -> i64 {
        self.modified
    }
}

/// A file that was read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadFile {
    /// The source of its first article.
    pub source: String,
    /// As it was before it was read.
    pub stamp: Stamp,
    /// How many articles are in it.
    pub n_articles: usize,
}

/// What is known of a file that has not changed since it was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KnownFile {
    /// How many articles are in it.
    pub n_articles: usize,
    /// Whether its first article is still here.
    pub is_here: bool,
}

impl Library {
    /// Which of the files have not changed since they were read, in the same order.
    pub fn known_files(&self, files: &[(String, Stamp)]) -> Result<Vec<Option<KnownFile>>, LibraryError> {
        self.reading(|on| files.iter().map(|(source, stamp)| known(on, source, *stamp)).collect())
    }
}

fn known(on: &Connection, source: &str, stamp: Stamp) -> rusqlite::Result<Option<KnownFile>> {
    on.prepare_cached(
        "SELECT articles, EXISTS (SELECT 1 FROM article WHERE source = path AND distinct_by = 0)
                          OR EXISTS (SELECT 1 FROM also WHERE source = path AND distinct_by = 0) FROM file
         WHERE path = ?1 AND size = ?2 AND modified = ?3 AND inode = ?4 AND reader = ?5",
    )?
    .query_row((source, stamp.size, stamp.modified, stamp.inode, READER), |row| {
        Ok(KnownFile { n_articles: usize::try_from(row.get::<_, i64>(0)?).unwrap_or(0), is_here: row.get(1)? })
    })
    .optional()
}

/// Notes that files were read.
pub(super) fn note(on: &Connection, files: &[ReadFile]) -> rusqlite::Result<()> {
    let mut note = on.prepare_cached(
        "INSERT OR REPLACE INTO file (path, size, modified, inode, reader, articles) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for ReadFile { source, stamp, n_articles } in files {
        note.execute((source, stamp.size, stamp.modified, stamp.inode, READER, *n_articles as i64))?;
    }
    Ok(())
}
