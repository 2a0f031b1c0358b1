//! Bookmarks as a table, for spreadsheets.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use crate::model::{Bookmark, CountryCode};

const HEADING: [&str; 12] = [
    "id",
    "quote",
    "speaker",
    "role",
    "country",
    "note",
    "headline",
    "outlet",
    "published",
    "source",
    "url",
    "created",
];

pub(super) fn write(bookmarks: &[Bookmark], out: &mut impl Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEADING)?;
    for bookmark in bookmarks {
        table.write_record(row(bookmark).iter().map(|cell| harmless(&super::harmless::words(cell)).into_owned()))?;
    }
    table.flush()
}

fn row(bookmark: &Bookmark) -> [String; HEADING.len()] {
    let Bookmark { id, quote, speaker, role, country, note, headline, outlet, published, source, url, created, .. } =
        bookmark.clone();
    [
        id.0.to_string(),
        quote,
        speaker.unwrap_or_default(),
        role.unwrap_or_default(),
        country.as_ref().map(CountryCode::to_string).unwrap_or_default(),
        note,
        headline,
        outlet.unwrap_or_default(),
        published.map(|day| day.to_string()).unwrap_or_default(),
        source,
        url.unwrap_or_default(),
        created.to_rfc3339(),
    ]
}

/// A cell that no spreadsheet takes for a formula: articles are strangers' words, and `=HYPERLINK(…)` among them would
/// run. What would begin one gets an apostrophe before it, as OWASP advises ("CSV Injection").
fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}
