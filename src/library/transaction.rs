//! Reading and writing beside other processes.

use std::{
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use super::{Library, LibraryError, open::BUSY_PATIENCE};

/// Runs `work`, again and again while SQLite says that another connection is in the way: a few of its refusals (a log
/// being recovered, a change of journal mode) come without asking the busy handler.
pub(super) fn retrying<T>(mut work: impl FnMut() -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    let began = Instant::now();
    loop {
        match work() {
            Err(error)
                if matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
                    && began.elapsed() < BUSY_PATIENCE =>
            {
                thread::sleep(Duration::from_millis(5));
            }
            answer => return answer,
        }
    }
}

impl Library {
    /// Reads one state of the library; other processes may write meanwhile. One transaction also spares the locks that
    /// each statement by itself would take.
    pub(super) fn reading<T>(&self, work: impl FnMut(&Connection) -> rusqlite::Result<T>) -> Result<T, LibraryError> {
        let mut work = work;
        self.alone(|connection| {
            let transaction = connection.unchecked_transaction()?;
            let answer = work(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        })
    }

    /// Runs statements that must not stand in a transaction.
    pub(super) fn alone<T>(&self, work: impl FnMut(&Connection) -> rusqlite::Result<T>) -> Result<T, LibraryError> {
        let mut work = work;
        retrying(|| work(&self.connection)).map_err(|source| LibraryError::from_sqlite(&self.path, source))
    }

    /// Writes all or nothing. The lock is taken at the start, so that nobody can come between what is read and what is
    /// written, and waiting is up to the busy handler.
    pub(super) fn writing<T>(
        &mut self,
        work: impl FnMut(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, LibraryError> {
        let mut work = work;
        let connection = &mut self.connection;
        retrying(|| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let answer = work(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        })
        .map_err(|source| LibraryError::from_sqlite(&self.path, source))
    }
}
