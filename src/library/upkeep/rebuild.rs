//! Makes anew all that is derived from the articles: what they mention, the counts, the indexes.

use rusqlite::Connection;

use crate::{
    library::{
        Library, LibraryError,
        articles::shown_countries,
        quotes::{self, Said},
        record,
        subjects::Ledger,
    },
    model::Annotations,
};

impl Library {
    /// Makes all that is derived anew, in one transaction. Articles whose annotations cannot be read are left to
    /// [`Library::outdated`] with engine 0; those without a text get an empty one, which the file's next import fills.
    /// Answers how many such articles there are.
    pub fn rebuild(&mut self) -> Result<u64, LibraryError> {
        // The rows of the indexes of tables may be wrong too.
        self.writing(|on| {
            on.execute_batch("REINDEX; DELETE FROM file")?;
            let n_lost = without_text(on)? + annotations(on)?;
            on.execute_batch(
                "UPDATE bookmark SET article = NULL WHERE article NOT IN (SELECT id FROM article);
                 UPDATE total SET n = (SELECT count(*) FROM article) WHERE what = 'articles';
                 UPDATE total SET n = (SELECT count(*) FROM article WHERE read = 0) WHERE what = 'unread';",
            )?;
            on.execute_batch("INSERT INTO words (words) VALUES ('rebuild')")?;
            Ok(n_lost)
        })
        .inspect(|_| self.cache.forget())
    }
}

/// Texts of no article go, articles of no text get an empty one.
fn without_text(on: &Connection) -> rusqlite::Result<u64> {
    on.execute("DELETE FROM body WHERE article NOT IN (SELECT id FROM article)", [])?;
    // No text has the digest 0 but by a chance of one in 2^64: the same file is taken for changed, and read again.
    on.execute("UPDATE article SET digest = 0 WHERE id NOT IN (SELECT article FROM body)", [])?;
    let n = on.execute(
        "INSERT INTO body (article, annotations, text)
         SELECT id, ?1, '' FROM article WHERE id NOT IN (SELECT article FROM body)",
        [record::encode(&Annotations::default())],
    )?;
    Ok(n as u64)
}

/// Reads every article's annotations and writes all that follows from them.
fn annotations(on: &Connection) -> rusqlite::Result<u64> {
    on.execute_batch(
        // The index of their words is made anew afterwards, whatever it holds now.
        "DROP TRIGGER quote_gone;
         DELETE FROM quote;
         INSERT INTO quoted (quoted) VALUES ('delete-all');
         CREATE TRIGGER quote_gone AFTER DELETE ON quote BEGIN
             DELETE FROM quoted WHERE rowid = old.id;
         END;
         DELETE FROM mention;
         UPDATE subject SET n_articles = 0, n_official = 0;
         UPDATE portrait SET n_articles = 0;",
    )?;
    let ids: Vec<i64> =
        on.prepare("SELECT id FROM article ORDER BY id")?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut read = on.prepare(
        "SELECT day, annotations, text FROM article JOIN body ON body.article = article.id WHERE article.id = ?1",
    )?;
    let mut write = on.prepare(
        "UPDATE article SET subjects = ?2, countries = ?3, n_quotes = ?4, engine = coalesce(?5, engine) WHERE id = ?1",
    )?;
    let mut empty = on.prepare("UPDATE body SET annotations = ?2 WHERE article = ?1")?;
    let mut n_lost = 0;
    // A ledger holds what it notes in memory.
    for ids in ids.chunks(4096) {
        let mut ledger = Ledger::default();
        for id in ids {
            let (day, found, text): (i32, _, String) =
                read.query_row([id], |row| Ok((row.get(0)?, record::decode(row.get_ref(1)?.as_blob()?), row.get(2)?)))?;
            let engine = if found.is_some() { None } else { Some(0) };
            let found = match found {
                Some(found) => found,
                None => {
                    n_lost += 1;
                    empty.execute((id, record::encode(&Annotations::default())))?;
                    Annotations::default()
                }
            };
            let mentioned = ledger.mentioned(on, &found)?;
            ledger.enter(*id, day, &mentioned);
            let said = Said::all(&found, &text);
            quotes::insert(on, *id, day, &said)?;
            quotes::index(on, *id, &said)?;
            write.execute((id, mentioned.encode(), shown_countries(&found), found.quotes.len() as i64, engine))?;
        }
        ledger.close(on)?;
    }
    Ok(n_lost)
}
