//! A line at the bottom, and the note of a bookmark.

use ratatui_textarea::TextArea;

use super::Completion;
use crate::{
    model::{ArticleId, BookmarkId, Filter},
    tui::line::Line,
};

/// What the line is for.
#[derive(Clone, PartialEq, Debug)]
#[allow(clippy::large_enum_variant, reason = "there is at most one")]
pub enum PromptKind {
    /// Words the listed articles must have; the filter before, for Esc.
    FindArticles(Filter),
    /// Words in the text; the row at the top before, for Esc.
    FindInText(usize),
    /// Days of publication.
    Dates,
    /// The address of a feed or its site.
    FeedAddress,
    /// The tags of an article.
    Tags(ArticleId),
    /// The name under which the search is kept as a watch.
    WatchName,
}

/// What is wrong with a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistake {
    /// What is wrong, and what was expected.
    pub message: String,
    /// Cells before the place where it is wrong, and cells there; `None` if it is the whole.
    pub at: Option<(usize, usize)>,
}

/// The state of the line.
#[derive(Clone, PartialEq, Debug)]
pub struct Prompt {
    /// What it is for.
    pub kind: PromptKind,
    /// What was typed.
    pub line: Line,
    /// What is wrong with it.
    pub error: Option<Mistake>,
    /// What could stand at the cursor.
    pub completion: Completion,
}

impl Prompt {
    /// A line for `kind` that holds `text`.
    pub fn new(kind: PromptKind, text: &str) -> Self {
        Self { kind, line: Line::new(text), error: None, completion: Completion::default() }
    }
}

/// Which bookmark a note belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoteFor {
    /// The bookmark.
    pub bookmark: BookmarkId,
    /// Whether to go back to the view of all bookmarks, and to which.
    pub from_view: Option<usize>,
}

/// The note of a bookmark while it is written.
#[derive(Clone, Debug)]
pub struct Note {
    /// Whose.
    pub of: NoteFor,
    /// What was typed.
    pub text: TextArea<'static>,
}

impl Note {
    /// An editor that holds `note`, the cursor at its end.
    pub fn new(of: NoteFor, note: &str) -> Self {
        let mut text = TextArea::new(note.split('\n').map(str::to_owned).collect());
        text.set_cursor_line_style(ratatui::style::Style::new());
        text.set_wrap_mode(ratatui_textarea::WrapMode::WordOrGlyph);
        text.move_cursor(ratatui_textarea::CursorMove::Bottom);
        text.move_cursor(ratatui_textarea::CursorMove::End);
        Self { of, text }
    }
}
