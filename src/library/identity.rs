//! Whether an article is in the library already: under its source, or under its address, whatever brought it.
//!
//! An article that came from two places (a feed and a saved page, two feeds of one outlet) is one. The first words stay
//! unless another source has clearly more of them, or later brings new ones. For each source is noted which words it
//! brought last, so that reading two sources in turn does not change the article to and fro.

use rusqlite::{Connection, OptionalExtension};

use super::{
    digest::distinct_by,
    ids::{ArticleRowId, article_id},
};
use crate::model::{Article, ArticleId, address_identity};

/// An article that is here already.
pub(super) struct Known {
    pub(super) id: ArticleId,
    pub(super) is: Is,
}

/// What the source brings, against what is here.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
    /// The words it brought last.
    Same,
    /// Other words, from the article's only source.
    Changed,
    /// Other words, from one of several sources that brought some before.
    ChangedBeside,
    /// The article of another source, by its address.
    Elsewhere,
}

/// Finds the article; `digest` is that of its words.
pub(super) fn identify(on: &Connection, article: &Article, digest: i64) -> rusqlite::Result<Option<Known>> {
    let key = (&article.source, distinct_by(article, digest));
    let seen = |row: &rusqlite::Row<'_>| Ok((article_id(row, 0)?, row.get::<_, i64>(1)?));
    let known = |(id, seen), other| Known { id, is: if seen == digest { Is::Same } else { other } };
    let beside = on
        .prepare_cached("SELECT article, digest FROM also WHERE source = ?1 AND distinct_by = ?2")?
        .query_row(key, seen)
        .optional()?;
    if let Some(found) = beside {
        return Ok(Some(known(found, Is::ChangedBeside)));
    }
    let own = on
        .prepare_cached("SELECT id, digest FROM article WHERE source = ?1 AND distinct_by = ?2")?
        .query_row(key, seen)
        .optional()?;
    if let Some(found) = own {
        return Ok(Some(known(found, Is::Changed)));
    }
    let Some(address) = article.url.as_deref().and_then(address_identity) else { return Ok(None) };
    let elsewhere = on
        .prepare_cached("SELECT id FROM article WHERE address = ?1 ORDER BY id LIMIT 1")?
        .query_row([address], |row| article_id(row, 0))
        .optional()?;
    Ok(elsewhere.map(|id| Known { id, is: Is::Elsewhere }))
}

impl Known {
    /// Whether the words of `article` take the place of those here. A summary does not replace the whole text.
    pub(super) fn gives_way_to(&self, on: &Connection, article: &Article) -> rusqlite::Result<bool> {
        let here = || -> rusqlite::Result<usize> {
            on.prepare_cached("SELECT length(CAST(text AS BLOB)) FROM body WHERE article = ?1")?
                .query_row([self.id.row()], |row| row.get::<_, i64>(0))
                .optional()
                .map(|length| length.and_then(|length| usize::try_from(length).ok()).unwrap_or(0))
        };
        Ok(match self.is {
            Is::Same => false,
            Is::Changed => true,
            Is::ChangedBeside => article.body.len() * 5 >= here()? * 4,
            Is::Elsewhere => article.body.len() * 4 >= here()? * 5,
        })
    }

    /// Notes which words the source brought, and before another source's words take their place, which words were the
    /// first source's.
    pub(super) fn note(&self, on: &Connection, article: &Article, digest: i64) -> rusqlite::Result<()> {
        if matches!(self.is, Is::Same | Is::Changed) {
            return Ok(());
        }
        on.prepare_cached(
            "INSERT OR IGNORE INTO also (source, distinct_by, article, digest)
             SELECT source, distinct_by, id, digest FROM article WHERE id = ?1",
        )?
        .execute([self.id.row()])?;
        on.prepare_cached(
            "INSERT OR REPLACE INTO also (source, distinct_by, article, digest) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((&article.source, distinct_by(article, digest), self.id.row(), digest))?;
        Ok(())
    }
}
