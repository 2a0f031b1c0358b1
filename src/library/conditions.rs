//! A filter as SQL.
//!
//! The query walks one tree that is in the order of the list already, `article` or the stretch of `mention` that belongs
//! to the rarest of the subjects asked for, and looks the other conditions up for each article it meets. So the first
//! page of any filter is there after a few steps, and the whole list after one pass.

use rusqlite::{Connection, types::Value};

use super::{
    Sort, days,
    ids::ArticleRowId as _,
    subjects::{Kind, find, fold_name},
};
use crate::model::{ArticleId, CountryMatch, Filter};

/// Where to look for the articles that a filter leaves.
pub(super) struct Plan {
    /// The subjects whose stretches of `mention` are walked; none to walk `article`.
    stretches: Vec<i64>,
    /// The column of the walked tree that names the article; the tree is `w`.
    id: &'static str,
    conditions: Vec<String>,
    /// What the full-text index is asked. Not a condition: SQLite would put all that it answers into a tree of its own.
    pub(super) words: Option<String>,
    /// About how many articles a walk comes by; `None` for all.
    pub(super) n_walked: Option<u64>,
}

/// Subjects of which an article must mention at least one, with the number of articles they have.
struct Group {
    subjects: Vec<i64>,
    n_articles: u64,
}

/// A part of the list: the rows of its queries, each an id and a key. Each query gives them by rising key and id, so
/// merging them gives the part, in which an article may come from several of them.
pub(super) struct Part {
    pub(super) queries: Vec<String>,
}

impl Plan {
    /// `None` if the filter asks for something that no article mentions.
    pub(super) fn new(on: &Connection, filter: &Filter) -> rusqlite::Result<Option<Self>> {
        let Some(mut groups) = groups(on, filter)? else { return Ok(None) };
        groups.sort_by_key(|group| group.n_articles);
        let mut groups = groups.into_iter();
        // Starred articles are few: their own index is the shortest way.
        let first = if filter.starred { None } else { groups.next() };
        let n_walked = first.as_ref().map(|group| group.n_articles);
        let id = if first.is_some() { "w.article" } else { "w.id" };
        let stretches = first.map(|group| group.subjects).unwrap_or_default();
        let words = full_text(&filter.text);
        let mut plan = Self { stretches, id, conditions: Vec::new(), words, n_walked };
        plan.narrow(on, filter, groups)?;
        Ok(Some(plan))
    }

    /// A query that looks at the one article `?1`, and answers its day if `filter` leaves it but for its words; `None`
    /// if it asks for something that no article mentions.
    pub(super) fn of_one(on: &Connection, filter: &Filter) -> rusqlite::Result<Option<String>> {
        let Some(groups) = groups(on, filter)? else { return Ok(None) };
        let mut plan = Self { stretches: Vec::new(), id: "w.id", conditions: Vec::new(), words: None, n_walked: None };
        plan.narrow(on, filter, groups.into_iter())?;
        Ok(Some(plan.selects("w.day", "w.id = ?1", "").remove(0)))
    }

    fn narrow(
        &mut self,
        on: &Connection,
        filter: &Filter,
        groups: impl Iterator<Item = Group>,
    ) -> rusqlite::Result<()> {
        let plan = self;
        for group in groups {
            plan.mentions("EXISTS", &group.subjects);
        }
        plan.without(on, filter)?;
        plan.dates(filter);
        plan.marks(filter);
        plan.versions(filter.versions_of);
        Ok(())
    }

    /// The ids without order, some perhaps several times, and the values they need.
    pub(super) fn ids(mut self) -> (String, Vec<Value>) {
        let words = self.words.take().map(Value::from);
        if words.is_some() {
            self.conditions.push(format!("{} IN (SELECT rowid FROM words WHERE words MATCH ?1)", self.id));
        }
        (self.selects(self.id, "1", "").join(" UNION ALL "), words.into_iter().collect())
    }

    /// The parts of the list one after the other, also with articles that do not have the words.
    pub(super) fn in_order(&self, sort: Sort) -> Vec<Part> {
        let id = self.id;
        let parts = match sort {
            Sort::DateDescending => {
                vec![self.selects(&format!("{id}, -w.day"), "1", &format!("ORDER BY w.day DESC, {id}"))]
            }
            Sort::DateAscending => vec![
                self.selects(&format!("{id}, w.day"), "w.day > 0", &format!("ORDER BY w.day, {id}")),
                self.selects(&format!("{id}, 0"), "w.day = 0", &format!("ORDER BY {id}")),
            ],
            Sort::Outlet if self.stretches.is_empty() => {
                vec![self.selects("w.id, 0", "1", "ORDER BY w.outlet COLLATE NOCASE, w.day DESC, w.id")]
            }
            Sort::Outlet => {
                let ids = self.selects(id, "1", "").join(" UNION ALL ");
                vec![vec![format!(
                    "SELECT id, 0 FROM article WHERE id IN ({ids}) ORDER BY outlet COLLATE NOCASE, day DESC, id"
                )]]
            }
        };
        parts.into_iter().map(|queries| Part { queries }).collect()
    }

