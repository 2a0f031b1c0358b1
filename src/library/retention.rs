//! Which articles the user's rules let go, and letting them go.

use std::collections::HashSet;

use chrono::NaiveDate;
use rusqlite::Connection;

use super::{
    Library, LibraryError,
    articles::take_out,
    days,
    ids::{ArticleRowId, article_id},
    subjects::Ledger,
    trash,
};
use crate::model::{ArticleId, KeepRule};

/// Articles of a transaction, so that others need not wait for the end.
const BATCH: usize = 256;

/// An article that the rules let go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expired {
    /// Its number.
    pub id: ArticleId,
    /// The day it was published.
    pub published: Option<NaiveDate>,
    /// The outlet, or the last part of the source.
    pub outlet: String,
    /// Its headline.
    pub headline: String,
}

impl Library {
    /// The articles that `rules` let go on the day `today`, oldest first: of the rules that fit an article the first
    /// counts. Never one that is starred, has a bookmark or a tag, or has no date.
    pub fn expired(&self, rules: &[KeepRule], today: NaiveDate) -> Result<Vec<Expired>, LibraryError> {
        let shortest = rules.iter().map(|rule| rule.days).filter(|days| *days > 0).min();
        let Some(shortest) = shortest else { return Ok(Vec::new()) };
        let today = days::number(Some(today));
        let before = |days: u32| today.saturating_sub(i32::try_from(days).unwrap_or(i32::MAX));
        self.reading(|on| {
            let of_feeds = rules.iter().map(|rule| of_feed(on, rule)).collect::<rusqlite::Result<Vec<_>>>()?;
            let mut old = on.prepare(
                "SELECT id, day, outlet, headline, source FROM article WHERE day BETWEEN 1 AND ?1 AND starred = 0
                 AND NOT EXISTS (SELECT 1 FROM bookmark WHERE bookmark.article = article.id)
                 AND NOT EXISTS (SELECT 1 FROM tagged WHERE tagged.article = article.id) ORDER BY day, id",
            )?;
            let mut rows = old.query([before(shortest) - 1])?;
            let mut expired = Vec::new();
            while let Some(row) = rows.next()? {
                let (id, day, outlet, source): (i64, i32, String, String) =
                    (row.get(0)?, row.get(1)?, row.get(2)?, row.get(4)?);
                let rule = rules.iter().zip(&of_feeds).find(|(rule, of_feed)| match &rule.source {
                    None => true,
                    Some(named) => outlet == *named || source.starts_with(named) || of_feed.contains(&id),
                });
                if rule.is_some_and(|(rule, _)| rule.days > 0 && day < before(rule.days)) {
                    let published = days::day(day);
                    expired.push(Expired { id: article_id(row, 0)?, published, outlet, headline: row.get(3)? });
                }
            }
            Ok(expired)
        })
    }

    /// Removes articles; [`Library::undo`] brings all of them back at once. Those that were starred, or got a bookmark or a
    /// tag, meanwhile stay. Answers how many went.
    pub fn prune(&mut self, ids: &[ArticleId]) -> Result<usize, LibraryError> {
        let mut n_gone = 0;
        let time = self.writing(|on| trash::time_of_removal(on))?;
        for ids in ids.chunks(BATCH) {
            n_gone += self.writing(|on| {
                let mut ledger = Ledger::removing_at(time);
                let mut n_gone = 0;
                let mut free = on.prepare_cached(
                    "SELECT 1 FROM article WHERE id = ?1 AND starred = 0
                     AND NOT EXISTS (SELECT 1 FROM bookmark WHERE bookmark.article = article.id)
                     AND NOT EXISTS (SELECT 1 FROM tagged WHERE tagged.article = article.id)",
                )?;
                for id in ids {
                    if free.exists([id.row()])? && take_out(on, &mut ledger, id.row())? {
                        n_gone += 1;
                    }
                }
                ledger.close(on)?;
                Ok(n_gone)
            })?;
        }
        self.cache.forget();
        Ok(n_gone)
    }
}

/// The articles that the feed brought that a rule names, by its name or address.
fn of_feed(on: &Connection, rule: &KeepRule) -> rusqlite::Result<HashSet<i64>> {
    on.prepare_cached(
        "SELECT feed_item.article FROM feed JOIN feed_item ON feed_item.feed = feed.id
         WHERE (feed.name = ?1 OR feed.address = ?1) AND feed_item.article IS NOT NULL",
    )?
    .query_map([&rule.source], |row| row.get(0))?
    .collect()
}
