//! The list: its pages, its length, and where an article stands in it.

use std::{collections::HashMap, sync::Arc};

use rusqlite::{Connection, OptionalExtension, params_from_iter, types::Value};
use rustc_hash::FxHashSet;

use super::{
    ArticleRow, Counts, Library, LibraryError, Sort,
    articles::read_countries,
    bits::Bits,
    cache::ReadMarks,
    conditions::{Part, Plan},
    days,
    ids::{ArticleRowId, article_id, count},
    ranking::ranked,
    sets::Set,
    stories,
};
use crate::model::{ArticleId, Filter};

/// Pages that end before this row are read without computing the whole list, so that a start or a new filter shows its
/// first page at once however large the library is.
const SHALLOW: usize = 512;

/// To look at one article by its number costs about as much as to come by so many on a walk.
const WALK_FOR_A_LOOK: u64 = 50;

impl Library {
    /// A page of the list: rows `offset..offset + limit` of the filtered, sorted list.
    pub fn rows(
        &self,
        filter: &Filter,
        sort: Sort,
        offset: u64,
        limit: usize,
    ) -> Result<Vec<ArticleRow>, LibraryError> {
        self.refresh()?;
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let end = offset.saturating_add(limit);
        let ids = match self.cache.list(filter, Some(sort)) {
            // Most of the work for words is to ask the full-text index, which is better done once for page and counts.
            None if end <= SHALLOW && filter.text.is_empty() && filter.query.words().is_empty() => {
                self.ids(filter, sort, end)?.into()
            }
            None => self.whole_list(filter, sort)?,
            Some(ids) => ids,
        };
        let page = ids.get(offset.min(ids.len())..end.min(ids.len())).unwrap_or_default();
        self.reading(|on| page.iter().filter_map(|id| article_row(on, *id).transpose()).collect())
    }

    /// Where `id`, or another version of its story, stands in the filtered, sorted list.
    pub fn index_of(&self, filter: &Filter, sort: Sort, id: ArticleId) -> Result<Option<u64>, LibraryError> {
        self.refresh()?;
        let ids = self.whole_list(filter, sort)?;
        let at = ids.iter().position(|row| *row == id.row());
        if at.is_some() {
            return Ok(at.map(|index| index as u64));
        }
        let members = self.members()?;
        let Some(story) = members.get(&id.row()) else { return Ok(None) };
        Ok(ids.iter().position(|row| members.get(row) == Some(story)).map(|index| index as u64))
    }

    /// How many articles `filter` leaves, of how many; a story counts once.
    pub fn counts(&self, filter: &Filter) -> Result<Counts, LibraryError> {
        self.refresh()?;
        let (total, unread) = self.totals()?;
        if filter.is_empty() {
            return Ok(Counts { matching: total, unread_matching: unread, total, at_least: false });
        }
        let ids = self.matching(filter)?;
        let matching = ids.len() as u64;
        let unread_matching = match unread {
            0 => 0,
            _ if filter.unread || unread == total => matching,
            _ => self.n_unread_of(&ids, unread * 2 > total)?,
        };
        Ok(Counts { matching, unread_matching, total, at_least: false })
    }

    /// How many articles there are and how many of them are unread; a story counts once.
    pub(super) fn totals(&self) -> Result<(u64, u64), LibraryError> {
        let (total, unread) = self.reading(|on| Ok((total(on, "articles")?, total(on, "unread")?)))?;
        let (hidden, hidden_unread) = if self.members()?.is_empty() { (0, 0) } else { self.reading(hidden)? };
        Ok((total - hidden, unread - hidden_unread))
    }

    /// The ids that `filter` leaves, in whatever order is at hand.
    pub(super) fn matching(&self, filter: &Filter) -> Result<Arc<[i64]>, LibraryError> {
        match self.cache.list(filter, None) {
            Some(ids) => Ok(ids),
            None => self.whole_list(filter, Sort::default()),
        }
    }

