//! How long articles are kept.

use serde::{Deserialize, Serialize};

/// How long the articles of a source are kept. Starred ones and those with bookmarks are always kept.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeepRule {
    /// An outlet, the name or address of a feed, or what the sources of the articles begin with; `None` for all.
    pub source: Option<String>,
    /// Days after the day of publication; 0 is for ever.
    pub days: u32,
}
