//! Markup → words: of a fragment as feeds and mails carry it ([`text`]), or of a whole page ([`page`]).
//!
//! The markup is read in one pass (`scan`, `entities`), what a reader would not see is left out (`visible`), and the rest
//! becomes paragraphs (`words`). Nothing here recurses or looks back, so that time and memory are in proportion to the
//! input, whatever it is.

mod bounded;
mod boxes;
mod entities;
mod facts;
pub mod page;
mod scan;
#[cfg(test)]
mod tests;
mod visible;
mod wall;
mod words;

use super::{clean, layout};

/// The words of a fragment of HTML as a body: paragraphs, headings and list items apart by one blank line; entities
/// decoded; scripts, styles, navigation, forms and hidden text left out. Text without any tag keeps its own paragraphs.
pub fn text(markup: &str) -> String {
    if scan::Scanner::new(markup).any(|token| !matches!(token, scan::Token::Text(_))) {
        words::body(markup)
    } else {
        let words = entities::decoded(markup).replace("\r\n", "\n").replace('\r', "\n");
        clean::body(layout::paragraphs(&words).iter().map(String::as_str))
    }
}

/// A page that is all article, such as a chapter of a book: its heading, and the words below it.
pub(super) fn chapter(markup: &str) -> (Option<String>, String) {
    let facts = facts::of_page(markup);
    let title = facts.first_heading.or(facts.window_title).as_deref().and_then(clean::some_line);
    let mut paragraphs = words::paragraphs(markup);
    let heading = |paragraph: &String| title.as_deref() == Some(clean::line(paragraph).as_str());
    if let Some(at) = paragraphs.iter().take(3).position(heading) {
        paragraphs.drain(..=at);
    }
    (title, clean::body(paragraphs.iter().map(String::as_str)))
}

/// As [`text`], the paragraphs one by one and not yet cleaned.
pub(super) fn paragraphs(markup: &str) -> Vec<String> {
    words::paragraphs(markup)
}
