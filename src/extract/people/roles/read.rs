//! A phrase read as an office: its head, whom it serves, and the words to show.

use super::{Offices, Role};
use crate::{
    extract::{document::Document, terms::TermClass},
    gazetteer::{Sense, TokenKind, Word},
};

/// The word that says what the office is: its first token, its tokens, and its row; `None` for an occupation.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub(super) tok: usize,
    pub(super) len: usize,
    pub(super) office: Option<u32>,
}

impl Head {
    pub(super) fn end(self) -> usize {
        self.tok + self.len
    }
}

impl Offices<'_, '_, '_> {
    /// Reads the tokens `begin..end` as an office phrase whose head is a singular, or a `plural`; `None` without an office or
    /// occupation in it.
    pub(super) fn read(&self, begin: usize, end: usize, plural: bool) -> Option<Role> {
        let document = self.text.document;
        let head = self.head(begin, end, plural)?;
        let mut role = unserved(begin, end, head);
        self.note_served(&mut role, head);
        role.begin = self.trim_country(begin, head.tok);
        role.end = trim_tail(document, role.begin, without_rank(document, head.end(), end), head.end());
        Some(role)
    }

    /// The tokens `begin..end`, "heads the council", as the office `office` of whoever does that.
    pub(super) fn read_headed(&self, begin: usize, end: usize, office: u32) -> Role {
        let head = Head { tok: begin, len: 1, office: Some(office) };
        let mut role = unserved(begin, end, head);
        self.note_served(&mut role, head);
        role.end = trim_tail(self.text.document, begin, end, head.end());
        role
    }

    /// The first office or occupation in `begin..end`; of "the prime minister's spokesman" the last.
    fn head(&self, begin: usize, end: usize, plural: bool) -> Option<Head> {
        let document = self.text.document;
        let at = |tok: usize| {
            // "the Premier League's top scorer": what is part of another name is no office.
            let other = self.text.terms.covering(tok).filter(|t| matches!(t.class, TermClass::Body | TermClass::Other));
            let part = |len: usize| other.is_some_and(|term| term.end - term.begin > len);
            let inside = document.found(tok).iter().filter(|f| tok + f.len <= end && !part(f.len));
            inside.clone().find_map(|f| {
                let office = match f.sense {
                    Sense::Office(idx) if document.gazetteer.offices[idx as usize].plural == plural => Some(idx),
                    Sense::Occupation if !plural => None,
                    _ => return None,
                };
                Some(Head { tok, len: f.len, office })
            })
        };
        let first = (begin..end).find_map(at)?;
        let owner = document.kind(first.end()) == Some(TokenKind::Genitive);
        let owned = if owner { (first.end() + 1..end).find_map(at) } else { None };
        Some(owned.unwrap_or(first))
    }

    /// Leaves "Syria's", "the Russian", "U.S." at the front of the phrase out of the stated office.
    fn trim_country(&self, begin: usize, head: usize) -> usize {
        let (document, terms) = (self.text.document, self.text.terms);
        let mut at = begin;
        while at < head {
            let country = terms.covering(at).filter(|t| {
                t.begin == at
                    && t.end <= head
                    && (t.class == TermClass::Country
                        || (t.class == TermClass::Place && document.kind(t.end) == Some(TokenKind::Genitive)))
            });
            if let Some(term) = country {
                at = term.end;
            } else if document.kind(at) == Some(TokenKind::Genitive)
                || document.is_any(at, &["the", "a", "an", "his", "her", "its", "their", "of", "and", "-", "'", "’"])
            {
                at += 1;
            } else {
                break;
            }
        }
        at
    }
}

/// A phrase of which is not yet known whom it serves.
fn unserved(begin: usize, end: usize, head: Head) -> Role {
    Role {
        begin,
        end,
        head: head.tok..head.end(),
        office: head.office,
        country: None,
        intergovernmental: false,
        private: false,
        of_state: false,
    }
}

/// Leaves a rank or honorific behind another office out: "military spokesman Brig. Gen.".
fn without_rank(document: &Document<'_>, after_head: usize, end: usize) -> usize {
    let rank = |tok: usize| {
        let military = |idx: u32| &*document.gazetteer.offices[idx as usize].class == "military";
        let office = document.found(tok).iter().any(|found| match found.sense {
            Sense::Office(idx) => military(idx) && tok + found.len + 1 >= end,
            _ => false,
        });
        let phrase = document.found(tok).iter().any(|found| found.sense == Sense::Honorific);
        // "Adj. Sr. Comr.": the first of several that end with a point.
        let pointed = document.text(tok + 1) == ".";
        office || phrase || (document.word(tok).is(Word::HONORIFIC) && (pointed || tok + 2 >= end))
    };
    (after_head..end).find(|&tok| document.is_capitalized(tok) && rank(tok)).unwrap_or(end)
}

/// Leaves trailing small words out of the stated office.
fn trim_tail(document: &Document<'_>, begin: usize, end: usize, at_least: usize) -> usize {
    let mut at = end;
    while at > at_least.max(begin + 1) {
        let tok = at - 1;
        // "Managing Director of the Delta Commission (DC)"
        let open = (at_least..tok).rev().find(|&open| document.text(tok) == ")" && document.text(open) == "(");
        if let Some(open) = open {
            at = open;
            continue;
        }
        let small = document.tokens[tok].is_lower() && document.is_function(tok);
        if small
            || matches!(
                document.kind(tok),
                Some(TokenKind::Other | TokenKind::Hyphen | TokenKind::Genitive | TokenKind::Mark)
            )
        {
            at -= 1;
        } else {
            break;
        }
    }
    at
}
