//! A query as SQL.
//!
//! The list walks one tree that is in the order of the list already, `article` or the stretch of `mention` that belongs
//! to the rarest of the subjects asked for, and looks the other conditions up for each article it meets. So the first
//! page of any filter is there after a few steps, and the whole list after one pass. Quotes are walked by day likewise.

use chrono::{Days, Local};
use rusqlite::{Connection, types::Value};

use super::{
    Sort, days,
    ids::ArticleRowId as _,
    sets::{Set, full_text, in_office, listed, match_words, named},
    subjects::{Kind, find, fold_name},
};
use crate::model::{ArticleId, Condition, CountryCode, Filter, Mark, Query, Scope};

/// With more subjects than that, their articles are collected rather than looked up one by one or merged.
const MAX_STRETCHES: usize = 64;

/// To look up whether an article mentions a subject costs about as much as to read so many rows of its articles.
const ROWS_FOR_A_LOOK: u64 = 6;

/// Where to look for the articles that a filter leaves.
pub(super) struct Plan {
    /// The subjects whose stretches of `mention` are walked; none to walk `article`.
    stretches: Vec<i64>,
    sql: Sql,
    condition: String,
    /// What the full-text index is asked.
    pub(super) words: Option<String>,
    /// What else gives a set of articles that each must be in, without looking at them.
    pub(super) sets: Vec<Set>,
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

/// What is walked, in the words of SQL; the tree is `w`, quotes are `q`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Walk {
    Articles,
    Mentions,
    Quotes,
}

/// A condition being written.
struct Sql {
    walk: Walk,
    /// What the user typed; numbers stand in the SQL itself.
    values: Vec<Value>,
}

impl Plan {
    /// `None` if the filter asks for something that no article mentions. What the `whole` list is wanted of is held against
    /// the articles of other frequent subjects as a set; for a page it is quicker to look each article up.
    pub(super) fn new(on: &Connection, filter: &Filter, whole: bool) -> rusqlite::Result<Option<Self>> {
        let Some(SortedOut { mut groups, words, mut sets, rest }) = sorted_out(on, filter)? else { return Ok(None) };
        groups.sort_by_key(|group| group.n_articles);
        let mut groups = groups.into_iter();
        // Starred articles are few: their own index is the shortest way.
        let starred = rest.contains(&Query::Is(Condition::Mark(Mark::Starred)));
        let first = if starred { None } else { groups.next() };
        let walk = if first.is_some() { Walk::Mentions } else { Walk::Articles };
        let n_walked = first.as_ref().map(|group| group.n_articles);
        let (frequent, others): (Vec<_>, Vec<_>) = groups
            .partition(|group| whole && n_walked.is_some_and(|n| group.n_articles < n.saturating_mul(ROWS_FOR_A_LOOK)));
        sets.extend(frequent.iter().map(|group| Set::of_subjects(&group.subjects)));
        let stretches = first.map(|group| group.subjects).unwrap_or_default();
        let mut sql = Sql { walk, values: Vec::new() };
        let condition = sql.narrow(on, others.into_iter(), rest, filter.versions_of)?;
        Ok(Some(Self { stretches, sql, condition, words, sets, n_walked }))
    }

    /// A query that looks at one article, whose number is the value after those that it comes with, and answers its day
    /// if `filter` leaves it but for its words and sets; `None` if it asks for something that no article mentions.
    pub(super) fn of_one(on: &Connection, filter: &Filter) -> rusqlite::Result<Option<(String, Vec<Value>)>> {
        let Some(SortedOut { groups, rest, .. }) = sorted_out(on, filter)? else { return Ok(None) };
        let mut sql = Sql { walk: Walk::Articles, values: Vec::new() };
        let condition = sql.narrow(on, groups.into_iter(), rest, filter.versions_of)?;
        let n = sql.values.len() + 1;
        let plan = Self { stretches: Vec::new(), sql, condition, words: None, sets: Vec::new(), n_walked: None };
        Ok(Some((plan.selects("w.day", &format!("w.id = ?{n}"), "").remove(0), plan.sql.values)))
    }

    /// What the user typed; the values of every query.
    pub(super) fn values(&self) -> &[Value] {
        &self.sql.values
    }

