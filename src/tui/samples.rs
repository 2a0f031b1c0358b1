//! The articles that come with the program, shown while the library is empty. Every official in them is made up.

use std::path::Path;

use crate::{
    extract::extract,
    gazetteer::Gazetteer,
    ingest,
    model::{Annotations, Article},
};

/// Names and contents of the files in `assets/samples`.
const SAMPLES: &[(&str, &[u8])] = &[];

/// The samples with what is found in them.
pub(super) fn annotated(gazetteer: &Gazetteer) -> Vec<(Article, Annotations)> {
    let read = |(name, bytes): &(&str, &[u8])| {
        let source = format!("samples/{name}");
        // A test shows that every sample can be read.
        ingest::parse(&source, Path::new(&source), bytes).unwrap_or_default()
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
    fn every_file_of_the_folder_is_bundled_and_can_be_read() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/samples");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .map(|entries| entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect())
            .unwrap_or_default();
        files.sort();
        assert_eq!(files, SAMPLES.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>());
        for (name, bytes) in SAMPLES {
            let source = format!("samples/{name}");
            assert!(!ingest::parse(&source, Path::new(&source), bytes).unwrap().is_empty(), "{name}");
        }
    }
}
