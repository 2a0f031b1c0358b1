//! Quotes: which stretches between marks are speech, and whose.

pub(super) mod marks;
