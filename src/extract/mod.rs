//! Pure text → annotations. No input or output, no clock, no globals; deterministic.

mod document;
mod quotes;

use crate::{
    gazetteer::Gazetteer,
    model::{Annotations, Article},
};

/// Rises whenever the same text may get other annotations: the library then annotates its articles anew.
pub const ENGINE_VERSION: u32 = 1;

/// Everything found in `article`'s body.
pub fn extract(_gazetteer: &Gazetteer, _article: &Article) -> Annotations {
    Annotations::default()
}
