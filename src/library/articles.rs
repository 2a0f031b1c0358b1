//! Articles in and out.

use std::collections::BTreeMap;

use chrono::DateTime;
use rusqlite::{Connection, OptionalExtension, named_params};

use super::{
    Added, Library, LibraryError, ReadFile, StoredArticle, days,
    digest::{digest, distinct_by},
    files,
    identity::{Is, Known, identify},
    ids::{ArticleRowId, article_id},
    quotes::{self, Said},
    record, stories,
    subjects::{Ledger, Mentioned},
    tags, trash,
};
use crate::{
    extract::ENGINE_VERSION,
    model::{Annotations, Article, ArticleId, CountryCode, address_identity},
};

/// The list shows that many countries of an article.
const SHOWN_COUNTRIES: usize = 4;

impl Library {
    /// Adds articles with their annotations in one transaction; answers in the same order.
    ///
    /// An article is the same if its source is, or its address in any variant (`identity.rs`): with the same words nothing
    /// changes, with other words the new ones take their place and the user's marks and bookmarks stay. Articles from
    /// standard input are the same if their words or their addresses are.
    pub fn add(&mut self, articles: &[(Article, Annotations)]) -> Result<Vec<Added>, LibraryError> {
        self.add_from(articles, &[])
    }

    /// The same, and notes in the same transaction the files that were read for it.
    pub fn add_from(
        &mut self,
        articles: &[(Article, Annotations)],
        files: &[ReadFile],
    ) -> Result<Vec<Added>, LibraryError> {
        let added = self.writing(|on| {
            let mut batch = Batch::default();
            let mut added = Vec::with_capacity(articles.len());
            for (article, found) in articles {
                // At the first error nothing more is written: SQLite may have ended the transaction by itself.
                added.push(batch.add(on, article, found, &As::default())?);
            }
            batch.close(on)?;
            files::note(on, files)?;
            Ok(added)
        })?;
        if added.iter().any(|added| !matches!(added, Added::Unchanged(_))) {
            self.cache.forget();
        }
        Ok(added)
    }

    /// Which of `articles` are in the library with the same words, so that they need not be annotated again.
    pub fn known(&self, articles: &[Article]) -> Result<Vec<Option<ArticleId>>, LibraryError> {
        self.reading(|on| {
            articles
                .iter()
                .map(|article| {
                    let digest = digest(article);
                    let known = identify(on, article, digest)?;
                    Ok(known.filter(|known| known.is == Is::Same).map(|known| known.id))
                })
                .collect()
        })
    }

    /// An article with all that belongs to it.
    pub fn article(&self, id: ArticleId) -> Result<Option<StoredArticle>, LibraryError> {
        self.reading(|on| {
            on.prepare_cached(
                "SELECT source, outlet, has_outlet, url, title, headline, derived, author, day, language, read, starred,
                        position, body.text, body.annotations, changed,
                        (SELECT json_group_array(tag) FROM tagged WHERE tagged.article = article.id) AS tags
                 FROM article JOIN body ON body.article = article.id WHERE article.id = ?1",
            )?
            .query_row([id.row()], |row| {
                let body: String = row.get("text")?;
                let mut position = usize::try_from(row.get::<_, i64>("position")?).unwrap_or(0).min(body.len());
                // The words may have changed since it was left.
                while !body.is_char_boundary(position) {
                    position -= 1;
                }
                let annotations = record::decode(row.get_ref("annotations")?.as_blob()?).unwrap_or_else(|| {
                    tracing::warn!("the annotations of article {} are damaged; `check` lists all such", id.0);
                    Annotations::default()
                });
                let (headline, derived): (String, bool) = (row.get("headline")?, row.get("derived")?);
                let title: Option<String> = row.get("title")?;
                let outlet: Option<String> = if row.get("has_outlet")? { row.get("outlet")? } else { None };
                Ok(StoredArticle {
                    id,
                    article: Article {
                        source: row.get("source")?,
                        outlet,
                        url: row.get("url")?,
                        title: title.or((!derived).then_some(headline)),
                        author: row.get("author")?,
                        published: days::day(row.get("day")?),
                        language: row.get("language")?,
                        body,
                    },
                    annotations,
                    changed: row.get::<_, Option<i64>>("changed")?.and_then(|at| DateTime::from_timestamp(at, 0)),
                    read: row.get("read")?,
                    starred: row.get("starred")?,
                    tags: tags::read(row.get_ref("tags")?.as_str()?),
                    position,
                })
            })
            .optional()
        })
    }

    /// Every article's number, in the order of adding.
    pub fn all_article_ids(&self) -> Result<Vec<ArticleId>, LibraryError> {
        self.reading(|on| {
            let mut ids = on.prepare_cached("SELECT id FROM article ORDER BY id")?;
            let ids = ids.query_map([], |row| article_id(row, 0))?;
            ids.collect()
        })
    }

