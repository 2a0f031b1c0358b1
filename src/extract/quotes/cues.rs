//! Verbs and phrases that attribute words to someone.

use super::frames::Frames;
use crate::{
    extract::document::Document,
    gazetteer::{Sense, SpeechNoun, TokenKind, VerbKind, Word},
};

/// A verb or phrase that attributes: `begin..end` tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::extract) struct Cue {
    pub(in crate::extract) begin: usize,
    pub(in crate::extract) end: usize,
    pub(in crate::extract) kind: CueKind,
}

/// What sort of cue it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::extract) enum CueKind {
    /// say, tell, add: almost always a cue beside a quote
    StrongSay,
    /// warn, insist
    Say,
    /// begin, go on
    WeakSay,
    Write,
    Ask,
    Call,
    Think,
    Act,
    /// according to
    According,
}

impl CueKind {
    /// How many kinds there are.
    pub(in crate::extract) const COUNT: usize = 9;
    /// Their names in the weight table.
    pub(in crate::extract) const NAMES: [&str; Self::COUNT] =
        ["say 3", "say 2", "say 1", "write", "ask", "call", "think", "act", "according"];
}

/// All cues outside of quotes, in order, disjoint.
pub(in crate::extract) fn cues(document: &Document<'_>, frames: &Frames) -> Vec<Cue> {
    let mut all: Vec<Cue> = Vec::new();
    let mut tok = 0;
    while tok < document.len() {
        let found = if frames.is_quoted(tok) { None } else { cue_at(document, tok) };
        tok = found.map_or(tok + 1, |cue| cue.end);
        all.extend(found);
    }
    all
}

fn cue_at(document: &Document<'_>, tok: usize) -> Option<Cue> {
    let found = document.find(tok, |found| match found.sense {
        Sense::SpeechNoun(SpeechNoun::AccordingTo) => Some(CueKind::According),
        Sense::Verb(idx) => {
            let verb = document.gazetteer.verbs[idx as usize];
            Some(match (verb.kind, verb.strength) {
                (VerbKind::Say, 3) => CueKind::StrongSay,
                (VerbKind::Say, 2) => CueKind::Say,
                (VerbKind::Say, _) => CueKind::WeakSay,
                (VerbKind::Write, _) => CueKind::Write,
                (VerbKind::Ask, _) => CueKind::Ask,
                (VerbKind::Call, _) => CueKind::Call,
                (VerbKind::Think, _) => CueKind::Think,
                (VerbKind::Act, _) => CueKind::Act,
            })
        }
        _ => None,
    });
    let (len, kind) = found?;
    if quotes_somebody(document, tok) {
        return None;
    }
    (kind == CueKind::According || !is_noun(document, tok, len)).then_some(Cue { begin: tok, end: tok + len, kind })
}

/// "quoted Lind as saying": the verb that reports her words is the one behind "as".
fn quotes_somebody(document: &Document<'_>, tok: usize) -> bool {
    let end = (tok + 14).min(document.paragraph_end(tok));
    document.is_any(tok, &["quoted", "quotes", "quoting", "cited", "cites", "citing"])
        && (tok + 1..end)
            .take_while(|&at| !document.ends_sentence(at))
            .any(|at| document.is(at, "as") && document.is_any(at + 1, &["saying", "telling", "stating", "writing"]))
}

/// The word is a noun here: "the statement", "his claims", "a report".
fn is_noun(document: &Document<'_>, tok: usize, len: usize) -> bool {
    if tok == 0 || document.opens_paragraph(tok) || len > 1 {
        return false;
    }
    // "Said Benmoulay" in the middle of a sentence is a name.
    if document.is_capitalized(tok) && !document.opens_clause(tok) {
        return true;
    }
    let word = document.text(tok);
    let participle =
        word.ends_with("ed") || word.ends_with("ing") || matches!(word, "said" | "told" | "wrote" | "says");
    let before = tok - 1;
    let determined = document.is_any(
        before,
        &[
            "the", "a", "an", "his", "her", "its", "their", "this", "that", "these", "those", "no", "any", "of", "my",
            "our", "new", "in", "from", "with", "for",
        ],
    ) || document.kind(before) == Some(TokenKind::Genitive)
        || document.kind(before) == Some(TokenKind::Hyphen);
    // "whose home state of Ohio": no verb behind another noun, and none before "of".
    let base = !participle && !word.ends_with('s') && document.word(tok).is(Word::NOUN);
    let plural = document.text(before).ends_with('s') || document.is_any(before, &["people", "men", "women", "police"]);
    let behind_noun = document.tokens[before].is_lower() && document.word(before).is(Word::NOUN) && !plural;
    if base && (document.is(tok + 1, "of") || behind_noun) {
        return true;
    }
    determined
        && (!participle
            || document.kind(before) == Some(TokenKind::Hyphen)
            || document.is_any(before, &["the", "a", "an"]))
        && !(participle && document.is_function(tok + 1) && document.is_any(before, &["that"]))
}
