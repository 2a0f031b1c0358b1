//! Which stretches between marks are one utterance: split by its attribution, or running over paragraphs.

use super::{cues::Cue, frames::Frames, marks::Segment};
use crate::{extract::document::Document, gazetteer::TokenKind};

/// Longest attribution between the two halves of an utterance, in tokens.
const LONGEST_ATTRIBUTION: usize = 40;

/// Groups of segments (ranges of their indexes), each one utterance, in order.
pub(in crate::extract) fn utterances(
    document: &Document<'_>,
    segments: &[Segment],
    frames: &Frames,
    cues: &[Cue],
) -> Vec<std::ops::Range<usize>> {
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    for (idx, segment) in segments.iter().enumerate() {
        let joined = idx > 0 && {
            let previous = &segments[idx - 1];
            (previous.continues && segment.opens_paragraph)
                || is_split(document, previous, segment, frames, cues)
                || goes_on(document, previous, segment, frames, cues)
        };
        match groups.last_mut() {
            Some(group) if joined => group.end = idx + 1,
            _ => groups.push(idx..idx + 1),
        }
    }
    groups
}

/// “A,” he said. “B.”: the attribution ends its sentence, and the next words are the speaker's again.
fn goes_on(document: &Document<'_>, first: &Segment, second: &Segment, frames: &Frames, cues: &[Cue]) -> bool {
    let (begin, end) = (first.end + 1, second.begin.saturating_sub(1));
    if begin >= end || end - begin > LONGEST_ATTRIBUTION || document.opens_paragraph(end) || first.continues {
        return false;
    }
    let one_sentence = frames.of(begin) == frames.of(end - 1) && frames.of(first.end) == frames.of(begin);
    let stops = document.ends_sentence(end - 1) || document.text(end - 1) == ":";
    let broken_off = matches!(document.text(first.end - 1), "," | "?" | "!");
    let n_words = first.end - first.begin;
    // “B,” Okoth said: the second has a speaker of its own.
    let fills_sentence = second.end + 1 >= document.len() || frames.of(second.end) != frames.of(second.end + 1);
    fills_sentence && one_sentence && stops && broken_off && n_words > 1 && n_cues(cues, begin, end) == 1
}

fn n_cues(cues: &[Cue], begin: usize, end: usize) -> usize {
    cues[cues.partition_point(|cue| cue.begin < begin)..].iter().take_while(|cue| cue.begin < end).count()
}

/// “A,” he said, “B”: within one sentence of the writer, with a cue and little else between the halves.
fn is_split(document: &Document<'_>, first: &Segment, second: &Segment, frames: &Frames, cues: &[Cue]) -> bool {
    let (begin, end) = (first.end + 1, second.begin.saturating_sub(1));
    if begin >= end
        || end - begin > LONGEST_ATTRIBUTION
        || frames.of(begin) != frames.of(end - 1)
        || frames.of(first.end) != frames.of(end)
    {
        return false;
    }
    let broken_off = document.text(first.end - 1) == ","
        || matches!(document.text(first.end - 1), "—" | "–" | "--")
        || document.kind(first.end - 1) == Some(TokenKind::Word);
    let resumes = document.text(end - 1) == "," || document.is(end - 1, "that");
    let direct_start = document.text(first.end - 1) == ",";
    n_cues(cues, begin, end) == 1
        && broken_off
        && resumes
        && (direct_start || first.opens_paragraph)
        && document.text(end - 1) == ","
}
