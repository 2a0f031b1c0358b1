//! What a query finds, with the words around what was looked for.

use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::{
    ArticleRow, Library, LibraryError, Sort, conditions, ids::ArticleRowId, listing::article_row, quotes,
    sets::match_words, tags,
};
use crate::model::{ArticleId, Filter, Query, Scope};

/// An article that a query found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundArticle {
    /// What the list shows of it.
    pub row: ArticleRow,
    /// Its source, as in [`crate::model::Article::source`].
    pub source: String,
    /// Its address.
    pub url: Option<String>,
    /// Some words around the first of those that were looked for, which stand between `«` and `»`; `None` where the body
    /// has none of them or no words were looked for.
    pub snippet: Option<String>,
    /// The user's tags, by name.
    pub tags: Vec<String>,
}

/// A quote that a query found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundQuote {
    /// The article it stands in.
    pub article: ArticleId,
    /// Its place among the article's quotes, from 0.
    pub number: usize,
    /// Its words.
    pub text: String,
    /// Who said it.
    pub speaker: Option<String>,
}

impl Library {
    /// Gives the articles that `query` finds to `each`, in the order of `sort`, until it answers `false` or `limit` were
    /// given; answers how many.
    pub fn search(
        &self,
        query: &Query,
        sort: Sort,
        limit: Option<usize>,
        mut each: impl FnMut(FoundArticle) -> bool,
    ) -> Result<usize, LibraryError> {
        let filter = Filter { query: query.clone(), ..Filter::default() };
        let ids = self.ids(&filter, sort, limit.unwrap_or(usize::MAX))?;
        let words = query.words();
        let asked: Vec<String> = words.iter().map(|words| match_words(Scope::Anywhere, words)).collect();
        let asked = (!asked.is_empty()).then(|| asked.join(" OR "));
        let mut n = 0;
        for id in ids {
            // An article may have been removed meanwhile.
            let Some(found) = self.reading(|on| found(on, id, asked.as_deref()))? else { continue };
            n += 1;
            if !each(found) {
                break;
            }
        }
        Ok(n)
    }

    /// Gives the quotes that `query` finds to `each`, newest first, until it answers `false` or `limit` were given;
    /// answers how many.
    pub fn search_quotes(
        &self,
        query: &Query,
        limit: Option<usize>,
        mut each: impl FnMut(FoundQuote) -> bool,
    ) -> Result<usize, LibraryError> {
        let limit = limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        // Printing may take long: in a transaction, others could not fold back their log meanwhile. One statement sees
        // one state of the library.
        let (sql, values) = self.reading(|on| conditions::quotes(on, query))?;
        let mut n = 0;
        self.alone(|on| {
            let mut found = on.prepare(&format!("{sql} LIMIT {limit}"))?;
            let mut rows = found.query(params_from_iter(&values))?;
            // The quotes of an article follow each other.
            let (mut last, mut texts) = (0, Vec::new());
            while let Some(row) = rows.next()? {
                let (article, number) = quotes::place_of(row.get(0)?);
                if article != last {
                    (last, texts) = (article, quotes::texts(on, article)?);
                }
                // Annotations that cannot be read have none; `check` tells of them.
                let Some(text) = texts.get(number).cloned() else { continue };
                n += 1;
                let quote = FoundQuote { article: ArticleId::from_row(article)?, number, text, speaker: row.get(1)? };
                if !each(quote) {
                    break;
                }
            }
            Ok(n)
        })
    }

    /// An article as a search finds it, without the words.
    pub fn found(&self, id: ArticleId) -> Result<Option<FoundArticle>, LibraryError> {
        self.reading(|on| found(on, id.row(), None))
    }
}

fn found(on: &Connection, id: i64, asked: Option<&str>) -> rusqlite::Result<Option<FoundArticle>> {
    let Some(row) = article_row(on, id)? else { return Ok(None) };
    let (source, url, tags) = on
        .prepare_cached(
            "SELECT source, url, (SELECT json_group_array(tag) FROM tagged WHERE article = id) FROM article WHERE id = ?1",
        )?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?, tags::read(row.get_ref(2)?.as_str()?))))?;
    let snippet = match asked {
        None => None,
        Some(asked) => snippet(on, id, asked)?,
    };
    Ok(Some(FoundArticle { row, source, url, snippet, tags }))
}

/// Some words around the first that were asked for: in the lead, or else in what follows it.
fn snippet(on: &Connection, id: i64, asked: &str) -> rusqlite::Result<Option<String>> {
    let snippets: Option<[String; 2]> = on
        .prepare_cached(
            "SELECT snippet(words, 1, '\u{1}', '\u{2}', '…', 24), snippet(words, 2, '\u{1}', '\u{2}', '…', 24)
             FROM words WHERE words MATCH ?1 AND rowid = ?2",
        )?
        .query_row((asked, id), |row| Ok([row.get(0)?, row.get(1)?]))
        .optional()?;
    // No text has the control characters, but one may have «marks» of its own.
    let marked = snippets.into_iter().flatten().find(|snippet| snippet.contains('\u{1}'));
    Ok(marked.map(|snippet| {
        let line = snippet.split_whitespace().collect::<Vec<_>>().join(" ");
        line.replace('\u{1}', "«").replace('\u{2}', "»")
    }))
}