    /// The ids without order, some perhaps several times, and the values they need.
    pub(super) fn ids(mut self) -> (String, Vec<Value>) {
        let words = self.words.take().map(|words| Set::of_words(&words));
        for Set { sql, value } in words.into_iter().chain(std::mem::take(&mut self.sets)) {
            let value = value.map(|value| self.sql.value(value)).unwrap_or_default();
            self.condition = format!("{} AND {} IN ({})", self.condition, self.sql.id(), sql.replace("{}", &value));
        }
        (self.selects(self.sql.id(), "1", "").join(" UNION ALL "), self.sql.values)
    }

    /// The parts of the list one after the other, also with articles that are not in the sets and do not have the words.
    pub(super) fn in_order(&self, sort: Sort) -> Vec<Part> {
        let id = self.sql.id();
        let parts = match sort {
            Sort::DateDescending | Sort::Relevance => {
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
        let condition = &self.condition;
        if self.stretches.is_empty() {
            return vec![format!("SELECT {columns} FROM article AS w WHERE {more} AND {condition} {order}")];
        }
        let walk = |subject: &i64| {
            format!("SELECT {columns} FROM mention AS w WHERE w.subject = {subject} AND {more} AND {condition} {order}")
        };
        self.stretches.iter().map(walk).collect()
    }
}

/// What all of a filter must hold.
struct SortedOut {
    groups: Vec<Group>,
    words: Option<String>,
    sets: Vec<Set>,
    /// What is none of these.
    rest: Vec<Query>,
}

/// `None` if it asks for something that no article mentions.
fn sorted_out(on: &Connection, filter: &Filter) -> rusqlite::Result<Option<SortedOut>> {
    let parts = match filter.to_query() {
        Query::And(parts) => parts,
        query => vec![query],
    };
    let (mut groups, mut words, mut sets, mut rest) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        if let Query::Is(Condition::Words(scope @ (Scope::Anywhere | Scope::Title), asked)) = &part {
            words.push(match_words(*scope, asked));
            continue;
        }
        if let Query::Is(condition) = &part
            && let Some(set) = Set::of(on, condition)?
        {
            sets.push(set);
            continue;
        }
        match Group::of(on, &part)? {
            Some(group) if group.subjects.is_empty() => return Ok(None),
            Some(group) if group.subjects.len() <= MAX_STRETCHES => groups.push(group),
            _ => rest.push(part),
        }
    }
    let words = (!words.is_empty()).then(|| words.join(" AND "));
    Ok(Some(SortedOut { groups, words, sets, rest }))
}

/// The quotes that `query` finds, newest first, and the values that it needs: number, speaker.
pub(super) fn quotes(on: &Connection, query: &Query) -> rusqlite::Result<(String, Vec<Value>)> {
    let mut sql = Sql { walk: Walk::Quotes, values: Vec::new() };
    let condition = sql.query(on, query)?;
    let select = format!(
        "SELECT q.id, (SELECT name FROM speaker WHERE speaker.id = q.speaker) AS speaker
         FROM quote AS q CROSS JOIN article AS w ON w.id = q.id >> 12
         WHERE {condition} ORDER BY q.day DESC, q.id"
    );
    Ok((select, sql.values))
}

impl Sql {
    /// The column that names the article.
    fn id(&self) -> &'static str {
        if self.walk == Walk::Mentions { "w.article" } else { "w.id" }
    }