    /// Drops what is remembered if another process has changed the library.
    pub(super) fn refresh(&self) -> Result<(), LibraryError> {
        let version = self.reading(|on| on.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0)))?;
        self.cache.refresh(version);
        Ok(())
    }

    fn whole_list(&self, filter: &Filter, sort: Sort) -> Result<Arc<[i64]>, LibraryError> {
        if let Some(ids) = self.cache.list(filter, Some(sort)) {
            return Ok(ids);
        }
        let ids: Arc<[i64]> = self.ids(filter, sort, usize::MAX)?.into();
        self.cache.keep(filter, sort, &ids);
        Ok(ids)
    }

    /// The first `limit` ids of the list, one of each story.
    pub(super) fn ids(&self, filter: &Filter, sort: Sort, limit: usize) -> Result<Vec<i64>, LibraryError> {
        let members = self.members()?;
        let one_of_each = !members.is_empty() && filter.versions_of.is_none();
        let enough = match sort {
            // The best may be the oldest.
            Sort::Relevance => usize::MAX,
            _ if one_of_each => limit.saturating_add(members.len()),
            _ => limit,
        };
        let mut ids = self.reading(|on| {
            let mut ids = Vec::new();
            let Some(plan) = Plan::new(on, filter, enough == usize::MAX)? else { return Ok(ids) };
            let words = plan.words.as_ref().map(|words| Set::of_words(words));
            let within = within(on, plan.sets.iter().chain(&words))?;
            ids = chosen(on, filter, &plan, within.as_ref(), sort, enough)?;
            if sort == Sort::Relevance { ranked(on, filter, ids) } else { Ok(ids) }
        })?;
        if one_of_each {
            let mut seen = FxHashSet::default();
            ids.retain(|id| members.get(id).is_none_or(|story| seen.insert(*story)));
        }
        ids.truncate(limit);
        Ok(ids)
    }

    /// The story of every article that has one.
    pub(super) fn members(&self) -> Result<Arc<HashMap<i64, i64>>, LibraryError> {
        let mut kept = self.cache.members();
        if let Some(members) = kept.as_ref() {
            return Ok(Arc::clone(members));
        }
        let members = Arc::new(self.reading(stories::members)?);
        *kept = Some(Arc::clone(&members));
        Ok(members)
    }

    fn n_unread_of(&self, ids: &[i64], most_unread: bool) -> Result<u64, LibraryError> {
        let mut marks = self.cache.marks();
        if marks.is_none() {
            *marks = Some(self.reading(|on| read_marks(on, most_unread))?);
        }
        Ok(marks.as_ref().map_or(0, |marks| marks.n_unread(ids)))
    }
}

/// The articles that are in all of the sets; `None` if there are none.
pub(super) fn within<'s>(on: &Connection, sets: impl Iterator<Item = &'s Set>) -> rusqlite::Result<Option<Bits>> {
    let mut within: Option<Bits> = None;
    for set in sets {
        let bits = set.bits(on)?;
        within = Some(match within {
            Some(others) => others.and(&bits),
            None => bits,
        });
    }
    Ok(within)
}

/// The first `limit` ids of the list, of those that are `within`, in whichever way is shorter: along the tree that is in the
/// order of the list, or looking at one article after the other.
pub(super) fn chosen(
    on: &Connection,
    filter: &Filter,
    plan: &Plan,
    within: Option<&Bits>,
    sort: Sort,
    limit: usize,
) -> rusqlite::Result<Vec<i64>> {
    if let Some(within) = within.filter(|_| sort != Sort::Outlet) {
        let all = plan.n_walked.map_or_else(|| total(on, "articles"), Ok)?;
        // A walk ends with the last row that is wanted.
        let walked = all.saturating_mul(limit as u64).checked_div(within.n).map_or(all, |rows| rows.min(all));
        if within.n * WALK_FOR_A_LOOK < walked {
            return looked_up(on, filter, within, sort, limit);
        }
    }
    let mut ids = Vec::new();
    for part in plan.in_order(sort) {
        ids.extend(merged(on, &part, plan.values(), within, limit - ids.len())?);
    }
    Ok(ids)
}

