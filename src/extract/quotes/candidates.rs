//! Who could have said a quote: the mentions around it, each with its features.

use rustc_hash::FxHashMap;

use super::{
    cues::{Cue, CueKind},
    features::{Feature, Group, Relation, Side, feature, length, nearness},
    frames::Frames,
    marks::Segment,
    mentions::{Mention, MentionKind},
};
use crate::{
    extract::{document::Document, grammar::is_report},
    gazetteer::{Sense, TokenKind, Word, chain_hash},
};

/// A possible speaker of a quote.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Candidate {
    /// Index of the mention; `None` stands for nobody.
    pub(in crate::extract) mention: Option<usize>,
    /// The cue that ties it to the quote.
    pub(in crate::extract) cue: Option<Cue>,
    pub(in crate::extract) features: Vec<Feature>,
}

/// The writer's words around quotes, prepared once an article.
pub(in crate::extract) struct Scene<'s, 'a> {
    pub(in crate::extract) document: &'s Document<'a>,
    pub(in crate::extract) segments: &'s [Segment],
    pub(in crate::extract) frames: &'s Frames,
    pub(in crate::extract) mentions: &'s [Mention],
    pub(in crate::extract) cues: &'s [Cue],
    /// For every cue, the mention right before it.
    subjects: Vec<Option<usize>>,
    /// For every cue without one, the mention behind it that is its subject: "said Okoth".
    inverted: Vec<Option<usize>>,
    /// How often the words of a short segment stand between marks, by their hash.
    repeats: FxHashMap<u64, u32>,
}

/// The speaker of the quote before, seen from a quote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::extract) struct LastSpeaker {
    /// The mention that was chosen.
    pub(in crate::extract) mention: usize,
    /// Paragraphs between the two quotes.
    pub(in crate::extract) paragraphs: usize,
}

/// The value of [`Scene::syntax`] for a mention behind a preposition.
const AFTER_PREPOSITION: usize = 1;

/// How far from a quote a mention may stand, in tokens.
const REACH_BEFORE: usize = 90;
const REACH_AFTER: usize = 70;
/// Most candidates a quote has, nearest first.
const MOST: usize = 24;

impl<'s, 'a> Scene<'s, 'a> {
    pub(in crate::extract) fn new(
        document: &'s Document<'a>,
        segments: &'s [Segment],
        frames: &'s Frames,
        mentions: &'s [Mention],
        cues: &'s [Cue],
    ) -> Self {
        let subject = |cue: &Cue| {
            let after = mentions.partition_point(|m| m.end <= cue.begin);
            let last = after.checked_sub(1)?;
            let is_close = is_close_gap(document, mentions[last].end, cue.begin);
            // "quoted Lind as saying", "Lind was quoted by the paper as saying"
            let reported =
                cue.begin > 0 && document.is(cue.begin - 1, "as") && document.text(cue.begin).ends_with("ing");
            if reported && mentions[last].end + 1 == cue.begin {
                let by = mentions[last].begin > 0 && document.is(mentions[last].begin - 1, "by");
                return if by { last.checked_sub(1) } else { Some(last) };
            }
            // "Anna Lind of Sweden said": the name, not what hangs on it.
            let idx = last
                .checked_sub(1)
                .filter(|&name| is_close && belongs_to_name(document, mentions, name))
                .unwrap_or(last);
            let mention = &mentions[idx];
            (is_close && frames.of(mention.begin) == frames.of(cue.begin)).then_some(idx)
        };
        let subjects: Vec<Option<usize>> = cues.iter().map(subject).collect();
        let inverted = |(cue, subject): (&Cue, &Option<usize>)| {
            let turned = subject.is_none() && can_invert(document, cue);
            let next = mentions.partition_point(|m| m.begin < cue.end);
            let is_subject =
                |m: &Mention| is_title_gap(document, cue.end, m.begin) && frames.of(m.begin) == frames.of(cue.begin);
            // "Okoth, 58, told the paper" and "Okoth, the minister, said Lind was wrong" have theirs in front.
            let after_comma = cue.begin > 0 && document.text(cue.begin - 1) == ",";
            let goes_on = |m: &Mention| {
                let next = document.word(m.end);
                next.is(Word::AUXILIARY) || document.kind(m.end) == Some(TokenKind::Genitive) || next.is(Word::VERB)
            };
            let fits = |m: &Mention| is_subject(m) && !(after_comma && goes_on(m));
            (turned && mentions.get(next).is_some_and(fits)).then_some(next)
        };
        let inverted = cues.iter().zip(&subjects).map(inverted).collect();
        let mut repeats = FxHashMap::default();
        for key in segments.iter().filter_map(|segment| words_key(document, segment)) {
            *repeats.entry(key).or_default() += 1;
        }
        Self { document, segments, frames, mentions, cues, subjects, inverted, repeats }
    }

