//! Which countries, officials and organizations the articles of a filter mention, and how often.

use rusqlite::{Connection, OptionalExtension, Row};
use rustc_hash::FxHashMap;

use super::{CountryCount, Library, LibraryError, OfficialCount, OrganizationCount, ids::count, subjects::Mentioned};
use crate::model::{CountryCode, Filter};

impl Library {
    /// All countries of the articles that `filter` leaves, most articles first.
    pub fn countries(&self, filter: &Filter) -> Result<Vec<CountryCount>, LibraryError> {
        let counts = self.tally(filter, |mentioned, count| mentioned.countries.iter().for_each(|id| count(*id)))?;
        let mut countries: Vec<CountryCount> = self.reading(|on| match &counts {
            None => on
                .prepare_cached("SELECT key, name, n_articles FROM subject WHERE kind = 0 AND n_articles > 0")?
                .query_map([], |row| country(row, count(row, 2)?))?
                .collect(),
            Some(counts) => {
                let mut subject = on.prepare_cached("SELECT key, name FROM subject WHERE id = ?1")?;
                counts.iter().map(|(id, n)| subject.query_row([id], |row| country(row, *n))).collect()
            }
        })?;
        countries.sort_by(|a, b| b.n_articles.cmp(&a.n_articles).then(a.code.cmp(&b.code)));
        Ok(countries)
    }

    /// The officials of the articles that `filter` leaves, most articles first.
    pub fn officials(&self, filter: &Filter, limit: usize) -> Result<Vec<OfficialCount>, LibraryError> {
        let counts = self.tally(filter, |mentioned, count| {
            mentioned.people.iter().filter(|(.., official)| *official).for_each(|(_, person, _)| count(*person));
        })?;
        self.reading(|on| {
            let mut counts: Vec<(i64, u64)> = match &counts {
                None => on
                    .prepare_cached(
                        "SELECT id, n_official FROM subject WHERE n_official > 0 ORDER BY n_official DESC LIMIT ?1",
                    )?
                    .query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |row| Ok((row.get(0)?, count(row, 1)?)))?
                    .collect::<rusqlite::Result<_>>()?,
                Some(counts) => counts.iter().map(|(id, n)| (*id, *n)).collect(),
            };
            counts.sort_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
            counts.truncate(limit);
            counts.into_iter().map(|(person, n)| official(on, person, n)).collect()
        })
    }

    /// The organizations that the articles `filter` leaves mention, most articles first.
    pub fn organizations(&self, filter: &Filter, limit: usize) -> Result<Vec<OrganizationCount>, LibraryError> {
        let counts = self.tally(filter, |mentioned, count| mentioned.organizations.iter().for_each(|id| count(*id)))?;
        let read = |row: &Row<'_>, n_articles| Ok(OrganizationCount { name: row.get(0)?, n_articles });
        let mut organizations: Vec<OrganizationCount> = self.reading(|on| match &counts {
            None => on
                .prepare_cached("SELECT name, n_articles FROM subject WHERE kind = 2 AND n_articles > 0")?
                .query_map([], |row| read(row, count(row, 1)?))?
                .collect(),
            Some(counts) => {
                let mut subject = on.prepare_cached("SELECT name FROM subject WHERE id = ?1")?;
                counts.iter().map(|(id, n)| subject.query_row([id], |row| read(row, *n))).collect()
            }
        })?;
        organizations.sort_by(|a, b| b.n_articles.cmp(&a.n_articles).then_with(|| a.name.cmp(&b.name)));
        organizations.truncate(limit);
        Ok(organizations)
    }

    /// How many of the articles that `filter` leaves `each` counts a subject in; `None` for all articles, whose counts
    /// stand in the library.
    fn tally(
        &self,
        filter: &Filter,
        each: impl Fn(&Mentioned, &mut dyn FnMut(i64)),
    ) -> Result<Option<FxHashMap<i64, u64>>, LibraryError> {
        if filter.is_empty() {
            return Ok(None);
        }
        self.refresh()?;
        let ids = self.matching(filter)?;
        let counts = self.reading(|on| {
            let mut counts = FxHashMap::default();
            let mut subjects = on.prepare_cached("SELECT subjects FROM article WHERE id = ?1")?;
            for id in &*ids {
                let mut rows = subjects.query([id])?;
                if let Some(row) = rows.next()?
                    && let Some(mentioned) = Mentioned::decode(row.get_ref(0)?.as_blob()?)
                {
                    each(&mentioned, &mut |id| *counts.entry(id).or_default() += 1);
                }
            }
            Ok(counts)
        })?;
        Ok(Some(counts))
    }
}

fn country(row: &Row<'_>, n_articles: u64) -> rusqlite::Result<CountryCount> {
    let key: String = row.get(0)?;
    let code = CountryCode::new(&key).ok_or(rusqlite::Error::InvalidQuery)?;
    Ok(CountryCount { code, name: row.get(1)?, n_articles })
}

/// With the role and the country that most articles of the whole library state.
fn official(on: &Connection, person: i64, n_articles: u64) -> rusqlite::Result<OfficialCount> {
    let most_stated = |column: &str| -> rusqlite::Result<Option<String>> {
        on.prepare_cached(&format!(
            "SELECT {column} FROM portrait WHERE person = ?1 AND official AND {column} <> '' AND n_articles > 0
             GROUP BY {column} ORDER BY sum(n_articles) DESC, min(id) LIMIT 1"
        ))?
        .query_row([person], |row| row.get(0))
        .optional()
    };
    Ok(OfficialCount {
        name: on.prepare_cached("SELECT name FROM subject WHERE id = ?1")?.query_row([person], |row| row.get(0))?,
        role: most_stated("role")?,
        country: most_stated("country")?.as_deref().and_then(CountryCode::new),
        n_articles,
    })
}
