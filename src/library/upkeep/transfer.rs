//! A library as lines of JSON, and back.
//!
//! The first line says what it is. Each other line is an object of one field, which names what it holds: `article` with
//! its annotations and marks, or a row of one of the user's own tables. Spans are in bytes of the UTF-8 body. Nothing
//! that can be made from the articles is in it.

use std::io::{BufRead, Write};

use rusqlite::Row;
use serde_json::{Value as Json, json};

use super::{OWN_TABLES, OwnTable, adopt::Kept, rows};
use crate::library::{Library, LibraryError, record};

/// The way of writing, in the first line.
const SCHEMA: u64 = 1;

/// Articles and bytes of a transaction.
const BATCH: usize = 512;
const BATCH_BYTES: usize = 8 * 1024 * 1024;

/// What an import of an export did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Imported {
    /// Articles that are new.
    pub articles: u64,
    /// Bookmarks that are new.
    pub bookmarks: u64,
    /// Articles and bookmarks that were here already.
    pub known: u64,
    /// What is wrong with lines, each with its number.
    pub refused: Vec<String>,
}

impl Library {
    /// Writes everything in the library to `out`, which `name` names, one object a line: one state of it, even while
    /// others write.
    pub fn export(&self, out: &mut dyn Write, name: &str) -> Result<(), LibraryError> {
        let explain = |source| LibraryError::from_sqlite(self.path(), source);
        let on = self.connection.unchecked_transaction().map_err(explain)?;
        let mut say = |object: &Json| {
            serde_json::to_writer(&mut *out, object)
                .map_err(std::io::Error::from)
                .and_then(|()| out.write_all(b"\n"))
                .map_err(|source| LibraryError::Transfer { doing: "write", name: name.to_owned(), source })
        };
        say(&json!({"attache": "library", "schema": SCHEMA}))?;
        let mut articles = on
            .prepare(&format!(
                "SELECT {}, text, annotations FROM article JOIN body ON body.article = id ORDER BY id",
                Kept::COLUMNS
            ))
            .map_err(explain)?;
        let mut found = articles.query([]).map_err(explain)?;
        while let Some(row) = found.next().map_err(explain)? {
            say(&json!({"article": whole(row).map_err(explain)?}))?;
        }
        for table in OWN_TABLES {
            let columns = rows::columns(&on, table.name).map_err(explain)?;
            let order = columns.first().map_or("1", String::as_str);
            let mut all = on
                .prepare(&format!("SELECT {} FROM {} ORDER BY {order}", columns.join(", "), table.name))
                .map_err(explain)?;
            let mut found = all.query([]).map_err(explain)?;
            while let Some(row) = found.next().map_err(explain)? {
                say(&json!({table.name: rows::to_json(rows::read(row, &columns).map_err(explain)?)}))?;
            }
        }
        out.flush().map_err(|source| LibraryError::Transfer { doing: "write", name: name.to_owned(), source })
    }

    /// Takes in what [`Library::export`] wrote; `name` names it in messages. An empty library becomes equal to the one
    /// that was exported; into another one goes what it does not have. Wrong lines are named and passed over. After a
    /// stop or a crash at any time, doing it again takes in the rest.
    pub fn import(&mut self, from: &mut dyn BufRead, name: &str) -> Result<Imported, LibraryError> {
        let failed = |source| LibraryError::Transfer { doing: "read", name: name.to_owned(), source };
        let mut line = String::new();
        from.read_line(&mut line).map_err(failed)?;
        let head: Json = serde_json::from_str(&line).unwrap_or_default();
        match (head["attache"].as_str(), head["schema"].as_u64()) {
            (Some("library"), Some(SCHEMA)) => {}
            _ => return Err(LibraryError::NoExport { name: name.to_owned() }),
        }
        let mut import = Import { was_empty: self.is_empty()?, ..Import::default() };
        for number in 2_u64.. {
            line.clear();
            if from.read_line(&mut line).map_err(failed)? == 0 {
                break;
            }
            if !line.trim().is_empty()
                && let Err(problem) = import.line(self, &line)?
            {
                import.told.refused.push(format!("{name}, line {number}: {problem}"));
            }
        }
        import.store(self)?;
        Ok(import.told)
    }

    fn is_empty(&self) -> Result<bool, LibraryError> {
        self.reading(|on| {
            let any = |table: &&str| on.prepare(&format!("SELECT 1 FROM {table}"))?.exists([]);
            Ok(!["article", "bookmark"].iter().map(any).collect::<rusqlite::Result<Vec<_>>>()?.contains(&true))
        })
    }
}

#[derive(Default)]
struct Import {
    was_empty: bool,
    /// Not yet stored.
    articles: Vec<Kept>,
    bytes: usize,
    /// Rows of a table, not yet stored.
    rows: Vec<rows::Fields>,
    table: Option<&'static OwnTable>,
    renumbered: rows::Renumbered,
    told: Imported,
}

impl Import {
    /// Takes in a line; the inner error says what is wrong with it.
    fn line(&mut self, library: &mut Library, line: &str) -> Result<Result<(), String>, LibraryError> {
        let Ok(Json::Object(object)) = serde_json::from_str(line) else {
            return Ok(Err("no object of JSON".to_owned()));
        };
        let Some((what, content)) = object.into_iter().next() else {
            return Ok(Err("the object is empty".to_owned()));
        };
        if what == "article" {
            let kept: Kept = match serde_json::from_value(content) {
                Ok(kept) => kept,
                Err(error) => return Ok(Err(format!("no article: {error}"))),
            };
            self.bytes += kept.article.body.len();
            self.articles.push(kept);
            if self.articles.len() >= BATCH || self.bytes >= BATCH_BYTES {
                self.store(library)?;
            }
            return Ok(Ok(()));
        }
        let Some(table) = OWN_TABLES.iter().find(|table| table.name == what) else {
            return Ok(Err(format!("{what:?} is not known to this version of attache")));
        };
        let Some(fields) = rows::from_json(content) else {
            return Ok(Err(format!("no row of {what}")));
        };
        // What the screen keeps belongs to one library.
        if what == "state" && !self.was_empty {
            return Ok(Ok(()));
        }
        if self.table.is_none_or(|last| last.name != what) || self.rows.len() >= BATCH {
            self.store(library)?;
            self.table = Some(table);
        }
        self.rows.push(fields);
        Ok(Ok(()))
    }

    fn store(&mut self, library: &mut Library) -> Result<(), LibraryError> {
        if !self.articles.is_empty() {
            let numbers = library.adopt(&self.articles, self.was_empty)?;
            for (kept, (here, is_new)) in self.articles.drain(..).zip(numbers) {
                *(if is_new { &mut self.told.articles } else { &mut self.told.known }) += 1;
                self.renumbered.note("article", kept.id, here);
            }
            self.bytes = 0;
        }
        if let Some(table) = self.table.take() {
            let n_new = library.adopt_rows(table, &self.rows, &mut self.renumbered)?;
            if table.name == "bookmark" {
                self.told.bookmarks += n_new;
                self.told.known += self.rows.len() as u64 - n_new;
            }
            self.rows.clear();
        }
        Ok(())
    }
}

fn whole(row: &Row<'_>) -> rusqlite::Result<Kept> {
    let annotations = record::decode(row.get_ref("annotations")?.as_blob()?);
    Kept::read(row, Some((row.get("text")?, annotations)))
}