    /// Whether the few words of a segment stand between marks at another place too: a term rather than speech.
    pub(in crate::extract) fn is_repeated(&self, segment: &Segment) -> bool {
        words_key(self.document, segment).and_then(|key| self.repeats.get(&key)).is_some_and(|&n| n > 1)
    }

    /// The candidates for the utterance made of `group`, nobody first. `same` tells whether two mentions are one person.
    pub(in crate::extract) fn candidates(
        &self,
        group: &std::ops::Range<usize>,
        last: Option<LastSpeaker>,
        same: impl Fn(usize, usize) -> bool,
    ) -> Vec<Candidate> {
        let place = Placement::new(self, group);
        let mut around = self.around(&place);
        if let Some(last) = last
            && !around.contains(&last.mention)
        {
            around.push(last.mention);
        }
        let carried = |mention: usize| match last {
            Some(last) if same(last.mention, mention) => 1 + last.paragraphs.min(2),
            _ => 0,
        };
        let mut all: Vec<Candidate> = Vec::with_capacity(around.len() + 1);
        for &mention in &around {
            let candidate = self.candidate(&place, &around, mention, carried(mention));
            // "who" without a cue of its own adds nothing to the name it stands for.
            if candidate.cue.is_some() || self.mentions[mention].kind != MentionKind::Relative {
                all.push(candidate);
            }
        }
        let any_cue = all.iter().any(|c| c.cue.is_some_and(|cue| place.cue_distance(cue) <= 4));
        let none = usize::from(any_cue);
        let features =
            vec![feature(Group::NoneShape, none, place.shape), feature(Group::NoneLength, none, length(place.n_words))];
        all.insert(0, Candidate { mention: None, cue: None, features });
        all
    }

    /// Indexes of the mentions near enough, in order.
    fn around(&self, place: &Placement) -> Vec<usize> {
        let lo = place.open.saturating_sub(REACH_BEFORE);
        let hi = place.close + REACH_AFTER;
        let first = self.mentions.partition_point(|m| m.begin < lo);
        let near = (first..self.mentions.len()).take_while(|&idx| self.mentions[idx].begin < hi);
        let mut found: Vec<usize> = near
            .filter(|&idx| {
                let frame = self.frames.of(self.mentions[idx].begin);
                frame + 3 >= place.first_frame && frame <= place.last_frame + 1
            })
            .collect();
        if found.len() > MOST {
            found.sort_by_key(|&idx| place.distance(&self.mentions[idx]));
            found.truncate(MOST);
            found.sort_unstable();
        }
        found
    }

