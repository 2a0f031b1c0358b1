//! The office that stands beside a name: before it, after it in apposition, or behind "is", "was", "became".
//!
//! An office phrase is read as a chunk of words that may belong to one (offices, modifiers, portfolios, countries, bodies
//! and the small words between them), and kept only if it holds an office or an occupation. Names of other people end it.

mod after;
mod before;
mod read;
mod served;

use std::ops::Range;

use super::names::NameMention;
use crate::{
    extract::{Text, document::Document},
    gazetteer::{Officialdom, Sense, TokenKind, Word},
    model::CountryCode,
};

/// An office as the text states it beside a name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::extract) struct Role {
    /// Tokens of the stated office, the country before it left out.
    pub(in crate::extract) begin: usize,
    pub(in crate::extract) end: usize,
    /// Tokens of the head.
    pub(in crate::extract) head: Range<usize>,
    /// The head: index into the table of offices; `None` for an occupation.
    pub(in crate::extract) office: Option<u32>,
    /// The state that the phrase names.
    pub(in crate::extract) country: Option<CountryCode>,
    /// The phrase names an intergovernmental body.
    pub(in crate::extract) intergovernmental: bool,
    /// The phrase names a party, a company, a newspaper or an armed movement.
    pub(in crate::extract) private: bool,
    /// The phrase names a ministry, a parliament, or another office of state that this one serves.
    pub(in crate::extract) of_state: bool,
}

/// Farthest an office phrase reaches, in tokens.
const REACH: usize = 24;

/// A text in which offices are looked for, and which of its words are names of people.
pub(in crate::extract) struct Offices<'r, 't, 'a> {
    text: &'r Text<'t, 'a>,
    named: Vec<bool>,
}

