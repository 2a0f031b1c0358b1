//! What is searched for, as a tree. `src/query` reads it from text; the library answers it.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::CountryCode;

/// A question to the library.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Query {
    /// Finds everything.
    #[default]
    All,
    /// Each of them; never fewer than two, none an [`Query::And`] or [`Query::All`].
    And(Vec<Query>),
    /// At least one of them; never fewer than two, none an [`Query::Or`].
    Or(Vec<Query>),
    /// What it does not find.
    Not(Box<Query>),
    /// One condition.
    Is(Condition),
}

/// What an article or a quote must have.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Words that stand somewhere in the text.
    Words(Scope, Words),
    /// Mentions at least one of these countries.
    Country(Vec<CountryCode>),
    /// Mentions at least one country of a region or group.
    Group {
        /// Of the UN's regions, or a group of states.
        kind: GroupKind,
        /// Its name as the tables have it.
        name: String,
        /// Its countries.
        members: Vec<CountryCode>,
    },
    /// Someone with this name is quoted.
    Speaker(Name),
    /// An official with this name is mentioned.
    Official(Name),
    /// A person of exactly this full name is mentioned.
    Person(String),
    /// A body of exactly this full name is mentioned.
    Organization(String),
    /// Someone in this office is mentioned.
    Role(Name),
    /// The outlet, the source or the address holds this.
    Source(String),
    /// Published on or after the first and on or before the second.
    Days(Option<NaiveDate>, Option<NaiveDate>),
    /// Published on one of the last days, today included.
    Last(u32),
    /// The user gave it this tag.
    Tag(String),
    /// The user's marks, and what there is.
    Mark(Mark),
}

/// Where words must stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// In headline or body; of a quote, in its words.
    Anywhere,
    /// In the headline.
    Title,
    /// In a quote.
    Quote,
}

/// One word or a phrase.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Words {
    /// As written, without marks; has at least one letter or digit.
    pub text: String,
    /// Words that begin like its last one are found too.
    pub prefix: bool,
    /// Other ways to spell it, which are found too.
    pub spellings: Vec<String>,
}

/// A part of a name: whole words of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Name {
    /// As written.
    pub text: String,
    /// Other ways to spell it, which are found too.
    pub spellings: Vec<String>,
}

/// Whose countries are meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// A region of the United Nations' geoscheme.
    Region,
    /// A group or organization of states.
    Group,
}

/// The user's marks, and what there is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Not read yet.
    Unread,
    /// Read.
    Read,
    /// Starred.
    Starred,
    /// The user keeps a quote of it.
    Bookmark,
    /// It has a quote.
    Quote,
    /// It has a tag.
    Tag,
}

impl Query {
    /// All of `parts`.
    pub fn and(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            match part {
                Self::All => {}
                Self::And(parts) => all.extend(parts),
                part => all.push(part),
            }
        }
        match all.len() {
            0 => Self::All,
            1 => all.remove(0),
            _ => Self::And(all),
        }
    }

    /// Any of `parts`, of which there must be one.
    pub fn or(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut any = Vec::new();
        for part in parts {
            match part {
                Self::Or(parts) => any.extend(parts),
                part => any.push(part),
            }
        }
        if any.len() == 1 { any.remove(0) } else { Self::Or(any) }
    }

    /// Whether it finds everything.
    pub fn is_all(&self) -> bool {
        *self == Self::All
    }

    /// Whether what it finds depends on what the user marks and keeps.
    pub fn asks_for_marks(&self) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::asks_for_marks),
            Self::Not(inner) => inner.asks_for_marks(),
            Self::Is(Condition::Mark(mark)) => *mark != Mark::Quote,
            Self::Is(condition) => matches!(condition, Condition::Tag(_)),
            Self::All => false,
        }
    }

    /// The words that are looked for, not those that must be absent: for marking them in a text.
    pub fn words(&self) -> Vec<&Words> {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::words).collect(),
            Self::Is(Condition::Words(_, words)) => vec![words],
            Self::All | Self::Not(_) | Self::Is(_) => Vec::new(),
        }
    }
}

/// Written so that reading it gives the same query.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::And(parts) => joined(f, parts, " ", |part| matches!(part, Self::Or(_))),
            Self::Or(parts) => joined(f, parts, " or ", |part| matches!(part, Self::And(_))),
            Self::Not(inner) if matches!(**inner, Self::Is(_)) => write!(f, "-{inner}"),
            Self::Not(inner) => write!(f, "not ({inner})"),
            Self::Is(condition) => write!(f, "{condition}"),
        }
    }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Query], by: &str, in_parentheses: fn(&Query) -> bool) -> fmt::Result {
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            f.write_str(by)?;
        }
        if in_parentheses(part) { write!(f, "({part})") } else { write!(f, "{part}") }?;
    }
    Ok(())
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(scope, Words { text, prefix, .. }) => {
                f.write_str(match scope {
                    Scope::Anywhere => "",
                    Scope::Title => "title:",
                    Scope::Quote => "says:",
                })?;
                quoted(f, text)?;
                f.write_str(if *prefix { "*" } else { "" })
            }
            Self::Country(codes) => {
                let codes: Vec<_> = codes.iter().map(CountryCode::as_str).collect();
                write!(f, "country:{}", codes.join(","))
            }
            Self::Group { kind: GroupKind::Region, name, .. } => keyed(f, "region", name),
            Self::Group { kind: GroupKind::Group, name, .. } => keyed(f, "group", name),
            Self::Speaker(name) => keyed(f, "speaker", &name.text),
            Self::Official(name) => keyed(f, "official", &name.text),
            Self::Person(name) => keyed(f, "person", name),
            Self::Organization(name) => keyed(f, "organization", name),
            Self::Role(name) => keyed(f, "role", &name.text),
            Self::Source(text) => keyed(f, "source", text),
            Self::Days(Some(from), Some(to)) if from == to => write!(f, "on:{from}"),
            Self::Days(Some(from), Some(to)) => write!(f, "on:{from}..{to}"),
            Self::Days(Some(from), None) => write!(f, "after:{from}"),
            // `before` leaves its own day out.
            Self::Days(None, Some(to)) => write!(f, "before:{}", to.succ_opt().unwrap_or(*to)),
            Self::Days(None, None) => f.write_str("*"),
            Self::Tag(tag) => keyed(f, "tag", tag),
            Self::Last(days) => write!(f, "last:{days}d"),
            Self::Mark(mark) => f.write_str(match mark {
                Mark::Unread => "is:unread",
                Mark::Read => "is:read",
                Mark::Starred => "is:starred",
                Mark::Bookmark => "has:bookmark",
                Mark::Quote => "has:quote",
                Mark::Tag => "has:tag",
            }),
        }
    }
}

fn keyed(f: &mut fmt::Formatter<'_>, key: &str, value: &str) -> fmt::Result {
    write!(f, "{key}:")?;
    quoted(f, value)
}

/// Bare where nothing in it could be taken for anything else.
fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let plain = text.chars().all(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '.')) && !text.is_empty();
    if plain && !["and", "or", "not"].contains(&text.to_lowercase().as_str()) {
        f.write_str(text)
    } else {
        write!(f, "\"{text}\"")
    }
}