    fn candidate(&self, place: &Placement, around: &[usize], idx: usize, carried: usize) -> Candidate {
        let mention = &self.mentions[idx];
        let side = place.side(self, mention) as usize;
        let (relation, cue) = self.relation(place, idx);
        let cue_distance = cue.map(|cue| place.cue_distance(cue));
        let strength = match (relation, cue_distance) {
            (Relation::None, _) | (_, None) => 0,
            (
                Relation::Subject
                | Relation::SubjectOverApposition
                | Relation::Inverted
                | Relation::According
                | Relation::Agent,
                Some(0..=4),
            ) => 2,
            _ => 1,
        };
        let distance = place.distance(mention);
        let before = mention.begin < place.open;
        let rank = around
            .iter()
            .filter(|&&other| {
                let other = &self.mentions[other];
                (other.begin < place.open) == before && place.distance(other) < distance
            })
            .count()
            .min(3);
        let kind = mention.kind as usize;
        let mut features = vec![
            feature(Group::KindRelation, kind, relation as usize),
            feature(Group::RelationSide, relation as usize, side),
            feature(Group::DistanceSide, nearness(distance), side),
            feature(Group::RankSide, rank, side),
            feature(Group::SyntaxStrength, self.syntax(mention), strength),
            feature(Group::CarriedStrength, carried, strength),
            feature(Group::CarriedShape, carried, place.shape),
            feature(Group::KindSide, kind, side),
            feature(Group::ShapeSide, place.shape, side),
        ];
        features.push(feature(Group::CueOrderRelation, self.cue_order(place, cue), relation as usize));
        features.push(feature(Group::BetweenRelation, self.n_between(mention, cue), relation as usize));
        features.push(feature(Group::ClauseRelation, self.clause(mention), relation as usize));
        features.push(feature(Group::CarriedKind, carried, kind));
        features.push(feature(Group::CueFormRelation, self.cue_form(cue), relation as usize));
        features.push(feature(Group::LengthSide, length(place.n_words), side));
        features.push(feature(Group::SyntaxSide, self.syntax(mention), side));
        features.push(feature(Group::FollowedRelation, self.followed(mention), relation as usize));
        features.push(feature(Group::FollowedSide, self.followed(mention), side));
        if let (Some(cue), Some(distance)) = (cue, cue_distance) {
            features.push(feature(Group::CueDistanceRelation, nearness(distance), relation as usize));
            features.push(feature(Group::CueDistanceSide, nearness(distance), side));
            features.push(feature(Group::CueKindRelation, cue.kind as usize, relation as usize));
        }
        Candidate { mention: Some(idx), cue, features }
    }

    /// How a mention stands to the cue nearest to the quote that it has anything to do with.
    fn relation(&self, place: &Placement, idx: usize) -> (Relation, Option<Cue>) {
        let mention = &self.mentions[idx];
        let frame = self.frames.of(mention.begin);
        let first = self.cues.partition_point(|cue| cue.begin + REACH_BEFORE < mention.begin);
        let in_frame = (first..self.cues.len())
            .take_while(|&c| self.frames.of(self.cues[c].begin) <= frame)
            .filter(|&c| self.frames.of(self.cues[c].begin) == frame);
        let related = in_frame.filter_map(|c| {
            let relation = self.relation_to(place, idx, c)?;
            Some((relation, self.cues[c]))
        });
        let best =
            related.min_by_key(|&(relation, cue)| (place.cue_distance(cue) + looseness(relation), relation as usize));
        best.map_or((Relation::None, None), |(relation, cue)| (relation, Some(cue)))
    }

