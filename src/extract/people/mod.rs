//! People: which names there are, which of them are one person, what office they hold and for whom.

pub(super) mod clusters;
mod evidence;
mod later;
mod lists;
pub(super) mod names;
pub(super) mod roles;
pub(super) mod runs;
mod shared;

pub(super) use clusters::{Cast, Figure, cast};
