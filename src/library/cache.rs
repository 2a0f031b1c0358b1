//! What one connection remembers of the list, so that scrolling costs the same everywhere.
//!
//! The ids of a filtered, sorted list are computed once and kept: 8 bytes an article, a page is then a slice. Any change
//! of the articles, here or by another process, drops it.

use std::{
    cell::{RefCell, RefMut},
    collections::HashMap,
    sync::Arc,
};

use super::Sort;
use crate::model::Filter;

/// So many ids are kept over all lists (8 MB), but always the latest list.
const MAX_IDS: usize = 1_000_000;

/// The cache of one [`super::Library`].
#[derive(Debug, Default)]
pub(super) struct Cache(RefCell<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// SQLite's number that changes when another connection commits.
    data_version: i64,
    /// Latest last.
    lists: Vec<(Filter, Sort, Arc<[i64]>)>,
    marks: Option<ReadMarks>,
    /// The story of every article that has one.
    members: Option<Arc<HashMap<i64, i64>>>,
}

/// Which articles are read, as a bit for each of the rarer kind.
#[derive(Debug)]
pub(super) struct ReadMarks {
    /// Whether a set bit means read.
    pub(super) set_is_read: bool,
    pub(super) bits: Vec<u64>,
}

impl ReadMarks {
    pub(super) fn set(&mut self, id: i64, to: bool) {
        let (word, bit) = ((id / 64) as usize, 1_u64 << (id % 64));
        if word >= self.bits.len() {
            self.bits.resize(word + 1, 0);
        }
        if let Some(word) = self.bits.get_mut(word) {
            *word = if to { *word | bit } else { *word & !bit };
        }
    }

    pub(super) fn n_unread(&self, ids: &[i64]) -> u64 {
        let is_set = |id: &&i64| self.bits.get((**id / 64) as usize).is_some_and(|word| word >> (**id % 64) & 1 == 1);
        let n_set = ids.iter().filter(is_set).count();
        (if self.set_is_read { ids.len() - n_set } else { n_set }) as u64
    }
}

impl Cache {
    /// Drops everything if another connection has written since.
    pub(super) fn refresh(&self, data_version: i64) {
        let mut kept = self.0.borrow_mut();
        if kept.data_version != data_version {
            *kept = Kept { data_version, ..Kept::default() };
        }
    }

    /// Drops everything: the articles have changed.
    pub(super) fn forget(&self) {
        let mut kept = self.0.borrow_mut();
        *kept = Kept { data_version: kept.data_version, ..Kept::default() };
    }

    /// An article was marked by this connection.
    pub(super) fn marked_read(&self, id: i64, read: bool) {
        let mut kept = self.0.borrow_mut();
        kept.lists.retain(|(filter, ..)| !filter.unread && !filter.query.asks_for_marks());
        if let Some(marks) = &mut kept.marks {
            marks.set(id, read == marks.set_is_read);
        }
    }

    /// An article was starred or lost its star by this connection.
    pub(super) fn marked_starred(&self) {
        self.0.borrow_mut().lists.retain(|(filter, ..)| !filter.starred && !filter.query.asks_for_marks());
    }

    /// A bookmark came or went by this connection.
    pub(super) fn bookmarked(&self) {
        self.0.borrow_mut().lists.retain(|(filter, ..)| !filter.query.asks_for_marks());
    }

    /// An article was tagged or lost a tag by this connection.
    pub(super) fn tagged(&self) {
        self.bookmarked();
    }

    pub(super) fn list(&self, filter: &Filter, sort: Option<Sort>) -> Option<Arc<[i64]>> {
        let mut kept = self.0.borrow_mut();
        let fits = |(f, s, _): &(Filter, Sort, _)| f == filter && sort.is_none_or(|sort| *s == sort);
        let at = kept.lists.iter().position(fits)?;
        let entry = kept.lists.remove(at);
        let ids = Arc::clone(&entry.2);
        kept.lists.push(entry);
        Some(ids)
    }

    pub(super) fn keep(&self, filter: &Filter, sort: Sort, ids: &Arc<[i64]>) {
        let mut kept = self.0.borrow_mut();
        kept.lists.push((filter.clone(), sort, Arc::clone(ids)));
        while kept.lists.len() > 1 && kept.lists.iter().map(|(.., ids)| ids.len()).sum::<usize>() > MAX_IDS {
            kept.lists.remove(0);
        }
        if kept.lists.len() > 16 {
            kept.lists.remove(0);
        }
    }

    pub(super) fn members(&self) -> RefMut<'_, Option<Arc<HashMap<i64, i64>>>> {
        RefMut::map(self.0.borrow_mut(), |kept| &mut kept.members)
    }

    pub(super) fn marks(&self) -> RefMut<'_, Option<ReadMarks>> {
        RefMut::map(self.0.borrow_mut(), |kept| &mut kept.marks)
    }
}
