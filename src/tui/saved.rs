//! What the screen keeps between runs.

use serde::{Deserialize, Serialize};

use crate::{
    library::Sort,
    model::{ArticleId, Filter},
};

use super::state::Pane;

/// How the screen was left.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Saved {
    /// The filter.
    pub filter: Filter,
    /// The order of the list, once it was chosen.
    pub sort: Option<Sort>,
    /// The open article.
    pub article: Option<ArticleId>,
    /// The pane one was in.
    pub focus: Pane,
}
