//! Everything in the writer's own words that could be a speaker: names, pronouns, bodies, and phrases such as "a senior
//! official" or "the ministry".

use super::frames::Frames;
use crate::{
    extract::{
        Text,
        document::Document,
        grammar::{self, is_report},
        people::Cast,
        terms::TermClass,
    },
    gazetteer::{Sense, TokenKind, Word},
};

/// A stretch of words that may stand for a speaker.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::extract) struct Mention {
    pub(in crate::extract) begin: usize,
    pub(in crate::extract) end: usize,
    pub(in crate::extract) kind: MentionKind,
    /// The person, if it is a name; index into [`Cast::figures`].
    pub(in crate::extract) figure: Option<usize>,
}

/// What sort of words a mention is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::extract) enum MentionKind {
    FullName,
    SingleName,
    /// he, she
    Personal,
    /// they, we
    Plural,
    /// I
    FirstPerson,
    /// who, which
    Relative,
    /// "the Syrian minister": an office or occupation in it
    Office,
    /// "her critics"
    Person,
    /// "the delegation"
    Group,
    /// "a 2013 study"
    Text,
    /// "the long delay": a thing
    Phrase,
    /// "officials"
    BarePlural,
    /// "the Kremlin", "the ministry"
    Body,
    /// "Russia"
    Country,
    /// Capitalized words that nothing is known of: "Vulture"
    UnknownName,
}

impl MentionKind {
    /// How many kinds there are.
    pub(in crate::extract) const COUNT: usize = 15;
    /// Their names in the weight table.
    pub(in crate::extract) const NAMES: [&str; Self::COUNT] = [
        "full name",
        "single name",
        "he or she",
        "they or we",
        "I",
        "who",
        "office",
        "person",
        "group",
        "text",
        "phrase",
        "plural",
        "body",
        "country",
        "unknown name",
    ];
}

/// All mentions outside of quotes, in order, disjoint.
pub(in crate::extract) fn mentions(text: &Text<'_, '_>, cast: &Cast, frames: &Frames) -> Vec<Mention> {
    let document = text.document;
    let mut all = Vec::new();
    let mut tok = 0;
    while tok < document.len() {
        let found = if frames.is_quoted(tok) { None } else { mention_at(text, cast, frames, tok) };
        match found {
            Some(mention) => {
                tok = mention.end.max(tok + 1);
                all.push(mention);
            }
            None => tok += 1,
        }
    }
    all
}

fn mention_at(text: &Text<'_, '_>, cast: &Cast, frames: &Frames, tok: usize) -> Option<Mention> {
    let document = text.document;
    if let Some((figure, range)) = cast.name_at(tok) {
        if let Some(owned) = owned(text, cast, frames, &range) {
            return Some(owned);
        }
        let kind = if range.len() > 1 { MentionKind::FullName } else { MentionKind::SingleName };
        return Some(Mention { begin: tok, end: range.end, kind, figure: Some(figure) });
    }
    let alone = |kind| Some(Mention { begin: tok, end: tok + 1, kind, figure: None });
    if document.kind(tok) != Some(TokenKind::Word) && document.kind(tok) != Some(TokenKind::Number) {
        return None;
    }
    let small = document.is_function(tok) || document.tokens[tok].n_bytes() == 1;
    match small.then(|| pronoun(document.text(tok))).flatten() {
        Some(kind) => return alone(kind),
        None if small && document.is_any(tok, &["his", "her"]) && !is_noun_next(document, tok) => {
            return alone(MentionKind::Personal);
        }
        None => {}
    }
    if text.in_dateline(tok) {
        return None;
    }
    if let Some(term) = text.terms.covering(tok).filter(|t| t.begin == tok) {
        let body = term.class == TermClass::Body;
        let country =
            term.class == TermClass::Country && text.places.at(tok).is_some() && !is_noun_next(document, term.end - 1);
        if body && !is_noun_next(document, term.end - 1) {
            return Some(Mention { begin: tok, end: term.end, kind: MentionKind::Body, figure: None });
        }
        if country {
            return Some(Mention { begin: tok, end: term.end, kind: MentionKind::Country, figure: None });
        }
    }
    let found = phrase(text, cast, frames, tok).map(|found| with_complement(text, cast, frames, found));
    found.or_else(|| unknown_name(text, cast, frames, tok))
}

