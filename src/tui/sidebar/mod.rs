//! The pane of countries, officials and organizations.

mod state;
mod view;

pub use state::{Choice, Item, Row, SidebarState, rows};
pub(super) use view::view;
