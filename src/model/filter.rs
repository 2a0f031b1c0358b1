//! Which articles to show.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ArticleId, CountryCode};

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
}

impl Filter {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        *self == Self { country_match: self.country_match, people_match: self.people_match, ..Self::default() }
    }
}
