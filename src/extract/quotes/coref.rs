//! Which person a pronoun or a title stands for: "he", "the Syrian minister".
//!
//! The people named shortly before are ranked by how recent they are, whether they were the subject of their sentence,
//! how often they are named, and whether gender, office and country agree.

use super::{
    frames::Frames,
    mentions::{Mention, MentionKind},
};
use crate::{
    extract::{Text, document::Document, grammar::is_report, people::Cast},
    gazetteer::{Gender, Sense, Token, Word},
    model::CountryCode,
};

/// How far back a pronoun reaches, in the writer's sentences.
const PRONOUN_REACH: u32 = 8;

/// What is known of a person while reading on.
#[derive(Clone, Debug, Default)]
struct Trace {
    last_frame: u32,
    as_subject: bool,
    n_mentions: u32,
    offices: Vec<String>,
    country: Option<CountryCode>,
    official: bool,
    gender: Option<Gender>,
    gender_sure: bool,
}

/// The person of every mention, as far as it can be told; indexes into [`Cast::figures`].
pub(in crate::extract) fn resolve(
    text: &Text<'_, '_>,
    cast: &Cast,
    frames: &Frames,
    mentions: &[Mention],
) -> Vec<Option<usize>> {
    let document = text.document;
    let mut traces: Vec<Trace> = cast.figures.iter().map(|figure| trace(text, figure)).collect();
    // People without a name, by their office: "a senior diplomat" takes the next "the diplomat".
    let mut unnamed: Vec<(Option<String>, u32)> = Vec::new();
    let stated = stated_offices(cast);
    let mut seen: Vec<usize> = Vec::new();
    let mut resolved: Vec<Option<usize>> = Vec::with_capacity(mentions.len());
    for (idx, mention) in mentions.iter().enumerate() {
        let frame = frames.of(mention.begin);
        let who = match mention.kind {
            MentionKind::FullName | MentionKind::SingleName => mention.figure,
            MentionKind::Personal => {
                let gender = match document.text(mention.begin).as_bytes().first() {
                    Some(b's' | b'S') => Some(Gender::Female),
                    _ if document.is(mention.begin, "her") => Some(Gender::Female),
                    _ => Some(Gender::Male),
                };
                best(&seen, &traces, |trace| pronoun_score(trace, frame, gender))
            }
            MentionKind::Relative => resolved.last().copied().flatten(),
            MentionKind::Office => {
                apposed(document, mentions, idx).or_else(|| held_at(&stated, mention)).or_else(|| {
                    let title = Title::read(text, mention);
                    if !title.definite {
                        unnamed.push((title.head.clone(), frame));
                    }
                    let recent = unnamed.iter().rev().take(8);
                    let taken = recent.filter(|(head, _)| *head == title.head).map(|&(_, frame)| frame).next();
                    let free = |trace: &Trace| taken.is_none_or(|taken| trace.last_frame > taken);
                    let known = best(&seen, &traces, |trace| title.score(trace, frame).filter(|_| free(trace)));
                    known.or_else(|| best(&seen, &traces, |trace| title.guess(trace, frame).filter(|_| free(trace))))
                })
            }
            _ if is_age(document, mention) => best(&seen, &traces, |trace| pronoun_score(trace, frame, None)),
            _ => None,
        };
        if let Some(idx) = who {
            let trace = &mut traces[idx];
            let opens = mention.begin == 0 || frames.of(mention.begin - 1) != frame;
            let is_new_frame = trace.last_frame != frame;
            trace.as_subject = opens || acts(document, mention) || (trace.as_subject && !is_new_frame);
            trace.last_frame = frame;
            trace.n_mentions += 1;
            if trace.n_mentions == 1 {
                seen.push(idx);
            }
        }
        resolved.push(who);
    }
    resolved
}

