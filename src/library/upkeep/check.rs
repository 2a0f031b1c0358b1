//! Whether a library is sound: the file itself, and that nothing in it contradicts the rest.

use rusqlite::Connection;

use crate::library::{Library, LibraryError, bookmarks, record, subjects::Mentioned};

/// What SQLite says of an index that does not fit its table: making it anew mends that.
const OF_INDEXES: [&str; 4] =
    ["missing from index", "wrong # of entries in index", "non-unique entry in index", "inverted index"];

impl Library {
    /// Whether the file itself is damaged, so that nothing should be written to it any more.
    pub fn is_damaged(&self) -> Result<bool, LibraryError> {
        match self.alone(|on| texts(on, "PRAGMA integrity_check")) {
            Ok(lines) => Ok(lines.iter().any(|line| line != "ok" && !OF_INDEXES.iter().any(|of| line.contains(of)))),
            Err(LibraryError::Damaged { .. }) => Ok(true),
            Err(other) => Err(other),
        }
    }

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
            if let Err(error) = on.execute_batch("INSERT INTO quoted (quoted) VALUES ('integrity-check')") {
                problems.push(format!("the full-text index of the quotes is damaged: {error}"));
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
            problems.extend(texts(
                on,
                "SELECT 'the number of articles that show ' || name || ' as an official is wrong' FROM subject
                 WHERE kind = 1 AND n_official <> (SELECT coalesce(sum(n_articles), 0) FROM portrait
                                                   WHERE person = subject.id AND official = 1)",
            )?);
            // Those that are to be annotated anew may have been stored before there was a table of quotes.
            problems.extend(texts(
                on,
                "SELECT 'the quotes of article ' || id || ' would not all be found' FROM article WHERE engine > 0
                 AND min(n_quotes, 4096) <> (SELECT count(*) FROM quote
                                             WHERE quote.id BETWEEN article.id << 12 AND article.id << 12 | 4095)",
            )?);
            problems.extend(texts(
                on,
                "SELECT 'a quote of article ' || (id >> 12) || ' has no article' FROM quote
                 WHERE id >> 12 NOT IN (SELECT id FROM article)",
            )?);
            articles(on, &mut problems)?;
            problems.extend(bookmarks::unreadable(on)?);
            Ok(problems)
        })
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
