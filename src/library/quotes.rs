//! Quotes by their words and their speakers, beside the annotations they are made from.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::subjects::fold_name;
use crate::model::Annotations;

/// What was said by whom.
pub(super) struct Said {
    speaker: Option<String>,
    text: String,
}

impl Said {
    /// The quotes of an article in order.
    pub(super) fn all(found: &Annotations, body: &str) -> Vec<Self> {
        let said = found.quotes.iter().map(|quote| Self {
            speaker: quote.speaker.as_ref().map(|speaker| speaker.name.clone()),
            text: quote.text(body),
        });
        said.collect()
    }
}

/// Puts the quotes of articles, each with its day, in the place of those that were there. The full-text index is told
/// last, for the reason that `Batch` states.
pub(super) fn put(on: &Connection, articles: &BTreeMap<i64, (i32, Vec<Said>)>) -> rusqlite::Result<()> {
    for (article, (day, said)) in articles {
        on.prepare_cached("DELETE FROM quote WHERE article = ?1")?.execute([article])?;
        insert(on, *article, *day, said)?;
    }
    let mut index =
        on.prepare_cached("INSERT INTO quoted (rowid, text) SELECT id, text FROM quote WHERE article = ?1")?;
    for article in articles.keys() {
        index.execute([article])?;
    }
    Ok(())
}

/// Notes the quotes of an article that has none, but not in the full-text index.
pub(super) fn insert(on: &Connection, article: i64, day: i32, said: &[Said]) -> rusqlite::Result<()> {
    for (number, Said { speaker, text }) in (0_i64..).zip(said) {
        let speaker = speaker.as_deref().map(|name| speaker_of(on, name)).transpose()?;
        on.prepare_cached("INSERT INTO quote (article, number, day, speaker, text) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute((article, number, day, speaker, text))?;
    }
    Ok(())
}

fn speaker_of(on: &Connection, name: &str) -> rusqlite::Result<i64> {
    let key = fold_name(name);
    let known =
        on.prepare_cached("SELECT id FROM speaker WHERE key = ?1")?.query_row([&key], |row| row.get(0)).optional()?;
    match known {
        Some(id) => Ok(id),
        None => on.prepare_cached("INSERT INTO speaker (key, name) VALUES (?1, ?2)")?.insert((key, name)),
    }
}