/// "Okoth rejected": a verb follows, and no preposition makes the mention a part of something else.
fn acts(document: &Document<'_>, mention: &Mention) -> bool {
    let hangs = mention.begin > 0 && document.word(mention.begin - 1).is(Word::PREPOSITION);
    let word = document.word(mention.end);
    let verb = word.is(Word::AUXILIARY)
        || is_report(document, mention.end)
        || (word.is(Word::VERB) && !word.is(Word::NOUN.and(Word::PREPOSITION)));
    let reports =
        mention.begin > 0 && is_report(document, mention.begin - 1) && document.opens_clause(mention.begin - 1);
    (verb && !hangs && document.tokens.get(mention.end).is_some_and(Token::is_lower)) || reports
}

/// Where offices are stated beside names, in order: tokens of the office and the person.
fn stated_offices(cast: &Cast) -> Vec<(std::ops::Range<usize>, usize)> {
    let offices = cast.figures.iter().enumerate().flat_map(|(idx, figure)| {
        figure.roles.iter().filter(|role| role.office.is_some()).map(move |role| (role.begin..role.end, idx))
    });
    let mut all: Vec<_> = offices.collect();
    all.sort_by_key(|(tokens, _)| tokens.start);
    all
}

/// The person beside whose name this very title is stated: "Kenya's minister for water, Wanjala Okoth".
fn held_at(stated: &[(std::ops::Range<usize>, usize)], title: &Mention) -> Option<usize> {
    let next = stated.partition_point(|(tokens, _)| tokens.start < title.end);
    let (tokens, who) = stated.get(next.checked_sub(1)?)?;
    (title.begin < tokens.end).then_some(*who)
}

/// The person whose name stands right beside a title: "Kenya's water minister, Wanjala Okoth," or "Okoth, the minister,".
fn apposed(document: &Document<'_>, mentions: &[Mention], idx: usize) -> Option<usize> {
    let title = mentions.get(idx)?;
    let beside = |left: &Mention, right: &Mention| {
        left.end == right.begin
            || (left.end + 1 == right.begin && document.text(left.end) == "," && !document.opens_paragraph(right.begin))
    };
    let after = mentions.get(idx + 1).filter(|name| beside(title, name)).and_then(|name| name.figure);
    let before = || {
        idx.checked_sub(1).map(|i| &mentions[i]).filter(|name| beside(name, title) && document.text(name.end) == ",")
    };
    after.or_else(|| before().and_then(|name| name.figure))
}

fn trace(text: &Text<'_, '_>, figure: &crate::extract::people::Figure) -> Trace {
    let gazetteer = text.document.gazetteer;
    let stated = || figure.roles.iter().filter_map(|role| gazetteer.offices.get(role.office? as usize));
    let offices = stated().map(|office| last_word(&office.full));
    // "the lawmaker" takes up a senator, "the envoy" an ambassador: words for all of their class.
    let classes = stated().map(|office| &*office.class).filter(|class| matches!(*class, "legislator" | "diplomat"));
    // "the gambling tycoon" is taken up by "the tycoon" too.
    let occupations = figure.roles.iter().filter(|role| role.office.is_none());
    let occupations = occupations.map(|role| last_word(&text.document.words_of(role.head.start, role.head.end)));
    let held = figure.holder.map(|idx| last_word(&gazetteer.holders[idx as usize].office));
    Trace {
        offices: offices.chain(held).chain(occupations).chain(classes.map(str::to_owned)).collect(),
        country: figure.country(text),
        official: figure.is_official(text),
        gender: figure.gender,
        gender_sure: figure.gender_sure,
        ..Trace::default()
    }
}

fn last_word(phrase: &str) -> String {
    // "Minister of Foreign Affairs" is a minister.
    let head = phrase.split(" of ").next().unwrap_or(phrase);
    head.rsplit([' ', '-']).next().unwrap_or(head).to_lowercase()
}

fn best(seen: &[usize], traces: &[Trace], score: impl Fn(&Trace) -> Option<f32>) -> Option<usize> {
    let mut top: Option<(f32, usize)> = None;
    // Of equals the one seen last wins; only the last few dozen people can be meant.
    for &idx in seen.iter().rev().take(48) {
        if let Some(score) = score(&traces[idx])
            && top.is_none_or(|(best, _)| score > best)
        {
            top = Some((score, idx));
        }
    }
    top.map(|(_, idx)| idx)
}

