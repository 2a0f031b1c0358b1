//! The pane of the text.

mod document;
mod search;
mod state;
mod view;
mod wrap;

pub use document::{Document, MarkKind};
pub use search::{Search, find};
pub use state::ReaderState;
pub(super) use view::{text_width, view};
pub use wrap::Line;