    /// All of `groups` and of `rest`.
    fn narrow(
        &mut self,
        on: &Connection,
        groups: impl Iterator<Item = Group>,
        rest: Vec<Query>,
        versions_of: Option<ArticleId>,
    ) -> rusqlite::Result<String> {
        let mut conditions: Vec<String> = groups.map(|group| self.mentions(&group.subjects)).collect();
        conditions.push(self.query(on, &Query::and(rest))?);
        if let Some(of) = versions_of {
            let (id, of) = (self.id(), of.row());
            conditions.push(format!(
                "{id} IN (SELECT {of} UNION SELECT id FROM article
                          WHERE story = (SELECT story FROM article WHERE id = {of}))"
            ));
        }
        Ok(conditions.join(" AND "))
    }

    fn value(&mut self, value: String) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn query(&mut self, on: &Connection, query: &Query) -> rusqlite::Result<String> {
        Ok(match query {
            Query::All => "1".to_owned(),
            Query::Not(inner) => format!("NOT ({})", self.query(on, inner)?),
            Query::Is(condition) => self.condition(on, condition)?,
            Query::Or(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.query(on, part)).collect::<Result<_, _>>()?;
                format!("({})", parts.join(" OR "))
            }
            Query::And(parts) => {
                // The full-text index is asked once for all words.
                let (words, others): (Vec<_>, Vec<_>) = parts.iter().partition(|part| self.is_asked_together(part));
                let asked: Vec<String> = words.into_iter().filter_map(full_text).collect();
                let mut conditions = Vec::new();
                if !asked.is_empty() {
                    conditions.push(self.matching(asked.join(" AND ")));
                }
                for part in others {
                    conditions.push(self.query(on, part)?);
                }
                conditions.join(" AND ")
            }
        })
    }

    /// Whether a part is words in the index that is asked for words anywhere.
    fn is_asked_together(&self, part: &Query) -> bool {
        match part {
            Query::Is(Condition::Words(Scope::Anywhere, _)) => true,
            Query::Is(Condition::Words(Scope::Title, _)) => self.walk != Walk::Quotes,
            Query::Is(Condition::Words(Scope::Quote, _)) => self.walk == Walk::Quotes,
            _ => false,
        }
    }

    fn condition(&mut self, on: &Connection, condition: &Condition) -> rusqlite::Result<String> {
        let id = self.id();
        Ok(match condition {
            Condition::Words(scope, words) => match (scope, self.walk) {
                (Scope::Anywhere, _)
                | (Scope::Title, Walk::Articles | Walk::Mentions)
                | (Scope::Quote, Walk::Quotes) => self.matching(match_words(*scope, words)),
                (Scope::Title, Walk::Quotes) => {
                    let asked = self.value(match_words(*scope, words));
                    format!("{id} IN (SELECT rowid FROM words WHERE words MATCH {asked})")
                }
                (Scope::Quote, _) => {
                    let asked = self.value(match_words(*scope, words));
                    format!("{id} IN (SELECT rowid >> 12 FROM quoted WHERE quoted MATCH {asked})")
                }
            },
            Condition::Country(_)
            | Condition::Group { .. }
            | Condition::Person(_)
            | Condition::Organization(_)
            | Condition::Official(_) => {
                let group = Group::of_condition(on, condition)?;
                self.mentions(&group.map(|group| group.subjects).unwrap_or_default())
            }
            Condition::Role(name) if self.walk == Walk::Quotes => {
                let people = listed(&in_office(on, name)?);
                format!(
                    "coalesce(q.speaker IN (SELECT speaker.id FROM speaker JOIN subject
                         ON subject.kind = 1 AND subject.key = speaker.key WHERE subject.id IN ({people})), 0)"
                )
            }
            Condition::Role(name) => self.mentions(&in_office(on, name)?),
            Condition::Speaker(name) => {
                let speakers = listed(&named(on, "SELECT id, key FROM speaker", name)?);
                if self.walk == Walk::Quotes {
                    format!("coalesce(q.speaker IN ({speakers}), 0)")
                } else {
                    format!("{id} IN (SELECT id >> 12 FROM quote WHERE speaker IN ({speakers}))")
                }
            }
            Condition::Source(text) => {
                let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
                let like = self.value(format!("%{escaped}%"));
                let like = format!("LIKE {like} ESCAPE '\\'");
                self.of_article(&format!("(outlet {like} OR source {like} OR coalesce(url, '') {like})"))
            }
            Condition::Days(from, to) => {
                let mut conditions = Vec::new();
                if from.is_some() {
                    conditions.push(format!("w.day >= {}", days::number(*from).max(1)));
                }
                if to.is_some() {
                    // An undated article is in no range.
                    conditions.push(format!("w.day BETWEEN 1 AND {}", days::number(*to)));
                }
                if conditions.is_empty() { "1".to_owned() } else { format!("({})", conditions.join(" AND ")) }
            }
            Condition::Last(n) => {
                let from = Local::now().date_naive().checked_sub_days(Days::new(u64::from(n.saturating_sub(1))));
                format!("w.day >= {}", days::number(from).max(1))
            }
            Condition::Mark(Mark::Unread) => self.of_article("read = 0"),
            Condition::Mark(Mark::Read) => self.of_article("read = 1"),
            Condition::Mark(Mark::Starred) => self.of_article("starred = 1"),
            Condition::Mark(Mark::Bookmark) => {
                format!("{id} IN (SELECT article FROM bookmark WHERE removed IS NULL AND article IS NOT NULL)")
            }
            Condition::Mark(Mark::Quote) => self.of_article("n_quotes > 0"),
            Condition::Mark(Mark::Tag) => format!("{id} IN (SELECT article FROM tagged)"),
            Condition::Tag(tag) => {
                let key = self.value(fold_name(tag));
                format!("{id} IN (SELECT article FROM tagged WHERE key = {key})")
            }
        })
    }

    /// Words in the index of what is walked.
    fn matching(&mut self, asked: String) -> String {
        let (id, asked) = (self.id(), self.value(asked));
        if self.walk == Walk::Quotes {
            format!("q.id IN (SELECT rowid FROM quoted WHERE quoted MATCH {asked})")
        } else {
            format!("{id} IN (SELECT rowid FROM words WHERE words MATCH {asked})")
        }
    }

    /// A condition on the columns of `article`.
    fn of_article(&self, condition: &str) -> String {
        match self.walk {
            Walk::Mentions => format!("(SELECT {condition} FROM article WHERE article.id = w.article)"),
            Walk::Articles | Walk::Quotes => format!("({condition})"),
        }
    }

    fn mentions(&self, subjects: &[i64]) -> String {
        let (listed, id) = (listed(subjects), self.id());
        if subjects.is_empty() {
            "0".to_owned()
        } else if subjects.len() > MAX_STRETCHES {
            format!("{id} IN (SELECT article FROM mention WHERE subject IN ({listed}))")
        } else {
            format!("EXISTS (SELECT 1 FROM mention WHERE subject IN ({listed}) AND day = w.day AND article = {id})")
        }
    }
}

