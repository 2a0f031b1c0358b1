//! Samples for learning the weight tables: what the engine sees at every stretch between marks of a labelled article.

use super::{
    Parsed,
    quotes::{self, features},
};
use crate::{gazetteer::Gazetteer, model::Article};

/// A stretch between marks as people labelled it. Offsets are bytes of the body, marks left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Labelled {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// Whether it is speech.
    pub is_quote: bool,
    /// Where the text names who said it; empty if nowhere.
    pub sources: Vec<(usize, usize)>,
}

/// The candidates of one quote, each with the positions of its features and whether it is a true speaker.
pub type SpeakerSample = Vec<(Vec<u16>, bool)>;

/// What is known of one stretch, and whether it is speech.
pub type SpeechSample = (Vec<&'static str>, bool);

/// The samples of one labelled article.
#[derive(Clone, Debug, Default)]
pub struct Samples {
    /// One a quote whose true speaker is among its candidates.
    pub speakers: Vec<SpeakerSample>,
    /// One a stretch.
    pub speech: Vec<SpeechSample>,
    /// Quotes whose true speaker is no candidate: what better weights cannot mend.
    pub unreachable: Vec<(usize, usize)>,
}

/// The names of the speaker features, in the order of their positions.
pub fn feature_names() -> Vec<String> {
    features::names()
}

/// Reads `article` as the engine does: the speaker of the quote before is the one it would choose, right or wrong.
pub fn samples(gazetteer: &Gazetteer, article: &Article, gold: &[Labelled]) -> Samples {
    let mut parsed = Parsed::new(gazetteer, &article.body);
    let cast = parsed.cast(article.published);
    let (document, segments, text) = (&parsed.document, &parsed.segments, parsed.text());
    let mut found = Samples::default();
    quotes::attribute::read(&text, &cast, segments, |scene, group, candidates, verdict| {
        let Some(span) = document.span(segments[group.start].begin, segments[group.start].end) else { return };
        let label = gold.iter().find(|g| {
            let (lo, hi) = (g.start.max(span.start()), g.end.min(span.end()));
            lo < hi && 2 * (hi - lo) >= g.end - g.start
        });
        let Some(label) = label else { return };
        found.speech.push((verdict.reasons.clone(), label.is_quote));
        if !label.is_quote {
            return;
        }
        let is_true = |mention: Option<usize>| match mention {
            None => label.sources.is_empty(),
            Some(idx) => {
                let mention = &scene.mentions[idx];
                document.span(mention.begin, mention.end).is_some_and(|span| {
                    label.sources.iter().any(|&(start, end)| span.start() < end && start < span.end())
                })
            }
        };
        let truth: Vec<bool> = candidates.iter().map(|c| is_true(c.mention)).collect();
        if truth.contains(&true) {
            found.speakers.push(candidates.iter().zip(&truth).map(|(c, &t)| (c.features.clone(), t)).collect());
        } else {
            found.unreachable.push((span.start(), span.end()));
        }
    });
    found
}
