//! Checking and copying a library.

use std::{fs, io, path::Path};

use rusqlite::Connection;

use super::{Library, LibraryError, record, subjects::Mentioned};

impl Library {
    /// What is wrong with the file: nothing, one hopes.
    pub fn check(&self) -> Result<Vec<String>, LibraryError> {
        // The check of the full-text index is an insert to SQLite.
        self.alone(|on| {
            let mut problems = texts(on, "PRAGMA integrity_check")?;
            problems.retain(|line| line != "ok");
            problems.extend(texts(
                on,
                "SELECT 'a row of ' || \"table\" || ' points to a missing row of ' || parent FROM pragma_foreign_key_check",
            )?);
            if let Err(error) = on.execute_batch("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)") {
                problems.push(format!("the full-text index does not fit the articles: {error}"));
            }
            problems.extend(texts(
                on,
                "SELECT 'the total of ' || what || ' is wrong' FROM total WHERE n <> CASE what
                     WHEN 'articles' THEN (SELECT count(*) FROM article)
                     ELSE (SELECT count(*) FROM article WHERE read = 0) END",
            )?);
            problems.extend(texts(
                on,
                "SELECT 'the number of articles that mention ' || name || ' is wrong' FROM subject
                 WHERE n_articles <> (SELECT count(*) FROM mention WHERE subject = subject.id)",
            )?);
            problems.extend(texts(
                on,
                "SELECT 'article ' || id || ' has no text' FROM article WHERE id NOT IN (SELECT article FROM body)",
            )?);
            articles(on, &mut problems)?;
            Ok(problems)
        })
    }

    /// Copies the library to `to`, whole and sound even while others write. `to` must not exist yet.
    pub fn backup(&self, to: &Path) -> Result<(), LibraryError> {
        let failed = |source| LibraryError::Create { path: to.to_owned(), source };
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if to.exists() {
            return Err(failed(io::ErrorKind::AlreadyExists.into()));
        }
        // Under another name until it is whole; private as all temporary files are.
        let part = tempfile::Builder::new().prefix(".attache-backup").tempfile_in(folder).map_err(failed)?;
        let name = part.path().to_str().ok_or_else(|| failed(io::ErrorKind::InvalidFilename.into()))?;
        self.alone(|on| on.execute("VACUUM INTO ?1", [name]))?;
        fs::File::open(part.path()).and_then(|file| file.sync_all()).map_err(failed)?;
        part.persist_noclobber(to).map_err(|error| failed(error.error))?;
        Ok(())
    }
}

fn texts(on: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    on.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

/// Every article's annotations can be read, and the filters know all it mentions, and nothing else.
fn articles(on: &Connection, problems: &mut Vec<String>) -> rusqlite::Result<()> {
    let mut articles = on.prepare(
        "SELECT id, day, subjects, annotations FROM article JOIN body ON body.article = article.id ORDER BY id",
    )?;
    let mut there = on.prepare("SELECT 1 FROM mention WHERE subject = ?1 AND day = ?2 AND article = ?3")?;
    let mut n_mentions = 0_i64;
    let mut rows = articles.query([])?;
    while let Some(row) = rows.next()? {
        let (id, day): (i64, i64) = (row.get(0)?, row.get(1)?);
        if record::decode(row.get_ref(3)?.as_blob()?).is_none() {
            problems.push(format!("the annotations of article {id} cannot be read"));
        }
        let Some(mentioned) = Mentioned::decode(row.get_ref(2)?.as_blob()?) else {
            problems.push(format!("the list of what article {id} mentions cannot be read"));
            continue;
        };
        for subject in mentioned.subjects() {
            n_mentions += 1;
            if !there.exists((subject, day, id))? {
                problems.push(format!("a filter would miss article {id}"));
            }
        }
    }
    if n_mentions != on.query_row("SELECT count(*) FROM mention", [], |row| row.get::<_, i64>(0))? {
        problems.push("a filter would find articles that do not mention what it asks for".to_owned());
    }
    Ok(())
}
