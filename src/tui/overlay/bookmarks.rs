//! The view of all bookmarks.

use crate::model::BookmarkId;

/// Where one is among the bookmarks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BookmarksView {
    /// Index of the chosen bookmark.
    pub selected: usize,
    /// The bookmarks deleted here, the last one last.
    pub deleted: Vec<BookmarkId>,
}
