//! Brings a library's schema up to date, one numbered file at a time.

use rusqlite::{Connection, TransactionBehavior, functions::FunctionFlags};

use crate::model::address_identity;

/// The schema's history. The position in this list plus one is the version; a file that was released never changes.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_articles.sql"),
    include_str!("migrations/0002_feeds.sql"),
    include_str!("migrations/0003_files.sql"),
    include_str!("migrations/0004_index_settings.sql"),
    include_str!("migrations/0005_trash.sql"),
    include_str!("migrations/0006_addresses.sql"),
    include_str!("migrations/0007_changed.sql"),
    include_str!("migrations/0008_stories.sql"),
    include_str!("migrations/0009_quotes.sql"),
    include_str!("migrations/0010_lead.sql"),
    include_str!("migrations/0011_tags.sql"),
    include_str!("migrations/0012_smaller.sql"),
];

/// Marks the file as ours: "atta" in ASCII.
pub(super) const APPLICATION_ID: i64 = 0x6174_7461;

/// The newest version this program knows.
pub(super) fn newest() -> i64 {
    MIGRATIONS.len() as i64
}

/// The version of an open library; 0 is an empty file.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Applies what is missing, up to `target`, in one transaction: after a crash the old version is there untouched.
pub(super) fn migrate(connection: &mut Connection, target: i64) -> rusqlite::Result<()> {
    if version(connection)? >= target {
        return Ok(());
    }
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("address_identity", 1, flags, |values| {
        Ok(address_identity(&values.get::<String>(0)?))
    })?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it while this one waited for the lock.
    let from = version(&transaction)?;
    for (number, sql) in (1..).zip(MIGRATIONS) {
        if number > from && number <= target {
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "user_version", number)?;
        }
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.commit()
}
