//! The article list: a window on a list that stays in the library.

use crate::{
    library::{ArticleRow, Counts},
    model::ArticleId,
    tui::{effect::JobId, event::ListPage},
};

/// What is known of the list.
#[derive(Clone, Debug, Default)]
pub struct ListState {
    /// How many articles there are.
    pub counts: Counts,
    /// Index of the chosen article.
    pub selected: u64,
    /// Index of the first article on the screen.
    pub top: u64,
    /// Index of the first row at hand.
    pub offset: u64,
    /// The rows at hand.
    pub rows: Vec<ArticleRow>,
    /// The question whose answer is awaited.
    pub waiting: Option<JobId>,
    /// The question of which the first page is here, and the rest is awaited.
    pub awaits_rest: Option<JobId>,
    /// The first index on the screen and the length of a page when rows were last asked for.
    pub asked_at: Option<(u64, u64)>,
    /// Whether any answer has come.
    pub loaded: bool,
}

impl ListState {
    /// The row at `index`, if it is at hand.
    pub fn row(&self, index: u64) -> Option<&ArticleRow> {
        self.rows.get(usize::try_from(index.checked_sub(self.offset)?).ok()?)
    }

    /// The chosen row, if it is at hand.
    pub fn selected_row(&self) -> Option<&ArticleRow> {
        self.row(self.selected)
    }

    /// The row of an article, if it is at hand.
    pub fn row_of(&mut self, id: ArticleId) -> Option<&mut ArticleRow> {
        self.rows.iter_mut().find(|row| row.id == id)
    }

    /// Marks an article of the list as read or unread, and counts it.
    pub fn set_read(&mut self, id: ArticleId, read: bool) {
        let Some(row) = self.row_of(id).filter(|row| row.read != read) else { return };
        row.read = read;
        let unread = &mut self.counts.unread_matching;
        *unread = if read { unread.saturating_sub(1) } else { *unread + 1 };
    }

    /// Takes in an answer; the chosen article is where it was found, or the one nearest to where it was.
    pub fn take(&mut self, page: ListPage, page_len: u64) {
        self.counts = page.counts;
        self.offset = page.offset;
        self.rows = page.rows;
        self.loaded = true;
        if let Some(found) = page.found {
            // The line stays at its height on the screen; at the top of the list what is new shows above it.
            let above = self.selected.saturating_sub(self.top);
            self.selected = found;
            self.top = if self.top == 0 { 0 } else { found.saturating_sub(above) };
        }
        self.show_selected(page_len);
    }

    /// Chooses the article at `index`, or the last.
    pub fn select(&mut self, index: u64, page_len: u64) {
        self.selected = index;
        self.show_selected(page_len);
    }

    /// Keeps the chosen line inside the list and on the screen.
    pub fn show_selected(&mut self, page_len: u64) {
        let last = self.counts.matching.saturating_sub(1);
        let page_len = page_len.max(1);
        self.selected = self.selected.min(last);
        self.top = self.top.min(self.selected).max((self.selected + 1).saturating_sub(page_len));
        self.top = self.top.min(self.counts.matching.saturating_sub(page_len));
    }

    /// Whether a row on the screen, or within a page of it, is not at hand.
    pub fn wants_rows(&self, page_len: u64) -> bool {
        let from = self.top.saturating_sub(page_len / 2);
        let to = (self.top + page_len + page_len / 2).min(self.counts.matching);
        from < self.offset || to > self.offset + self.rows.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(matching: u64) -> ListState {
        ListState { counts: Counts { matching, total: matching, ..Counts::default() }, ..ListState::default() }
    }

    #[test]
    fn the_chosen_line_stays_on_the_screen() {
        let mut list = list(100);
        list.select(50, 10);
        assert_eq!((list.selected, list.top), (50, 41));
        list.select(45, 10);
        assert_eq!(list.top, 41);
        list.select(u64::MAX, 10);
        assert_eq!((list.selected, list.top), (99, 90));
        list.select(0, 10);
        assert_eq!((list.selected, list.top), (0, 0));
    }

    #[test]
    fn new_articles_show_above_at_the_top_and_move_nothing_elsewhere() {
        let page = |found| ListPage {
            counts: Counts { matching: 110, total: 110, ..Counts::default() },
            found: Some(found),
            offset: 0,
            rows: Vec::new(),
        };
        let mut list = list(100);
        list.select(2, 10);
        list.take(page(4), 10);
        assert_eq!((list.selected, list.top), (4, 0));
        list.select(50, 10);
        list.take(page(55), 10);
        assert_eq!((list.selected, list.top), (55, 46));
    }

    #[test]
    fn an_empty_list_has_nothing_to_choose() {
        let mut list = list(0);
        list.select(5, 10);
        assert_eq!((list.selected, list.top), (0, 0));
        assert_eq!(list.selected_row(), None);
        assert!(!list.wants_rows(10));
    }
}