/// "Lind's spokesman": another person or a group, not the one who is named.
fn owned(text: &Text<'_, '_>, cast: &Cast, frames: &Frames, name: &std::ops::Range<usize>) -> Option<Mention> {
    let document = text.document;
    if document.kind(name.end) != Some(TokenKind::Genitive) || frames.is_quoted(name.end + 1) {
        return None;
    }
    let end = phrase_end(text, cast, frames, name.end, name.end + 1);
    let last = end.checked_sub(1).filter(|&last| last > name.end)?;
    let head = document.word(last);
    let office = document.found(last).iter().any(|f| matches!(f.sense, Sense::Office(_) | Sense::Occupation));
    let kind = if office {
        MentionKind::Office
    } else if head.is(Word::PERSON) {
        MentionKind::Person
    } else if head.is(Word::GROUP) {
        MentionKind::Group
    } else {
        return None;
    };
    Some(Mention { begin: name.start, end, kind, figure: None })
}

/// "a spokeswoman for the Dutch justice ministry": what hangs on people or a group belongs to them, and speaks not itself.
fn with_complement(text: &Text<'_, '_>, cast: &Cast, frames: &Frames, mention: Mention) -> Mention {
    let document = text.document;
    let people = matches!(
        mention.kind,
        MentionKind::Office | MentionKind::Person | MentionKind::Group | MentionKind::BarePlural
    );
    let at = mention.end + 1;
    let in_place = document.is(mention.end, "in") && text.places.at(at).is_some();
    let ties = in_place || document.is_any(mention.end, &["for", "of", "at", "from", "with"]);
    if !people || !ties || document.opens_paragraph(at) || frames.is_quoted(at) {
        return mention;
    }
    // "a spokesman for President Lind"
    let titled = document.title_at(at).map_or(at, |len| at + len);
    let name = || cast.name_at(at).or_else(|| cast.name_at(titled)).map(|(_, name)| name.end);
    let term = || {
        let known = |class| matches!(class, TermClass::Body | TermClass::Country | TermClass::Place);
        let term = text.terms.covering(at).filter(|t| t.begin == at && known(t.class))?;
        (!is_noun_next(document, term.end - 1)).then_some(term.end)
    };
    let thing = || phrase(text, cast, frames, at).filter(|m| m.kind != MentionKind::BarePlural).map(|m| m.end);
    let unknown = || unknown_name(text, cast, frames, at).map(|m| m.end);
    let end = name().or_else(term).or_else(thing).or_else(unknown);
    Mention {
        end: end.filter(|&end| document.kind(end) != Some(TokenKind::Genitive)).unwrap_or(mention.end),
        ..mention
    }
}

/// A run of capitalized words that the tables do not know and that was not taken for a person.
fn unknown_name(text: &Text<'_, '_>, cast: &Cast, frames: &Frames, tok: usize) -> Option<Mention> {
    let document = text.document;
    // "Doyle said", "said Doyle": whoever speaks is someone, even where the tables know only a town of that name.
    let speaks =
        is_report(document, tok + 1) || (tok > 0 && is_report(document, tok - 1) && !document.opens_paragraph(tok));
    let is_part = |at: usize| {
        document.is_capitalized(at)
            && document.title_at(at).is_none()
            && !(is_report(document, at) && document.opens_clause(at))
            && !document.is_function(at)
            && text.terms.covering(at).is_none_or(|term| at == tok && speaks && term.class == TermClass::Place)
            && cast.at(at).is_none()
            && !frames.is_quoted(at)
    };
    let opens = document.opens_clause(tok) && document.word(tok).is(Word::COMMON) && !document.is_capitalized(tok + 1);
    if (opens && !speaks) || !is_part(tok) {
        return None;
    }
    let mut end = tok + 1;
    while end < tok + LONGEST && is_part(end) && !document.opens_paragraph(end) {
        end += 1;
    }
    Some(Mention { begin: tok, end, kind: MentionKind::UnknownName, figure: None })
}

