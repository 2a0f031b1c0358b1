//! Opening a library: private to the user, safe beside other processes, and never touching a file that is not ours.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, config::DbConfig};

use super::{
    Library, LibraryError,
    cache::Cache,
    migrations::{self, APPLICATION_ID},
    transaction::retrying,
    trash,
};

/// How often a busy library is asked again. Short, so that the pause an import makes between two batches is noticed.
const BUSY_PAUSE: Duration = Duration::from_millis(2);

/// After this long the user is told that another program is writing.
pub(super) const BUSY_PATIENCE: Duration = Duration::from_secs(60);

/// Bytes of a page of a new library.
pub(super) const PAGE: i64 = 16 * 1024;

/// Bytes of the write-ahead log.
const LOG: i64 = 32 * 1024 * 1024;

impl Library {
    /// Opens or creates the library file, private to the user, and brings its schema up to date.
    pub fn open(path: &Path) -> Result<Self, LibraryError> {
        create_privately(path)?;
        refuse_foreign(path)?;
        let explain = |source| LibraryError::from_sqlite(path, source);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags).map_err(explain)?;
        connection.busy_handler(Some(wait_for_the_other)).map_err(explain)?;
        refuse_newer(path, &connection)?;
        retrying(|| configure(&connection)).map_err(explain)?;
        retrying(|| migrations::migrate(&mut connection, migrations::newest())).map_err(explain)?;
        let mut library = Self { connection, path: path.to_owned(), cache: Cache::default() };
        trash::purge(&mut library)?;
        Ok(library)
    }

    /// A library that goes with the process: a file in a private temporary directory, so that several threads can open it.
    pub fn temporary() -> Result<(Self, tempfile::TempDir), LibraryError> {
        let folder = tempfile::Builder::new()
            .prefix("attache-")
            .tempdir()
            .map_err(|source| LibraryError::Create { path: std::env::temp_dir(), source })?;
        let library = Self::open(&folder.path().join("library.db"))?;
        Ok((library, folder))
    }

    /// Its file, for another thread to open.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Makes the folder (0700) and an empty file (0600) where there is none. SQLite gives its side files the same mode.
fn create_privately(path: &Path) -> Result<(), LibraryError> {
    let failed = |path: &Path, source| LibraryError::Create { path: path.to_owned(), source };
    if path.exists() {
        return Ok(());
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(|source| failed(folder, source))?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(failed(path, error)),
        _ => Ok(()),
    }
}

/// Reads the first bytes of the file without SQLite, which would write to it (a write-ahead log is folded back on
/// opening): a file that is something else, or newer than this program, stays as it is to the byte.
pub(super) fn refuse_foreign(path: &Path) -> Result<(), LibraryError> {
    let mut header = Vec::with_capacity(100);
    let read = File::open(path).and_then(|file| file.take(100).read_to_end(&mut header));
    match read {
        Ok(0) => return Ok(()),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            return Err(LibraryError::ReadOnly { path: path.to_owned() });
        }
        Err(_) => return Err(LibraryError::NotALibrary { path: path.to_owned() }),
    }
    if header.len() < 100 || !header.starts_with(b"SQLite format 3\0") {
        return Err(LibraryError::NotALibrary { path: path.to_owned() });
    }
    let number_at = |at: usize| {
        header.get(at..at + 4).map_or(0, |bytes| bytes.iter().fold(0, |number, byte| number << 8 | i64::from(*byte)))
    };
    let (user_version, application_id) = (number_at(60), number_at(68));
    // Our own file has neither before its first write-ahead log is folded back.
    if application_id != APPLICATION_ID && (application_id != 0 || user_version != 0) {
        return Err(LibraryError::NotALibrary { path: path.to_owned() });
    }
    newer(path, user_version)
}

/// The version as the write-ahead log has it, which a killed newer program may have left behind.
fn refuse_newer(path: &Path, connection: &Connection) -> Result<(), LibraryError> {
    let explain = |source| LibraryError::from_sqlite(path, source);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(explain)?;
    let version = retrying(|| migrations::version(connection)).map_err(explain)?;
    newer(path, version)?;
    let foreign = "SELECT count(*) FROM sqlite_schema";
    if version == 0 && retrying(|| connection.query_row(foreign, [], |row| row.get::<_, i64>(0))).map_err(explain)? > 0
    {
        return Err(LibraryError::NotALibrary { path: path.to_owned() });
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(explain)?;
    Ok(())
}

fn newer(path: &Path, found: i64) -> Result<(), LibraryError> {
    let known = migrations::newest();
    if found > known { Err(LibraryError::Newer { path: path.to_owned(), found, known }) } else { Ok(()) }
}

/// `synchronous = FULL`: in WAL mode NORMAL would keep the file sound after a power cut but lose what was acknowledged
/// since the last checkpoint, such as a bookmark. The price is one flush a commit: imports commit by the hundred
/// articles, and a person makes a change every few seconds.
///
/// Pages are larger than SQLite's own: of two articles that do not fit a small page together, half a page stays empty. Only a
/// file that is new gets them.
fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "page_size", PAGE)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // Kibibytes: enough for the inner pages of every tree of a million articles.
    connection.pragma_update(None, "cache_size", -16 * 1024)?;
    // An import writes the same pages of the index in every commit; they are copied into the file once in 32 MB.
    let page: i64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG / page.max(512))?;
    connection.pragma_update(None, "journal_size_limit", LOG)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Called by SQLite while another connection writes; `tries` counts up from 0.
fn wait_for_the_other(tries: i32) -> bool {
    std::thread::sleep(BUSY_PAUSE);
    BUSY_PAUSE.saturating_mul(tries.unsigned_abs()) < BUSY_PATIENCE
}