    fn relation_to(&self, place: &Placement, idx: usize, c: usize) -> Option<Relation> {
        let (mention, cue) = (&self.mentions[idx], &self.cues[c]);
        let document = self.document;
        if cue.end <= mention.begin {
            // called “a dream” by Okoth
            let by_after = place.close + 1;
            if cue.end <= place.open
                && document.is(by_after, "by")
                && is_title_gap(document, by_after + 1, mention.begin)
            {
                return Some(Relation::Agent);
            }
            if cue.kind == CueKind::According {
                return is_title_gap(document, cue.end, mention.begin).then_some(Relation::According);
            }
            if document.is(cue.end, "by") && is_title_gap(document, cue.end + 1, mention.begin) {
                return Some(Relation::Agent);
            }
            let gap = is_title_gap(document, cue.end, mention.begin);
            return gap.then_some(if self.inverted[c].is_some() { Relation::Inverted } else { Relation::Object });
        }
        if cue.begin < mention.end {
            return None;
        }
        // "a diplomat, who spoke privately, said": the clause of "who" is over before the quote.
        let next_cue = self.cues.get(c + 1).filter(|next| next.end <= place.open && next.begin > cue.end);
        let over = mention.kind == MentionKind::Relative
            && next_cue.is_some_and(|next| (cue.end..next.begin).any(|tok| document.text(tok) == ","));
        if over {
            return None;
        }
        if self.inverted[c].is_some() {
            return None;
        }
        if self.subjects[c] == Some(idx) {
            let passive = !document.text(cue.begin).ends_with("ing")
                && (mention.end..cue.begin)
                    .any(|tok| document.is_any(tok, &["was", "were", "is", "are", "be", "been"]));
            return Some(if passive { Relation::Passive } else { Relation::Subject });
        }
        // "a source close to the talks said": what stands right before the cue hangs on a preposition.
        let has_own_subject =
            self.subjects[c].is_some_and(|subject| self.syntax(&self.mentions[subject]) != AFTER_PREPOSITION);
        if has_own_subject || cue.kind == CueKind::According {
            return None;
        }
        // "Okoth, who leads the party, said": the clause of "who" is over before the cue.
        let closed =
            mention.kind == MentionKind::Relative && (mention.end..cue.begin).any(|tok| document.text(tok) == ",");
        if closed {
            return None;
        }
        let opens_apposition = document.is_any(
            mention.end,
            &[",", "(", "who", "—", "–", "--", "of", "from", "in", "at", "for", "on", "with", "and"],
        ) || document.kind(mention.end) == Some(TokenKind::Hyphen);
        // "a diplomat, who spoke privately, said": what stands between two commas has its own verb.
        let between_commas = document.text(mention.end) == "," && document.text(cue.begin - 1) == ",";
        let no_cue_between = between_commas || self.cues[..c].last().is_none_or(|before| before.begin < mention.end);
        let closes = document.is_any(cue.begin - 1, &[",", ")", "—", "–", "--", "also", "has", "had"])
            || self.document.tokens[cue.begin - 1].is_lower();
        if opens_apposition && closes && no_cue_between {
            Some(Relation::SubjectOverApposition)
        } else {
            Some(Relation::DistantSubject)
        }
    }

    /// Whether the cue of a mention is the one next to the quote, on its side.
    fn cue_order(&self, place: &Placement, cue: Option<Cue>) -> usize {
        let Some(cue) = cue else { return 0 };
        if cue.begin < place.open {
            let last = self.cues.partition_point(|c| c.begin < place.open).checked_sub(1);
            if last.is_some_and(|idx| self.cues[idx] == cue) { 1 } else { 3 }
        } else {
            let first = self.cues.partition_point(|c| c.begin < place.open);
            if self.cues.get(first) == Some(&cue) { 2 } else { 3 }
        }
    }

    /// How many others are mentioned between a mention and its cue, at most 3.
    fn n_between(&self, mention: &Mention, cue: Option<Cue>) -> usize {
        let Some(cue) = cue else { return 0 };
        let (begin, end) = if mention.end <= cue.begin { (mention.end, cue.begin) } else { (cue.end, mention.begin) };
        let first = self.mentions.partition_point(|m| m.begin < begin);
        self.mentions[first..].iter().take_while(|m| m.begin < end).take(3).count()
    }

    /// "said", "to say", "saying".
    fn cue_form(&self, cue: Option<Cue>) -> usize {
        match cue {
            None => 0,
            Some(cue) if cue.kind == CueKind::According => 0,
            Some(cue) if cue.begin > 0 && self.document.is(cue.begin - 1, "to") => 2,
            Some(cue) if self.document.text(cue.begin).ends_with("ing") => 3,
            Some(_) => 1,
        }
    }

    /// Whether a cue stands earlier in the sentence of a mention: what follows it is told, not done.
    fn clause(&self, mention: &Mention) -> usize {
        let frame = self.frames.of(mention.begin);
        let Some(idx) = self.cues.partition_point(|cue| cue.begin < mention.begin).checked_sub(1) else { return 0 };
        if self.frames.of(self.cues[idx].begin) != frame {
            return 0;
        }
        if self.subjects[idx].is_some() { 2 } else { 1 }
    }

