//! The view of all feeds, the list of feeds to pick from, and the thread that refreshes them while one reads.

mod state;
pub(super) mod thread;
mod update;
mod view;

pub use state::{FeedLine, FeedRow, FeedsState, FeedsView, OfferLine, OffersView, Running};
pub(super) use update::{add_address, open, press_feeds, press_offers, refresh_all, take};
pub(super) use view::{draw_feeds, draw_offers, feeds_page, offers_page};
