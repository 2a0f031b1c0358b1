//! Countries, people and organizations: what articles mention and filters ask for.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{
    ids::count,
    trash,
    varint::{Reader, Writer},
};
use crate::model::{Annotations, CountryCode, Person};

/// What a subject is. The numbers stand in the file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Kind {
    Country = 0,
    Person = 1,
    Organization = 2,
}

/// The same name in all its spellings: accents, case, apostrophes and hyphens folded.
pub(super) fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            '\'' | '’' | '‘' | 'ʼ' | 'ʻ' | '`' | '.' => {}
            c if c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–') => gap = true,
            c => {
                if std::mem::take(&mut gap) && !folded.is_empty() {
                    folded.push(' ');
                }
                folded.extend(c.to_lowercase());
            }
        }
    }
    folded
}

/// All that an article mentions, as the numbers of subjects and, for people, of portraits. Stands beside the article,
/// so that what `mention` and the counts hold for it can be taken back exactly.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Mentioned {
    pub(super) countries: Vec<i64>,
    pub(super) organizations: Vec<i64>,
    /// Portrait, person, shown as an official.
    pub(super) people: Vec<(i64, i64, bool)>,
}

impl Mentioned {
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut to = Writer::default();
        for list in [&self.countries, &self.organizations] {
            to.number(list.len() as u64);
            list.iter().for_each(|id| to.number(*id as u64));
        }
        to.number(self.people.len() as u64);
        for (portrait, person, official) in &self.people {
            to.number((*portrait as u64) << 1 | u64::from(*official));
            to.number(*person as u64);
        }
        to.0
    }

    /// `None` if the bytes are damaged.
    pub(super) fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader(bytes);
        let id = |from: &mut Reader<'_>| i64::try_from(from.number()?).ok();
        let countries = from.list(id)?;
        let organizations = from.list(id)?;
        let people = from.list(|from| {
            let portrait = from.number()?;
            Some((i64::try_from(portrait >> 1).ok()?, id(from)?, portrait & 1 != 0))
        })?;
        Some(Self { countries, organizations, people })
    }

    /// All subjects, each once.
    pub(super) fn subjects(&self) -> impl Iterator<Item = i64> + '_ {
        let people = self.people.iter().map(|(_, person, _)| *person);
        self.countries.iter().chain(&self.organizations).copied().chain(people)
    }
}

/// The number of a subject that was mentioned before.
pub(super) fn find(connection: &Connection, kind: Kind, key: &str) -> rusqlite::Result<Option<(i64, u64)>> {
    connection
        .prepare_cached("SELECT id, n_articles FROM subject WHERE kind = ?1 AND key = ?2")?
        .query_row((kind as i64, key), |row| Ok((row.get(0)?, count(row, 1)?)))
        .optional()
}

/// Collects the changes of one transaction to `mention` and the counts, and writes them together: the counts once a
/// subject instead of once a mention, the mentions in the order of their tree.
#[derive(Default)]
pub(super) struct Ledger {
    subjects: FxHashMap<(Kind, String), i64>,
    portraits: FxHashMap<(i64, String, String, bool), i64>,
    /// Subject, minus the day, article → whether it is to be there.
    mentions: BTreeMap<(i64, i32, i64), bool>,
    n_articles: FxHashMap<i64, i64>,
    n_official: FxHashMap<i64, i64>,
    n_portrayed: FxHashMap<i64, i64>,
    /// When what it strikes was removed, once it was asked for.
    removing_at: Option<i64>,
}

impl Ledger {
    /// For a removal that goes over several transactions.
    pub(super) fn removing_at(time: i64) -> Self {
        Self { removing_at: Some(time), ..Self::default() }
    }

    /// The time of removal of all that goes together.
    pub(super) fn time_of_removal(&mut self, on: &Connection) -> rusqlite::Result<i64> {
        let time = match self.removing_at {
            Some(time) => time,
            None => trash::time_of_removal(on)?,
        };
        self.removing_at = Some(time);
        Ok(time)
    }

    /// Gives numbers to all that `annotations` mention.
    pub(super) fn mentioned(&mut self, on: &Connection, annotations: &Annotations) -> rusqlite::Result<Mentioned> {
        let mut mentioned = Mentioned::default();
        for country in &annotations.countries {
            push_new(&mut mentioned.countries, self.subject(on, Kind::Country, country.code.as_str(), &country.name)?);
        }
        for organization in &annotations.organizations {
            let key = fold_name(&organization.name);
            push_new(&mut mentioned.organizations, self.subject(on, Kind::Organization, &key, &organization.name)?);
        }
        for person in &annotations.people {
            let id = self.subject(on, Kind::Person, &fold_name(&person.name), &person.name)?;
            if mentioned.people.iter().all(|(_, known, _)| *known != id) {
                mentioned.people.push((self.portrait(on, id, person)?, id, person.official));
            }
        }
        Ok(mentioned)
    }

