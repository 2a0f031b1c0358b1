//! Which stretches of a text are names that the tables know: the longest one at each place wins.

use super::document::{Document, Found};
use crate::gazetteer::{Modifier, Sense, Word};

/// A stretch that a table knows by name: `begin..end` tokens. Its senses are those of [`Document::found`] with its length.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Term {
    pub(super) begin: usize,
    pub(super) end: usize,
    pub(super) class: TermClass,
}

/// What sort of thing a term is, as far as the search for people's names cares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TermClass {
    /// A country or its adjective.
    Country,
    /// A place inside a country.
    Place,
    /// A body, a seat of power.
    Body,
    /// The full name of someone in the tables of holders or of people.
    Person,
    /// Capitalized words that name none of these.
    Other,
}

/// All terms of a text and which one covers each token.
pub(super) struct Terms {
    pub(super) all: Vec<Term>,
    at: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Terms {
    pub(super) fn new(document: &Document<'_>) -> Self {
        let mut all = Vec::new();
        let mut at = vec![NONE; document.len()];
        let mut tok = 0;
        while tok < document.len() {
            // "east London" is a part of London, and not East London.
            let lower = document.tokens[tok].is_lower() && !document.word(tok).is(Word::PARTICLE.and(Word::FUNCTION));
            // "US$5 million" is a sum of money.
            let money = document.text(tok + 1) == "$" && document.tokens.get(tok + 1).is_some_and(|next| !next.spaced);
            let named = |len: usize| !money && !names_street(document, tok, len);
            let fits = |class: &TermClass| !lower || *class != TermClass::Place;
            let best = document.find(tok, |found| class(found).filter(|class| fits(class) && named(found.len)));
            match best {
                Some((len, class)) => {
                    // Several senses of one length: the class that says most about the words wins.
                    let same = document.found(tok).iter().filter(|found| found.len == len);
                    let class = same
                        .filter_map(|found| self::class(*found))
                        .filter(fits)
                        .min_by_key(|&c| rank(c))
                        .unwrap_or(class);
                    at[tok..tok + len].fill(all.len() as u32);
                    all.push(Term { begin: tok, end: tok + len, class });
                    tok += len;
                }
                None => tok += 1,
            }
        }
        Self { all, at }
    }

    /// The term that covers `tok`.
    pub(super) fn covering(&self, tok: usize) -> Option<Term> {
        self.all.get(*self.at.get(tok)? as usize).copied()
    }

    /// The senses of a term.
    pub(super) fn senses<'d>(document: &'d Document<'_>, term: Term) -> impl Iterator<Item = Sense> + 'd {
        let len = term.end - term.begin;
        document.found(term.begin).iter().filter(move |found| found.len == len).map(|found| found.sense)
    }
}

/// "Jordan Street": the `len` words from `tok` on are those before the last word of a street.
fn names_street(document: &Document<'_>, tok: usize, len: usize) -> bool {
    let last = tok + len;
    document.is_capitalized(tok)
        && document.is_capitalized(last)
        && document.word(last).is(Word::STREET)
        && !document.opens_paragraph(last)
}

fn class(found: Found) -> Option<TermClass> {
    match found.sense {
        Sense::Country(_) | Sense::Demonym(_) => Some(TermClass::Country),
        Sense::City(_) | Sense::Region(_) => Some(TermClass::Place),
        Sense::Organization(_) | Sense::Metonym(..) => Some(TermClass::Body),
        Sense::Holder(_) => Some(TermClass::Person),
        // A one-word name is weighed like any other.
        Sense::Person(_) => (found.len > 1).then_some(TermClass::Person),
        Sense::Blocker(_) | Sense::NotName => Some(TermClass::Other),
        _ => None,
    }
}

fn rank(class: TermClass) -> u8 {
    match class {
        TermClass::Person => 0,
        TermClass::Country => 1,
        TermClass::Body => 2,
        TermClass::Other => 3,
        TermClass::Place => 4,
    }
}

impl Document<'_> {
    /// The length of the office, modifier or honorific at `tok` that can stand before a name.
    pub(super) fn title_at(&self, tok: usize) -> Option<usize> {
        let honorific = self.word(tok).is(Word::HONORIFIC) && self.is_capitalized(tok);
        self.find(tok, |found| match found.sense {
            Sense::Office(_) | Sense::Honorific | Sense::Modifier(Modifier::Former | Modifier::Other) => Some(()),
            _ => None,
        })
        .map(|(len, ())| len)
        .or_else(|| honorific.then(|| 1 + usize::from(self.text(tok + 1) == ".")))
    }
}
