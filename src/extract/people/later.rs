//! Later mentions by a name that is a small word, a month or a country, of people whose full names are known.

use super::names::NameMention;
use crate::{
    extract::{document::Document, grammar::is_report},
    gazetteer::{Caps, Sense, TokenKind, Word},
};

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
        let verb_after = is_report(document, tok + 1) || is_past(document, tok + 1);
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
        let after_verb = tok > 0 && is_report(document, tok - 1) && !document.opens_paragraph(tok);
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

/// A form that no auxiliary goes before ("urged"): "Will urged" is a name and a verb, "will urge" is none.
fn is_past(document: &Document<'_>, tok: usize) -> bool {
    let word = document.word(tok);
    word.is(Word::VERB) && !word.is(Word::NOUN) && (document.text(tok).ends_with("ed") || word.is(Word::AUXILIARY))
}
