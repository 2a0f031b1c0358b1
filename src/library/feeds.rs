//! What the user subscribed to, and which articles came from where.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::{
    Library, LibraryError, articles,
    ids::{ArticleRowId, article_id, count, feed_id},
    subjects::Ledger,
};
use crate::model::{ArticleId, Feed, FeedId, NewFeed};

/// An item of a feed that was seen before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownItem {
    /// Stands for its words as the feed had them.
    pub digest: i64,
    /// The source of its article, unless the article was removed.
    pub source: Option<String>,
}

/// An item of a feed that became an article.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SeenItem {
    /// Stands for what the feed knows it by.
    pub key: i64,
    /// Stands for its words as the feed had them.
    pub digest: i64,
    /// Its article.
    pub article: ArticleId,
}

/// What an attempt to fetch a feed came to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// Which feed.
    pub feed: FeedId,
    /// When.
    pub at: DateTime<Utc>,
    /// When it may be fetched again without being asked for by name.
    pub due: Option<DateTime<Utc>>,
    /// When its server allows it again at all.
    pub barred: Option<DateTime<Utc>>,
    /// How it went.
    pub outcome: Outcome,
}

/// How an attempt went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Nothing had changed.
    Unchanged {
        /// Its address from now on, where it moved.
        moved: Option<String>,
    },
    /// It was read.
    Read {
        /// Its address from now on, where it moved.
        moved: Option<String>,
        /// Its own title.
        title: Option<String>,
        /// The site it belongs to.
        site: Option<String>,
        /// What the server calls this version.
        etag: Option<String>,
        /// When it was made, in the server's words.
        last_modified: Option<String>,
        /// The items that became articles.
        items: Vec<SeenItem>,
    },
    /// It failed.
    Failed {
        /// Why, on one line.
        error: String,
    },
}

/// How many articles came from a feed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct FeedCounts {
    /// In the library.
    pub articles: u64,
    /// The unread ones among them.
    pub unread: u64,
}

const COLUMNS: &str =
    "id, address, name, named, groups, site, full_text, etag, last_modified, succeeded, error, failures,
                       due, barred";

impl Library {
    /// All subscriptions, by name.
    pub fn feeds(&self) -> Result<Vec<Feed>, LibraryError> {
        self.reading(|on| {
            let sql = format!("SELECT {COLUMNS} FROM feed ORDER BY name COLLATE NOCASE, id");
            let mut feeds = on.prepare_cached(&sql)?;
            let feeds = feeds.query_map([], read_feed)?;
            feeds.collect()
        })
    }

    /// How many articles each feed has brought that are still here.
    pub fn feed_counts(&self) -> Result<HashMap<FeedId, FeedCounts>, LibraryError> {
        self.reading(|on| {
            let mut counts = on.prepare_cached(
                "SELECT feed_item.feed, count(*), sum(article.read = 0)
                 FROM feed_item JOIN article ON article.id = feed_item.article GROUP BY feed_item.feed",
            )?;
            let counts = counts.query_map([], |row| {
                Ok((feed_id(row, 0)?, FeedCounts { articles: count(row, 1)?, unread: count(row, 2)? }))
            })?;
            counts.collect()
        })
    }

    /// Subscribes. Answers with the number of the subscription to this address and whether it is new; one that is there
    /// already gets the groups that it is not in yet.
    pub fn subscribe(&mut self, new: &NewFeed) -> Result<(FeedId, bool), LibraryError> {
        self.writing(|on| {
            let known = on
                .prepare_cached(&format!("SELECT {COLUMNS} FROM feed WHERE address = ?1"))?
                .query_row([&new.address], read_feed)
                .optional()?;
            if let Some(mut known) = known {
                let more = new.groups.iter().filter(|group| !known.groups.contains(group)).cloned().collect::<Vec<_>>();
                known.groups.extend(more);
                set_groups(on, known.id, &known.groups)?;
                return Ok((known.id, false));
            }
            let id = on
                .prepare_cached(
                    "INSERT INTO feed (address, name, named, groups, site, full_text)
                     VALUES (:address, :name, :named, :groups, :site, :full_text) RETURNING id",
                )?
                .query_row(
                    named_params! {
                        ":address": new.address,
                        ":name": new.name,
                        ":named": new.named,
                        ":groups": joined(&new.groups),
                        ":site": new.site,
                        ":full_text": new.full_text,
                    },
                    |row| feed_id(row, 0),
                )?;
            Ok((id, true))
        })
    }

