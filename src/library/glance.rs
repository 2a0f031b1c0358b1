//! The first page of what has common words, without asking the full-text index for all that has them.
//!
//! Of a million articles several hundred thousand may have a word, or one that begins as was typed, and to collect them
//! takes longer than anybody wants to wait for a page. So the first few articles that the filter leaves but for the words
//! are put into a small index of their own, and that is asked. Where they fill a page the word is common, and this is the
//! page; otherwise the word is rare enough to collect all.

use rusqlite::Connection;
use rustc_hash::FxHashSet;

use super::{
    ArticleRow, Counts, Library, LibraryError, Sort,
    conditions::Plan,
    listing::{article_row, chosen, within},
};
use crate::model::Filter;

/// Articles that are looked at, and how many at once.
const CANDIDATES: usize = 195;
const AT_ONCE: usize = 65;

/// If fewer than this of the first have the words, the others will not fill a page.
const TOO_FEW: usize = 10;

/// Articles that make a page.
const PAGE: usize = 50;

/// With fewer articles everything is there at once anyway.
const FEW: u64 = 20_000;

impl Library {
    /// The first rows of the list, at least a page of them, and how many articles there are at least; `None` where that is
    /// not quicker than to ask for the rows and the exact counts, or the list is remembered already.
    pub fn first_page(&self, filter: &Filter, sort: Sort) -> Result<Option<(Vec<ArticleRow>, Counts)>, LibraryError> {
        self.first_page_of(filter, sort, FEW)
    }

    /// The same, but of fewer than `few` articles.
    pub(super) fn first_page_of(
        &self,
        filter: &Filter,
        sort: Sort,
        few: u64,
    ) -> Result<Option<(Vec<ArticleRow>, Counts)>, LibraryError> {
        self.refresh()?;
        let by_day = matches!(sort, Sort::DateDescending | Sort::DateAscending);
        if !by_day || filter.versions_of.is_some() || self.cache.list(filter, None).is_some() {
            return Ok(None);
        }
        let (total, _) = self.totals()?;
        if total < few {
            return Ok(None);
        }
        let members = self.members()?;
        let found = self.reading(|on| {
            let mut ids = glance(on, filter, sort)?;
            let mut seen = FxHashSet::default();
            ids.retain(|id| members.get(id).is_none_or(|story| seen.insert(*story)));
            if ids.len() < PAGE {
                return Ok(None);
            }
            let rows = ids.iter().filter_map(|id| article_row(on, *id).transpose());
            Ok(Some(rows.collect::<rusqlite::Result<Vec<_>>>()?))
        })?;
        Ok(found.map(|rows| {
            let counts = Counts { matching: rows.len() as u64, unread_matching: 0, total, at_least: true };
            (rows, counts)
        }))
    }
}

/// Those of the first articles of the list that have the words; none where no words are asked for.
fn glance(on: &Connection, filter: &Filter, sort: Sort) -> rusqlite::Result<Vec<i64>> {
    let Some(plan) = Plan::new(on, filter, false)? else { return Ok(Vec::new()) };
    let Some(words) = &plan.words else { return Ok(Vec::new()) };
    let within = within(on, plan.sets.iter())?;
    let candidates = chosen(on, filter, &plan, within.as_ref(), sort, CANDIDATES)?;
    // The tables and columns are those of `words`, so that the same is found.
    on.execute_batch(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.glanced USING fts5 (
             headline, lead, body, content = '', tokenize = 'unicode61 remove_diacritics 2');
         INSERT INTO temp.glanced (glanced) VALUES ('delete-all')",
    )?;
    let mut put = on.prepare_cached(
        "INSERT INTO temp.glanced (rowid, headline, lead, body)
         SELECT id, headline, lead, body FROM article_text WHERE id = ?1",
    )?;
    let mut have = on.prepare_cached("SELECT rowid FROM temp.glanced WHERE glanced MATCH ?1")?;
    let mut found = Vec::new();
    for some in candidates.chunks(AT_ONCE) {
        for id in some {
            put.execute([id])?;
        }
        let have: FxHashSet<i64> = have.query_map([words], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        found.extend(some.iter().filter(|id| have.contains(id)));
        if found.len() >= PAGE || found.len() < TOO_FEW {
            break;
        }
    }
    Ok(found)
}
