//! What speaks for a mention being the speaker of a quote, as names in the table `assets/weights/speaker.tsv`.
//!
//! A feature is a pair of values from two small scales ("he or she · subject of the cue"), so every weight can be read
//! as a sentence. Their numbers are positions in [`FeatureSpace`].

use super::{cues::CueKind, mentions::MentionKind};

/// A feature's position among all features.
pub(in crate::extract) type Feature = u16;

/// How a mention stands to a cue.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::extract) enum Relation {
    /// "Lind said"
    Subject,
    /// "Lind, the foreign minister, said"
    SubjectOverApposition,
    /// "Lind met him on Monday and said"
    DistantSubject,
    /// "said Lind"
    Inverted,
    /// "according to Lind"
    According,
    /// "called by Lind"
    Agent,
    /// "Lind was called"
    Passive,
    /// "told Lind"
    Object,
    /// No cue.
    None,
}

pub(in crate::extract) const RELATIONS: [&str; 9] = [
    "subject",
    "subject over apposition",
    "distant subject",
    "inverted",
    "according to",
    "agent",
    "passive",
    "object",
    "no cue",
];

/// Where a mention stands seen from the quote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::extract) enum Side {
    SentenceBefore,
    SentenceAfter,
    Between,
    PreviousSentence,
    PreviousParagraph,
    NextSentence,
    NextParagraph,
    Farther,
}

pub(in crate::extract) const SIDES: [&str; 8] = [
    "same sentence before",
    "same sentence after",
    "between the halves",
    "sentence before",
    "paragraph before",
    "sentence after",
    "paragraph after",
    "farther",
];

const NEARNESS: [&str; 5] = ["0-1", "2-4", "5-10", "11-20", "21+"];
const RANKS: [&str; 4] = ["nearest", "second", "third", "later"];
const STRENGTH: [&str; 3] = ["no cue", "loose cue", "close cue"];
const SYNTAX: [&str; 6] =
    ["opens the sentence", "after a preposition", "after a comma", "genitive", "after and", "inside"];
const CARRIED: [&str; 4] =
    ["not the last speaker", "last speaker, same paragraph", "last speaker, paragraph before", "last speaker, farther"];
const SHAPE: [&str; 4] =
    ["quote is the sentence", "quote opens the sentence", "quote ends the sentence", "quote inside the sentence"];
const LENGTHS: [&str; 4] = ["1-2 words", "3-5 words", "6-12 words", "13+ words"];
const CUE_ORDER: [&str; 4] = [
    "no cue of its own",
    "its cue is the last before the quote",
    "its cue is the first after the quote",
    "another cue is nearer",
];
const BETWEEN: [&str; 4] = ["nobody before its cue", "one before its cue", "two before its cue", "more before its cue"];
const CUE_FORMS: [&str; 4] = ["no verb", "finite", "infinitive", "ending in -ing"];
const FOLLOWED: [&str; 6] =
    ["before a comma", "before a verb", "before a preposition", "before a genitive", "before a stop", "before others"];
const CLAUSE: [&str; 3] = ["no cue earlier", "after a cue", "after a cue with a subject"];
const NONE_KIND: [&str; 2] = ["no speaker", "no speaker, somebody has a cue"];

/// A group of features: the product of two scales.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::extract) enum Group {
    KindRelation,
    RelationSide,
    CueDistanceSide,
    CueKindRelation,
    DistanceSide,
    RankSide,
    SyntaxStrength,
    CarriedStrength,
    CarriedShape,
    KindSide,
    NoneShape,
    NoneLength,
    ShapeSide,
    CueOrderRelation,
    BetweenRelation,
    ClauseRelation,
    CarriedKind,
    CueFormRelation,
    LengthSide,
    CueDistanceRelation,
    SyntaxSide,
    FollowedRelation,
    FollowedSide,
}

const GROUPS: [(Group, &str, &[&str], &[&str]); 23] = [
    (Group::KindRelation, "", &MentionKind::NAMES, &RELATIONS),
    (Group::RelationSide, "", &RELATIONS, &SIDES),
    (Group::CueDistanceSide, "cue to quote ", &NEARNESS, &SIDES),
    (Group::CueKindRelation, "", &CueKind::NAMES, &RELATIONS),
    (Group::DistanceSide, "mention to quote ", &NEARNESS, &SIDES),
    (Group::RankSide, "", &RANKS, &SIDES),
    (Group::SyntaxStrength, "", &SYNTAX, &STRENGTH),
    (Group::CarriedStrength, "", &CARRIED, &STRENGTH),
    (Group::CarriedShape, "", &CARRIED, &SHAPE),
    (Group::KindSide, "", &MentionKind::NAMES, &SIDES),
    (Group::NoneShape, "", &NONE_KIND, &SHAPE),
    (Group::NoneLength, "", &NONE_KIND, &LENGTHS),
    (Group::ShapeSide, "", &SHAPE, &SIDES),
    (Group::CueOrderRelation, "", &CUE_ORDER, &RELATIONS),
    (Group::BetweenRelation, "", &BETWEEN, &RELATIONS),
    (Group::ClauseRelation, "", &CLAUSE, &RELATIONS),
    (Group::CarriedKind, "", &CARRIED, &MentionKind::NAMES),
    (Group::CueFormRelation, "cue ", &CUE_FORMS, &RELATIONS),
    (Group::LengthSide, "", &LENGTHS, &SIDES),
    (Group::CueDistanceRelation, "cue to quote ", &NEARNESS, &RELATIONS),
    (Group::SyntaxSide, "", &SYNTAX, &SIDES),
    (Group::FollowedRelation, "", &FOLLOWED, &RELATIONS),
    (Group::FollowedSide, "", &FOLLOWED, &SIDES),
];

const fn offset(group: Group) -> usize {
    let (mut at, mut idx) = (0, 0);
    while idx < group as usize {
        at += GROUPS[idx].2.len() * GROUPS[idx].3.len();
        idx += 1;
    }
    at
}

/// Number of all features.
#[cfg(test)]
const N_FEATURES: usize = offset(Group::FollowedSide) + FOLLOWED.len() * SIDES.len();

/// The feature of `group` with these two values.
pub(in crate::extract) fn feature(group: Group, first: usize, second: usize) -> Feature {
    let columns = GROUPS[group as usize].3.len();
    (offset(group) + first * columns + second) as Feature
}

/// The names of all features, in the order of their positions.
pub(in crate::extract) fn names() -> Vec<String> {
    let pairs = GROUPS.iter().flat_map(|(_, prefix, rows, columns)| {
        rows.iter().flat_map(move |row| columns.iter().map(move |column| format!("{prefix}{row} · {column}")))
    });
    pairs.collect()
}

/// The step of a distance in tokens.
pub(in crate::extract) fn nearness(n: usize) -> usize {
    match n {
        0..=1 => 0,
        2..=4 => 1,
        5..=10 => 2,
        11..=20 => 3,
        _ => 4,
    }
}

/// The step of a length in words.
pub(in crate::extract) fn length(n: usize) -> usize {
    match n {
        0..=2 => 0,
        3..=5 => 1,
        6..=12 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_its_own_name() {
        let all = names();
        assert_eq!(all.len(), N_FEATURES);
        for (idx, (group, ..)) in GROUPS.iter().enumerate() {
            assert_eq!(*group as usize, idx, "the groups stand in the order of their numbers");
        }
        assert_eq!(all[usize::from(feature(Group::RelationSide, 0, 1))], "subject · same sentence after");
        let mut unique = all.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), all.len());
    }
}
