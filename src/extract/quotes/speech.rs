//! Whether a stretch between marks is speech at all, as against a title, a nickname or a scare quote.

use super::{candidates::Scene, features, marks::Segment};
use crate::{
    extract::grammar::is_report,
    gazetteer::{Caps, TokenKind, Weights, Word},
    model::QuoteKind,
};

/// Stretches less probable than this are no quotes.
const IS_QUOTE: f32 = 0.5;

/// Stretches more probable than this are quotes whoever said them.
const SURELY_QUOTE: f32 = 0.8;

/// Others less probable than this to be a quote of the speaker found are left out: unsure on both counts.
const WITH_SPEAKER: f32 = 0.4;

/// Whether a stretch that is speech with probability `is_quote`, and that of its speaker with `share`, is listed as a quote.
pub(super) fn is_listed(is_quote: f32, share: f32) -> bool {
    is_quote >= SURELY_QUOTE || (is_quote >= IS_QUOTE && is_quote * share >= WITH_SPEAKER)
}

/// Words that stand before the titles of works.
const OF_WORKS: &[&str] = &[
    "album",
    "anchor",
    "anchors",
    "article",
    "author",
    "book",
    "column",
    "documentary",
    "episode",
    "essay",
    "film",
    "host",
    "hosts",
    "interview",
    "magazine",
    "movie",
    "novel",
    "play",
    "program",
    "programme",
    "season",
    "series",
    "show",
    "song",
    "star",
    "starred",
    "starring",
    "stars",
    "titled",
];

/// What speaks for speech and against it, by the names of the table `assets/weights/speech.tsv`.
pub(in crate::extract) fn reasons(scene: &Scene<'_, '_>, segment: &Segment, strongest: f32) -> Vec<&'static str> {
    let document = scene.document;
    let tokens = segment.begin..segment.end;
    let words: Vec<usize> = tokens.clone().filter(|&tok| document.kind(tok) == Some(TokenKind::Word)).collect();
    let mut found = vec!["bias"];
    let n_words = features::length(words.len());
    found.push(["1-2 words", "3-5 words", "6-12 words", "13+ words"][n_words]);
    let level = [2.0, 0.0, -2.0].iter().take_while(|&&least| strongest <= least).count();
    found.push(["a sure speaker", "a likely speaker", "hardly a speaker", "no likely speaker"][level]);
    let mut when = |holds: bool, name: &'static str| {
        if holds {
            found.push(name);
        }
    };
    let last = document.text(segment.end.saturating_sub(1));
    when(matches!(last, "," | "." | "!" | "?" | "…" | "..."), "ends with a stop or comma");
    when(matches!(last, "!" | "?"), "exclamation or question");
    when(document.is_capitalized(segment.begin), "begins with a capital");
    let small = Word::PREPOSITION.and(Word::CONJUNCTION).and(Word::DETERMINER);
    let titled = words.iter().all(|&tok| {
        let is_small = tok > segment.begin && document.word(tok).is(small);
        document.is_capitalized(tok) || is_small || document.text(tok).len() <= 3
    });
    when(titled && words.len() > 1, "all words capitalized");
    when(words.iter().any(|&tok| is_clause_word(document.text(tok))), "pronoun or auxiliary inside");
    when(words.iter().any(|&tok| document.is_function(tok)), "function word inside");
    when(words.len() * 2 < tokens.len() && words.len() < 3, "mostly no words");
    when(
        words.iter().any(|&tok| document.tokens[tok].caps == Caps::All && document.text(tok).len() > 4),
        "all capitals",
    );
    let open = segment.begin.saturating_sub(1);
    let before = open.checked_sub(1).filter(|_| !document.opens_paragraph(open));
    let is_before = |list: &[&str]| before.is_some_and(|tok| document.is_any(tok, list));
    when(before.is_none(), "opens the paragraph");
    when(is_before(&["the", "a", "an", "this", "that", "these", "its", "so-called"]), "article before");
    when(is_before(&["his", "her", "their", "our", "my"]), "possessive before");
    when(
        is_before(&[
            "called",
            "titled",
            "entitled",
            "dubbed",
            "named",
            "nicknamed",
            "termed",
            "labeled",
            "labelled",
            "headlined",
        ]),
        "naming verb before",
    );
    when(is_before(&["called"]), "called before");
    when(is_before(&[":", ","]), "comma or colon before");
    when(is_before(&["as"]), "as before");
    when(is_before(&["="]), "equals sign before");
    when(before.is_some_and(|tok| document.kind(tok) == Some(TokenKind::Genitive)), "genitive before");
    let place_or_show = is_before(&["on", "in", "for", "from"])
        || before.is_some_and(|tok| document.kind(tok) == Some(TokenKind::Genitive));
    when(titled && place_or_show, "capitalized words after a preposition or genitive");
    when(
        before.is_some_and(|tok| {
            document.is_any(tok, &["known", "called", "dubbed", "nicknamed"])
                || (document.is(tok, "as") && tok > 0 && document.is(tok - 1, "known"))
        }),
        "known as before",
    );
    when(is_before(&["of", "in", "on", "for", "to", "with", "from", "by", "at", "about"]), "preposition before");
    when(is_before(&["("]), "bracket before");
    when(is_before(&["and", "or"]), "and before");
    let first = open.saturating_sub(5).max(document.paragraph_start(open));
    let near = (first..open).chain(segment.end + 1..(segment.end + 4).min(document.paragraph_end(open)));
    let is_near = |list: &[&str]| near.clone().any(|tok| document.is_any(tok, list));
    when(titled && words.len() > 1 && is_near(OF_WORKS), "capitalized words near a word of books and shows");
    let by = document.is(segment.end + 1, "by") && document.is_capitalized(segment.end + 2);
    when(by, "by somebody after");
    when(is_before(&["word", "words", "term", "phrase", "slogan", "label"]), "word or phrase before");
    when(before.is_some_and(|tok| is_report(document, tok)), "cue right before");
    let after = segment.end + 1;
    when(
        document.tokens.get(after).is_some_and(|t| t.is_lower() && !t.opens_paragraph)
            && !document.is_function(after)
            && !is_report(document, after),
        "noun right after",
    );
    when(document.text(after) == ")", "bracket after");
    when(is_report(document, after), "cue right after");
    let words_for_link = tokens.clone().any(|tok| matches!(document.text(tok), "@" | "/" | "#" | "="));
    when(words_for_link, "handle or address inside");
    when(
        !words.is_empty() && words.len() < 3 && tokens.clone().any(|tok| document.kind(tok) == Some(TokenKind::Number)),
        "number inside",
    );
    when(scene.is_repeated(segment), "the same words between marks elsewhere");
    when(segment.continues || (segment.opens_paragraph && words.len() > 12), "runs over the paragraph");
    found
}