/// The first `limit` ids of those in `words` that `filter` leaves, looking at one after the other.
fn looked_up(on: &Connection, filter: &Filter, words: &Bits, sort: Sort, limit: usize) -> rusqlite::Result<Vec<i64>> {
    let Some((sql, mut values)) = Plan::of_one(on, filter)? else { return Ok(Vec::new()) };
    let mut look = on.prepare_cached(&sql)?;
    let mut found: Vec<(i32, i64)> = Vec::new();
    for id in words.iter() {
        values.push(id.into());
        let day: Option<i32> = look.query_row(params_from_iter(&values), |row| row.get(0)).optional()?;
        values.pop();
        found.extend(day.map(|day| match (sort, day) {
            // The undated last in both orders.
            (Sort::DateAscending, 0) => (i32::MAX, id),
            (Sort::DateAscending, day) => (day, id),
            (_, day) => (-day, id),
        }));
    }
    found.sort_unstable();
    found.truncate(limit);
    Ok(found.into_iter().map(|(_, id)| id).collect())
}

/// The first `limit` ids of a part, of those that have the words.
fn merged(
    on: &Connection,
    part: &Part,
    values: &[Value],
    words: Option<&Bits>,
    limit: usize,
) -> rusqlite::Result<Vec<i64>> {
    // Without words the first rows are the answer, with them as many as it takes.
    let sql_limit = if words.is_none() { i64::try_from(limit).unwrap_or(-1) } else { -1 };
    let (mut found, mut alone): (Vec<(i64, i64)>, Vec<i64>) = Default::default();
    for sql in &part.queries {
        let mut query = on.prepare_cached(&format!("{sql} LIMIT {sql_limit}"))?;
        let mut rows = query.query(params_from_iter(values))?;
        let mut left = limit;
        while left > 0
            && let Some(row) = rows.next()?
        {
            let id = row.get(0)?;
            if words.is_none_or(|words| words.contains(id)) {
                // A single query is in order already; its keys would be two thirds of the memory.
                if part.queries.len() == 1 {
                    alone.push(id);
                } else {
                    found.push((row.get(1)?, id));
                }
                left -= 1;
            }
        }
    }
    if part.queries.len() == 1 {
        return Ok(alone);
    }
    // Takes the runs that are in order already as they are.
    found.sort();
    found.dedup();
    found.truncate(limit);
    Ok(found.into_iter().map(|(_, id)| id).collect())
}

/// Reads the shorter of the two stretches of the index.
fn read_marks(on: &Connection, set_is_read: bool) -> rusqlite::Result<ReadMarks> {
    let mut marks = ReadMarks { set_is_read, bits: Vec::new() };
    let mut ids = on.prepare_cached("SELECT id FROM article WHERE read = ?1")?;
    let mut rows = ids.query([set_is_read])?;
    while let Some(row) = rows.next()? {
        marks.set(row.get(0)?, true);
    }
    Ok(marks)
}

/// How many articles the list leaves out for another of their story, and how many of these are unread.
fn hidden(on: &Connection) -> rusqlite::Result<(u64, u64)> {
    on.prepare_cached(
        "SELECT count(*) - count(DISTINCT story),
                count(*) FILTER (WHERE read = 0) - count(DISTINCT story) FILTER (WHERE read = 0)
         FROM article WHERE story IS NOT NULL",
    )?
    .query_row([], |row| Ok((count(row, 0)?, count(row, 1)?)))
}

fn total(on: &Connection, what: &str) -> rusqlite::Result<u64> {
    on.prepare_cached("SELECT n FROM total WHERE what = ?1")?.query_row([what], |row| count(row, 0))
}

pub(super) fn article_row(on: &Connection, id: i64) -> rusqlite::Result<Option<ArticleRow>> {
    on.prepare_cached(
        "SELECT id, day, headline, derived, outlet, read, starred, countries, n_quotes,
                max(1, (SELECT count(DISTINCT outlet) FROM article AS other WHERE other.story = article.story)),
                max(1, (SELECT count(*) FROM article AS other WHERE other.story = article.story))
         FROM article WHERE id = ?1",
    )?
    .query_row([id], |row| {
        Ok(ArticleRow {
            id: article_id(row, 0)?,
            published: days::day(row.get(1)?),
            headline: row.get(2)?,
            headline_derived: row.get(3)?,
            outlet: row.get(4)?,
            read: row.get(5)?,
            starred: row.get(6)?,
            countries: read_countries(row.get_ref(7)?.as_str()?),
            n_quotes: row.get(8)?,
            n_outlets: row.get(9)?,
            n_versions: row.get(10)?,
        })
    })
    .optional()
}
