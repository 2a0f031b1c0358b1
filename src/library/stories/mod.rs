//! Stories: articles whose texts are the same, whole or nearly so, under several addresses.
//!
//! Each text has a few numbers that alike texts have in common (`signature`), and the tables `band_even` and `band_odd` hold for
//! each number the article that had it first, of the latest 40,000 to 80,000 that were added. So a new article is held against a bounded number of others, whatever the library holds, and adding
//! takes time in proportion to what is added. What is found so is compared word by word before it counts.

mod signature;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use self::signature::Shingles;
use super::{
    ArticleRow, Library, LibraryError,
    ids::{ArticleRowId, article_id},
    listing::article_row,
};
use crate::model::ArticleId;

/// Articles whose numbers one table holds: together they fit SQLite's cache, so that a number costs no page to be written.
const GENERATION: i64 = 40_000;

/// Articles that a new one is held against, those with most numbers in common first.
const MOST_COMPARED: usize = 4;

impl Library {
    /// All articles of the story that `id` belongs to, the oldest first; itself alone if nobody else has it.
    pub fn versions(&self, id: ArticleId) -> Result<Vec<ArticleRow>, LibraryError> {
        self.reading(|on| {
            let mut ids = on.prepare_cached(
                "SELECT id FROM article WHERE story = (SELECT story FROM article WHERE id = ?1)
                 UNION SELECT ?1 ORDER BY id",
            )?;
            let ids: Vec<i64> = ids.query_map([id.row()], |row| row.get(0))?.collect::<Result<_, _>>()?;
            ids.into_iter().filter_map(|id| article_row(on, id).transpose()).collect()
        })
    }

    /// Groups articles that an older version of the program added, at most `limit`; answers how many. 0 when all are.
    pub fn group_outstanding(&mut self, limit: usize) -> Result<usize, LibraryError> {
        let outstanding = self.reading(|on| {
            let mut ids = on.prepare_cached("SELECT id FROM article WHERE grouped = 0 LIMIT ?1")?;
            let ids = ids.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| article_id(row, 0))?;
            ids.collect::<Result<Vec<ArticleId>, _>>()
        })?;
        if outstanding.is_empty() {
            return Ok(0);
        }
        self.writing(|on| {
            for id in &outstanding {
                let text = text(on, id.row())?.unwrap_or_default();
                join(on, id.row(), &text, false)?;
                on.prepare_cached("UPDATE article SET grouped = 1 WHERE id = ?1")?.execute([id.row()])?;
            }
            Ok(())
        })?;
        self.cache.forget();
        Ok(outstanding.len())
    }
}

fn text(on: &Connection, article: i64) -> rusqlite::Result<Option<String>> {
    on.prepare_cached("SELECT text FROM body WHERE article = ?1")?.query_row([article], |row| row.get(0)).optional()
}

/// Finds the story of an article that was added, or has other words than before. A story keeps its name, by which
/// signatures lead to it, even if the article that it began with goes.
pub(super) fn join(on: &Connection, article: i64, body: &str, is_new: bool) -> rusqlite::Result<()> {
    let found = match Shingles::of(body) {
        Some(shingles) => find(on, article, &shingles)?,
        None => None,
    };
    let before: Option<i64> = if is_new {
        None
    } else {
        on.prepare_cached("SELECT story FROM article WHERE id = ?1")?.query_row([article], |row| row.get(0))?
    };
    if before == found {
        return Ok(());
    }
    on.prepare_cached("UPDATE article SET story = ?2 WHERE id = ?1")?.execute((article, found))?;
    // Who has read a story has read its copies.
    on.prepare_cached(
        "UPDATE article SET read = 1 WHERE id = ?1 AND read = 0
         AND EXISTS (SELECT 1 FROM article WHERE story = ?2 AND read = 1 AND id <> ?1)",
    )?
    .execute((article, found))?;
    Ok(())
}

