//! Saves what can be read from a damaged file into a new library. The damaged file is only read.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, Row};

use super::{OWN_TABLES, OwnTable, adopt::Kept, rows};
use crate::{
    library::{Library, LibraryError, open, record},
    model::Article,
};

/// Articles of a transaction.
const BATCH: usize = 256;

/// What could be saved.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Salvaged {
    /// Articles, with their marks.
    pub articles: u64,
    /// Those among them of which the text is lost; adding their files again brings it back.
    pub without_text: u64,
    /// Those among them whose source is lost, so that they stand under a made-up one.
    pub without_source: u64,
    /// Bookmarks.
    pub bookmarks: u64,
    /// Places of the file that could not be read.
    pub unreadable: u64,
}

impl Library {
    /// Makes a library at `to`, which must not exist, of all that can be read from `damaged`.
    pub fn salvage(damaged: &Path, to: &Path) -> Result<Salvaged, LibraryError> {
        if !damaged.exists() {
            return Err(LibraryError::Missing { path: damaged.to_owned() });
        }
        if to.exists() {
            return Err(LibraryError::Exists { path: to.to_owned() });
        }
        open::refuse_foreign(damaged)?;
        let explain = |source| LibraryError::from_sqlite(damaged, source);
        let failed = |source| LibraryError::Create { path: to.to_owned(), source };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let from = Connection::open_with_flags(damaged, flags).map_err(explain)?;
        if from.prepare("SELECT count(*) FROM article").is_err() {
            return Err(LibraryError::Lost { path: damaged.to_owned() });
        }
        // Under another name until it is whole.
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = tempfile::Builder::new().prefix(".attache-repair").tempdir_in(folder).map_err(failed)?;
        let part = folder.path().join("library");
        let mut library = Library::open(&part)?;
        let mut salvaged = Salvaged::default();
        articles(&from, &mut library, &mut salvaged)?;
        texts_alone(&from, &mut library, &mut salvaged)?;
        for table in OWN_TABLES {
            own(&from, &mut library, table, &mut salvaged)?;
        }
        drop(library);
        std::fs::hard_link(&part, to).map_err(failed)?;
        Ok(salvaged)
    }
}

fn articles(from: &Connection, library: &mut Library, salvaged: &mut Salvaged) -> Result<(), LibraryError> {
    let mut batch = Vec::new();
    each_row(
        from,
        "article",
        Kept::COLUMNS,
        "id",
        salvaged,
        &mut |row, salvaged| {
            let kept = read_article(from, row)?;
            salvaged.articles += 1;
            salvaged.without_text += u64::from(kept.lost);
            batch.push(kept);
            if batch.len() >= BATCH { Ok(Some(std::mem::take(&mut batch))) } else { Ok(None) }
        },
        &mut |kept| library.adopt(&kept, true).map(|_| ()),
    )?;
    library.adopt(&batch, true).map(|_| ())
}

/// Texts whose lines in the list are lost.
fn texts_alone(from: &Connection, library: &mut Library, salvaged: &mut Salvaged) -> Result<(), LibraryError> {
    let there: std::collections::HashSet<i64> = library.all_article_ids()?.into_iter().map(|id| id.0.get()).collect();
    each_row(
        from,
        "body",
        "article, text, annotations",
        "article",
        salvaged,
        &mut |row, salvaged| {
            let id: i64 = row.get(0)?;
            if there.contains(&id) {
                return Ok(None);
            }
            let annotations = record::decode(row.get_ref(2)?.as_blob()?);
            let article = Article { source: format!("salvaged-{id}"), body: row.get(1)?, ..Article::default() };
            salvaged.articles += 1;
            salvaged.without_source += 1;
            Ok(Some(vec![Kept {
                id,
                article,
                engine: u32::from(annotations.is_some()),
                annotations: annotations.unwrap_or_default(),
                read: false,
                starred: false,
                position: 0,
                changed: None,
                lost: false,
            }]))
        },
        &mut |kept| library.adopt(&kept, true).map(|_| ()),
    )
}