    /// What stands right behind a mention.
    fn followed(&self, mention: &Mention) -> usize {
        let document = self.document;
        let word = document.word(mention.end);
        match document.kind(mention.end) {
            _ if document.text(mention.end) == "," => 0,
            Some(TokenKind::Genitive) => 3,
            Some(TokenKind::Stop) | None => 4,
            _ if word.is(Word::AUXILIARY) || is_report(document, mention.end) => 1,
            _ if word.is(Word::PREPOSITION) => 2,
            _ if word.is(Word::VERB) && !word.is(Word::NOUN) => 1,
            _ => 5,
        }
    }

    /// Where in its sentence a mention stands.
    fn syntax(&self, mention: &Mention) -> usize {
        let document = self.document;
        let Some(before) = mention.begin.checked_sub(1) else { return 0 };
        if self.frames.of(before) != self.frames.of(mention.begin) || document.kind(before) == Some(TokenKind::Mark) {
            0
        } else if document.kind(mention.end) == Some(TokenKind::Genitive) {
            3
        } else if document.is_any(
            before,
            &[
                "of", "to", "with", "by", "for", "about", "against", "from", "in", "on", "at", "like", "than",
                "toward", "between", "into", "under", "over",
            ],
        ) {
            AFTER_PREPOSITION
        } else if document.text(before) == "," {
            2
        } else if document.is_any(before, &["and", "but", "that", "as", "while", "because", "when", "if"]) {
            4
        } else {
            5
        }
    }
}

/// Whether a subject can stand behind a cue: after marks, a comma, or at the head of a clause.
fn can_invert(document: &Document<'_>, cue: &Cue) -> bool {
    let Some(before) = cue.begin.checked_sub(1) else { return true };
    cue.kind != CueKind::According
        && !document.text(cue.begin).ends_with("ing")
        && !document.is_any(cue.begin, &["told", "tells", "tell"])
        && (document.opens_clause(cue.begin) || document.is_any(before, &[",", "also", "then"]))
}

/// What a looser tie to a cue counts against it, in tokens of distance.
fn looseness(relation: Relation) -> usize {
    match relation {
        Relation::Subject => 0,
        Relation::Inverted | Relation::According => 1,
        Relation::SubjectOverApposition | Relation::Agent => 3,
        Relation::DistantSubject => 6,
        Relation::Passive => 15,
        Relation::Object => 18,
        Relation::None => 24,
    }
}

/// Tells the words of a short segment from others; `None` for a longer one.
fn words_key(document: &Document<'_>, segment: &Segment) -> Option<u64> {
    let words = document.tokens[segment.begin..segment.end].iter().filter(|token| token.kind == TokenKind::Word);
    (segment.end - segment.begin <= 4).then(|| words.fold(0, |key, token| chain_hash(key, token.hash)))
}

/// The mention after `name` hangs on it: "Anna Lind of Sweden".
fn belongs_to_name(document: &Document<'_>, mentions: &[Mention], name: usize) -> bool {
    let (name, next) = (&mentions[name], &mentions[name + 1]);
    name.figure.is_some()
        && next.figure.is_none()
        && name.end + 1 == next.begin
        && document.is_any(name.end, &["of", "from"])
}

/// Only small words between a mention and a cue: "also", "has", "later", "then quickly".
fn is_close_gap(document: &Document<'_>, begin: usize, end: usize) -> bool {
    begin <= end
        && end - begin <= 4
        && (begin..end).all(|tok| {
            let adverb = document.text(tok).ends_with("ly") && document.tokens[tok].is_lower();
            adverb
                || document.is_any(
                    tok,
                    &[
                        "has", "had", "have", "also", "later", "then", "would", "did", "not", "once", "never", "even",
                        "still", "again", "who", "was", "is", "were", "are", "be", "been", "to", "will", "could",
                        "himself", "herself", "went", "further", "now", "first", "often", "just", "on", "twice",
                        "always", "released", "issued", "quoted", "cited", "as",
                    ],
                )
        })
}

