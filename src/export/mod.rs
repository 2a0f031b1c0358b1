//! Annotations and bookmarks → JSON records, Markdown, CSV, citations.

mod citation;
mod code_points;
mod csv;
pub(crate) mod harmless;
mod json_lines;
mod markdown;
pub mod record;
mod text;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

pub use citation::Citation;
pub use record::Record;

use crate::model::Bookmark;

/// A form in which bookmarks are written out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// A citation a bookmark, for people.
    Text,
    /// One JSON object a line.
    Json,
    /// A table with a heading.
    Csv,
    /// A block quotation and its source a bookmark.
    Markdown,
}

/// Writes `bookmarks` in their order.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn write_bookmarks(bookmarks: &[Bookmark], format: Format, out: &mut impl Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(bookmarks, out),
        Format::Json => json_lines::write(bookmarks, out),
        Format::Csv => csv::write(bookmarks, out),
        Format::Markdown => markdown::write(bookmarks, out),
    }
}
