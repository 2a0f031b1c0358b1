//! A line one types into.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation;

use super::text;

/// Text with a cursor.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    text: String,
    /// A byte, on a grapheme boundary.
    cursor: usize,
}

impl Line {
    /// A line that holds `text`, the cursor at its end.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), cursor: text.len() }
    }

    /// What stands there.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte before which the cursor stands.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Puts `text` in the place of some bytes, on grapheme boundaries, and the cursor behind it.
    pub fn replace(&mut self, at: std::ops::Range<usize>, text: &str) {
        if self.text.get(at.clone()).is_some() {
            self.text.drain(at.clone());
            self.cursor = at.start;
            self.insert(text);
        }
    }

    /// Cells before the cursor.
    pub fn cursor_cells(&self) -> usize {
        text::width(&self.text[..self.cursor])
    }

    /// Empties it.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Puts `text` at the cursor, without what could act on the terminal.
    pub fn insert(&mut self, text: &str) {
        let cleaned = text::clean(text);
        self.text.insert_str(self.cursor, &cleaned);
        self.cursor += cleaned.len();
    }

    /// Does what `key` does in every such line; answers whether the text changed.
    pub fn press(&mut self, key: KeyEvent) -> bool {
        let before = self.text.len();
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('u') if control => {
                self.text.drain(..self.cursor);
                self.cursor = 0;
            }
            KeyCode::Char('k') if control => self.text.truncate(self.cursor),
            KeyCode::Char('w') if control => {
                let head = self.text[..self.cursor].trim_end();
                let start = head.rfind(char::is_whitespace).map_or(0, |at| at + 1);
                self.text.drain(start..self.cursor);
                self.cursor = start;
            }
            KeyCode::Char('a') if control => self.cursor = 0,
            KeyCode::Char('e') if control => self.cursor = self.text.len(),
            KeyCode::Char(c) if !control && !key.modifiers.contains(KeyModifiers::ALT) => {
                self.insert(c.encode_utf8(&mut [0; 4]));
            }
            KeyCode::Backspace => {
                let start = self.before();
                self.text.drain(start..self.cursor);
                self.cursor = start;
            }
            KeyCode::Delete => {
                let end = self.after();
                self.text.drain(self.cursor..end);
            }
            KeyCode::Left => self.cursor = self.before(),
            KeyCode::Right => self.cursor = self.after(),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = self.text.len(),
            _ => {}
        }
        self.text.len() != before
    }

    fn before(&self) -> usize {
        self.text[..self.cursor].grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.cursor + self.text[self.cursor..].graphemes(true).next().map_or(0, str::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_types_and_corrects_by_whole_characters() {
        let mut line = Line::default();
        let mut press = |code, modifiers| line.press(KeyEvent::new(code, modifiers));
        for c in "syrie\u{301} x".chars() {
            press(KeyCode::Char(c), KeyModifiers::NONE);
        }
        press(KeyCode::Char('w'), KeyModifiers::CONTROL);
        press(KeyCode::Backspace, KeyModifiers::NONE);
        assert!(press(KeyCode::Backspace, KeyModifiers::NONE));
        assert!(!press(KeyCode::Home, KeyModifiers::NONE));
        press(KeyCode::Delete, KeyModifiers::NONE);
        assert_eq!(line.text(), "yri");
        line.insert("\u{1b}[2J");
        assert_eq!(line.text(), "[2Jyri");
    }
}