impl Group {
    /// The subjects of which `query` asks for one; `None` if it is no question for subjects alone.
    fn of(on: &Connection, query: &Query) -> rusqlite::Result<Option<Self>> {
        match query {
            Query::Is(condition) => Self::of_condition(on, condition),
            Query::Or(parts) => {
                let mut all = Vec::new();
                for part in parts {
                    let Some(group) = Self::of(on, part)? else { return Ok(None) };
                    all.push(group);
                }
                let n_articles = all.iter().map(|group| group.n_articles).sum();
                let subjects = all.into_iter().flat_map(|group| group.subjects);
                Ok(Some(Self::new(subjects.map(|id| (id, 0))).counting(n_articles)))
            }
            _ => Ok(None),
        }
    }

    fn of_condition(on: &Connection, condition: &Condition) -> rusqlite::Result<Option<Self>> {
        let one = |kind, name: &str| find(on, kind, &fold_name(name));
        Ok(Some(match condition {
            Condition::Country(codes) | Condition::Group { members: codes, .. } => {
                let known = codes.iter().map(|code: &CountryCode| find(on, Kind::Country, code.as_str()));
                Self::new(known.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten())
            }
            Condition::Person(name) => Self::new(one(Kind::Person, name)?.into_iter()),
            Condition::Organization(name) => Self::new(one(Kind::Organization, name)?.into_iter()),
            Condition::Official(name) => {
                let officials = named(on, "SELECT id, key FROM subject WHERE n_official > 0", name)?;
                let count = "SELECT n_articles FROM subject WHERE id = ?1";
                let mut known = Vec::new();
                for id in officials {
                    let n: i64 = on.prepare_cached(count)?.query_row([id], |row| row.get(0))?;
                    known.push((id, n.unsigned_abs()));
                }
                Self::new(known.into_iter())
            }
            _ => return Ok(None),
        }))
    }

    fn new(subjects: impl Iterator<Item = (i64, u64)>) -> Self {
        let (mut subjects, counts): (Vec<_>, Vec<_>) = subjects.unzip();
        subjects.sort_unstable();
        subjects.dedup();
        Self { subjects, n_articles: counts.iter().sum() }
    }

    fn counting(self, n_articles: u64) -> Self {
        Self { n_articles, ..self }
    }
}