/// The story whose text is that of `article`, by its name: the number of the article that it began with.
fn find(on: &Connection, article: i64, shingles: &Shingles) -> rusqlite::Result<Option<i64>> {
    let mut seen: HashMap<i64, Vec<i64>> = HashMap::new();
    let mut holder = on.prepare_cached(
        "SELECT coalesce((SELECT article FROM band_even WHERE number = ?1), (SELECT article FROM band_odd WHERE number = ?1))",
    )?;
    let table = table_for(on, article)?;
    let mut keep = table
        .map(|table| on.prepare_cached(&format!("INSERT OR REPLACE INTO {table} (number, article) VALUES (?1, ?2)")))
        .transpose()?;
    let mut keep = |band| keep.as_mut().map_or(Ok(0), |keep| keep.execute((band, article))).map(drop);
    for band in shingles.bands() {
        match holder.query_row([band], |row| row.get(0))? {
            Some(other) => seen.entry(other).or_default().push(band),
            None => keep(band)?,
        }
    }
    seen.remove(&article);
    let mut holders: Vec<(i64, Vec<i64>)> = seen.into_iter().collect();
    holders.sort_by_key(|(id, bands)| (std::cmp::Reverse(bands.len()), *id));
    let mut compared = 0;
    for (holder, bands) in holders {
        let candidates = candidates(on, article, holder)?;
        if candidates.is_empty() {
            // It was removed.
            bands.into_iter().try_for_each(&mut keep)?;
        }
        for other in candidates {
            compared += 1;
            if compared > MOST_COMPARED {
                return Ok(None);
            }
            let other_shingles = text(on, other)?.and_then(|text| Shingles::of(&text));
            if other_shingles.is_some_and(|other| shingles.likeness(&other).is_one_story()) {
                return story_with(on, article, other).map(Some);
            }
        }
    }
    Ok(None)
}

/// Where the numbers of an article are kept: each table has those of so many articles, and is emptied for the next when they
/// have had theirs. `None` for an article older than both.
fn table_for(on: &Connection, article: i64) -> rusqlite::Result<Option<&'static str>> {
    let generation = article / GENERATION;
    let table = if generation % 2 == 0 { "band_even" } else { "band_odd" };
    let holds: Option<i64> = on
        .prepare_cached(&format!("SELECT article FROM {table} LIMIT 1"))?
        .query_row([], |row| row.get(0))
        .optional()?;
    match holds.map(|article| article / GENERATION) {
        Some(other) if other > generation => return Ok(None),
        Some(other) if other < generation => drop(on.prepare_cached(&format!("DELETE FROM {table}"))?.execute([])?),
        _ => {}
    }
    Ok(Some(table))
}

/// The articles that a holder of a number leads to: itself, and the story that began with it, if it has left that.
fn candidates(on: &Connection, article: i64, holder: i64) -> rusqlite::Result<Vec<i64>> {
    let mut candidates = on.prepare_cached(
        "SELECT id FROM article WHERE id = ?1
         UNION SELECT id FROM (SELECT min(id) AS id FROM article WHERE story = ?1 AND id <> ?2) WHERE id IS NOT NULL",
    )?;
    let candidates = candidates.query_map([holder, article], |row| row.get(0))?;
    candidates.collect()
}

/// The name of the story of `other`, or of the one that the two begin.
fn story_with(on: &Connection, article: i64, other: i64) -> rusqlite::Result<i64> {
    let story: Option<i64> =
        on.prepare_cached("SELECT story FROM article WHERE id = ?1")?.query_row([other], |row| row.get(0))?;
    if let Some(story) = story {
        return Ok(story);
    }
    // A story that began with `other` may have gone on without it, under its name.
    let taken = on.prepare_cached("SELECT 1 FROM article WHERE story = ?1")?.exists([other])?;
    let story = if taken { article } else { other };
    on.prepare_cached("UPDATE article SET story = ?2 WHERE id = ?1")?.execute((other, story))?;
    Ok(story)
}

/// The story of every article that has one.
pub(super) fn members(on: &Connection) -> rusqlite::Result<HashMap<i64, i64>> {
    let mut members = on.prepare_cached("SELECT id, story FROM article WHERE story IS NOT NULL")?;
    let members = members.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    members.collect()
}
