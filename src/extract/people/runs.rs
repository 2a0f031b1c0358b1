//! How far a run of name words reaches: from its first capitalized word to its last, free of the words that merely begin a
//! sentence or end a title.

use crate::{
    extract::{
        document::Document,
        grammar::is_report,
        terms::{Term, TermClass, Terms},
    },
    gazetteer::{Caps, Sense, TokenKind, Word},
};

/// What stands behind a name and tells no surname.
pub(super) const SUFFIXES: &[&str] = &["jr", "sr", "jnr", "snr", "ii", "iii", "iv"];

/// The end of the run of name words that begins at `tok`.
pub(super) fn run_end(document: &Document<'_>, terms: &Terms, tok: usize) -> Option<usize> {
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
pub(super) fn known_name_end(document: &Document<'_>, terms: &Terms, known: Term) -> usize {
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

pub(super) fn touches(document: &Document<'_>, tok: usize) -> bool {
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
            // "Senator Sunday Okoth"
            TermClass::Other => {
                let titled = tok > 0 && (tok.saturating_sub(3)..tok).any(|at| document.title_at(at) == Some(tok - at));
                let given = document.word(tok).is_given() && term.end - term.begin == 1;
                titled && given && follows_as_surname(document, terms, tok + 1)
            }
            TermClass::Person => false,
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

/// Passes over the words that only begin a sentence ("But Okoth") or end a title ("African Affairs Judith Okoth").
pub(super) fn trim_front(document: &Document<'_>, begin: usize, end: usize) -> usize {
    let mut at = begin;
    while at < end {
        let word = document.word(at);
        let plain = word.is(Word::COMMON) && !is_known_name(document, at);
        // "Al-Shaibani" at the head of a sentence keeps its particle.
        let particle = word.is(Word::PARTICLE) && document.kind(at + 1) == Some(TokenKind::Hyphen);
        // ", Per Lind,", but not "Will Lind go?"
        let behind_comma = at > 0 && document.text(at - 1) == ",";
        let given = word.is_given()
            && !document.opens_clause(at)
            && at + 1 < end
            && (behind_comma || is_known_name(document, at + 1));
        let function = document.is_function(at) && !given;
        let opener = function || (document.opens_clause(at) && plain && at + 1 < end);
        let stray = matches!(document.kind(at), Some(TokenKind::Hyphen | TokenKind::Stop));
        if particle || !(opener || stray) {
            break;
        }
        at += 1;
    }
    // "Said Mirela Okoth: …" inverts verb and name; "Said Benmoulay" is a name.
    if at == begin
        && document.opens_clause(at)
        && is_report(document, at)
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
    // "Mohipur Police Station Juma Okoth": the name begins behind the last word of a body.
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
pub(super) fn trim_back(document: &Document<'_>, begin: usize, end: usize) -> usize {
    let mut end = end;
    let goes_on = document.is_capitalized(end) && document.tokens[end].spaced && !document.opens_paragraph(end);
    while end > begin + 1 && document.word(end - 1).is(Word::PARTICLE) && (goes_on || !is_known_name(document, end - 1))
    {
        end -= 1;
    }
    end
}

/// A capitalized last word of a body or place stands right behind a name that ends with `end`.
pub(super) fn goes_on_as_body(document: &Document<'_>, end: usize) -> bool {
    document.is_capitalized(end) && is_tail(document, end) && !document.opens_clause(end)
}

/// Ends the name of a body or place, and none of a person.
pub(super) fn is_tail(document: &Document<'_>, tok: usize) -> bool {
    document.word(tok).is(Word::TAIL) && !document.word(tok).is(Word::SURNAME)
}

pub(in crate::extract) fn is_known_name(document: &Document<'_>, tok: usize) -> bool {
    let word = document.word(tok);
    word.is_given() || word.is(Word::SURNAME)
}
