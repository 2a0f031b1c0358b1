//! Numbers that the library gives to what it keeps.

use std::num::NonZeroI64;

use serde::{Deserialize, Serialize};

/// An article's number in the library. Not the order of publication, and never reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub NonZeroI64);

/// A bookmark's number in the library. Never reused.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BookmarkId(pub NonZeroI64);
