//! Markup → paragraphs.

use super::{
    entities,
    scan::{Tag, Token},
    visible::{Visible, is_block},
};
use crate::ingest::{clean, layout};

/// A form with fewer bytes of words than this is a box to subscribe or search; one with more holds the page.
const SMALL_FORM: usize = 600;

/// The paragraphs that a reader of `markup` sees.
pub(super) fn paragraphs(markup: &str) -> Vec<String> {
    let mut to = Paragraphs::default();
    for token in Visible::new(markup) {
        match token {
            Token::Text(words) => to.words(&entities::decoded(words)),
            Token::Start(tag) => to.start(&tag),
            Token::End(name) => to.end(name.as_str()),
            Token::Raw(..) => {}
        }
    }
    to.close();
    to.done
}

/// A body made of `markup`.
pub(super) fn body(markup: &str) -> String {
    clean::body(paragraphs(markup).iter().map(String::as_str))
}

#[derive(Default)]
struct Paragraphs {
    done: Vec<String>,
    current: String,
    /// A line ended; whether a paragraph did is told by what comes next.
    line_ended: bool,
    /// How many `pre` are open: their lines were broken on purpose.
    preformatted: usize,
    /// Where the forms that are open began.
    forms: Vec<usize>,
}

/// Forms do not nest; this many open ones are kept in mind.
const MOST_FORMS: usize = 8;

impl Paragraphs {
    fn words(&mut self, words: &str) {
        if self.line_ended && words.chars().any(|c| !c.is_whitespace()) {
            self.line_ended = false;
            let sentence_ended = self.current.trim_end().ends_with(['.', '!', '?', '”', '"', '»', '’', ':', '…', '。']);
            if sentence_ended { self.close() } else { self.current.push(' ') }
        }
        self.current.push_str(words);
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        match name {
            "br" if self.preformatted > 0 => self.current.push('\n'),
            // Two in a row are a blank line.
            "br" if self.line_ended => self.close(),
            "br" => self.line_ended = !self.current.trim().is_empty(),
            "td" | "th" => self.current.push(' '),
            "q" => self.words("“"),
            _ if is_block(name) => self.close(),
            _ => {}
        }
        match name {
            "pre" => self.preformatted += 1,
            "form" if self.forms.len() < MOST_FORMS => self.forms.push(self.done.len()),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "q" => self.words("”"),
            "pre" => {
                self.close();
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            "form" => {
                self.close();
                if let Some(begin) = self.forms.pop()
                    && self.done[begin..].iter().map(String::len).sum::<usize>() < SMALL_FORM
                {
                    self.done.truncate(begin);
                }
            }
            _ if is_block(name) => self.close(),
            _ => {}
        }
    }

    /// Ends the paragraph.
    fn close(&mut self) {
        self.line_ended = false;
        if self.current.trim().is_empty() {
            self.current.clear();
        } else if self.preformatted > 0 {
            self.done.extend(layout::paragraphs(&self.current));
            self.current.clear();
        } else {
            self.done.push(std::mem::take(&mut self.current));
        }
    }
}
