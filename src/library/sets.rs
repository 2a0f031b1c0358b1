//! Sets of articles that a query names without looking at them: those that have a word, a speaker, a tag.

use rusqlite::{Connection, params_from_iter, types::Value};

use super::{bits::Bits, subjects::fold_name};
use crate::model::{Condition, Mark, Name, Query, Scope, Words};

/// A query that answers the numbers of articles, some perhaps several times. Not a condition: SQLite would put them into a
/// tree of its own, of hundreds of thousands for a common word.
pub(super) struct Set {
    /// `{}` stands where the value does.
    pub(super) sql: String,
    pub(super) value: Option<String>,
}

impl Set {
    pub(super) fn of_words(asked: &str) -> Self {
        Self { sql: "SELECT rowid FROM words WHERE words MATCH {}".to_owned(), value: Some(asked.to_owned()) }
    }

    pub(super) fn of_subjects(subjects: &[i64]) -> Self {
        Self { sql: format!("SELECT article FROM mention WHERE subject IN ({})", listed(subjects)), value: None }
    }

    /// `None` if the condition is one on the article itself, or on its subjects.
    pub(super) fn of(on: &Connection, condition: &Condition) -> rusqlite::Result<Option<Self>> {
        let plain = |sql: &str| Self { sql: sql.to_owned(), value: None };
        Ok(Some(match condition {
            Condition::Words(Scope::Quote, words) => Self {
                sql: "SELECT rowid >> 12 FROM quoted WHERE quoted MATCH {}".to_owned(),
                value: Some(match_words(Scope::Quote, words)),
            },
            Condition::Speaker(name) => {
                let speakers = listed(&named(on, "SELECT id, key FROM speaker", name)?);
                Self { sql: format!("SELECT id >> 12 FROM quote WHERE speaker IN ({speakers})"), value: None }
            }
            Condition::Tag(tag) => {
                Self { sql: "SELECT article FROM tagged WHERE key = {}".to_owned(), value: Some(fold_name(tag)) }
            }
            Condition::Mark(Mark::Tag) => plain("SELECT article FROM tagged"),
            Condition::Mark(Mark::Bookmark) => {
                plain("SELECT article FROM bookmark WHERE removed IS NULL AND article IS NOT NULL")
            }
            _ => return Ok(None),
        }))
    }

    /// Its articles.
    pub(super) fn bits(&self, on: &Connection) -> rusqlite::Result<Bits> {
        let mut bits = Bits::default();
        let mut ids = on.prepare_cached(&self.sql.replace("{}", "?1"))?;
        let mut rows = ids.query(params_from_iter(&self.value))?;
        while let Some(row) = rows.next()? {
            bits.insert(row.get(0)?);
        }
        Ok(bits)
    }
}

/// The rows (number, folded name) of `select` whose names have all words of `name`, in any of its spellings.
pub(super) fn named(on: &Connection, select: &str, name: &Name) -> rusqlite::Result<Vec<i64>> {
    let spellings: Vec<Vec<String>> = std::iter::once(&name.text)
        .chain(&name.spellings)
        .map(|text| fold_name(text).split_whitespace().map(str::to_owned).collect())
        .collect();
    let mut found = Vec::new();
    let mut rows = on.prepare_cached(select)?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let key = row.get_ref(1)?.as_str()?;
        let has = |word: &String| key.split(' ').any(|there| there == word);
        if spellings.iter().any(|words| !words.is_empty() && words.iter().all(has)) {
            found.push(row.get(0)?);
        }
    }
    Ok(found)
}

/// The people whom some article shows in an office with these words.
pub(super) fn in_office(on: &Connection, role: &Name) -> rusqlite::Result<Vec<i64>> {
    let words: Vec<String> = fold_name(&role.text).split_whitespace().map(str::to_owned).collect();
    let mut people = Vec::new();
    let mut rows = on.prepare_cached("SELECT person, role FROM portrait WHERE role <> '' AND n_articles > 0")?;
    let mut rows = rows.query(params_from_iter(std::iter::empty::<Value>()))?;
    while let Some(row) = rows.next()? {
        let office = fold_name(row.get_ref(1)?.as_str()?);
        if words.iter().all(|word| office.split(' ').any(|there| there.trim_end_matches(',') == word)) {
            people.push(row.get(0)?);
        }
    }
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

pub(super) fn listed(ids: &[i64]) -> String {
    ids.iter().map(i64::to_string).collect::<Vec<_>>().join(", ")
}

/// A part that is words, as a question to the full-text index.
pub(super) fn full_text(part: &Query) -> Option<String> {
    match part {
        Query::Is(Condition::Words(scope, words)) => Some(match_words(*scope, words)),
        _ => None,
    }
}

/// Words as a question to the full-text index. Every word is quoted, so that nothing in it is syntax.
pub(super) fn match_words(scope: Scope, words: &Words) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace(['"', '\0'], " "));
    let mut asked = quoted(&words.text);
    if words.prefix {
        asked.push_str(" *");
    }
    for other in &words.spellings {
        asked = format!("{asked} OR {}", quoted(other));
    }
    if scope == Scope::Title { format!("(headline : ({asked}))") } else { format!("({asked})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_so_that_nothing_in_them_is_syntax() {
        let words = |text: &str, prefix, spellings: &[&str]| Words {
            text: text.into(),
            prefix,
            spellings: spellings.iter().map(|text| (*text).to_owned()).collect(),
        };
        assert_eq!(match_words(Scope::Anywhere, &words("red", true, &[])), "(\"red\" *)");
        assert_eq!(match_words(Scope::Title, &words("a\"b", false, &[])), "(headline : (\"a b\"))");
        assert_eq!(match_words(Scope::Anywhere, &words("Shara", false, &["Shara'a"])), "(\"Shara\" OR \"Shara'a\")");
    }
}