/// Only a title between a cue and a name: "said Foreign Minister", "according to the Syrian".
fn is_title_gap(document: &Document<'_>, begin: usize, end: usize) -> bool {
    begin <= end
        && end - begin <= 14
        && (begin..end).all(|tok| {
            let token = &document.tokens[tok];
            let small = document.is_any(
                tok,
                &["the", "a", "an", "of", "his", "her", "its", "and", "former", "by", "both", "for", "senior"],
            );
            let office = document.found(tok).iter().any(|f| {
                matches!(f.sense, Sense::Office(_) | Sense::Occupation | Sense::Modifier(_) | Sense::Portfolio)
            });
            let inner = matches!(token.kind, TokenKind::Hyphen | TokenKind::Genitive | TokenKind::Number)
                || (token.kind == TokenKind::Stop && !document.ends_sentence(tok));
            let plain = token.is_lower() && !document.is_function(tok) && !is_report(document, tok);
            token.is_capitalized() || small || office || inner || plain
        })
}

/// Where an utterance stands in the writer's sentences.
struct Placement {
    /// The token of its first opening mark, and of its last closing mark.
    open: usize,
    close: usize,
    first_frame: u32,
    last_frame: u32,
    first_paragraph: usize,
    last_paragraph: usize,
    /// Edges of its segments: opening and closing marks.
    edges: Vec<(usize, usize)>,
    shape: usize,
    n_words: usize,
}

impl Placement {
    fn new(scene: &Scene<'_, '_>, group: &std::ops::Range<usize>) -> Self {
        let segments = &scene.segments[group.clone()];
        let edges: Vec<(usize, usize)> = segments.iter().map(|s| (s.begin.saturating_sub(1), s.end)).collect();
        let open = edges.first().map_or(0, |e| e.0);
        let close = edges.last().map_or(0, |e| e.1);
        let last_inside = close.saturating_sub(1);
        let first_frame = scene.frames.of(open);
        // An unclosed quote ends with its paragraph: its last word tells the sentence.
        let last_frame =
            scene.frames.of(if scene.document.kind(close) == Some(TokenKind::Mark) { close } else { last_inside });
        let outside_before =
            open > 0 && scene.frames.of(open - 1) == first_frame && !scene.document.opens_paragraph(open);
        let outside_after = close + 1 < scene.document.len()
            && scene.frames.of(close + 1) == last_frame
            && scene.document.kind(close + 1) != Some(TokenKind::Stop);
        let shape = match (outside_before, outside_after) {
            (false, false) => 0,
            (false, true) => 1,
            (true, false) => 2,
            (true, true) => 3,
        };
        Self {
            open,
            close,
            first_frame,
            last_frame,
            first_paragraph: scene.document.paragraph_of(open),
            last_paragraph: scene.document.paragraph_of(last_inside),
            n_words: segments.iter().map(|s| s.end - s.begin).sum(),
            edges,
            shape,
        }
    }

    fn side(&self, scene: &Scene<'_, '_>, mention: &Mention) -> Side {
        let frame = scene.frames.of(mention.begin);
        let paragraph = scene.document.paragraph_of(mention.begin);
        if mention.begin < self.open {
            if frame == self.first_frame {
                Side::SentenceBefore
            } else if paragraph + 1 < self.first_paragraph || frame + 3 < self.first_frame {
                Side::Farther
            } else if paragraph < self.first_paragraph {
                Side::PreviousParagraph
            } else {
                Side::PreviousSentence
            }
        } else if mention.begin < self.close {
            Side::Between
        } else if frame == self.last_frame {
            Side::SentenceAfter
        } else if paragraph == self.last_paragraph {
            Side::NextSentence
        } else {
            Side::NextParagraph
        }
    }

    /// Tokens between a mention and the nearest edge of the quote.
    fn distance(&self, mention: &Mention) -> usize {
        self.gap(mention.begin, mention.end)
    }

    /// Tokens between a cue and the nearest edge of the quote.
    fn cue_distance(&self, cue: Cue) -> usize {
        self.gap(cue.begin, cue.end)
    }

    fn gap(&self, begin: usize, end: usize) -> usize {
        self.edges
            .iter()
            .map(|&(open, close)| if end <= open { open - end } else { begin.saturating_sub(close + 1) })
            .min()
            .unwrap_or(usize::MAX)
    }
}