/// The probability that a stretch is speech.
pub(in crate::extract) fn probability(weights: &Weights, reasons: &[&'static str]) -> f32 {
    logistic(weights.sum(reasons.iter().copied()))
}

pub(in crate::extract) fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

fn is_clause_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "am", "are", "been", "can", "can't", "cannot", "could", "did", "didn't", "do", "does", "don't", "had", "has",
        "have", "he", "i", "i'm", "is", "isn't", "it", "it's", "must", "she", "should", "that's", "there", "they",
        "was", "we", "we're", "were", "will", "won't", "would", "you",
    ];
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) || word.contains(['’', '\''])
}

/// A full clause or a phrase inside the writer's sentence.
pub(in crate::extract) fn kind(scene: &Scene<'_, '_>, segments: &[Segment]) -> QuoteKind {
    let document = scene.document;
    let clause = segments.iter().any(|segment| {
        let words = || (segment.begin..segment.end).filter(|&tok| document.kind(tok) == Some(TokenKind::Word));
        let n_words = words().count();
        let capital = document.is_capitalized(segment.begin);
        let last = document.text(segment.end.saturating_sub(1));
        let stopped = matches!(last, "," | "." | "!" | "?" | "…" | "...");
        let subject = words().take(3).any(|tok| is_subject(document.text(tok)));
        let verb = words().any(|tok| is_clause_word(document.text(tok)));
        let open = segment.begin.saturating_sub(1);
        let introduced = segment.opens_paragraph || open == 0 || document.is_any(open - 1, &[",", ":"]);
        let alone = segment.opens_paragraph || scene.frames.of(open) != scene.frames.of(open.saturating_sub(1));
        (capital && (stopped || introduced || alone) && (n_words >= 3 || alone || introduced))
            || (subject && verb && n_words >= 3)
    });
    if clause { QuoteKind::Direct } else { QuoteKind::Partial }
}

fn is_subject(word: &str) -> bool {
    [
        "i", "we", "he", "she", "they", "it", "you", "there", "this", "that", "i'm", "we're", "it's", "they're",
        "you're", "we've", "i've", "let's",
    ]
    .iter()
    .any(|known| known.eq_ignore_ascii_case(&word.replace('’', "'")))
}
