//! Read, starred, and where the reader left off.

use super::{Library, LibraryError, conditions::Plan, ids::ArticleRowId};
use crate::model::{ArticleId, Filter};

impl Library {
    /// Marks an article as read or unread, and with it the other versions of its story.
    pub fn set_read(&mut self, id: ArticleId, read: bool) -> Result<(), LibraryError> {
        let marked = self.writing(|on| {
            let mut marked = on.prepare_cached(
                "UPDATE article SET read = ?2
                 WHERE id = ?1 OR story = (SELECT story FROM article WHERE id = ?1) RETURNING id",
            )?;
            let marked = marked.query_map((id.row(), read), |row| row.get::<_, i64>(0))?;
            marked.collect::<Result<Vec<_>, _>>()
        })?;
        if marked.is_empty() {
            return Err(LibraryError::NoSuchArticle { id });
        }
        marked.into_iter().for_each(|row| self.cache.marked_read(row, read));
        Ok(())
    }

    /// Marks everything `filter` leaves as read; answers how many were unread.
    pub fn mark_all_read(&mut self, filter: &Filter) -> Result<u64, LibraryError> {
        let unread = Filter { unread: true, ..filter.clone() };
        let n = self.writing(|on| {
            let Some(plan) = Plan::new(on, &unread, true)? else { return Ok(0) };
            let (sql, values) = plan.ids();
            let values = rusqlite::params_from_iter(values);
            let marked = on.execute(&format!("UPDATE article SET read = 1 WHERE id IN ({sql})"), values)?;
            // Who has read a story has read its copies.
            on.execute(
                "UPDATE article SET read = 1 WHERE read = 0 AND story IN (SELECT story FROM article WHERE story IS NOT NULL AND read = 1)",
                [],
            )?;
            Ok(marked)
        })?;
        self.cache.forget();
        Ok(n as u64)
    }

    /// Stars an article or takes its star.
    pub fn set_starred(&mut self, id: ArticleId, starred: bool) -> Result<(), LibraryError> {
        self.mark(id, "UPDATE article SET starred = ?2 WHERE id = ?1", i64::from(starred))?;
        self.cache.marked_starred();
        Ok(())
    }

    /// Keeps the byte of the body that was at the top of the screen.
    pub fn set_position(&mut self, id: ArticleId, position: usize) -> Result<(), LibraryError> {
        self.mark(id, "UPDATE article SET position = ?2 WHERE id = ?1", i64::try_from(position).unwrap_or(0))
    }

    fn mark(&mut self, id: ArticleId, sql: &str, value: i64) -> Result<(), LibraryError> {
        let n = self.writing(|on| on.prepare_cached(sql)?.execute((id.row(), value)))?;
        if n == 0 { Err(LibraryError::NoSuchArticle { id }) } else { Ok(()) }
    }
}
