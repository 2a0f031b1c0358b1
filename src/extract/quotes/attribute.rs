//! Chooses the speaker of every quote, in order, as each choice is a hint for the next.

use std::ops::Range;

use super::{
    candidates::{Candidate, LastSpeaker, Scene},
    coref, cues, features, frames,
    marks::Segment,
    mentions::{self, Mention},
    speech, utterances,
};
use crate::{
    extract::{Text, document::Document, people::Cast},
    gazetteer::{Sense, fold},
};

/// A quote with its speaker, in tokens.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Attribution {
    /// Its segments: a range of the segments' indexes.
    pub(in crate::extract) group: Range<usize>,
    /// The mention of the speaker, as an index into [`Reading::mentions`].
    pub(in crate::extract) chosen: Option<usize>,
    pub(in crate::extract) cue: Option<cues::Cue>,
    /// How sure it is that this is a quote and that its speaker is right, 0 to 1.
    pub(in crate::extract) confidence: f32,
    pub(in crate::extract) kind: crate::model::QuoteKind,
}

/// Quotes and the mentions that their speakers were chosen from.
pub(in crate::extract) struct Reading {
    pub(in crate::extract) quotes: Vec<Attribution>,
    pub(in crate::extract) mentions: Vec<Mention>,
    /// The person of every mention.
    pub(in crate::extract) people: Vec<Option<usize>>,
}

/// What was decided of an utterance.
pub(in crate::extract) struct Verdict {
    /// What speaks for it being speech.
    pub(in crate::extract) reasons: Vec<&'static str>,
    /// It is listed as a quote.
    pub(in crate::extract) listed: bool,
}

/// Reads all quotes of a text. `watch` sees every utterance with its candidates and the verdict.
pub(in crate::extract) fn read(
    text: &Text<'_, '_>,
    cast: &Cast,
    segments: &[Segment],
    mut watch: impl FnMut(&Scene<'_, '_>, &Range<usize>, &[Candidate], &Verdict),
) -> Reading {
    let gazetteer = text.document.gazetteer;
    let weights = gazetteer.speaker_weights.aligned(features::names);
    let frames = frames::Frames::new(text.document, segments);
    let mentions = mentions::mentions(text, cast, &frames);
    let cues = cues::cues(text.document, &frames);
    let people = coref::resolve(text, cast, &frames, &mentions);
    let scene = Scene::new(text.document, segments, &frames, &mentions, &cues);
    let mut quotes = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    for group in utterances::utterances(text.document, segments, &frames, &cues) {
        let segment = &segments[group.start];
        if is_in_name(cast, segment) || is_abbreviation(text.document, segment) {
            continue;
        }
        let paragraph = text.document.paragraph_of(segment.begin);
        let last_speaker = last.map(|(mention, at)| LastSpeaker { mention, paragraphs: paragraph.saturating_sub(at) });
        let same = |a: usize, b: usize| a == b || (people[a].is_some() && people[a] == people[b]);
        let candidates = scene.candidates(&group, last_speaker, same);
        let sums: Vec<f32> = candidates.iter().map(|c| sum(weights, c)).collect();
        let shares = shares_of(&sums);
        let best = best_of(&sums, &shares, &candidates, same);
        let strongest =
            sums.iter().skip(1).copied().fold(f32::NEG_INFINITY, f32::max) - sums.first().copied().unwrap_or(0.0);
        let reasons = speech::reasons(&scene, &segments[group.start], strongest);
        let is_quote = speech::probability(&gazetteer.speech_weights, &reasons);
        let corrected = correction(&scene, cast, &group);
        let share = share_of(&shares, &candidates, best, same);
        let listed = corrected.is_some() || speech::is_listed(is_quote, share);
        watch(&scene, &group, &candidates, &Verdict { reasons, listed });
        if !listed {
            continue;
        }
        let chosen = corrected.unwrap_or(candidates[best].mention);
        if let Some(mention) = chosen {
            last = Some((mention, text.document.paragraph_of(segments[group.end - 1].begin)));
        }
        let kind = speech::kind(&scene, &segments[group.clone()]);
        let confidence = if corrected.is_some() { SURE } else { (is_quote * share).clamp(0.01, SURE) };
        let cue = candidates[best].cue.filter(|_| corrected.is_none());
        quotes.push(Attribution { group, chosen, cue, confidence, kind });
    }
    Reading { quotes, mentions, people }
}

