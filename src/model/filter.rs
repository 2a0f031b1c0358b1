//! Which articles to show.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ArticleId, Condition, CountryCode, Mark, Query, Scope, Words};

/// Whether all or any of the chosen countries must be mentioned.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CountryMatch {
    /// Each of them.
    #[default]
    All,
    /// At least one of them.
    Any,
}

/// What an article must have to be shown. The default lets everything through.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Countries that must be mentioned, as [`Filter::country_match`] says.
    pub countries: Vec<CountryCode>,
    /// All or any of them.
    pub country_match: CountryMatch,
    /// Countries that must not be mentioned.
    pub without: Vec<CountryCode>,
    /// People (by full name as the library lists them) who must be mentioned, all or any likewise.
    pub people: Vec<String>,
    /// People who must not be mentioned.
    pub without_people: Vec<String>,
    /// All or any of [`Filter::people`].
    pub people_match: CountryMatch,
    /// An organization that must be mentioned.
    pub organizations: Vec<String>,
    /// Only unread ones.
    pub unread: bool,
    /// Only starred ones.
    pub starred: bool,
    /// First day, inclusive.
    pub since: Option<NaiveDate>,
    /// Last day, inclusive.
    pub until: Option<NaiveDate>,
    /// Words that must stand in headline or body, each as a prefix, case and accents folded.
    pub text: String,
    /// Only the versions of this article's story, each by itself; else a list has one version of each story.
    pub versions_of: Option<ArticleId>,
    /// What else it must have, as written in the language of queries.
    pub query: Query,
}

impl Filter {
    /// All of it as one query.
    pub fn to_query(&self) -> Query {
        let country = |code: &CountryCode| Condition::Country(vec![*code]);
        let person = |name: &String| Condition::Person(name.clone());
        let mark = |is: bool, mark| if is { Query::Is(Condition::Mark(mark)) } else { Query::All };
        let countries = match self.country_match {
            CountryMatch::Any if !self.countries.is_empty() => Query::Is(Condition::Country(self.countries.clone())),
            _ => Query::and(self.countries.iter().map(|code| Query::Is(country(code)))),
        };
        let people: Vec<Query> = self.people.iter().map(|name| Query::Is(person(name))).collect();
        let people = match self.people_match {
            CountryMatch::Any if !people.is_empty() => Query::or(people),
            _ => Query::and(people),
        };
        let not = |condition| Query::Not(Box::new(Query::Is(condition)));
        let words = self.text.split(|c: char| c.is_whitespace() || c == '\0');
        // Without a letter or a digit there is nothing to look for.
        let words = words.filter(|word| word.chars().any(char::is_alphanumeric)).map(|word| {
            let text = word.replace('"', " ").trim().to_owned();
            Query::Is(Condition::Words(Scope::Anywhere, Words { text, prefix: true, spellings: Vec::new() }))
        });
        let days = match (self.since, self.until) {
            (None, None) => Query::All,
            (since, until) => Query::Is(Condition::Days(since, until)),
        };
        Query::and(
            [countries, people]
                .into_iter()
                .chain(self.without.iter().map(|code| not(country(code))))
                .chain(self.without_people.iter().map(|name| not(person(name))))
                .chain(self.organizations.iter().map(|name| Query::Is(Condition::Organization(name.clone()))))
                .chain([mark(self.unread, Mark::Unread), mark(self.starred, Mark::Starred), days])
                .chain(words)
                .chain([self.query.clone()]),
        )
    }

    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        *self == Self { country_match: self.country_match, people_match: self.people_match, ..Self::default() }
    }
}
