//! Office phrases in apposition or behind a copula: "Lind, the foreign minister of Libya", "Libya's foreign minister, Lind".

use super::{
    LONGEST_BRACKETS, Offices, REACH, Role, closing_bracket, covered_by, is_genitive, office_covers, opening_bracket,
    portfolio_covers,
};
use crate::{
    extract::{
        document::Document,
        grammar::{self, is_report},
        terms::TermClass,
    },
    gazetteer::{Caps, Sense, TokenKind, Word},
};

/// Words that end an office phrase: its clause, or what happened with it.
const ENDS: &[&str] = &[
    "who", "which", "that", "whose", "was", "is", "has", "had", "were", "are", "will", "would", "as", "but", "when",
    "while", "after", "before", "where", "during", "since", "from", "until", "told", "by", "because", "if", "did",
    "does", "can", "could", "may", "might", "must", "should", "once", "under", "also",
];

/// What can stand before an office phrase without being part of it.
const OPENERS: &[&str] = &[
    "the",
    "a",
    "an",
    "his",
    "her",
    "their",
    "its",
    "our",
    "also",
    "currently",
    "now",
    "once",
    "as",
    "one",
    "of",
    "then",
    "himself",
    "herself",
    "previously",
];

/// What ties the one who is served to an office.
const TIES: &[&str] = &["to", "of", "for", "under", "with"];

