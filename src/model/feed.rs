//! What the user subscribed to.

use std::num::NonZeroI64;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A subscription's number in the library. Never reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FeedId(pub NonZeroI64);

/// A subscription.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Feed {
    /// Its number.
    pub id: FeedId,
    /// Where it is fetched from: http, https or file.
    pub address: String,
    /// What it is called: the user's name for it, or the feed's own title, or its host.
    pub name: String,
    /// The name is the user's, which no title replaces.
    pub named: bool,
    /// The groups it is in, in the user's order.
    pub groups: Vec<String>,
    /// The site it belongs to.
    pub site: Option<String>,
    /// Whether the pages of its articles are fetched where it has only summaries; `None` is what the config says.
    pub full_text: Option<bool>,
    /// What the server called the version that was read last.
    pub etag: Option<String>,
    /// When that version was made, in the server's words.
    pub last_modified: Option<String>,
    /// When it was last fetched without an error.
    pub succeeded: Option<DateTime<Utc>>,
    /// Why the last attempt failed, if it did.
    pub error: Option<String>,
    /// Attempts that failed since the last success.
    pub failures: u32,
    /// Not before this is it fetched without being asked for by name.
    pub due: Option<DateTime<Utc>>,
    /// Not before this is it fetched at all: its server wishes so.
    pub barred: Option<DateTime<Utc>>,
}

/// A subscription to be made.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewFeed {
    /// Where it is fetched from.
    pub address: String,
    /// The user's name for it, or else a title.
    pub name: String,
    /// The name is the user's.
    pub named: bool,
    /// The groups it is to be in.
    pub groups: Vec<String>,
    /// The site it belongs to.
    pub site: Option<String>,
    /// Whether pages are fetched.
    pub full_text: Option<bool>,
}
