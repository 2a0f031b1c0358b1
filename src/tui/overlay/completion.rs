//! What could stand at the cursor of a line that is being typed.

use std::ops::Range;

use crate::{library::Names, query, tui::effect::JobId, tui::filtering};

use super::{Prompt, PromptKind};

/// More are not offered: typing on narrows them down.
pub const MOST_OFFERS: usize = 100;

/// Something that could stand there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// The words to put in.
    pub words: String,
    /// What they mean; empty if they say it themselves.
    pub meaning: String,
}

/// What is offered for the piece before the cursor.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Completion {
    /// The bytes of the line that are replaced.
    pub at: Range<usize>,
    /// Best first.
    pub offers: Vec<Offer>,
    /// The chosen one, once there is one.
    pub selected: Option<usize>,
    /// The question to the library whose answer is awaited.
    pub waiting: Option<JobId>,
}

impl Completion {
    /// Chooses the next or previous one, round the ends.
    pub fn step(&mut self, by: isize) {
        let Some(last) = self.offers.len().checked_sub(1) else { return };
        self.selected = Some(match self.selected {
            None => {
                if by > 0 {
                    0
                } else {
                    last
                }
            }
            Some(0) if by < 0 => last,
            Some(at) if at == last && by > 0 => 0,
            Some(at) => at.saturating_add_signed(by).min(last),
        });
    }
}

impl Prompt {
    /// Finds what could stand at the cursor; answers what the library must be asked for, if it must: the names, and how
    /// they begin.
    pub fn complete(&mut self) -> Option<(Names, String)> {
        self.offer(&[])
    }

    /// Whether nothing was typed of the piece at the cursor. All keys could stand there, which is too much to offer unasked.
    pub fn is_at_a_gap(&self) -> bool {
        let blank = query::blank_at(self.line.text(), self.line.cursor());
        blank.key.is_none() && blank.typed.is_empty()
    }

    /// Takes in the names that the library knows.
    pub fn know(&mut self, names: &[String]) {
        self.offer(names);
    }

    fn offer(&mut self, known: &[String]) -> Option<(Names, String)> {
        let (text, cursor) = (self.line.text(), self.line.cursor());
        let (at, offers, asked) = match &self.kind {
            PromptKind::FindArticles(_) => {
                let blank = query::blank_at(text, cursor);
                let asked = blank.key.and_then(names_of).map(|names| (names, blank.typed.clone()));
                let offers = filtering::offers(&blank, known);
                (blank.at, offers, asked)
            }
            PromptKind::Tags(_) => {
                let before = text.get(..cursor).unwrap_or(text);
                let start = before.rfind(',').map_or(0, |comma| comma + 1);
                let start = start + before.get(start..).map_or(0, |piece| piece.len() - piece.trim_start().len());
                let typed = before.get(start..).unwrap_or_default().to_owned();
                let offers = known.iter().map(|tag| (tag.clone(), String::new())).collect();
                (start..cursor, offers, Some((Names::Tags, typed)))
            }
            PromptKind::FindInText(_) | PromptKind::Dates | PromptKind::FeedAddress | PromptKind::WatchName => {
                return None;
            }
        };
        let typed = text.get(at.clone()).unwrap_or_default();
        let offers = offers.into_iter().filter(|(words, _)| words != typed).take(MOST_OFFERS);
        let offers = offers.map(|(words, meaning)| Offer { words, meaning }).collect();
        self.completion = Completion { at, offers, selected: None, waiting: None };
        asked
    }

    /// Puts the chosen offer in, or the first; answers whether there was one.
    pub fn take_offer(&mut self) -> bool {
        let completion = std::mem::take(&mut self.completion);
        let Some(offer) = completion.offers.get(completion.selected.unwrap_or(0)) else { return false };
        self.line.replace(completion.at, &offer.words);
        true
    }
}

/// The names that are values of a key.
fn names_of(key: query::Key) -> Option<Names> {
    use query::Key;
    Some(match key {
        Key::Speaker => Names::Speakers,
        Key::Official => Names::Officials,
        Key::Person => Names::People,
        Key::Organization => Names::Organizations,
        Key::Role => Names::Roles,
        Key::Source => Names::Sources,
        Key::Tag => Names::Tags,
        _ => return None,
    })
}