impl<'r, 't, 'a> Offices<'r, 't, 'a> {
    /// `names` are full names that surely are people.
    pub(super) fn new<'n>(text: &'r Text<'t, 'a>, names: impl Iterator<Item = &'n NameMention>) -> Self {
        let mut named = vec![false; text.document.len()];
        for name in names {
            named[name.begin..name.end].fill(true);
        }
        Self { text, named }
    }

    /// Whether `tok` is part of somebody's name.
    fn is_named(&self, tok: usize) -> bool {
        self.named.get(tok).copied().unwrap_or(false)
    }

    /// Every office stated beside the name at `begin..end`.
    pub(super) fn beside(&self, begin: usize, end: usize) -> Vec<Role> {
        let document = self.text.document;
        let mut found = Vec::new();
        let mut titled = self.before(begin);
        if let Some(role) = &mut titled {
            self.note_served_behind(end, role);
        }
        found.extend(titled);
        // "the mayor of Nairobi (Anna Lind)"
        let open = before_honorifics(document, begin).wrapping_sub(1);
        if document.text(open) == "(" && document.text(end) == ")" {
            found.extend(self.before(open));
        }
        // "Germany's foreign minister, Anna Lind, said"
        // "…, said", "…, General Anna Lind, said": the comma stands before the name or before its title.
        let front = found.first().map_or_else(|| before_honorifics(document, begin), |role| role.begin);
        if front >= 2 && document.text(front - 1) == "," && !document.opens_paragraph(front) {
            let honored = front < begin;
            let closed = || self.before(front - 1).filter(|role| self.is_closed_apposition(role, end, honored));
            let with_body = || self.before_body(front - 1);
            found.extend(self.left_apposition(front - 1).or_else(closed).or_else(with_body));
        }
        let copula = document.is_any(end, &["is", "was", "became", "serves", "served", "remains", "remained"]);
        if document.text(end) == "," && !document.opens_paragraph(end + 1) {
            let aged = document.kind(end + 1) == Some(TokenKind::Number) && document.text(end + 2) == ",";
            let mut begin = if aged { end + 3 } else { end + 1 };
            if document.is(begin, "who") && document.is_any(begin + 1, &["is", "was", "serves", "served", "became"]) {
                begin += 2;
                let appointed = ["named", "appointed", "elected", "sworn", "made", "chosen", "picked", "nominated"];
                if document.is_any(begin, &appointed) {
                    begin += 1 + usize::from(document.is_any(begin + 1, &["as", "in"]));
                }
                begin += usize::from(document.is(begin, "as"));
            }
            found.extend(self.headship(begin));
            if found.is_empty() || !self.introduces_next(begin) {
                found.extend(self.after(begin));
            }
            // "one of them, Anna Lind, is a senator"
            if document.is_any(end + 1, &["is", "was"]) && self.opens_office(end + 2) {
                found.extend(self.after(end + 2));
            }
        } else if document.text(end) == "(" || (copula && self.opens_office(end + 1)) {
            found.extend(self.after(end + 1));
        }
        found
    }

    /// The office phrase that begins at `begin` is that of the name behind it, as in a list of titles and names: "Minister of
    /// Water, Anna Lind, Secretary of Energy, Juma Okoth, …".
    fn introduces_next(&self, begin: usize) -> bool {
        let document = self.text.document;
        let Some((_, end)) = self.one_after(begin) else { return false };
        let mut next = end + 1;
        while (document.word(next).is(Word::HONORIFIC) && document.is_capitalized(next)) || document.text(next) == "." {
            next += 1;
        }
        document.text(end) == "," && self.is_named(next)
    }

    /// The phrase behind the comma `comma` is about the name before it, which has no other title.
    fn is_about_earlier(&self, comma: usize) -> bool {
        let Some(last) = comma.checked_sub(1).filter(|&tok| self.is_named(tok)) else { return false };
        let begin = (0..=last).rev().take_while(|&tok| self.is_named(tok)).last().unwrap_or(last);
        let apposed = begin > 1 && self.text.document.text(begin - 1) == ",";
        self.before(if apposed { begin - 1 } else { begin }).is_none()
    }

    /// "the foreign minister," before a name is about that name if it says who: an article, a genitive or a country stands
    /// first, or it hangs on a preposition, or it is a whole title.
    fn is_closed_apposition(&self, role: &Role, name_end: usize, honored: bool) -> bool {
        let document = self.text.document;
        let before = role.begin.wrapping_sub(1);
        // "with line minister, Anna Lind,": what hangs on a preposition and is closed by a comma.
        let closed = document.text(name_end) == "," || document.ends_sentence(name_end);
        let hangs = document.word(before).is(Word::PREPOSITION) && closed;
        // "Governor of Kano State, Alhaji Juma Okoth": a title with all that belongs to it.
        let opens = honored || (document.opens_clause(role.begin) && document.text(name_end) == ",");
        let full = document.is_capitalized(role.head.start) && (role.end > role.head.end || opens);
        let whole = full && (document.text(before) != "," || !self.is_about_earlier(before));
        hangs
            || whole
            || document.is_any(before, &["the", "his", "her", "its", "their", "a", "an"])
            || is_genitive(document, before)
            || role.country.is_some()
    }

    /// "President Okoth of Kenya", "Director Lind of the UN": whom the name at `..end` says that `role` serves.
    fn note_served_behind(&self, end: usize, role: &mut Role) {
        let document = self.text.document;
        if document.is(end, "of") {
            let at = end + 1 + usize::from(document.is(end + 1, "the"));
            // "Senator Okoth of the People's Party" serves the state.
            let private = role.private;
            if let Some(term) = self.text.terms.covering(at).filter(|term| term.begin == at) {
                self.note_term(term, role);
            }
            role.private = private;
        } else if let Some(code) = self.state_in_brackets(end).filter(|_| !role.intergovernmental) {
            role.country.get_or_insert(code);
        }
    }

    /// "Rep. Okoth (R-Calif.)", "Sen. Okoth, D-Va.,": the state behind the party's letter.
    fn state_in_brackets(&self, end: usize) -> Option<CountryCode> {
        let document = self.text.document;
        let letter = document.is_any(end, &["(", ","]) && document.text(end + 1).len() == 1;
        let hyphen = document.kind(end + 2) == Some(TokenKind::Hyphen);
        let regions = &document.gazetteer.regions;
        document
            .find(end + 3, |found| match found.sense {
                Sense::Region(idx) | Sense::RegionShort(idx) if letter && hyphen => Some(regions[idx as usize].code),
                _ => None,
            })
            .map(|(_, code)| code)
    }

    /// An article, a country or an office: what an office phrase begins with behind "is" or "became".
    fn opens_office(&self, tok: usize) -> bool {
        let document = self.text.document;
        let office = document.found(tok).iter().any(|f| matches!(f.sense, Sense::Office(_) | Sense::Modifier(_)));
        document.is_any(tok, &["the", "a", "an", "as", "one"]) || office || self.text.places.at(tok).is_some()
    }
}