    /// A query for each tree that is walked.
    fn selects(&self, columns: &str, more: &str, order: &str) -> Vec<String> {
        let conditions = self.conditions.iter().fold(more.to_owned(), |all, one| format!("{all} AND {one}"));
        if self.stretches.is_empty() {
            return vec![format!("SELECT {columns} FROM article AS w WHERE {conditions} {order}")];
        }
        let walk = |subject: &i64| {
            format!("SELECT {columns} FROM mention AS w WHERE w.subject = {subject} AND {conditions} {order}")
        };
        self.stretches.iter().map(walk).collect()
    }

    fn mentions(&mut self, exists: &str, subjects: &[i64]) {
        let (subjects, id) = (listed(subjects), self.id);
        self.conditions.push(format!(
            "{exists} (SELECT 1 FROM mention WHERE subject IN ({subjects}) AND day = w.day AND article = {id})"
        ));
    }

    fn without(&mut self, on: &Connection, filter: &Filter) -> rusqlite::Result<()> {
        let mut unwanted = Vec::new();
        for code in &filter.without {
            unwanted.extend(find(on, Kind::Country, code.as_str())?);
        }
        for name in &filter.without_people {
            unwanted.extend(find(on, Kind::Person, &fold_name(name))?);
        }
        let unwanted: Vec<i64> = unwanted.into_iter().map(|(id, _)| id).collect();
        if !unwanted.is_empty() {
            self.mentions("NOT EXISTS", &unwanted);
        }
        Ok(())
    }

    fn dates(&mut self, filter: &Filter) {
        if filter.since.is_some() {
            self.conditions.push(format!("w.day >= {}", days::number(filter.since)));
        }
        if filter.until.is_some() {
            // An undated article is in no range.
            self.conditions.push(format!("w.day BETWEEN 1 AND {}", days::number(filter.until)));
        }
    }

    fn marks(&mut self, filter: &Filter) {
        if filter.starred {
            self.conditions.push("w.starred = 1".to_owned());
        }
        if filter.unread && self.stretches.is_empty() {
            self.conditions.push("w.read = 0".to_owned());
        } else if filter.unread {
            let id = self.id;
            self.conditions.push(format!("(SELECT read FROM article WHERE article.id = {id}) = 0"));
        }
    }

    fn versions(&mut self, of: Option<ArticleId>) {
        if let Some(of) = of {
            let (id, of) = (self.id, of.row());
            self.conditions.push(format!(
                "{id} IN (SELECT {of} UNION SELECT id FROM article
                          WHERE story = (SELECT story FROM article WHERE id = {of}))"
            ));
        }
    }
}

/// What the filter asks for; `None` if one of the groups is empty.
fn groups(on: &Connection, filter: &Filter) -> rusqlite::Result<Option<Vec<Group>>> {
    let countries = filter.countries.iter().map(|code| code.as_str().to_owned()).collect();
    let people = filter.people.iter().map(|name| fold_name(name)).collect();
    let organizations = filter.organizations.iter().map(|name| fold_name(name)).collect();
    let wanted: [(Kind, Vec<String>, CountryMatch); 3] = [
        (Kind::Country, countries, filter.country_match),
        (Kind::Person, people, filter.people_match),
        (Kind::Organization, organizations, CountryMatch::All),
    ];
    let mut groups = Vec::new();
    for (kind, keys, how) in wanted {
        let mut known = Vec::new();
        for key in &keys {
            known.push(find(on, kind, key)?);
        }
        match how {
            CountryMatch::All => groups.extend(known.into_iter().map(|subject| Group::of(subject.into_iter()))),
            CountryMatch::Any if keys.is_empty() => {}
            CountryMatch::Any => groups.push(Group::of(known.into_iter().flatten())),
        }
    }
    Ok(groups.iter().all(|group| !group.subjects.is_empty()).then_some(groups))
}

impl Group {
    fn of(subjects: impl Iterator<Item = (i64, u64)>) -> Self {
        let (mut subjects, counts): (Vec<_>, Vec<_>) = subjects.unzip();
        subjects.sort_unstable();
        subjects.dedup();
        Self { subjects, n_articles: counts.iter().sum() }
    }
}

fn listed(ids: &[i64]) -> String {
    ids.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

/// What a user typed as a query of the full-text index: each word as a prefix, all of them. Every word is quoted, so
/// that nothing in it is syntax. `None` if there is no word.
pub(super) fn full_text(text: &str) -> Option<String> {
    let words: Vec<_> = text
        .split(|c: char| c.is_whitespace() || c == '\0')
        // Without a letter or a digit there is nothing to look for.
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| format!("\"{}\" *", word.replace('"', " ")))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_becomes_a_quoted_prefix() {
        assert_eq!(full_text("red  line").as_deref(), Some("\"red\" * \"line\" *"));
        assert_eq!(full_text("NOT \"x OR").as_deref(), Some("\"NOT\" * \" x\" * \"OR\" *"));
        assert_eq!(full_text(" - * \0 "), None);
    }
}
