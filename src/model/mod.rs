//! The plain types everything else speaks of. Knows nothing of files, screens, or databases.

mod address;
mod annotations;
mod article;
mod bookmark;
mod country_code;
mod feed;
mod filter;
mod ids;
mod keep_rule;
mod query;
mod span;

pub use address::{address_identity, canonical_address};
pub use annotations::{
    Annotations, Country, CountryMention, MentionKind, Organization, Person, Quote, QuoteKind, Speaker,
};
pub use article::{Article, Headline};
pub use bookmark::{Anchor, Bookmark, NewBookmark};
pub use country_code::CountryCode;
pub use feed::{Feed, FeedId, NewFeed};
pub use filter::{CountryMatch, Filter};
pub use ids::{ArticleId, BookmarkId};
pub use keep_rule::KeepRule;
pub use query::{Condition, GroupKind, Mark, Name, Query, Scope, Words};
pub use span::Span;
