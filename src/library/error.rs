//! What can go wrong with the store, in words a reader can act on.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::model::{ArticleId, BookmarkId};

/// What can go wrong with the store.
#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    /// It could not be opened or created.
    #[error("cannot open the library {}; check that the folder exists and that you may write there", path.display())]
    Open {
        /// The library's file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// Its folder or file could not be made.
    #[error("cannot create the library {}", path.display())]
    Create {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The file is something else. It was not touched.
    #[error("{} is not an attache library; name another file with --library", path.display())]
    NotALibrary {
        /// The file.
        path: PathBuf,
    },
    /// A newer version of the program made it. It was not touched.
    #[error("the library {} was made by a newer version of attache (its format is {found}, this version knows {known}); update attache, or name another file with --library", path.display())]
    Newer {
        /// The library's file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format this version knows.
        known: i64,
    },
    /// Its content is damaged.
    #[error("the library {} is damaged ({what}); `attache library repair` saves what can be read into a new file", path.display())]
    Damaged {
        /// The library's file.
        path: PathBuf,
        /// Where.
        what: String,
    },
    /// It is damaged so that not even its table of contents can be read.
    #[error("nothing of the library {} can be read, as its table of contents is damaged; restore a backup", path.display())]
    Lost {
        /// The library's file.
        path: PathBuf,
    },
    /// It cannot be written.
    #[error("the library {} cannot be written; check the permissions of the file and its folder", path.display())]
    ReadOnly {
        /// The library's file.
        path: PathBuf,
    },
    /// The disk, or the share of it that the library may use, is full.
    #[error("no space is left for the library {}; free some and try again, what it held before is intact", path.display())]
    DiskFull {
        /// The library's file.
        path: PathBuf,
    },
    /// Another process kept it to itself for very long.
    #[error("another program has been writing to the library {} for more than a minute; try again when it is done", path.display())]
    Busy {
        /// The library's file.
        path: PathBuf,
    },
    /// The system refused to read or write it, or the store contradicts itself.
    #[error("cannot use the library {}", path.display())]
    Failed {
        /// The library's file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// A file that is to be written is there already. It was not touched.
    #[error("{} exists already; name another file", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// There is no such library.
    #[error("there is no library at {}; name it with --library", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// What was to be imported is no export of a library.
    #[error("{name} is no export of an attache library; make one with `attache library export`")]
    NoExport {
        /// The file.
        name: String,
    },
    /// What is exported or imported could not be written or read.
    #[error("cannot {doing} {name}")]
    Transfer {
        /// Read or write.
        doing: &'static str,
        /// The file.
        name: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// There is no such article.
    #[error("article {} is no longer in the library", id.0)]
    NoSuchArticle {
        /// Its number.
        id: ArticleId,
    },
    /// There is no such bookmark.
    #[error("bookmark {} is no longer in the library", id.0)]
    NoSuchBookmark {
        /// Its number.
        id: BookmarkId,
    },
}

impl LibraryError {
    /// The same failure in the reader's words.
    pub(super) fn from_sqlite(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotALibrary { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, what: source.to_string() },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { path },
            Some(ErrorCode::DiskFull) => Self::DiskFull { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            Some(ErrorCode::CannotOpen) => Self::Open { path, source },
            _ => Self::Failed { path, source },
        }
    }
}
