//! The pane of quotes.

mod state;
mod view;

pub use state::{QuotesState, new_bookmark, quote_in_sight};
pub(super) use view::view;
