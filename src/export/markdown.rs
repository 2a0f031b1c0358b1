//! Bookmarks as Markdown: a block quotation with its source, the note below it.

use std::io::{self, Write};

use super::Citation;
use crate::model::Bookmark;

pub(super) fn write(bookmarks: &[Bookmark], out: &mut impl Write) -> io::Result<()> {
    for (n_before, bookmark) in bookmarks.iter().enumerate() {
        if n_before > 0 {
            // Without it, a note that ends one bookmark would run on into the next.
            writeln!(out, "\n---\n")?;
        }
        let citation = Citation::from(bookmark);
        let quote = format!("“{}”", escaped(citation.quote.trim()));
        for line in quote.lines() {
            writeln!(out, "{}", format!("> {line}").trim_end())?;
        }
        writeln!(out, ">\n> — {}", source_line(&citation))?;
        let note = bookmark.note.trim();
        if !note.is_empty() {
            // The user's own words may well be Markdown.
            writeln!(out, "\n{note}")?;
        }
    }
    Ok(())
}

/// Speaker and source, with the headline as a link where there is an address.
fn source_line(citation: &Citation) -> String {
    let headline = format!("“{}”", escaped(&citation.headline));
    let (headline, place) = match link(&citation.place) {
        Some(address) => (format!("[{headline}](<{address}>)"), None),
        None => (headline, Some(escaped(&citation.place))),
    };
    let said_by = Some(escaped(&citation.said_by())).filter(|said_by| !said_by.is_empty());
    let published_by = citation.published_by().into_iter().map(|part| escaped(&part));
    said_by.into_iter().chain([headline]).chain(published_by).chain(place).collect::<Vec<_>>().join(", ")
}

/// `place` as the target of a link, if it is an address on the web.
fn link(place: &str) -> Option<String> {
    if !(place.starts_with("https://") || place.starts_with("http://")) {
        return None;
    }
    let safe = |c: char| match c {
        '<' => "%3C".to_owned(),
        '>' => "%3E".to_owned(),
        '\\' => "%5C".to_owned(),
        c if c.is_whitespace() || c.is_control() => "%20".to_owned(),
        c => c.to_string(),
    };
    Some(place.chars().map(safe).collect())
}

/// Text that shows as it is: an article's asterisks are no emphasis.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
