//! Which capitalized stretches are the name of a person.
//!
//! A run of capitalized words, initials, particles and hyphens is cut free of titles and of the words that merely begin
//! a sentence; what stands in and around it is then weighed with the table `assets/weights/person.tsv`.

use super::evidence;
use crate::{
    extract::{
        document::Document,
        terms::{Term, TermClass, Terms},
    },
    gazetteer::{Caps, Gender, Sense, TokenKind, Weights, Word},
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

/// A capitalized last word of a body or place stands right behind a name that ends with `end`.
pub(super) fn goes_on_as_body(document: &Document<'_>, end: usize) -> bool {
    document.is_capitalized(end) && is_tail(document, end) && !document.opens_clause(end)
}

/// Ends the name of a body or place, and none of a person.
pub(super) fn is_tail(document: &Document<'_>, tok: usize) -> bool {
    document.word(tok).is(Word::TAIL) && !document.word(tok).is(Word::SURNAME)
}

/// Later mentions of people whose surname or given name is a small word, a month or a country: "May said", "criticism from
/// Will", "Georgia's father".
///
/// `mentions` are those found already, in order; `surnames` the tokens that end full names, `given` those that begin them.
pub(in crate::extract) fn words_as_names(
    document: &Document<'_>,
    mentions: &[NameMention],
    surnames: &[usize],
    given: &[usize],
) -> Vec<NameMention> {
    let is_word = |tok: usize| {
        let other_name = |sense| matches!(sense, Sense::NotName | Sense::Country(_));
        document.is_function(tok) || document.found(tok).iter().any(|found| found.len == 1 && other_name(found.sense))
    };
    let is_country = |tok: usize| document.found(tok).iter().any(|found| matches!(found.sense, Sense::Country(_)));
    let hash = |&tok: &usize| document.tokens[tok].hash;
    let given: Vec<u64> = given.iter().filter(|&&tok| is_country(tok)).map(hash).collect();
    let words = surnames.iter().filter(|&&tok| is_word(tok));
    let wanted: Vec<u64> = words.map(hash).chain(given.iter().copied()).collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let is_taken = |tok: usize| {
        let after = mentions.partition_point(|m| m.begin <= tok);
        after.checked_sub(1).is_some_and(|idx| mentions[idx].end > tok)
    };
    let stands_as_name = |&tok: &usize| {
        let verb_after = is_verb(document, tok + 1) || is_past(document, tok + 1);
        let genitive = document.kind(tok + 1) == Some(TokenKind::Genitive);
        let date = document.kind(tok + 1) == Some(TokenKind::Number)
            || (tok > 0
                && (document.kind(tok - 1) == Some(TokenKind::Number)
                    || document.is_any(
                        tok - 1,
                        &[
                            "in", "of", "since", "until", "last", "next", "this", "late", "early", "mid", "on", "by",
                            "-",
                        ],
                    )));
        let free = document.is_capitalized(tok) && document.tokens[tok].caps != Caps::All && !is_taken(tok);
        let alone = !document.is_capitalized(tok + 1) || document.opens_paragraph(tok + 1);
        // Whoever is called Georgia is meant by the name alone; a country of that name would stand behind a preposition.
        let called = given.contains(&document.tokens[tok].hash);
        let in_place =
            tok > 0 && !genitive && document.is_any(tok - 1, &["in", "of", "from", "near", "across", "into"]);
        let country = is_country(tok) && (!called || in_place);
        let after_verb = tok > 0 && is_verb(document, tok - 1) && !document.opens_paragraph(tok);
        let elsewhere = genitive || (!document.opens_clause(tok) && !date);
        free && alone && (verb_after || after_verb || (called && !country) || (elsewhere && !country))
    };
    let found = (0..document.len()).filter(|&tok| wanted.contains(&document.tokens[tok].hash)).filter(stands_as_name);
    found
        .map(|tok| NameMention {
            begin: tok,
            end: tok + 1,
            parts: vec![document.tokens[tok].hash],
            surname: 0,
            score: f32::NEG_INFINITY,
            reasons: vec!["surname of somebody named in full"],
            titled: false,
            gender: None,
            senior: false,
            gender_sure: false,
            holder: None,
        })
        .collect()
}

/// "R-Calif." behind the name of a legislator: party and state.
fn party_and_state(document: &Document<'_>, tok: usize) -> Option<usize> {
    let letter = document.text(tok).len() == 1 && document.is_capitalized(tok);
    let hyphen = document.kind(tok + 1) == Some(TokenKind::Hyphen) && touches(document, tok + 1);
    let state = document.is_capitalized(tok + 2) && touches(document, tok + 2);
    let opens = tok > 0 && document.is_any(tok - 1, &["(", ",", "["]);
    (letter && hyphen && state && opens).then_some(3)
}

/// A form that no auxiliary goes before ("urged"): "Will urged" is a name and a verb, "will urge" is none.
fn is_past(document: &Document<'_>, tok: usize) -> bool {
    let word = document.word(tok);
    word.is(Word::VERB) && !word.is(Word::NOUN) && (document.text(tok).ends_with("ed") || word.is(Word::AUXILIARY))
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

/// What stands behind a name and tells no surname.
const SUFFIXES: &[&str] = &["jr", "sr", "jnr", "snr", "ii", "iii", "iv"];

/// The end of the run of name words that begins at `tok`.
fn run_end(document: &Document<'_>, terms: &Terms, tok: usize) -> Option<usize> {
    let at = if begins_with_particle(document, tok) {
        tok
    } else if can_be_name_word(document, terms, tok) {
        after_word(document, tok)
    } else {
        return None;
    };
    run_on(document, terms, tok, at)
}

/// The end of the name that begins with that of a known person: "Donald Trump Jr." is not the one of the table.
fn known_name_end(document: &Document<'_>, terms: &Terms, known: Term) -> usize {
    let next = known.end;
    let plain = document.word(next).is(Word::COMMON) && !is_known_name(document, next);
    let stops = document.opens_clause(next) || document.in_headline(next) || document.is_function(next) || plain;
    if stops { next } else { run_on(document, terms, known.begin, next).unwrap_or(next) }
}

/// The end of the run of name words that began at `tok` and has come to `at`; `None` if it is empty.
fn run_on(document: &Document<'_>, terms: &Terms, tok: usize, at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        // A hyphen without spaces: "Al-Assad", "Ki-moon", "Jean-Noël".
        let hyphen = document.kind(at) == Some(TokenKind::Hyphen) && touches(document, at) && touches(document, at + 1);
        let next = if hyphen { at + 1 } else { at };
        if next > tok
            && !hyphen
            && let Some(end) = behind_nickname(document, terms, next)
        {
            at = end;
            continue;
        }
        if (next > tok && document.opens_paragraph(next)) || document.kind(next) != Some(TokenKind::Word) {
            return (at > tok).then_some(at);
        }
        // "Liberal MP Anna Lind", "Hutchens CEO Anna Lind": a title begins, and a name after it.
        let occupation = document.found(next).iter().any(|found| found.sense == Sense::Occupation);
        // The point of an initial is none of a title ("M." in French).
        let title = document.title_at(next).filter(|_| document.text(next).len() > 1);
        // "Florida Sen. Anna Lind", though Sen is a name too.
        let pointed = title == Some(2)
            && document.text(next).len() > 1
            && document.text(next + 1) == "."
            && document.is_capitalized(next + 2);
        let particle = !hyphen && continues_with_particle(document, terms, next);
        if !hyphen && !particle && (title.is_some() || occupation) && (pointed || !is_known_name(document, next)) {
            return (at > tok).then_some(at);
        }
        // "Kim Dong-young": behind an eastern surname the half is a name even if it is a word.
        let eastern = at > tok + 1 && document.word(tok).is(Word::EASTERN);
        let lower_half = hyphen && document.tokens[next].is_lower() && (eastern || !is_compound_end(document, next));
        if lower_half || can_be_name_word(document, terms, next) || (hyphen && document.is_capitalized(next)) {
            at = after_word(document, next);
        } else if particle {
            at = next + 1;
        } else {
            return (at > tok).then_some(at);
        }
    }
}

/// The token behind a nickname within marks that opens at `tok`, where the name goes on: “Juma "Jay" Okoth”.
fn behind_nickname(document: &Document<'_>, terms: &Terms, tok: usize) -> Option<usize> {
    let opens =
        document.kind(tok) == Some(TokenKind::Mark) && document.tokens[tok].spaced && !document.opens_paragraph(tok);
    let close = (tok + 2..tok + 4).find(|&at| document.kind(at) == Some(TokenKind::Mark))?;
    let inside = (tok + 1..close).all(|at| document.is_capitalized(at) && !document.opens_paragraph(at));
    let given = tok > 0 && document.word(tok - 1).is_given() && document.is_capitalized(tok - 1);
    let goes_on = document.tokens.get(close + 1).is_some_and(|next| next.spaced && !next.opens_paragraph)
        && can_be_name_word(document, terms, close + 1)
        && !document.is_function(close + 1);
    (opens && inside && given && !document.tokens[close].spaced && goes_on).then(|| after_word(document, close + 1))
}

/// The second half of a compound adjective ("Obama-era"), not of a name.
fn is_compound_end(document: &Document<'_>, tok: usize) -> bool {
    let word = document.word(tok);
    word.is(Word::COMMON) && !word.is(Word::PARTICLE) && !word.is_given() || document.text(tok).ends_with("ed")
}

fn touches(document: &Document<'_>, tok: usize) -> bool {
    document.tokens.get(tok).is_some_and(|t| !t.spaced)
}

/// `tok` and the point of an initial or of "Jr." after it.
fn after_word(document: &Document<'_>, tok: usize) -> usize {
    let suffix = document.is_any(tok, SUFFIXES);
    let letters = document.text(tok).chars().count();
    // "Ma. Corazon Lind", "Md. Okoth": a given name cut short.
    let word = document.word(tok);
    let shortened = word.is(Word::ABBREVIATION) && word.is_given() && !word.is(Word::HONORIFIC);
    let initial = letters == 1
        || (letters == 2 && document.tokens[tok].caps == Caps::All)
        || suffix
        || shortened
        || document.is_any(tok, &["st", "ste"]);
    let pointed = document.text(tok + 1) == "." && touches(document, tok + 1) && !document.opens_paragraph(tok + 1);
    // The point after an initial at the very end of a sentence is left to the sentence.
    let named = document.is_capitalized(tok + 2) || document.word(tok + 2).is(Word::PARTICLE);
    let goes_on = suffix || (named && !document.is_function(tok + 2));
    if initial && pointed && goes_on { tok + 2 } else { tok + 1 }
}

/// "al-Shaibani", "el-Sisi", "bin Salman" where the particle stands first.
fn begins_with_particle(document: &Document<'_>, tok: usize) -> bool {
    if !document.word(tok).is(Word::PARTICLE) || document.is_any(tok, &["the", "a", "e", "y", "i", "in"]) {
        return false;
    }
    let hyphen = document.kind(tok + 1) == Some(TokenKind::Hyphen) && touches(document, tok + 1);
    let next = if hyphen { tok + 2 } else { tok + 1 };
    let arabic = document.is_any(tok, &["al", "el", "bin", "bint", "ibn", "abu", "umm", "van", "von"]);
    document.is_capitalized(next) && (hyphen || arabic) && !document.opens_paragraph(next)
}

fn continues_with_particle(document: &Document<'_>, terms: &Terms, tok: usize) -> bool {
    if !document.word(tok).is(Word::PARTICLE) || document.is(tok, "the") {
        return false;
    }
    let hyphen = document.kind(tok + 1) == Some(TokenKind::Hyphen) && touches(document, tok + 1);
    // "al-Din at-Tayyib", but no name goes on with "at Oxford".
    if !hyphen && document.word(tok).is(Word::PREPOSITION) && document.tokens[tok].is_lower() && !document.is(tok, "in")
    {
        return false;
    }
    let next = if hyphen { tok + 2 } else { tok + 1 };
    can_be_name_word(document, terms, next)
        || (document.word(next).is(Word::PARTICLE) && document.is_capitalized(next + 1))
}

fn can_be_name_word(document: &Document<'_>, terms: &Terms, tok: usize) -> bool {
    let Some(token) = document.tokens.get(tok) else { return false };
    if !token.is_capitalized() {
        return false;
    }
    // "… in Florida The law …": a line ran into the next.
    let initial = document.text(tok + 1) == "." && document.text(tok).len() == 1;
    if document.is_function(tok) && !initial && !is_known_name(document, tok) && !document.opens_clause(tok) {
        return false;
    }
    // In a headline every word has a capital: only those that can be names count, and no small words.
    if document.in_headline(tok) && document.is_function(tok) && token.n_bytes() <= 3 {
        return false;
    }
    if document.in_headline(tok) && document.word(tok).is(Word::COMMON) && !is_known_name(document, tok) {
        return false;
    }
    // "Piano Concerto No. 2"
    let pointed = usize::from(document.text(tok + 1) == ".");
    if document.is(tok, "no") && document.kind(tok + 1 + pointed) == Some(TokenKind::Number) {
        return false;
    }
    // "NATO" is no name, "J.R." before a name is part of one.
    let initials = document.text(tok).ends_with('.') && document.is_capitalized(tok + 1);
    if token.caps == Caps::All && token.n_bytes() > 3 && !initials && !is_known_name(document, tok) {
        return false;
    }
    match terms.covering(tok) {
        None => true,
        Some(term) => match term.class {
            // No name begins within "San Pedro Sula".
            TermClass::Place => term.end - term.begin == 1 || is_known_name(document, term.begin),
            TermClass::Country => {
                // Israel Hands, Jordan Peele, Chad Smith: a given name with another name word after it.
                term.end - term.begin == 1
                    && ((document.word(tok).is_given() && follows_as_surname(document, terms, tok + 1))
                        || (tok > 0
                            && document.word(tok - 1).is_given()
                            && document.is_capitalized(tok - 1)
                            && document.word(tok).is(Word::SURNAME)))
            }
            // "Amal Okoth": a given name, and no movement.
            TermClass::Body if document.word(tok).is_given() => {
                term.end - term.begin == 1 && follows_as_surname(document, terms, tok + 1)
            }
            // "George Washington": a surname behind a given name is no seat of government.
            TermClass::Body => {
                term.end - term.begin == 1
                    && tok > 0
                    && document.word(tok).is(Word::SURNAME)
                    && document.word(tok - 1).is_given()
                    && document.is_capitalized(tok - 1)
                    && terms.covering(tok - 1).is_none()
                    && !document.opens_paragraph(tok)
            }
            TermClass::Other | TermClass::Person => false,
        },
    }
}

fn follows_as_surname(document: &Document<'_>, terms: &Terms, tok: usize) -> bool {
    let word = document.word(tok);
    document.is_capitalized(tok)
        && !document.opens_paragraph(tok)
        && terms.covering(tok).is_none()
        && document.tokens[tok].caps != Caps::All
        && (word.is(Word::SURNAME) || !(word.is(Word::COMMON) || word.is(Word::TAIL)))
        && document.title_at(tok).is_none()
}

pub(in crate::extract) fn is_known_name(document: &Document<'_>, tok: usize) -> bool {
    let word = document.word(tok);
    word.is_given() || word.is(Word::SURNAME)
}

/// Passes over the words that only begin a sentence ("But Okoth") or end a title ("African Affairs Judith Okoth").
fn trim_front(document: &Document<'_>, begin: usize, end: usize) -> usize {
    let mut at = begin;
    while at < end {
        let word = document.word(at);
        let plain = word.is(Word::COMMON) && !is_known_name(document, at);
        // "Al-Shaibani" at the head of a sentence keeps its particle.
        let particle = word.is(Word::PARTICLE) && document.kind(at + 1) == Some(TokenKind::Hyphen);
        let opener = document.is_function(at) || (document.opens_clause(at) && plain && at + 1 < end);
        let stray = matches!(document.kind(at), Some(TokenKind::Hyphen | TokenKind::Stop));
        if particle || !(opener || stray) {
            break;
        }
        at += 1;
    }
    // "Said Mirela Okoth: …" inverts verb and name; "Said Benmoulay" is a name.
    if at == begin
        && document.opens_clause(at)
        && is_verb(document, at)
        && end - at > 2
        && document.word(at + 1).is_given()
    {
        at += 1;
    }
    // "CEO Anna Lind", "Professor Lind": what somebody is, and no part of the name.
    while let Some((len, ())) = document.find(at, |found| (found.sense == Sense::Occupation).then_some(())) {
        let word = document.word(at);
        // "Contractor Elvin Okoth": a surname too, but a given name follows.
        let surname = len == 1 && is_known_name(document, at) && !word.is(Word::HONORIFIC);
        let given_after = !word.is_given() && document.word(at + 1).is_given();
        if at + len >= end || (surname && !given_after) {
            break;
        }
        at += len;
        // "Obstetrician-Gynecologist"
        while at + 1 < end && document.kind(at) == Some(TokenKind::Hyphen) {
            at += 2;
        }
    }
    // "the Championship Okoth won": no name begins with what ends that of a body.
    while at + 1 < end && document.word(at).is(Word::TAIL) && !is_known_name(document, at) && !is_hyphened(document, at)
    {
        at += 1;
    }
    // "Minister of Health Lind", "Secretary for Arid Lands Rukia Lind": what the office is for belongs to it.
    if begin > 0 && document.is_any(begin - 1, &["of", "for", "and"]) {
        let portfolio = document.find(at, |found| (found.sense == Sense::Portfolio).then_some(()));
        if let Some((len, ())) = portfolio.filter(|(len, ())| at + len < end) {
            at += len;
        }
        let plain = |tok: usize| document.word(tok).is(Word::COMMON.and(Word::TAIL)) && !is_known_name(document, tok);
        while at + 1 < end && plain(at) && document.kind(at + 1) == Some(TokenKind::Word) {
            at += 1;
        }
    }
    // "Mohipur Police Station Tariqul Alam": the name begins behind the last word of a body.
    let tail = (at..end.saturating_sub(2)).rev().find(|&tok| is_tail(document, tok));
    if let Some(tail) = tail.filter(|&tail| (at..tail).all(|tok| !document.word(tok).is_given())) {
        at = tail + 1;
    }
    // "the mayor of Zaragoza Ramiro Lind"
    let seat = document.find(at, |found| matches!(found.sense, Sense::City(_) | Sense::Region(_)).then_some(()));
    let tied = at == begin && begin > 0 && document.is_any(begin - 1, &["of", "for", "in"]);
    if let Some((len, ())) = seat.filter(|_| tied)
        && at + len + 1 < end
        && (at + len + 2 < end || document.word(at + len).is_given())
    {
        at += len;
    }
    // A given name further in, behind words that are none, opens the real name.
    let is_plain = |tok: usize| document.kind(tok) == Some(TokenKind::Word) && !is_known_name(document, tok);
    let given = (at + 1..end.saturating_sub(1)).find(|&tok| {
        let opens = document.word(tok).is_given() && document.is_capitalized(tok + 1) && (at..tok).all(is_plain);
        let is_common = |tok| document.word(tok).is(Word::COMMON) && !document.word(tok).is(Word::PARTICLE);
        opens && (at..tok).any(is_common)
    });
    given.unwrap_or(at)
}

/// A hyphen joins `tok` to what follows.
fn is_hyphened(document: &Document<'_>, tok: usize) -> bool {
    document.kind(tok + 1) == Some(TokenKind::Hyphen) && touches(document, tok + 1)
}

/// Leaves out a particle that belongs to what follows: "Deportivo La Coruña", where the tables know only the town.
fn trim_back(document: &Document<'_>, begin: usize, end: usize) -> usize {
    let mut end = end;
    let goes_on = document.is_capitalized(end) && document.tokens[end].spaced && !document.opens_paragraph(end);
    while end > begin + 1 && document.word(end - 1).is(Word::PARTICLE) && (goes_on || !is_known_name(document, end - 1))
    {
        end -= 1;
    }
    end
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

/// Whether `tok` is a form of a reporting verb.
pub(in crate::extract) fn is_verb(document: &Document<'_>, tok: usize) -> bool {
    document.found(tok).iter().any(|found| matches!(found.sense, Sense::Verb(_)))
}