fn pronoun(word: &str) -> Option<MentionKind> {
    Some(match word {
        "he" | "He" | "she" | "She" | "HE" | "SHE" => MentionKind::Personal,
        "they" | "They" | "we" | "We" => MentionKind::Plural,
        "I" => MentionKind::FirstPerson,
        "who" | "which" => MentionKind::Relative,
        _ => return None,
    })
}

/// Whether a noun follows that the word at `tok` only describes ("the Russian ministry": Russian is no mention).
fn is_noun_next(document: &Document<'_>, tok: usize) -> bool {
    let next = tok + 1;
    document.tokens.get(next).is_some_and(|t| {
        !t.opens_paragraph
            && ((t.kind == TokenKind::Word
                && !document.is_function(next)
                && (!is_report(document, next) || describes_noun(document, next))
                && !document.text(next).ends_with("ly"))
                || t.kind == TokenKind::Hyphen
                || t.kind == TokenKind::Genitive)
    })
}

/// Longest phrase, in tokens.
const LONGEST: usize = 9;

/// A phrase that begins with an article or quantifier, an adjective of nationality, a body's name, or is a bare plural.
fn phrase(text: &Text<'_, '_>, cast: &Cast, frames: &Frames, tok: usize) -> Option<Mention> {
    let document = text.document;
    let opener = document.is_function(tok)
        && document.is_any(
            tok,
            &[
                "the", "a", "an", "his", "her", "its", "their", "our", "my", "another", "one", "some", "many",
                "several", "two", "three", "most", "both", "other", "others", "these", "those", "this", "that", "few",
                "all", "no",
            ],
        );
    // "said that Ukraine", "argued that democracies": a conjunction.
    let joins = document.is_capitalized(tok + 1) || document.text(tok + 1).ends_with('s');
    let opener = opener && !(document.is(tok, "that") && joins);
    let numeral = document.kind(tok) == Some(TokenKind::Number);
    let term = text.terms.covering(tok).filter(|t| t.begin == tok);
    let end = phrase_end(text, cast, frames, tok, if opener || numeral { tok + 1 } else { tok });
    let n_words = end.saturating_sub(tok);
    let pronoun_like =
        document.is_any(tok, &["others", "some", "many", "several", "most", "both", "one", "few", "another"]);
    // "the Nov. 8 election" is no eight of anything.
    let last_text = document.text(end.saturating_sub(1));
    let counted = last_text.ends_with('s') || matches!(last_text, "people" | "men" | "women" | "police" | "children");
    if numeral && !counted && document.text(tok) != "1" {
        return None;
    }
    // "45" and "2007" are no one; "45 lawmakers" are.
    if n_words == 0 || (opener && n_words == 1 && !pronoun_like) || (numeral && n_words == 1) {
        return None;
    }
    let begin = tok;
    let last = end - 1;
    let office = (begin..end).any(|tok| {
        document
            .found(tok)
            .iter()
            .any(|f| matches!(f.sense, Sense::Office(_) | Sense::Occupation) && tok + f.len <= end)
    });
    // "said Col. Okoth": a title before a name is part of that name.
    let named = cast.at(end).is_some() || (document.text(end) == "." && cast.at(end + 1).is_some());
    if !opener && named {
        return None;
    }
    if !opener && !numeral && term.is_none() {
        // A bare plural ("officials", "senior diplomats"), or an office without an article.
        let plural = document.text(last).ends_with('s') || document.is_any(last, &["people", "police", "men", "women"]);
        let before_verb = is_report(document, end);
        let after_verb = tok > 0 && is_report(document, tok - 1) && !document.opens_paragraph(tok);
        let starts_lower = document.tokens[tok].is_lower() || document.opens_clause(tok);
        if !(starts_lower && (office && (plural || before_verb || after_verb) || plural && (before_verb || after_verb)))
        {
            return None;
        }
        return Some(Mention {
            begin,
            end,
            kind: if plural { MentionKind::BarePlural } else { MentionKind::Office },
            figure: None,
        });
    }
    let body =
        (begin..end).any(|tok| text.terms.covering(tok).is_some_and(|t| t.class == TermClass::Body && t.end == end));
    let head = document.word(last);
    let kind = if body {
        MentionKind::Body
    } else if office {
        MentionKind::Office
    } else if head.is(Word::PERSON) {
        MentionKind::Person
    } else if head.is(Word::GROUP) {
        MentionKind::Group
    } else if head.is(Word::TEXT) {
        MentionKind::Text
    } else if head.is(Word::TIME) && !pronoun_like {
        return None;
    } else {
        MentionKind::Phrase
    };
    Some(Mention { begin, end, kind, figure: None })
}

