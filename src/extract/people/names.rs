//! Which capitalized stretches are the name of a person.
//!
//! A run of capitalized words, initials, particles and hyphens is cut free of titles and of the words that merely begin
//! a sentence; what stands in and around it is then weighed with the table `assets/weights/person.tsv`.

use super::{
    evidence,
    runs::{SUFFIXES, goes_on_as_body, is_tail, known_name_end, run_end, touches, trim_back, trim_front},
};
use crate::{
    extract::{
        document::Document,
        terms::{TermClass, Terms},
    },
    gazetteer::{Gender, Sense, TokenKind, Weights, Word},
};

/// A stretch that may name a person: `begin..end` tokens, title left out.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::extract) struct NameMention {
    pub(in crate::extract) begin: usize,
    pub(in crate::extract) end: usize,
    /// Hashes of the words that tell people apart: no particles, initials as the hash of their letter.
    pub(in crate::extract) parts: Vec<u64>,
    /// The name's last part, or the first where the surname comes first: index into `parts`.
    pub(in crate::extract) surname: usize,
    /// Sum of the weights of what speaks for a person and against it.
    pub(in crate::extract) score: f32,
    /// What the weights were added up for, if asked.
    pub(in crate::extract) reasons: Vec<&'static str>,
    /// A title, rank or honorific stands right before it.
    pub(in crate::extract) titled: bool,
    /// The gender that an honorific or a given name shows.
    pub(in crate::extract) gender: Option<Gender>,
    /// "Sr." stands behind it: the father of somebody of the same name.
    pub(in crate::extract) senior: bool,
    /// An honorific showed the gender, so it is sure.
    pub(in crate::extract) gender_sure: bool,
    /// Index into the table of holders, where the whole name stands there.
    pub(in crate::extract) holder: Option<u32>,
}

impl NameMention {
    /// More than one part: enough to tell a person from others.
    pub(in crate::extract) fn is_full(&self) -> bool {
        self.parts.len() > 1
    }
}

/// Every stretch that looks like a name, in order, with its score.
pub(in crate::extract) fn names(document: &Document<'_>, terms: &Terms, weights: &Weights) -> Vec<NameMention> {
    let mut all = Vec::new();
    let mut tok = 0;
    let mut titled = false;
    let mut honorific = None;
    let mut royal = false;
    while tok < document.len() {
        if let Some(term) = terms.covering(tok).filter(|t| t.begin == tok && t.class == TermClass::Person) {
            let end = known_name_end(document, terms, term);
            // "U Thant Zaw" is not U Thant.
            let honored = end > term.end && document.word(tok).is(Word::HONORIFIC);
            let begin = tok + usize::from(honored);
            // "Nelson Mandela Bay"
            if !goes_on_as_body(document, end) {
                all.push(mention(document, terms, weights, begin, end, titled || honored, honorific));
            }
            tok = end;
            titled = false;
            honorific = None;
            continue;
        }
        if let Some(len) = party_and_state(document, tok) {
            tok += len;
            titled = false;
            honorific = None;
            continue;
        }
        if let Some(len) = document.title_at(tok).filter(|_| !begins_given_name(document, tok)) {
            // "former" alone stands before anything.
            titled |= !document.found(tok).iter().any(|f| f.len == len && matches!(f.sense, Sense::Modifier(_)))
                || document.found(tok).iter().any(|f| f.len == len && matches!(f.sense, Sense::Office(_)));
            honorific = document.word(tok).is(Word::HONORIFIC).then(|| document.word(tok).gender()).flatten();
            royal = document.word(tok).is(Word::HONORIFIC) && honorific.is_some();
            tok += len;
            // "President-elect": the modifier behind a hyphen belongs to the title.
            if document.kind(tok) == Some(TokenKind::Hyphen) && document.title_at(tok + 1).is_some() {
                tok += 1 + document.title_at(tok + 1).unwrap_or(0);
            }
            continue;
        }
        match run_end(document, terms, tok) {
            Some(end) => {
                let begin = trim_front(document, tok, end);
                let last = trim_back(document, begin, end);
                // "King Edward Street"
                let thing = royal && (is_tail(document, last.saturating_sub(1)) || goes_on_as_body(document, last));
                if begin < last {
                    all.push(mention(
                        document,
                        terms,
                        weights,
                        begin,
                        last,
                        titled && begin == tok && !thing,
                        honorific,
                    ));
                }
                tok = end;
            }
            None => tok += 1,
        }
        titled = false;
        honorific = None;
        royal = false;
    }
    all
}

