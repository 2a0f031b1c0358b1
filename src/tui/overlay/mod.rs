//! What lies over the panes: at most one thing at a time.

mod bookmarks;
mod completion;
mod help;
mod picker;
mod prompt;
mod prompt_view;
mod view;

pub use bookmarks::BookmarksView;
pub use completion::{Completion, MOST_OFFERS, Offer};
pub use help::{HelpView, lines as help_lines};
pub use picker::{Picked, Picker, PickerItem};
pub use prompt::{Mistake, Note, NoteFor, Prompt, PromptKind};
pub(super) use view::{bookmarks_page, help_size, key_words, messages_size, middle, picker_page, view, window};

use super::feeds::{FeedsView, OffersView};
use crate::config::Scope;

/// What lies over the panes.
#[derive(Clone, Debug)]
pub enum Overlay {
    /// Choosing countries or officials.
    Picker(Picker),
    /// A line at the bottom: search or dates.
    Prompt(Prompt),
    /// A bookmark's note.
    Note(Box<Note>),
    /// All bookmarks.
    Bookmarks(BookmarksView),
    /// All feeds.
    Feeds(FeedsView),
    /// Feeds to pick from.
    Offers(OffersView),
    /// All keys.
    Help(HelpView),
    /// All messages, from this one back.
    Messages(usize),
}

impl Overlay {
    /// Which keys work here.
    pub fn scope(&self) -> Scope {
        match self {
            Self::Picker(_) => Scope::Picker,
            Self::Prompt(_) => Scope::Line,
            Self::Note(_) => Scope::Note,
            Self::Bookmarks(_) => Scope::Bookmarks,
            Self::Feeds(_) | Self::Offers(_) => Scope::Feeds,
            Self::Help(_) | Self::Messages(_) => Scope::Anywhere,
        }
    }
}