    /// Notes that `article` of `day` mentions them.
    pub(super) fn enter(&mut self, article: i64, day: i32, mentioned: &Mentioned) {
        self.note(article, day, mentioned, true);
    }

    /// Notes that it does so no longer.
    pub(super) fn strike(&mut self, article: i64, day: i32, mentioned: &Mentioned) {
        self.note(article, day, mentioned, false);
    }

    /// Writes everything noted.
    pub(super) fn close(self, on: &Connection) -> rusqlite::Result<()> {
        let mut insert =
            on.prepare_cached("INSERT OR IGNORE INTO mention (subject, day, article) VALUES (?1, ?2, ?3)")?;
        let mut delete = on.prepare_cached("DELETE FROM mention WHERE subject = ?1 AND day = ?2 AND article = ?3")?;
        for ((subject, minus_day, article), there) in self.mentions {
            if there { &mut insert } else { &mut delete }.execute((subject, -minus_day, article))?;
        }
        for (sql, changes) in [
            ("UPDATE subject SET n_articles = n_articles + ?2 WHERE id = ?1", self.n_articles),
            ("UPDATE subject SET n_official = n_official + ?2 WHERE id = ?1", self.n_official),
            ("UPDATE portrait SET n_articles = n_articles + ?2 WHERE id = ?1", self.n_portrayed),
        ] {
            let mut update = on.prepare_cached(sql)?;
            for (id, change) in changes.into_iter().filter(|(_, change)| *change != 0) {
                update.execute((id, change))?;
            }
        }
        Ok(())
    }

    fn note(&mut self, article: i64, day: i32, mentioned: &Mentioned, there: bool) {
        let change = if there { 1 } else { -1 };
        for subject in mentioned.subjects() {
            self.mentions.insert((subject, -day, article), there);
            *self.n_articles.entry(subject).or_default() += change;
        }
        for (portrait, person, official) in &mentioned.people {
            *self.n_portrayed.entry(*portrait).or_default() += change;
            if *official {
                *self.n_official.entry(*person).or_default() += change;
            }
        }
    }

    fn subject(&mut self, on: &Connection, kind: Kind, key: &str, name: &str) -> rusqlite::Result<i64> {
        let by = (kind, key.to_owned());
        if let Some(id) = self.subjects.get(&by) {
            return Ok(*id);
        }
        let id = match find(on, kind, key)? {
            Some((id, _)) => id,
            None => on.prepare_cached("INSERT INTO subject (kind, key, name) VALUES (?1, ?2, ?3)")?.insert((
                kind as i64,
                key,
                name,
            ))?,
        };
        self.subjects.insert(by, id);
        Ok(id)
    }

    fn portrait(&mut self, on: &Connection, id: i64, person: &Person) -> rusqlite::Result<i64> {
        let country = person.country.as_ref().map_or("", CountryCode::as_str).to_owned();
        let by = (id, person.role.clone().unwrap_or_default(), country, person.official);
        if let Some(portrait) = self.portraits.get(&by) {
            return Ok(*portrait);
        }
        let known = on
            .prepare_cached(
                "SELECT id FROM portrait WHERE person = ?1 AND role = ?2 AND country = ?3 AND official = ?4",
            )?
            .query_row((by.0, &by.1, &by.2, by.3), |row| row.get(0))
            .optional()?;
        let portrait = match known {
            Some(portrait) => portrait,
            None => on
                .prepare_cached("INSERT INTO portrait (person, role, country, official) VALUES (?1, ?2, ?3, ?4)")?
                .insert((by.0, &by.1, &by.2, by.3))?,
        };
        self.portraits.insert(by, portrait);
        Ok(portrait)
    }
}

fn push_new(list: &mut Vec<i64>, id: i64) {
    if !list.contains(&id) {
        list.push(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_all_its_spellings() {
        for spelling in ["Asaad al-Shaibani", "ASAAD AL-SHAIBANI", "Asaad  Al Shaibani", "Asa’ad al‑Shaibani"] {
            assert_eq!(fold_name(spelling), "asaad al shaibani");
        }
        assert_eq!(fold_name("Recep Tayyip Erdoğan"), fold_name("Recep Tayyip Erdogan"));
        assert_ne!(fold_name("Anna Lind"), fold_name("Anna Lindh"));
    }

    #[test]
    fn the_numbers_of_what_an_article_mentions_are_read_again() {
        let mentioned = Mentioned {
            countries: vec![1, 300],
            organizations: vec![],
            people: vec![(9, 7, true), (70_000, 8, false)],
        };
        assert_eq!(Mentioned::decode(&mentioned.encode()), Some(mentioned));
    }
}
