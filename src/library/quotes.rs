//! Quotes by their words and their speakers, beside the annotations they are made from.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};

use super::{record, subjects::fold_name};
use crate::model::Annotations;

/// Bits of a quote's number that are its place in its article, as the schema has it.
const PLACE_BITS: u32 = 12;

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
        let (first, last) = numbers_of(*article);
        on.prepare_cached("DELETE FROM quote WHERE id BETWEEN ?1 AND ?2")?.execute((first, last))?;
        insert(on, *article, *day, said)?;
    }
    articles.iter().try_for_each(|(article, (_, said))| index(on, *article, said))
}

/// Notes the quotes of an article that has none, but not in the full-text index.
pub(super) fn insert(on: &Connection, article: i64, day: i32, said: &[Said]) -> rusqlite::Result<()> {
    let (first, last) = numbers_of(article);
    for (number, Said { speaker, .. }) in (first..=last).zip(said) {
        let speaker = speaker.as_deref().map(|name| speaker_of(on, name)).transpose()?;
        on.prepare_cached("INSERT INTO quote (id, day, speaker) VALUES (?1, ?2, ?3)")?
            .execute((number, day, speaker))?;
    }
    Ok(())
}

/// Notes their words in the full-text index.
pub(super) fn index(on: &Connection, article: i64, said: &[Said]) -> rusqlite::Result<()> {
    let (first, last) = numbers_of(article);
    let mut index = on.prepare_cached("INSERT INTO quoted (rowid, text) VALUES (?1, ?2)")?;
    for (number, Said { text, .. }) in (first..=last).zip(said) {
        index.execute((number, text))?;
    }
    Ok(())
}

/// The words of an article's quotes in order.
pub(super) fn texts(on: &Connection, article: i64) -> rusqlite::Result<Vec<String>> {
    let said = on
        .prepare_cached("SELECT annotations, text FROM body WHERE article = ?1")?
        .query_row([article], |row| {
            let annotations = record::decode(row.get_ref(0)?.as_blob()?).unwrap_or_default();
            Ok(Said::all(&annotations, row.get_ref(1)?.as_str()?))
        })
        .optional()?;
    Ok(said.unwrap_or_default().into_iter().map(|said| said.text).collect())
}

/// The first and last number that a quote of an article can have. More quotes than fit between are not found.
pub(super) fn numbers_of(article: i64) -> (i64, i64) {
    (article << PLACE_BITS, article << PLACE_BITS | ((1 << PLACE_BITS) - 1))
}

/// The article of a quote by its number, and its place there.
pub(super) fn place_of(number: i64) -> (i64, usize) {
    (number >> PLACE_BITS, (number & ((1 << PLACE_BITS) - 1)) as usize)
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
