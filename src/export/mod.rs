//! Annotations and bookmarks → JSON records, Markdown, CSV, citations.

mod code_points;
pub mod record;

pub use record::Record;