fn pronoun_score(trace: &Trace, frame: u32, gender: Option<Gender>) -> Option<f32> {
    let ago = frame.saturating_sub(trace.last_frame);
    if ago > PRONOUN_REACH {
        return None;
    }
    let agreement = match (trace.gender, gender) {
        (Some(one), Some(other)) if one == other => 1.5,
        (Some(_), Some(_)) if trace.gender_sure => return None,
        // A given name may be of either, or of another culture than the table thinks.
        (Some(_), Some(_)) => -2.5,
        _ => 0.0,
    };
    let subject = if trace.as_subject { 1.4 } else { 0.0 };
    Some(agreement + subject + (trace.n_mentions as f32).ln() * 0.4 - ago as f32 * 1.4)
}

/// "the 52-year-old": somebody named before.
fn is_age(document: &Document<'_>, mention: &Mention) -> bool {
    let last = mention.end.saturating_sub(1);
    document.is(mention.begin, "the") && document.is(last, "old") && document.is(last.saturating_sub(2), "year")
}

/// A description by office: "the Syrian minister".
struct Title {
    head: Option<String>,
    country: Option<CountryCode>,
    generic: bool,
    /// Means one person: "the minister", not "ministers" nor "a minister".
    definite: bool,
}

impl Title {
    fn read(text: &Text<'_, '_>, mention: &Mention) -> Self {
        let document = text.document;
        let tokens = mention.begin..mention.end;
        let offices = tokens.clone().flat_map(|tok| {
            document.found(tok).iter().filter_map(move |found| match found.sense {
                Sense::Office(idx) if tok + found.len <= mention.end => Some(idx),
                _ => None,
            })
        });
        let plural = offices.clone().any(|idx| document.gazetteer.offices[idx as usize].plural);
        let office = offices.last().map(|idx| last_word(&document.gazetteer.offices[idx as usize].full));
        let occupation = || {
            let tok = tokens.clone().rev().find(|&tok| {
                document.found(tok).iter().any(|f| f.sense == Sense::Occupation && tok + f.len == mention.end)
            })?;
            Some(last_word(&document.words_of(tok, mention.end)))
        };
        let head = office.or_else(occupation);
        let country = tokens.clone().find_map(|tok| text.places.at(tok)).map(|place| place.code);
        let generic = tokens.clone().any(|tok| document.is_any(tok, &["official", "diplomat", "leader", "politician"]));
        let definite = document.is_any(mention.begin, &["the", "his", "her", "this", "that"]);
        Self { head, country, generic, definite: definite && !plural }
    }

    /// "the lawyer", of somebody of whom no office is stated and who was just the subject.
    fn guess(&self, trace: &Trace, frame: u32) -> Option<f32> {
        let ago = frame.saturating_sub(trace.last_frame);
        let fits = self.definite && self.country.is_none() && trace.offices.is_empty() && trace.as_subject;
        (fits && ago <= 1).then_some(1.0 - ago as f32)
    }

    fn score(&self, trace: &Trace, frame: u32) -> Option<f32> {
        if !self.definite || (self.country.is_some() && self.country != trace.country) {
            return None;
        }
        let same_office = self.head.as_ref().is_some_and(|head| trace.offices.contains(head));
        let by_country = self.generic && self.country.is_some() && trace.official;
        let generic = self.generic && trace.official;
        let fit = if same_office {
            6.0
        } else if by_country {
            4.0
        } else if generic {
            1.0
        } else {
            return None;
        };
        let ago = frame.saturating_sub(trace.last_frame) as f32;
        let subject = if trace.as_subject { 1.0 } else { 0.0 };
        (same_office || ago <= 12.0).then_some(fit + subject + (trace.n_mentions as f32).ln() * 0.5 - ago * 0.3)
    }
}
