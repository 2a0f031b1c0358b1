//! The articles that come with the program, shown while the library is empty. Every official in them is made up.

use std::path::Path;

use crate::{
    extract::extract,
    gazetteer::Gazetteer,
    ingest,
    model::{Annotations, Article},
};

/// Names and contents of the files in `assets/samples`; `build.rs` lists them.
const SAMPLES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// The samples with what is found in them.
pub(super) fn annotated(gazetteer: &Gazetteer) -> Vec<(Article, Annotations)> {
    let read = |(name, bytes): &(&str, &[u8])| {
        let source = format!("samples/{name}");
        // A test shows that every sample can be read.
        ingest::parse(&source, Path::new(&source), bytes).unwrap_or_default().articles
    };
    SAMPLES
        .iter()
        .flat_map(read)
        .map(|article| {
            let found = extract(gazetteer, &article);
            (article, found)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_can_be_read() {
        for (name, bytes) in SAMPLES {
            let source = format!("samples/{name}");
            assert!(!ingest::parse(&source, Path::new(&source), bytes).unwrap().articles.is_empty(), "{name}");
        }
    }
}