    /// Removes an article; [`Library::undo`] brings it back. Its bookmarks stay, with all that a citation needs.
    pub fn remove(&mut self, id: ArticleId) -> Result<(), LibraryError> {
        let found = self.writing(|on| {
            let mut ledger = Ledger::default();
            let found = take_out(on, &mut ledger, id.row())?;
            ledger.close(on)?;
            Ok(found)
        })?;
        self.cache.forget();
        if found { Ok(()) } else { Err(LibraryError::NoSuchArticle { id }) }
    }

    /// Articles annotated by an older engine than `engine`, at most `limit`. What a newer one found stays: two versions of
    /// the program that run at once do not undo each other's work for ever.
    pub fn outdated(&self, engine: u32, limit: usize) -> Result<Vec<(ArticleId, Article)>, LibraryError> {
        let ids: Vec<ArticleId> = self.reading(|on| {
            let mut ids = on.prepare_cached("SELECT id FROM article WHERE engine < ?1 LIMIT ?2")?;
            let ids = ids.query_map((engine, i64::try_from(limit).unwrap_or(i64::MAX)), |row| article_id(row, 0))?;
            ids.collect()
        })?;
        let articles = ids.into_iter().map(|id| Ok(self.article(id)?.map(|stored| (id, stored.article))));
        articles.filter_map(Result::transpose).collect()
    }

    /// Replaces articles' annotations; the user's marks and bookmarks stay. Articles removed meanwhile are passed over.
    pub fn reannotate(&mut self, engine: u32, found: &[(ArticleId, Annotations)]) -> Result<(), LibraryError> {
        self.writing(|on| {
            let mut ledger = Ledger::default();
            let mut said = BTreeMap::new();
            for (id, annotations) in found {
                let Some((day, before)) = forward_list(on, id.row())? else { continue };
                ledger.strike(id.row(), day, &before);
                let mentioned = ledger.mentioned(on, annotations)?;
                ledger.enter(id.row(), day, &mentioned);
                on.prepare_cached(
                    "UPDATE article SET subjects = ?2, countries = ?3, n_quotes = ?4, engine = ?5 WHERE id = ?1",
                )?
                .execute((
                    id.row(),
                    mentioned.encode(),
                    shown_countries(annotations),
                    annotations.quotes.len() as i64,
                    engine,
                ))?;
                on.prepare_cached("UPDATE body SET annotations = ?2 WHERE article = ?1")?
                    .execute((id.row(), record::encode(annotations)))?;
                let body: String = on
                    .prepare_cached("SELECT text FROM body WHERE article = ?1")?
                    .query_row([id.row()], |row| row.get(0))?;
                said.insert(id.row(), (day, Said::all(annotations, &body)));
            }
            quotes::put(on, &said)?;
            ledger.close(on)
        })?;
        self.cache.forget();
        Ok(())
    }
}

/// What an article that was in a library before brings along.
pub(super) struct As {
    /// Its number, if it is new here and the number is free.
    pub(super) id: Option<i64>,
    /// The engine that annotated it.
    pub(super) engine: u32,
}

impl Default for As {
    fn default() -> Self {
        Self { id: None, engine: ENGINE_VERSION }
    }
}

/// The articles of one transaction.
#[derive(Default)]
pub(super) struct Batch<'a> {
    ledger: Ledger,
    /// What the full-text index is still to be told. One after the other at the end: SQLite makes it write out what it
    /// has gathered before each statement on another table that it may have to take back, and a piece for each article
    /// would have to be merged many times.
    words: BTreeMap<i64, (String, &'a str)>,
    /// Likewise the quotes.
    quotes: BTreeMap<i64, (i32, Vec<Said>)>,
}