/// "R-Calif." behind the name of a legislator: party and state.
fn party_and_state(document: &Document<'_>, tok: usize) -> Option<usize> {
    let letter = document.text(tok).len() == 1 && document.is_capitalized(tok);
    let hyphen = document.kind(tok + 1) == Some(TokenKind::Hyphen) && touches(document, tok + 1);
    let state = document.is_capitalized(tok + 2) && touches(document, tok + 2);
    let opens = tok > 0 && document.is_any(tok - 1, &["(", ",", "["]);
    (letter && hyphen && state && opens).then_some(3)
}

/// A title's word that is a given name with a surname after it ("Earl Warren", "Major Singh") opens a name.
fn begins_given_name(document: &Document<'_>, tok: usize) -> bool {
    let word = document.word(tok);
    word.is_given()
        && !word.is(Word::HONORIFIC)
        && document.is_capitalized(tok)
        && document.is_capitalized(tok + 1)
        && !document.found(tok).iter().any(|f| f.len > 1)
        && document.found(tok).iter().all(|f| !matches!(f.sense, Sense::Office(_)))
}

fn mention(
    document: &Document<'_>,
    terms: &Terms,
    weights: &Weights,
    begin: usize,
    end: usize,
    titled: bool,
    honorific: Option<Gender>,
) -> NameMention {
    // "Ben Okoth", where "ben" is a particle elsewhere.
    let is_called = |tok: usize| {
        let joined = document.kind(tok + 1) != Some(TokenKind::Word);
        tok == begin
            && !joined
            && document.word(tok).is_given()
            && !document.word(tok).is(Word::AMBIGUOUS)
            && document.is_capitalized(tok)
    };
    let is_part = |&tok: &usize| {
        document.kind(tok) == Some(TokenKind::Word)
            && (!document.word(tok).is(Word::PARTICLE) || is_surname_like(document, tok, end) || is_called(tok))
            && !document.is_any(tok, SUFFIXES)
    };
    let part_tokens: Vec<usize> = (begin..end).filter(is_part).collect();
    let parts: Vec<u64> = part_tokens.iter().map(|&tok| document.tokens[tok].hash).collect();
    let first = part_tokens.first().copied().unwrap_or(begin);
    let last = part_tokens.last().copied().unwrap_or(begin);
    let eastern = parts.len() >= 2
        && document.word(first).is(Word::EASTERN)
        && !document.word(last).is(Word::EASTERN)
        && (parts.len() > 2 || !document.word(last).is(Word::SURNAME));
    let surname = if eastern { 0 } else { parts.len().saturating_sub(1) };
    let holder = (begin..end).next().and_then(|tok| {
        document.find(tok, |found| match found.sense {
            Sense::Holder(idx) if found.len == end - begin => Some(idx),
            _ => None,
        })
    });
    let given = if eastern { last } else { first };
    // "James B. Okoth" is the James Okoth of the table.
    let initials = part_tokens.len() > 2
        && part_tokens[1..part_tokens.len() - 1].iter().all(|&tok| document.text(tok).chars().count() == 1);
    let by_ends = || {
        let ends = (*parts.first()?, *parts.last()?);
        document.gazetteer.holders_by_ends.get(&ends).copied().filter(|_| initials)
    };
    let holder = holder.map(|(_, idx)| idx).or_else(by_ends);
    let known = document.find(begin, |found| match found.sense {
        Sense::Person(gender) if found.len == end - begin => Some(gender),
        _ => None,
    });
    let gender = honorific
        .or_else(|| holder.and_then(|idx| document.gazetteer.holders[idx as usize].gender))
        .or_else(|| known.and_then(|(_, gender)| gender))
        .or_else(|| document.word(given).gender());
    let mut mention = NameMention {
        begin,
        end,
        parts,
        surname,
        score: 0.0,
        reasons: Vec::new(),
        titled,
        gender,
        senior: part_tokens.len() > 1 && (begin..end).any(|tok| document.is(tok, "sr")),
        gender_sure: honorific.is_some() || holder.is_some(),
        holder,
    };
    mention.reasons = evidence::features(document, terms, &mention, &part_tokens);
    mention.reasons.extend(
        known.map(|_| if part_tokens.len() > 1 { "full name of a known person" } else { "one name of a known person" }),
    );
    mention.score = weights.sum(mention.reasons.iter().copied());
    mention
}

/// A particle that here is the name itself ("Ban", "Le" at the end).
fn is_surname_like(document: &Document<'_>, tok: usize, end: usize) -> bool {
    tok + 1 == end && document.is_capitalized(tok)
}