/// The end of the noun phrase that begins at `tok` and whose words are looked at from `from` on.
fn phrase_end(text: &Text<'_, '_>, cast: &Cast, frames: &Frames, tok: usize, from: usize) -> usize {
    let document = text.document;
    let mut end = from;
    while end < (tok + LONGEST).min(document.len()) {
        if (end > tok && document.opens_paragraph(end)) || frames.is_quoted(end) || cast.at(end).is_some() {
            break;
        }
        // "the International Committee of the Red Cross": a body's whole name.
        if let Some(term) =
            text.terms.covering(end).filter(|t| t.begin == end && t.class == TermClass::Body && end > tok)
        {
            end = term.end;
            if !is_noun_next(document, end - 1) {
                break;
            }
            continue;
        }
        let goes_on = match document.kind(end) {
            Some(TokenKind::Word) => is_noun_like(text, end, tok),
            Some(TokenKind::Hyphen) => !document.tokens[end].spaced,
            Some(TokenKind::Genitive | TokenKind::Number) => true,
            Some(TokenKind::Other) => document.text(end) == "%",
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    if document.kind(end.saturating_sub(1)) == Some(TokenKind::Genitive) {
        end -= 1;
    }
    end
}

/// "state media", "report findings": a base form before a noun and not behind a plural is a noun itself.
fn describes_noun(document: &Document<'_>, tok: usize) -> bool {
    let (word, next) = (document.word(tok), document.word(tok + 1));
    let base = word.is(Word::NOUN) && !document.text(tok).ends_with(['s', 'd', 'g']);
    let joined = document.tokens.get(tok + 1).is_some_and(|token| token.is_lower() && !token.opens_paragraph);
    let plural = tok > 0 && document.tokens[tok - 1].is_lower() && document.text(tok - 1).ends_with('s');
    base && joined && !plural && next.is(Word::NOUN) && !next.is(Word::DETERMINER.and(Word::VERB))
}

/// A word that may stand inside a noun phrase.
fn is_noun_like(text: &Text<'_, '_>, tok: usize, begin: usize) -> bool {
    let document = text.document;
    if document.is_function(tok)
        && !document.is_any(tok, &["former", "other", "last", "two", "one", "most", "few", "all"])
    {
        return false;
    }
    if document.tokens[tok].is_lower() && is_report(document, tok) {
        // "a report said": the first word after the article is no verb.
        let after_article = tok == begin + 1 && document.word(begin).is(Word::DETERMINER);
        // "in an apparent counter": neither is one after an adjective.
        let compound = tok > 1 && document.kind(tok - 2) == Some(TokenKind::Hyphen);
        let adjective = tok > 0 && document.word(tok - 1).is(Word::ADJECTIVE);
        let described = (adjective || compound) && document.word(tok).is(Word::NOUN);
        return after_article
            || described
            || describes_noun(document, tok)
            || document.found(tok).iter().any(|f| matches!(f.sense, Sense::Office(_) | Sense::Occupation));
    }
    if grammar::is_verb_here(document, tok) {
        return false;
    }
    !document.text(tok).ends_with("ly") || document.tokens[tok].is_capitalized()
}