fn own(
    from: &Connection,
    library: &mut Library,
    table: &OwnTable,
    salvaged: &mut Salvaged,
) -> Result<(), LibraryError> {
    let explain = |source| LibraryError::from_sqlite(library.path(), source);
    let there = rows::columns(&library.connection, table.name).map_err(explain)?;
    // An older library may have fewer columns; if even its schema cannot be read, nothing can.
    let known: Vec<String> =
        rows::columns(from, table.name).unwrap_or_default().into_iter().filter(|name| there.contains(name)).collect();
    if known.is_empty() {
        return Ok(());
    }
    let listed = known.join(", ");
    // The user's own rows are few and small.
    let mut found = Vec::new();
    if known.iter().any(|name| name == "id") {
        each_row(
            from,
            table.name,
            &listed,
            "id",
            salvaged,
            &mut |row, _| Ok(Some(rows::read(row, &known)?)),
            &mut |fields| {
                found.push(fields);
                Ok(())
            },
        )?;
    } else {
        let read = from.prepare(&format!("SELECT {listed} FROM {}", table.name)).and_then(|mut all| {
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                found.push(self::rows::read(row, &known)?);
            }
            Ok(())
        });
        salvaged.unreadable += u64::from(read.is_err());
    }
    let n_saved = library.adopt_rows(table, &found, &mut rows::Renumbered::default())?;
    if table.name == "bookmark" {
        salvaged.bookmarks += n_saved;
    }
    Ok(())
}

/// The columns as [`articles`] asks for them, with the text if it can be read.
fn read_article(from: &Connection, row: &Row<'_>) -> rusqlite::Result<Kept> {
    let id: i64 = row.get("id")?;
    let body = from
        .prepare_cached("SELECT text, annotations FROM body WHERE article = ?1")?
        .query_row([id], |row| Ok((row.get::<_, String>(0)?, record::decode(row.get_ref(1)?.as_blob()?))));
    Kept::read(row, body.ok())
}

/// Reads a table by rising number, halving the stretch around each place that cannot be read until it is passed. What
/// `read` makes of a row goes to `write`.
fn each_row<T>(
    from: &Connection,
    table: &str,
    columns: &str,
    number: &str,
    salvaged: &mut Salvaged,
    read: &mut dyn FnMut(&Row<'_>, &mut Salvaged) -> rusqlite::Result<Option<T>>,
    write: &mut dyn FnMut(T) -> Result<(), LibraryError>,
) -> Result<(), LibraryError> {
    let sql = format!("SELECT {columns} FROM {table} WHERE {number} BETWEEN ?1 AND ?2 ORDER BY {number}");
    let Ok(mut rows_between) = from.prepare(&sql) else {
        salvaged.unreadable += 1;
        return Ok(());
    };
    let mut stretches = vec![(1, last_number(from, table, number))];
    while let Some((first, last)) = stretches.pop() {
        let mut reached = first;
        let damaged = {
            let Ok(mut rows) = rows_between.query((first, last)) else { return Ok(()) };
            loop {
                match rows.next() {
                    Ok(None) => break false,
                    Err(_) => break true,
                    Ok(Some(row)) => {
                        // What stands in a damaged row may be anything, also another type.
                        let before = *salvaged;
                        match row.get::<_, i64>(number).map(|id| (id, read(row, salvaged))) {
                            Ok((id, made)) => {
                                reached = reached.max(id.saturating_add(1));
                                match made {
                                    Ok(Some(made)) => write(made)?,
                                    Ok(None) => {}
                                    Err(_) => *salvaged = Salvaged { unreadable: before.unreadable + 1, ..before },
                                }
                            }
                            Err(_) => break true,
                        }
                    }
                }
            }
        };
        if damaged && reached < last {
            let middle = reached + (last - reached) / 2;
            stretches.push((middle + 1, last));
            stretches.push((reached, middle));
        } else if damaged && reached == last {
            salvaged.unreadable += 1;
        }
    }
    Ok(())
}

/// No row of `table` has a higher number.
fn last_number(from: &Connection, table: &str, number: &str) -> i64 {
    let ask = |sql: &str| from.query_row(sql, [], |row| row.get::<_, Option<i64>>(0)).ok().flatten();
    let in_table = ask(&format!("SELECT max({number}) FROM {table}"));
    let given = ask("SELECT max(seq) FROM sqlite_sequence");
    let pages = ask("PRAGMA page_count").unwrap_or(0);
    // Neither can be read: at most so many of the smallest rows fit the file.
    in_table.max(given).unwrap_or(pages * 512)
}