impl Offices<'_, '_, '_> {
    /// The office phrases that begin at `begin`: "the foreign minister of Libya and a former judge".
    pub(super) fn after(&self, begin: usize) -> Vec<Role> {
        let document = self.text.document;
        let mut found = Vec::new();
        let mut begin = begin;
        while let Some((role, end)) = self.one_after(begin) {
            found.push(role);
            if !document.is(end, "and") || !document.is_any(end + 1, &["the", "a", "an", "former"]) {
                break;
            }
            begin = end + 1;
        }
        found
    }

    /// The office phrase that begins at `begin`, and the token that ends its words.
    pub(super) fn one_after(&self, begin: usize) -> Option<(Role, usize)> {
        let document = self.text.document;
        let limit = (begin + REACH).min(document.paragraph_end(begin.min(document.len().saturating_sub(1))));
        let mut begin = begin;
        while begin < limit && document.is_any(begin, OPENERS) {
            begin += 1;
        }
        let mut end = begin;
        while end < limit {
            if self.is_named(end) && !self.is_named(end.saturating_sub(1)) && !self.serves_named(begin, end) {
                return None;
            }
            // "the World Bank's (WB) director for Kenya"
            if end > begin
                && closing_bracket(document, end) == Some(end + 2)
                && document.tokens[end + 1].caps == Caps::All
                && document.kind(end + 3) == Some(TokenKind::Word)
            {
                end += 3;
                continue;
            }
            if self.breaks_off(begin, end) {
                break;
            }
            if document.ends_sentence(end) {
                end += usize::from(document.kind(end) == Some(TokenKind::Word));
                break;
            }
            end += 1;
        }
        // The head of the phrase must stand near its front, or the words are about something else.
        let near = (begin..end).take(9).take_while(|&tok| !document.is_any(tok, &["of", "in", "at", "with", "from"]));
        near.clone()
            .any(|tok| document.found(tok).iter().any(|f| matches!(f.sense, Sense::Office(_) | Sense::Occupation)))
            .then_some(())?;
        Some((self.read(begin, end, false)?, end))
    }

    /// "who heads the village council", "who chairs the committee on agriculture", at `who`.
    pub(super) fn headship(&self, who: usize) -> Option<Role> {
        let document = self.text.document;
        let begin = who + 1;
        let heads =
            document.is_any(begin, &["heads", "headed", "leads", "led", "chairs", "chaired", "runs", "ran", "directs"]);
        let speaks = document.is(begin, "speaks") && document.is(begin + 1, "for");
        let office = document.gazetteer.office_of_head.filter(|_| document.is(who, "who") && (heads || speaks))?;
        let limit = (begin + REACH).min(document.paragraph_end(begin));
        let ends =
            |tok: usize| document.text(tok) == "," || document.ends_sentence(tok) || self.breaks_off(begin + 1, tok);
        let end = (begin + 1..limit).find(|&tok| ends(tok))?;
        Some(self.read_headed(begin, end, office)).filter(|role| role.of_state || role.intergovernmental)
    }

    /// "adviser to President Okoth": the name at `name` is whom the office serves. In "Foreign Minister Okoth" it is another
    /// person with an office of their own.
    fn serves_named(&self, begin: usize, name: usize) -> bool {
        let document = self.text.document;
        let tie = (begin..name).rev().find(|&tok| document.is_any(tok, TIES));
        let own_title = |tok: usize| {
            office_covers(document, tok)
                || self.text.terms.covering(tok).is_some()
                || document.word(tok).is(Word::HONORIFIC.and(Word::DETERMINER))
                || document.kind(tok) != Some(TokenKind::Word)
                || document.is(tok, "then")
        };
        tie.is_some_and(|tie| {
            let between = || tie + 1..name;
            let titled = |tok| document.found(tok).iter().any(|f| matches!(f.sense, Sense::Office(_)));
            between().all(own_title) && (between().is_empty() || between().any(titled))
        })
    }

    fn breaks_off(&self, begin: usize, end: usize) -> bool {
        let document = self.text.document;
        let word = document.text(end);
        let comma_goes_on = word == "," && self.comma_in_office(end);
        let breaks = matches!(word, ";" | "(" | ")" | "—" | "–" | "--" | ":" | "[") || (word == "," && !comma_goes_on);
        let dash = document.kind(end) == Some(TokenKind::Hyphen) && document.tokens[end].spaced;
        let verb = document.tokens[end].is_lower()
            && (is_report(document, end) && !office_covers(document, end)
                || document.is_any(end, ENDS)
                || (end > begin
                    && grammar::is_verb_here(document, end)
                    && !office_covers(document, end)
                    && !portfolio_covers(document, end)));
        let dated = document.is_any(end, &["in", "on"]) && is_time(document, end + 1);
        let stray_and = document.is(end, "and") && !and_in_office(document, end);
        breaks || dash || verb || dated || stray_and || document.kind(end) == Some(TokenKind::Mark)
    }

    /// A comma inside an office: "Minister of Energy, Mines and Industry".
    fn comma_in_office(&self, comma: usize) -> bool {
        let document = self.text.document;
        let listed = |tok: usize| {
            document.is_capitalized(tok)
                && self.text.terms.covering(tok).is_none()
                && !office_covers(document, tok)
                && document.word(tok).is(Word::COMMON)
        };
        let listed =
            (listed(comma + 1) || portfolio_covers(document, comma + 1)) && portfolio_covers(document, comma - 1);
        // "Lind, Director of Operations, World Bank.": the body stands at the end.
        let body = self.text.terms.covering(comma + 1).filter(|term| term.class == TermClass::Body);
        let body_ends =
            body.is_some_and(|body| matches!(document.text(body.end), "," | ";") || document.ends_sentence(body.end));
        listed || (body_ends && document.is_capitalized(comma + 1))
    }

    /// "the head of the agency's conference services," before a name: the whole phrase between the comma and what ends before it.
    pub(super) fn left_apposition(&self, comma: usize) -> Option<Role> {
        let document = self.text.document;
        let stop = comma.saturating_sub(REACH).max(document.paragraph_start(comma));
        let belongs = |&tok: &usize| {
            // "the minister in question", "the state government"
            let governed =
                !document.opens_paragraph(tok) && document.word(tok - 1).is(Word::PREPOSITION.and(Word::DETERMINER));
            let noun = governed && document.word(tok).is(Word::NOUN);
            let verb = document.tokens[tok].is_lower()
                && !noun
                && (is_report(document, tok)
                    || document.word(tok).is(Word::AUXILIARY)
                    || grammar::is_verb_here(document, tok))
                && !office_covers(document, tok)
                && !portfolio_covers(document, tok)
                // "the lawmaker representing Kano", "the officer commanding the brigade"
                && !(document.text(tok).ends_with("ing") && tok > 0 && office_covers(document, tok - 1));
            let word = !matches!(document.kind(tok), Some(TokenKind::Mark | TokenKind::Other | TokenKind::Stop));
            let small = ["and", "but", "where", "when", "while", "who", "was", "is", "with", "by", "that"];
            let in_brackets = || {
                (tok..(tok + LONGEST_BRACKETS).min(comma))
                    .find(|&close| document.text(close) == ")")
                    .and_then(|close| opening_bracket(document, close))
                    .is_some_and(|open| open <= tok && open > stop)
            };
            (word && !verb && !self.is_named(tok) && !document.is_any(tok, &small))
                || (document.text(tok) == "." && !document.ends_sentence(tok))
                || (document.is(tok, "and") && and_in_office(document, tok))
                || is_genitive(document, tok)
                || document.is_any(tok, &["&", "/"])
                || in_brackets()
        };
        let begin = (stop..comma).rev().take_while(belongs).last()?;
        let is_definite = |tok: usize| {
            document.is_any(tok, &["the", "a", "an", "his", "her", "its", "their", "whose"])
                || is_genitive(document, tok + 1)
                || self.text.places.at(tok).is_some()
        };
        let head_near = |tok: usize| {
            (tok..comma)
                .take(8)
                .take_while(|&at| {
                    let article = at > tok && document.is_any(at, &["the", "a", "an", "his", "her"]);
                    !article && !document.is_any(at, &["of", "in", "at", "for", "to"])
                })
                .any(|at| document.found(at).iter().any(|f| matches!(f.sense, Sense::Office(_))))
        };
        let definite = (begin..comma).find(|&tok| is_definite(tok) && head_near(tok))?;
        self.read(definite, comma, false)
    }

    /// "Managing Director, Delta Development Commission (DDC)," before a name: the body stands between commas.
    pub(super) fn before_body(&self, comma: usize) -> Option<Role> {
        let document = self.text.document;
        let stop = comma.saturating_sub(LONGEST_BODY).max(document.paragraph_start(comma));
        let opening = (stop..comma).rev().find(|&tok| document.text(tok) == ",")?;
        let body = opening + 1..comma;
        let named = body.clone().all(|tok| {
            document.is_capitalized(tok) || document.is_any(tok, &["of", "for", "and", "the", "on", "&", "(", ")"])
        });
        let is_body = body.len() == 1
            || body.clone().any(|tok| {
                document.word(tok).is(Word::TAIL)
                    || document.found(tok).iter().any(|f| matches!(f.sense, Sense::StateWord | Sense::Organization(_)))
            });
        let is_office = |sense| matches!(sense, Sense::Office(_) | Sense::Occupation);
        let free = body.clone().all(|tok| !self.is_named(tok) && !covered_by(document, tok, is_office));
        let role = self.before(opening).filter(|role| role.office.is_some() && role.end == opening)?;
        let short = body.len() < 2 && document.tokens[body.start].caps != Caps::All;
        if short || !(named && is_body && free && document.is_capitalized(role.head.start)) {
            return None;
        }
        self.read(role.begin, comma, false)
    }
}

/// Longest name of a body between two commas, in tokens.
const LONGEST_BODY: usize = 14;

/// "in March", "on Monday", "in 2023", "in the first week": no part of an office.
fn is_time(document: &Document<'_>, tok: usize) -> bool {
    let first = if document.word(tok).is(Word::DETERMINER) { tok + 1 } else { tok };
    document.kind(first) == Some(TokenKind::Number)
        || document.word(first).is(Word::TIME)
        || document.found(first).iter().any(|found| found.sense == Sense::NotName && found.len == 1)
}

fn and_in_office(document: &Document<'_>, tok: usize) -> bool {
    let Some(before) = tok.checked_sub(1) else { return false };
    let office = |tok: usize| office_covers(document, tok) || portfolio_covers(document, tok);
    (document.is_capitalized(before) && document.is_capitalized(tok + 1))
        || office(tok + 1)
        || portfolio_covers(document, before)
}
