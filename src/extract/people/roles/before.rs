//! Office phrases that end right before a name: "Syria's Minister of Foreign Affairs".

use super::{Offices, REACH, Role, covered_by, is_genitive, office_covers, opening_bracket, portfolio_covers};
use crate::{
    extract::{
        grammar::{self, is_report},
        terms::TermClass,
    },
    gazetteer::{Caps, Sense, TokenKind, Word},
};

/// Longest list of capitalized words behind "for", in tokens.
const LONGEST_COMPLEMENT: usize = 7;

impl Offices<'_, '_, '_> {
    /// The office phrase that ends right before `end`.
    pub(in crate::extract::people) fn before(&self, end: usize) -> Option<Role> {
        self.read(self.begin_before(end), end, false)
    }

    /// The same of an office in the plural: "the Swedish and Norwegian foreign ministers".
    pub(in crate::extract::people) fn plural_before(&self, end: usize) -> Option<Role> {
        self.read(self.begin_before(end), end, true)
    }

    /// The first token of the office phrase that ends right before `end`; `end` if there is none.
    fn begin_before(&self, end: usize) -> usize {
        let document = self.text.document;
        let stop = end.saturating_sub(REACH).max(document.paragraph_start(end.min(document.len().saturating_sub(1))));
        let mut begin = end;
        // The first token of the phrase that stands in no brackets.
        let mut next = end;
        while begin > stop {
            let tok = begin - 1;
            // "Member of Parliament (MP) for Kisumu"
            if let Some(open) = opening_bracket(document, tok).filter(|&open| open > stop) {
                begin = open;
                continue;
            }
            let new_sentence = document.ends_sentence(tok) && document.kind(tok) != Some(TokenKind::Word);
            if new_sentence || self.is_named(tok) || !self.may_stand_in_title(tok, next, end) {
                break;
            }
            begin = tok;
            next = tok;
        }
        begin = next;
        // Connectors and articles at the front belong to what stands before.
        while begin < end
            && (document.is_any(begin, &["of", "for", "to", "in", "and", "on", "at", "&", ",", "-", "/"])
                || document.kind(begin) == Some(TokenKind::Genitive))
        {
            begin += 1;
        }
        begin
    }

    /// Whether the token before `next` may belong to an office phrase that reaches to `end`.
    fn may_stand_in_title(&self, tok: usize, next: usize, end: usize) -> bool {
        let (document, terms) = (self.text.document, self.text.terms);
        let token = &document.tokens[tok];
        match token.kind {
            TokenKind::Genitive => terms.covering(tok - 1).is_some() || document.is_capitalized(tok - 1),
            // "president-elect", not "Rome - President Lind".
            TokenKind::Hyphen => !token.spaced && document.tokens.get(next).is_none_or(|token| !token.spaced),
            TokenKind::Stop => document.text(tok) == "." && !document.ends_sentence(tok),
            TokenKind::Word => self.word_may_stand(tok, next, end),
            // "Minister for Ports, Shipping and Waterways"
            TokenKind::Other if document.text(tok) == "," => tok > 0 && next < end && self.in_complement(tok - 1, next),
            TokenKind::Other => document.is_any(tok, &["&", "/"]),
            TokenKind::Mark => is_genitive(document, tok) && terms.covering(tok - 1).is_some(),
            TokenKind::Number => false,
        }
    }

    fn word_may_stand(&self, tok: usize, next: usize, end: usize) -> bool {
        let (document, terms) = (self.text.document, self.text.terms);
        let token = &document.tokens[tok];
        if terms.covering(tok).is_some_and(|t| t.class == TermClass::Person) {
            return false;
        }
        // "rivals Senator Lind", "met President Lind": small words are no part of an office with a capital, but "former" and
        // "military spokesman General Lind" are.
        let offices = &document.gazetteer.offices;
        let modifies = covered_by(document, tok, |sense| match sense {
            Sense::Modifier(_) | Sense::Portfolio => true,
            Sense::Office(idx) => !offices[idx as usize].plural,
            _ => false,
        });
        let joined = document.kind(next) == Some(TokenKind::Hyphen);
        let ties = document.is_any(tok, &["of", "for", "and", "to", "in", "the", "on"]);
        // "Chairman of the Kano provincial Council Lind", "the head of the Kano region Juma Okoth"
        let of_place = tok > 0 && document.is_capitalized(tok - 1) && token.is_lower();
        let word = document.word(tok);
        let adjective = word.is(Word::ADJECTIVE) && !word.is(Word::VERB);
        let of_state = document.found(tok).iter().any(|found| found.sense == Sense::StateWord);
        if of_place && ((adjective || of_state) && document.is_capitalized(next) || of_state && next == end) {
            return true;
        }
        // "Governor of the province of Kano"
        if of_state && token.is_lower() && next < end && document.is_any(next, &["of", "for"]) {
            return true;
        }
        if token.is_lower() && document.is_capitalized(next) && next < end && !modifies && !ties {
            return false;
        }
        let belongs = |sense| {
            let office = matches!(sense, Sense::Office(_) | Sense::Modifier(_) | Sense::Occupation);
            office || matches!(sense, Sense::Portfolio | Sense::Honorific)
        };
        let honorific = document.word(tok).is(Word::HONORIFIC) && token.is_capitalized();
        if honorific || covered_by(document, tok, belongs) {
            return true;
        }
        if ties {
            return next < end && self.connects(tok, next) && !self.serves_titled(tok, next, end);
        }
        // "WHO representative"
        if document.is_function(tok) && !joined && terms.covering(tok).is_none() {
            return false;
        }
        if is_report(document, tok) && token.is_lower() && !joined {
            return false;
        }
        if token.is_capitalized() {
            // "BLAST KILLS TEN Turkish President Lind": a headline ran into the next.
            let loud = |tok: usize| document.tokens.get(tok).is_some_and(|token| token.caps == Caps::All);
            if loud(tok) && token.n_bytes() > 3 && !loud(next) && terms.covering(tok).is_none() {
                return false;
            }
            let known = terms.covering(tok).is_some() || !document.word(tok).is_given();
            // "Incoming chairman", but not "Following minister": the first word of a sentence proves nothing.
            let word = document.word(tok);
            let opener = document.opens_clause(tok)
                && word.is(Word::COMMON)
                && !word.is(Word::NOUN.and(Word::ADJECTIVE))
                && terms.covering(tok).is_none();
            return known && !opener;
        }
        // "the railway minister": a noun right before an office.
        let word = document.word(tok);
        let small = Word::PREPOSITION.and(Word::AUXILIARY).and(Word::CONJUNCTION).and(Word::DETERMINER);
        let only_verb = word.is(Word::VERB.and(Word::ADVERB)) && !word.is(Word::NOUN.and(Word::ADJECTIVE));
        joined
            || (next < end
                && !document.is_function(tok)
                && !word.is(small)
                && !only_verb
                && !grammar::is_verb_here(document, tok)
                && !document.text(tok).ends_with("ing")
                && document.found(next).iter().any(|f| matches!(f.sense, Sense::Office(_))))
    }

    /// "Secretary for East Asian and Pacific Affairs": capitalized words on both sides, and an office that goes on with "for".
    fn in_complement(&self, before: usize, next: usize) -> bool {
        let document = self.text.document;
        let stop = before.saturating_sub(LONGEST_COMPLEMENT);
        let tie = (stop..=before).rev().find(|&tok| !(document.is_capitalized(tok) || document.text(tok) == ","));
        let tie = tie.filter(|&tok| tok > 0 && document.is_any(tok, &["for", "of"]));
        let is_body = |tok: usize| document.found(tok).iter().any(|found| found.sense == Sense::StateWord);
        let opens = |tok: usize| (office_covers(document, tok) || is_body(tok)) && !self.is_named(tok);
        document.is_capitalized(next) && document.is_capitalized(before) && tie.is_some_and(|tie| opens(tie - 1))
    }

    /// "a spokesman for presidential candidate Lind": the office behind "for" or "to" is hers, and the one before it somebody's
    /// who serves her.
    fn serves_titled(&self, tie: usize, next: usize, end: usize) -> bool {
        let document = self.text.document;
        let own = |tok: usize| {
            document.found(tok).iter().any(|found| match found.sense {
                Sense::Office(idx) => {
                    let office = &document.gazetteer.offices[idx as usize];
                    tok + found.len == end && !office.plural && &*office.class != "military"
                }
                _ => false,
            })
        };
        document.is_any(tie, &["for", "to"]) && !portfolio_covers(document, next) && (next..end).any(own)
    }

    /// "of", "for", "and" … inside a title: an office stands before it, a portfolio, body, place or another office after it.
    fn connects(&self, tok: usize, next: usize) -> bool {
        let (document, terms) = (self.text.document, self.text.terms);
        if document.is(tok, "the") {
            return tok > 0 && document.is_any(tok - 1, &["of", "to", "for", "in"]);
        }
        let office_after = document.found(next).iter().any(|f| matches!(f.sense, Sense::Office(_)));
        let after = document.found(next).iter().any(|f| matches!(f.sense, Sense::Portfolio))
            || terms.covering(next).is_some()
            || document.is_capitalized(next)
            || document.is(next, "the");
        let Some(before) = tok.checked_sub(1) else { return false };
        if document.is_function(before) || self.is_named(before) {
            return false;
        }
        let office_before = office_covers(document, before);
        if document.is(tok, "and") {
            let listed = |tok: usize| {
                portfolio_covers(document, tok) || (document.is_capitalized(tok) && document.word(tok).is(Word::COMMON))
            };
            return (office_before && office_after)
                || (listed(before) && listed(next))
                || self.in_complement(before, next);
        }
        let plain_of =
            (office_before || portfolio_covers(document, before) || document.is_capitalized(before)) && after;
        // "adviser to President Lind": the office after it is another's.
        plain_of && !office_after
    }
}
