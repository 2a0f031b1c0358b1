//! A quote the user keeps.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{ArticleId, BookmarkId, CountryCode, Span};

/// Where a quote stood, so that it can be found again in a changed text: the selectors of the W3C Web Annotation Data
/// Model (TextQuoteSelector and TextPositionSelector).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Anchor {
    /// The exact words, from the quote's first span to its last, as they stood in the body.
    pub exact: String,
    /// Up to 32 characters before.
    pub prefix: String,
    /// Up to 32 characters after.
    pub suffix: String,
    /// Where it stood in the body it was made from.
    pub position: Span,
}

/// What the user bookmarks, before the library gives it a number.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NewBookmark {
    /// The article it was taken from.
    pub article: ArticleId,
    /// The quote's words without marks and attribution.
    pub quote: String,
    /// Its place.
    pub anchor: Anchor,
    /// Who said it.
    pub speaker: Option<String>,
    /// In which office.
    pub role: Option<String>,
    /// For which country.
    pub country: Option<CountryCode>,
    /// The user's own words.
    pub note: String,
}

/// A bookmark in the library. It keeps all that a citation needs even if the article changes or goes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Bookmark {
    /// Its number.
    pub id: BookmarkId,
    /// The article, if it is still in the library.
    pub article: Option<ArticleId>,
    /// The quote's words.
    pub quote: String,
    /// Its place in the article it was made from.
    pub anchor: Anchor,
    /// Who said it.
    pub speaker: Option<String>,
    /// In which office.
    pub role: Option<String>,
    /// For which country.
    pub country: Option<CountryCode>,
    /// The user's own words; empty if none.
    pub note: String,
    /// The article's source, as in [`super::Article::source`].
    pub source: String,
    /// The outlet that published it.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Its headline, derived or not.
    pub headline: String,
    /// When it was published.
    pub published: Option<NaiveDate>,
    /// When the bookmark was made.
    pub created: DateTime<Utc>,
}
