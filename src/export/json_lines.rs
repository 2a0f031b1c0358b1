//! Bookmarks as JSON: one object a line, described in `docs/bookmark.schema.json`.

use std::io::{self, Write};

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::model::{Bookmark, BookmarkId, CountryCode};

/// The version of the object. It rises when a field changes its meaning or goes; new fields do not raise it.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct BookmarkRecord<'a> {
    schema: u32,
    id: BookmarkId,
    quote: &'a str,
    speaker: Option<&'a str>,
    role: Option<&'a str>,
    country: Option<CountryCode>,
    note: &'a str,
    headline: &'a str,
    outlet: Option<&'a str>,
    published: Option<NaiveDate>,
    source: &'a str,
    url: Option<&'a str>,
    /// How to find the words in the article, as the TextQuoteSelector of the W3C Web Annotation Data Model does.
    anchor: AnchorRecord<'a>,
    created: DateTime<Utc>,
}

#[derive(Serialize)]
struct AnchorRecord<'a> {
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

pub(super) fn write(bookmarks: &[Bookmark], out: &mut impl Write) -> io::Result<()> {
    for bookmark in bookmarks {
        writeln!(out, "{}", super::harmless::json(serde_json::to_string(&record(bookmark))?))?;
    }
    Ok(())
}

fn record(bookmark: &Bookmark) -> BookmarkRecord<'_> {
    BookmarkRecord {
        schema: SCHEMA,
        id: bookmark.id,
        quote: &bookmark.quote,
        speaker: bookmark.speaker.as_deref(),
        role: bookmark.role.as_deref(),
        country: bookmark.country,
        note: &bookmark.note,
        headline: &bookmark.headline,
        outlet: bookmark.outlet.as_deref(),
        published: bookmark.published,
        source: &bookmark.source,
        url: bookmark.url.as_deref(),
        anchor: AnchorRecord {
            exact: &bookmark.anchor.exact,
            prefix: &bookmark.anchor.prefix,
            suffix: &bookmark.anchor.suffix,
        },
        created: bookmark.created,
    }
}
