//! Quotes: which stretches between marks are speech, and whose.
//!
//! The speaker is chosen by scoring: every mention near a quote, and "nobody", gets features ([`features`]) whose
//! weights stand in `assets/weights/speaker.tsv`; the best sum wins, and the sums of all give the confidence.

pub(super) mod attribute;
pub(super) mod candidates;
pub(super) mod coref;
pub(super) mod cues;
pub(super) mod features;
pub(super) mod frames;
pub(super) mod marks;
pub(super) mod mentions;
pub(super) mod speech;
pub(super) mod utterances;
