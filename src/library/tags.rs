//! The user's tags: words of their own by which articles are filed.

use rusqlite::Connection;

use super::{
    Library, LibraryError, Sort,
    ids::{ArticleRowId, count},
    subjects::fold_name,
};
use crate::model::{ArticleId, Filter, Query};

/// A tag with the number of articles that have it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TagCount {
    /// As it was first written.
    pub name: String,
    /// How many articles have it.
    pub n_articles: u64,
}

/// A tag on one line, without what separates tags (commas) or would end one in a query (quotation marks); `None` if it
/// has no letter or digit.
pub fn tidy_tag(tag: &str) -> Option<String> {
    let plain: String =
        tag.chars().map(|c| if c.is_control() || matches!(c, ',' | '"' | '“' | '”' | '„') { ' ' } else { c }).collect();
    let tidy = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    tidy.chars().any(char::is_alphanumeric).then_some(tidy)
}

impl Library {
    /// All tags, those of most articles first.
    pub fn tags(&self) -> Result<Vec<TagCount>, LibraryError> {
        self.reading(|on| {
            let mut tags =
                on.prepare_cached("SELECT min(tag), count(*) FROM tagged GROUP BY key ORDER BY count(*) DESC, key")?;
            let tags = tags.query_map([], |row| Ok(TagCount { name: row.get(0)?, n_articles: count(row, 1)? }))?;
            tags.collect()
        })
    }

    /// Gives an article these tags and no others. Case and accents make no other tag; what is no tag is left out.
    pub fn set_tags(&mut self, id: ArticleId, tags: &[String]) -> Result<(), LibraryError> {
        let found = self.writing(|on| {
            if !on.prepare_cached("SELECT 1 FROM article WHERE id = ?1")?.exists([id.row()])? {
                return Ok(false);
            }
            // A tag that stays keeps the way it was first written, as `put` looks it up among all articles.
            let keys: Vec<String> = tags.iter().map(|tag| fold_name(tag)).collect();
            for had in keys_of(on, id.row())? {
                if !keys.contains(&had) {
                    on.prepare_cached("DELETE FROM tagged WHERE key = ?1 AND article = ?2")?
                        .execute((had, id.row()))?;
                }
            }
            tags.iter().try_for_each(|tag| put(on, id.row(), tag))?;
            Ok(true)
        })?;
        self.cache.tagged();
        if found { Ok(()) } else { Err(LibraryError::NoSuchArticle { id }) }
    }

    /// Gives a tag to every article that `query` lists; answers how many did not have it.
    pub fn tag(&mut self, tag: &str, query: &Query) -> Result<u64, LibraryError> {
        self.of_all(query, |on, article| {
            let before = on.total_changes();
            put(on, article, tag)?;
            Ok(on.total_changes() - before)
        })
    }

    /// Takes a tag from every article that `query` finds; answers how many had it.
    pub fn untag(&mut self, tag: &str, query: &Query) -> Result<u64, LibraryError> {
        let key = fold_name(tag);
        // The list has one row of a story: its other versions lose the tag too.
        self.of_all(query, |on, article| {
            let mut delete = on.prepare_cached(
                "DELETE FROM tagged WHERE key = ?1 AND article IN (SELECT ?2 UNION ALL SELECT other.id FROM article \
                 JOIN article other ON other.story = article.story WHERE article.id = ?2)",
            )?;
            Ok(delete.execute((&key, article))? as u64)
        })
    }

    fn of_all(
        &mut self,
        query: &Query,
        each: impl Fn(&Connection, i64) -> rusqlite::Result<u64>,
    ) -> Result<u64, LibraryError> {
        let filter = Filter { query: query.clone(), ..Filter::default() };
        let ids = self.ids(&filter, Sort::default(), usize::MAX)?;
        let n = self.writing(|on| ids.iter().try_fold(0, |n, id| Ok(n + each(on, *id)?)))?;
        self.cache.tagged();
        Ok(n)
    }
}

/// Gives an article a tag, unless it has it or has gone.
pub(super) fn put(on: &Connection, article: i64, tag: &str) -> rusqlite::Result<()> {
    let Some(tag) = tidy_tag(tag) else { return Ok(()) };
    on.prepare_cached(
        "INSERT OR IGNORE INTO tagged (key, article, tag)
         SELECT ?1, id, coalesce((SELECT tag FROM tagged WHERE key = ?1 LIMIT 1), ?3) FROM article WHERE id = ?2",
    )?
    .execute((fold_name(&tag), article, &tag))?;
    Ok(())
}

/// Tags as SQLite wrote them as JSON, by name.
pub(super) fn read(json: &str) -> Vec<String> {
    let mut tags: Vec<String> = serde_json::from_str(json).unwrap_or_default();
    tags.sort_by_key(|tag| fold_name(tag));
    tags
}

fn keys_of(on: &Connection, article: i64) -> rusqlite::Result<Vec<String>> {
    on.prepare_cached("SELECT key FROM tagged WHERE article = ?1")?.query_map([article], |row| row.get(0))?.collect()
}