    /// Gives a subscription the user's own name.
    pub fn rename_feed(&mut self, id: FeedId, name: &str) -> Result<(), LibraryError> {
        self.writing(|on| {
            on.prepare_cached("UPDATE feed SET name = ?2, named = 1 WHERE id = ?1")?.execute((id.0.get(), name))?;
            Ok(())
        })
    }

    /// Puts a subscription into these groups and no others.
    pub fn group_feed(&mut self, id: FeedId, groups: &[String]) -> Result<(), LibraryError> {
        self.writing(|on| set_groups(on, id, groups))
    }

    /// Says whether the pages of its articles are fetched.
    pub fn set_full_text(&mut self, id: FeedId, full_text: Option<bool>) -> Result<(), LibraryError> {
        self.writing(|on| {
            // What it has brought as summaries is to be looked at again.
            on.prepare_cached("UPDATE feed SET full_text = ?2, etag = NULL, last_modified = NULL WHERE id = ?1")?
                .execute((id.0.get(), full_text))?;
            Ok(())
        })
    }

    /// Ends a subscription, and removes the articles that it alone has brought; those with a bookmark, a star or a tag stay.
    /// Answers how many went and how many stay.
    pub fn unsubscribe(&mut self, id: FeedId) -> Result<(usize, usize), LibraryError> {
        let counts = self.writing(|on| {
            let kept = "SELECT 1 FROM bookmark WHERE bookmark.article = article.id AND bookmark.removed IS NULL";
            let elsewhere = "SELECT 1 FROM feed_item other WHERE other.article = article.id AND other.feed <> ?1";
            let mine =
                "SELECT article.id FROM article WHERE article.id IN (SELECT article FROM feed_item WHERE feed = ?1)";
            let all = on.query_row(&format!("SELECT count(*) FROM ({mine})"), [id.0.get()], |row| count(row, 0))?;
            let all = usize::try_from(all).unwrap_or(usize::MAX);
            let tagged = "SELECT 1 FROM tagged WHERE tagged.article = article.id";
            let stays = format!("NOT EXISTS ({kept}) AND NOT EXISTS ({elsewhere}) AND NOT EXISTS ({tagged})");
            let going: Vec<ArticleId> = on
                .prepare(&format!("{mine} AND starred = 0 AND {stays}"))?
                .query_map([id.0.get()], |row| article_id(row, 0))?
                .collect::<Result<_, _>>()?;
            let mut ledger = Ledger::default();
            for article in &going {
                articles::take_out(on, &mut ledger, article.row())?;
            }
            ledger.close(on)?;
            on.execute("DELETE FROM feed WHERE id = ?1", [id.0.get()])?;
            Ok((going.len(), all - going.len()))
        })?;
        self.cache.forget();
        Ok(counts)
    }

    /// What is known of items of a feed, by their keys.
    pub fn known_items(&self, feed: FeedId, keys: &[i64]) -> Result<HashMap<i64, KnownItem>, LibraryError> {
        self.reading(|on| {
            let mut known = on.prepare_cached(
                "SELECT feed_item.digest, article.source FROM feed_item LEFT JOIN article ON article.id = feed_item.article
                 WHERE feed_item.feed = ?1 AND feed_item.item = ?2",
            )?;
            let mut found = HashMap::new();
            for &key in keys {
                let item = known
                    .query_row((feed.0.get(), key), |row| Ok(KnownItem { digest: row.get(0)?, source: row.get(1)? }))
                    .optional()?;
                found.extend(item.map(|item| (key, item)));
            }
            Ok(found)
        })
    }

