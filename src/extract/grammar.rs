//! Whether a word that can be noun or verb is a verb at its place: enough to see where a noun phrase ends.
//!
//! No tagger: the classes of `common_words.tsv` and the words on both sides decide.

use super::document::Document;
use crate::gazetteer::{Sense, TokenKind, Word};

/// What stands after a verb with an object, and hardly ever after a noun.
const OPENS_OBJECT: Word = Word::DETERMINER.and(Word::OBJECT_PRONOUN);

/// Whether the lower-case word at `tok` reads as a verb: "the minister *cast* the plan as", not "the *cast* of the play".
pub(super) fn is_verb_here(document: &Document<'_>, tok: usize) -> bool {
    let word = document.word(tok);
    // A word that no table knows and that looks like a past tense.
    let unknown = word == Word::default() && document.text(tok).ends_with("ed");
    if !(word.is(Word::VERB) || unknown) || !document.tokens.get(tok).is_some_and(crate::gazetteer::Token::is_lower) {
        return false;
    }
    let Some(before) = tok.checked_sub(1).filter(|_| !document.opens_paragraph(tok)) else { return false };
    let left = document.word(before);
    if left.is(Word::AUXILIARY.and(Word::SUBJECT_PRONOUN)) || document.is_any(before, &["who", "not"]) {
        return true;
    }
    let described = left.is(Word::DETERMINER)
        || document.kind(before) == Some(TokenKind::Genitive)
        || document.kind(before) == Some(TokenKind::Number)
        || (left.is(Word::ADJECTIVE) && !left.is(Word::NOUN.and(Word::VERB)));
    let right = document.word(tok + 1);
    if word.is(Word::NOUN.and(Word::ADJECTIVE)) {
        // "this makes sense": a plural after a singular is no noun.
        if document.is_any(before, &["this", "that", "it"]) && document.text(tok).ends_with('s') {
            return true;
        }
        let joined = document.tokens.get(tok + 1).is_some_and(|next| next.spaced && !next.opens_paragraph);
        return !described && joined && right.is(OPENS_OBJECT) && !right.is(Word::PREPOSITION);
    }
    // "a planned visit": a participle that describes the noun after it.
    let participle = document.text(tok).ends_with("ed") || document.text(tok).ends_with("ing");
    let describes = participle && described && (right.is(Word::NOUN) || right == Word::default());
    !describes
}

/// Whether `tok` is a form of a verb that reports speech ("said").
pub(super) fn is_report(document: &Document<'_>, tok: usize) -> bool {
    document.found(tok).iter().any(|found| matches!(found.sense, Sense::Verb(_)))
}
