//! Takes in articles that were in a library before: with their number, marks and annotations.

use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};

use crate::{
    library::{
        Added, Library, LibraryError,
        articles::{As, Batch},
        days,
        ids::ArticleRowId,
    },
    model::{Annotations, Article},
};

/// An article as it was in a library. Spans are in bytes of its body.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(in crate::library) struct Kept {
    pub(in crate::library) id: i64,
    #[serde(flatten)]
    pub(in crate::library) article: Article,
    pub(in crate::library) annotations: Annotations,
    /// The engine that annotated it; 0 to annotate it anew.
    pub(in crate::library) engine: u32,
    pub(in crate::library) read: bool,
    pub(in crate::library) starred: bool,
    pub(in crate::library) position: i64,
    /// When other words took the place of its first ones, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::library) changed: Option<i64>,
    /// Its text is lost; the next import of its source brings it back.
    #[serde(skip)]
    pub(in crate::library) lost: bool,
}

impl Kept {
    /// What [`Kept::read`] needs of `article`.
    pub(in crate::library) const COLUMNS: &str =
        "id, source, outlet, has_outlet, url, title, headline, derived, author, day,
                                      language, read, starred, position, changed, engine";

    /// An article with its text and annotations, if they could be read.
    pub(in crate::library) fn read(
        row: &Row<'_>,
        body: Option<(String, Option<Annotations>)>,
    ) -> rusqlite::Result<Self> {
        let lost = body.is_none();
        let (text, annotations) = body.unwrap_or_default();
        let (headline, derived): (String, bool) = (row.get("headline")?, row.get("derived")?);
        let title: Option<String> = row.get("title")?;
        Ok(Self {
            id: row.get("id")?,
            article: Article {
                source: row.get("source")?,
                outlet: if row.get("has_outlet")? { row.get("outlet")? } else { None },
                url: row.get("url")?,
                // A headline made of a text that is lost is better than none.
                title: title.or((!derived || lost).then_some(headline)),
                author: row.get("author")?,
                published: days::day(row.get("day")?),
                language: row.get("language")?,
                body: text,
            },
            engine: if annotations.is_some() || lost { row.get("engine")? } else { 0 },
            annotations: annotations.unwrap_or_default(),
            read: row.get("read")?,
            starred: row.get("starred")?,
            position: row.get("position")?,
            changed: row.get("changed")?,
            lost,
        })
    }
}

impl Library {
    /// Adds `kept` in one transaction; answers their numbers here. With `same_numbers` they keep theirs where it is
    /// free. Of an article that is here already with the same words only the marks are laid together; with other words,
    /// those here stay, as nobody can tell which are newer.
    pub(in crate::library) fn adopt(
        &mut self,
        kept: &[Kept],
        same_numbers: bool,
    ) -> Result<Vec<(i64, bool)>, LibraryError> {
        let numbers = self.writing(|on| adopt_in(on, kept, same_numbers))?;
        self.cache.forget();
        Ok(numbers)
    }
}

/// The same in a transaction that is open.
pub(in crate::library) fn adopt_in(
    on: &Connection,
    kept: &[Kept],
    same_numbers: bool,
) -> rusqlite::Result<Vec<(i64, bool)>> {
    let mut batch = Batch::default();
    let mut numbers = Vec::with_capacity(kept.len());
    for kept in kept {
        let known = here(on, &kept.article.source)?;
        let (row, is_new) = match known {
            Some(row) => (row, false),
            None => {
                let free = same_numbers && is_free(on, kept.id)?;
                let known_as = As { id: free.then_some(kept.id), engine: kept.engine };
                match batch.add(on, &kept.article, &kept.annotations, &known_as)? {
                    Added::New(id) => (id.row(), true),
                    Added::Unchanged(id) | Added::Updated(id) => (id.row(), false),
                }
            }
        };
        mark(on, row, kept, is_new)?;
        numbers.push((row, is_new));
    }
    batch.close(on)?;
    Ok(numbers)
}

/// The article of a source. What came from standard input is known by its words only.
fn here(on: &Connection, source: &str) -> rusqlite::Result<Option<i64>> {
    on.prepare_cached("SELECT id FROM article WHERE source = ?1 AND distinct_by = 0")?
        .query_row([source], |row| row.get(0))
        .optional()
}

fn is_free(on: &Connection, id: i64) -> rusqlite::Result<bool> {
    Ok(id > 0 && !on.prepare_cached("SELECT 1 FROM article WHERE id = ?1")?.exists([id])?)
}

fn mark(on: &Connection, row: i64, kept: &Kept, is_new: bool) -> rusqlite::Result<()> {
    on.prepare_cached(
        "UPDATE article SET read = read OR ?2, starred = starred OR ?3, position = iif(?5, ?4, position),
                            digest = iif(?5 AND ?6, 0, digest), changed = iif(?5, ?7, changed) WHERE id = ?1",
    )?
    .execute((row, kept.read, kept.starred, kept.position, is_new, kept.lost, kept.changed))?;
    Ok(())
}
