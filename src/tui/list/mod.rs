//! The pane of articles.

mod state;
mod view;

pub use state::ListState;
pub(super) use view::{row_height, view};