/// Juma "Jay" Okoth
fn is_in_name(cast: &Cast, segment: &Segment) -> bool {
    cast.name_at(segment.begin).is_some_and(|(_, name)| name.start < segment.begin && segment.end < name.end)
}

/// The Lake Gauging Office (“LGO”)
fn is_abbreviation(document: &Document<'_>, segment: &Segment) -> bool {
    let within = segment.begin > 1 && document.text(segment.begin - 2) == "(" && document.text(segment.end + 1) == ")";
    within && segment.end - segment.begin <= LONGEST_SHORT_FORM
}

/// Longest short form that is introduced within brackets, in tokens.
const LONGEST_SHORT_FORM: usize = 3;

/// The highest confidence.
const SURE: f32 = 0.99;

/// What the table of speakers says of an utterance: the nearest mention of that speaker, or nobody; `None` if the table
/// does not know the utterance, or the article not the speaker.
fn correction(scene: &Scene<'_, '_>, cast: &Cast, group: &Range<usize>) -> Option<Option<usize>> {
    let document = scene.document;
    let begin = scene.segments[group.start].begin;
    let (_, name) = document.find(begin, |found| match found.sense {
        Sense::Speaker(idx) => Some(&*document.gazetteer.speakers[idx as usize]),
        _ => None,
    })?;
    if name == "-" {
        return Some(None);
    }
    let is_named = |mention: &Mention| {
        let full = mention.figure.map(|idx| &cast.figures[idx].name);
        let words = |begin, end| fold(&document.words_of(begin, end));
        words(mention.begin, mention.end) == name || full.is_some_and(|full| words(full.start, full.end) == name)
    };
    let named = (0..scene.mentions.len()).filter(|&idx| is_named(&scene.mentions[idx]));
    named.min_by_key(|&idx| scene.mentions[idx].begin.abs_diff(begin)).map(Some)
}

fn sum(weights: &[f32], candidate: &Candidate) -> f32 {
    candidate.features.iter().map(|&feature| weights.get(usize::from(feature)).copied().unwrap_or(0.0)).sum()
}

/// The best mention of the most probable person: mentions of one person count together.
fn best_of(
    sums: &[f32],
    shares: &[f32],
    candidates: &[Candidate],
    same: impl Fn(usize, usize) -> bool + Copy,
) -> usize {
    let all = 0..sums.len();
    let of_person = |idx: usize| share_of(shares, candidates, idx, same);
    let Some(likely) = all.clone().max_by(|&a, &b| of_person(a).total_cmp(&of_person(b))) else { return 0 };
    let mentions = all.filter(|&idx| is_same(candidates, idx, likely, same));
    mentions.max_by(|&a, &b| sums[a].total_cmp(&sums[b])).unwrap_or(likely)
}

/// Whether two candidates are one person, or both nobody.
fn is_same(candidates: &[Candidate], a: usize, b: usize, same: impl Fn(usize, usize) -> bool) -> bool {
    match (candidates[a].mention, candidates[b].mention) {
        (Some(a), Some(b)) => same(a, b),
        (None, None) => true,
        _ => false,
    }
}

/// The probability of each candidate by itself.
fn shares_of(sums: &[f32]) -> Vec<f32> {
    let top = sums.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = sums.iter().map(|sum| (sum - top).exp()).collect();
    let all = powers.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    powers.into_iter().map(|power| power / all).collect()
}

/// The share of the person of candidate `idx` among all: mentions of one person count together.
fn share_of(shares: &[f32], candidates: &[Candidate], idx: usize, same: impl Fn(usize, usize) -> bool) -> f32 {
    let of_person = (0..shares.len()).filter(|&other| is_same(candidates, other, idx, &same));
    of_person.map(|other| shares[other]).sum()
}