/// The first token of the honorifics right before a name: "Alhaji Okoth", "Dr, Anna Lind".
fn before_honorifics(document: &Document<'_>, begin: usize) -> usize {
    let mut front = begin;
    while front > 0 && !document.opens_paragraph(front) {
        let tok = front - 1;
        // "Dr., the Hon. Okoth", "Dato' Okoth"
        let pointed = matches!(document.text(tok), "." | "," | "'" | "’") && tok > 0;
        let word = if pointed { tok - 1 } else { tok };
        let article = front < begin && document.is(tok, "the");
        let honorific = document.word(word).is(Word::HONORIFIC) && document.is_capitalized(word);
        if !(article || honorific) {
            break;
        }
        front = word;
    }
    front
}

/// "'s", or the apostrophe behind a plural: "the Philippines' ambassador".
fn is_genitive(document: &Document<'_>, tok: usize) -> bool {
    let Some(token) = document.tokens.get(tok) else { return false };
    let apostrophe = token.kind == TokenKind::Mark && !token.spaced && matches!(document.text(tok), "'" | "’");
    let behind_plural = tok > 0 && document.text(tok - 1).ends_with('s');
    let goes_on = document.tokens.get(tok + 1).is_some_and(|next| next.spaced && next.kind == TokenKind::Word);
    token.kind == TokenKind::Genitive || (apostrophe && behind_plural && goes_on)
}

/// Longest words within brackets that an office phrase goes on behind, in tokens.
const LONGEST_BRACKETS: usize = 8;

/// The bracket that opens what `close` closes: "Member of Parliament (MP)".
fn opening_bracket(document: &Document<'_>, close: usize) -> Option<usize> {
    if document.text(close) != ")" {
        return None;
    }
    let stop = close.saturating_sub(LONGEST_BRACKETS).max(document.paragraph_start(close));
    let inside = (stop..close).rev().take_while(|&tok| !document.ends_sentence(tok) && document.text(tok) != ")");
    inside.into_iter().find(|&tok| document.text(tok) == "(")
}

/// The bracket that closes what `open` opens.
fn closing_bracket(document: &Document<'_>, open: usize) -> Option<usize> {
    if document.text(open) != "(" {
        return None;
    }
    let stop = (open + LONGEST_BRACKETS).min(document.paragraph_end(open));
    (open + 1..stop).find(|&tok| document.text(tok) == ")" && opening_bracket(document, tok) == Some(open))
}

fn covered_by(document: &Document<'_>, tok: usize, is: impl Fn(Sense) -> bool) -> bool {
    (tok.saturating_sub(7)..=tok)
        .any(|begin| document.found(begin).iter().any(|found| begin + found.len > tok && is(found.sense)))
}

fn office_covers(document: &Document<'_>, tok: usize) -> bool {
    covered_by(document, tok, |sense| matches!(sense, Sense::Office(_) | Sense::Modifier(_) | Sense::Occupation))
}

fn portfolio_covers(document: &Document<'_>, tok: usize) -> bool {
    covered_by(document, tok, |sense| sense == Sense::Portfolio)
}

impl Role {
    /// The office as the text states it; of several holders ("Foreign Ministers") in the singular.
    pub(in crate::extract) fn words(&self, document: &Document<'_>) -> String {
        let plural = self.office.map(|idx| &document.gazetteer.offices[idx as usize]).filter(|office| office.plural);
        let Some(office) = plural.filter(|_| self.begin <= self.head.start && self.head.end <= self.end) else {
            return document.words_of(self.begin, self.end);
        };
        let capital = document.is_capitalized(self.head.start);
        let word = |word: &str| match word.chars().next().filter(|_| capital) {
            Some(first) => first.to_uppercase().chain(word.chars().skip(1)).collect(),
            None => word.to_owned(),
        };
        let head: Vec<String> = office.phrase.split(' ').map(word).collect();
        let parts = [
            document.words_of(self.begin, self.head.start),
            head.join(" "),
            document.words_of(self.head.end, self.end),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Whether the office makes its holder an official.
    pub(in crate::extract) fn is_official(&self, document: &Document<'_>) -> bool {
        let Some(office) = self.office.and_then(|idx| document.gazetteer.offices.get(idx as usize)) else {
            return false;
        };
        match office.officialdom {
            Officialdom::Always => !(self.private && self.country.is_none()),
            // A country alone makes no official of a manager: "chief executive of Hutchens Kenya".
            Officialdom::OfState => {
                let of_country = self.country.is_some() && !self.private && &*office.class != "executive";
                self.intergovernmental || self.of_state || of_country
            }
            Officialdom::Never => false,
        }
    }
}
