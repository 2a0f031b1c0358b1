//! Bookmarks as text: a citation each, the note below it.

use std::io::{self, Write};

use super::Citation;
use crate::model::Bookmark;

pub(super) fn write(bookmarks: &[Bookmark], out: &mut impl Write) -> io::Result<()> {
    for (n_before, bookmark) in bookmarks.iter().enumerate() {
        if n_before > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", printable(&Citation::from(bookmark).to_string().replace('\n', " ")))?;
        for line in bookmark.note.trim().lines() {
            writeln!(out, "    {}", printable(line))?;
        }
    }
    Ok(())
}

/// Without characters that act on a terminal.
fn printable(line: &str) -> String {
    line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