impl<'a> Batch<'a> {
    pub(super) fn add(
        &mut self,
        on: &Connection,
        article: &'a Article,
        found: &Annotations,
        known_as: &As,
    ) -> rusqlite::Result<Added> {
        let digest = digest(article);
        let known = identify(on, article, digest)?;
        if let Some(known) = &known {
            let gives_way = known.gives_way_to(on, article)?;
            known.note(on, article, digest)?;
            if !gives_way {
                return Ok(Added::Unchanged(known.id));
            }
        }
        let day = days::number(article.published);
        let mentioned = self.ledger.mentioned(on, found)?;
        let id = match known {
            Some(Known { id, .. }) => {
                if let Some((day, before)) = forward_list(on, id.row())? {
                    self.ledger.strike(id.row(), day, &before);
                }
                // It may have come earlier in the same batch.
                if self.words.remove(&id.row()).is_none() {
                    unindex(on, id.row())?;
                }
                Some(id.row())
            }
            None => None,
        };
        let is_new = id.is_none();
        let id = id.or(known_as.id);
        let headline = article.headline();
        let title = article.title.as_ref().filter(|title| headline.derived || **title != headline.text);
        // An update keeps read, starred and position.
        let sql = if is_new {
            "INSERT INTO article (id, source, distinct_by, digest, day, headline, derived, title, outlet, has_outlet, url,
                              address, author, language, countries, n_quotes, subjects, engine, grouped)
         VALUES (:id, :source, :distinct_by, :digest, :day, :headline, :derived, :title, :outlet, :has_outlet, :url,
                 :address, :author, :language, :countries, :n_quotes, :subjects, :engine, 1)"
        } else {
            "UPDATE article SET changed = unixepoch(), digest = :digest, day = :day, headline = :headline, derived = :derived, title = :title, outlet = :outlet, has_outlet = :has_outlet,
                url = :url, address = :address, author = :author, language = :language, countries = :countries, n_quotes = :n_quotes,
                subjects = :subjects, engine = :engine
         WHERE id = :id"
        };
        let (address, countries) = (article.url.as_deref().and_then(address_identity), shown_countries(found));
        let (n_quotes, subjects) = (found.quotes.len() as i64, mentioned.encode());
        let outlet = article.outlet_or_source();
        let fields = named_params! {
            ":id": id,
            ":digest": digest,
            ":day": day,
            ":headline": headline.text,
            ":derived": headline.derived,
            ":title": title,
            ":outlet": outlet,
            ":has_outlet": article.outlet.is_some(),
            ":url": article.url,
            ":address": address,
            ":author": article.author,
            ":language": article.language,
            ":countries": countries,
            ":n_quotes": n_quotes,
            ":subjects": subjects,
            ":engine": known_as.engine,
        };
        let distinct_by = distinct_by(article, digest);
        // An update stays under the source that brought the article first.
        let own = named_params! { ":source": article.source, ":distinct_by": distinct_by };
        let own = if is_new { own } else { &[] };
        on.prepare_cached(sql)?.execute([fields, own].concat().as_slice())?;
        let row = id.unwrap_or_else(|| on.last_insert_rowid());
        on.prepare_cached("INSERT OR REPLACE INTO body (article, annotations, text) VALUES (?1, ?2, ?3)")?
            .execute((row, record::encode(found), &article.body))?;
        self.words.insert(row, (headline.text, &article.body));
        self.quotes.insert(row, (day, Said::all(found, &article.body)));
        self.ledger.enter(row, day, &mentioned);
        stories::join(on, row, &article.body, is_new)?;
        Ok(match known {
            Some(Known { id, .. }) => Added::Updated(id),
            None => Added::New(ArticleId::from_row(row)?),
        })
    }

    pub(super) fn close(self, on: &Connection) -> rusqlite::Result<()> {
        let mut index = on.prepare_cached("INSERT INTO words (rowid, headline, lead, body) VALUES (?1, ?2, ?3, ?4)")?;
        for (row, (headline, text)) in self.words {
            // As the view `article_text` cuts it.
            let (lead, body) = text.find("\n\n").map_or((text, ""), |at| text.split_at(at));
            index.execute((row, headline, lead, body))?;
        }
        quotes::put(on, &self.quotes)?;
        self.ledger.close(on)
    }
}

/// The day of an article and all it mentions.
fn forward_list(on: &Connection, article: i64) -> rusqlite::Result<Option<(i32, Mentioned)>> {
    on.prepare_cached("SELECT day, subjects FROM article WHERE id = ?1")?
        .query_row([article], |row| {
            let subjects = row.get_ref(1)?.as_blob()?;
            Ok((row.get(0)?, Mentioned::decode(subjects).unwrap_or_default()))
        })
        .optional()
}

/// Takes an article out, but for what the ledger has yet to write; `false` if there is none.
pub(super) fn take_out(on: &Connection, ledger: &mut Ledger, article: i64) -> rusqlite::Result<bool> {
    let Some((day, mentioned)) = forward_list(on, article)? else { return Ok(false) };
    trash::keep(on, article, ledger.time_of_removal(on)?)?;
    ledger.strike(article, day, &mentioned);
    unindex(on, article)?;
    on.prepare_cached("DELETE FROM article WHERE id = ?1")?.execute([article])?;
    Ok(true)
}

/// Takes the words of an article out of the full-text index, which must be told what they were.
pub(super) fn unindex(on: &Connection, article: i64) -> rusqlite::Result<()> {
    on.prepare_cached(
        "INSERT INTO words (words, rowid, headline, lead, body)
         SELECT 'delete', id, headline, lead, body FROM article_text WHERE id = ?1",
    )?
    .execute([article])?;
    Ok(())
}

/// The codes of the countries most mentioned, without space.
pub(super) fn shown_countries(annotations: &Annotations) -> String {
    let mut countries: Vec<_> = annotations.countries.iter().collect();
    // Stable: of two mentioned as often, the one mentioned first.
    countries.sort_by_key(|country| std::cmp::Reverse(country.mentions.len()));
    countries.iter().take(SHOWN_COUNTRIES).map(|country| country.code.as_str()).collect()
}

/// What [`shown_countries`] wrote.
pub(super) fn read_countries(codes: &str) -> Vec<CountryCode> {
    let pairs = codes.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
    pairs.filter_map(CountryCode::new).collect()
}