    /// The article of each source that is here already.
    pub fn of_sources(&self, sources: &[String]) -> Result<HashMap<String, ArticleId>, LibraryError> {
        self.reading(|on| {
            let mut known = on.prepare_cached(
                "SELECT id FROM article WHERE source = ?1 AND distinct_by = 0
                 UNION ALL SELECT article FROM also WHERE source = ?1 AND distinct_by = 0",
            )?;
            let mut found = HashMap::new();
            for source in sources {
                let article = known.query_row([source], |row| article_id(row, 0)).optional()?;
                found.extend(article.map(|article| (source.clone(), article)));
            }
            Ok(found)
        })
    }

    /// Notes how attempts went, all of them or none.
    pub fn note_attempts(&mut self, attempts: &[Attempt]) -> Result<(), LibraryError> {
        self.writing(|on| attempts.iter().try_for_each(|attempt| note(on, attempt)))
    }
}

fn note(on: &Connection, attempt: &Attempt) -> rusqlite::Result<()> {
    let Attempt { feed, at, due, barred, outcome } = attempt;
    let feed = feed.0.get();
    let at = at.timestamp_millis();
    let (due, barred) = (due.map(|at| at.timestamp_millis()), barred.map(|at| at.timestamp_millis()));
    if let Outcome::Failed { error } = outcome {
        on.prepare_cached("UPDATE feed SET error = ?2, failures = failures + 1, due = ?3, barred = ?4 WHERE id = ?1")?
            .execute((feed, error, due, barred))?;
        return Ok(());
    }
    on.prepare_cached(
        "UPDATE feed SET succeeded = ?2, error = NULL, failures = 0, due = ?3, barred = ?4 WHERE id = ?1",
    )?
    .execute((feed, at, due, barred))?;
    if let Outcome::Unchanged { moved: Some(to) } | Outcome::Read { moved: Some(to), .. } = outcome {
        // Where the user has subscribed to the new address as well, both go on as they are.
        on.prepare_cached("UPDATE OR IGNORE feed SET address = ?2 WHERE id = ?1")?.execute((feed, to))?;
    }
    let Outcome::Read { title, site, etag, last_modified, items, .. } = outcome else { return Ok(()) };
    on.prepare_cached(
        "UPDATE feed SET name = iif(named OR ?2 IS NULL, name, ?2), site = coalesce(?3, site), etag = ?4,
                         last_modified = ?5 WHERE id = ?1",
    )?
    .execute((feed, title, site, etag, last_modified))?;
    // A feed that was removed meanwhile has no items.
    let mut item = on.prepare_cached(
        "INSERT INTO feed_item (feed, item, digest, article) SELECT id, ?2, ?3, ?4 FROM feed WHERE id = ?1
         ON CONFLICT (feed, item) DO UPDATE SET digest = excluded.digest, article = excluded.article",
    )?;
    for seen in items {
        item.execute((feed, seen.key, seen.digest, seen.article.row()))?;
    }
    Ok(())
}

fn set_groups(on: &Connection, id: FeedId, groups: &[String]) -> rusqlite::Result<()> {
    on.prepare_cached("UPDATE feed SET groups = ?2 WHERE id = ?1")?.execute((id.0.get(), joined(groups)))?;
    Ok(())
}

/// Groups in one column, a line each: names are lines.
fn joined(groups: &[String]) -> String {
    groups.join("\n")
}

fn read_feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    let groups: String = row.get("groups")?;
    let time = |column: &str| -> rusqlite::Result<Option<DateTime<Utc>>> {
        Ok(row.get::<_, Option<i64>>(column)?.and_then(DateTime::from_timestamp_millis))
    };
    Ok(Feed {
        id: feed_id(row, 0)?,
        address: row.get("address")?,
        name: row.get("name")?,
        named: row.get("named")?,
        groups: groups.lines().map(str::to_owned).collect(),
        site: row.get("site")?,
        full_text: row.get("full_text")?,
        etag: row.get("etag")?,
        last_modified: row.get("last_modified")?,
        succeeded: time("succeeded")?,
        error: row.get("error")?,
        failures: row.get("failures")?,
        due: time("due")?,
        barred: time("barred")?,
    })
}
