//! Cuts the inputs into chunks that are worth a commit and fit in memory.

use crate::ingest::{IngestError, Input};

/// Most inputs of a chunk. A commit flushes the disk, so that small chunks are slow; a reader beside the import waits
/// for one, so that large ones are felt.
const MAX_INPUTS: usize = 2048;

/// A chunk ends with the input that brings it to this size.
const MAX_BYTES: u64 = 8 * 1024 * 1024;

/// The chunks in order.
pub(super) fn chunks(inputs: Vec<Result<Input, IngestError>>) -> impl Iterator<Item = Vec<Result<Input, IngestError>>> {
    let mut inputs = inputs.into_iter();
    std::iter::from_fn(move || {
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        while chunk.len() < MAX_INPUTS && bytes < MAX_BYTES {
            let Some(input) = inputs.next() else { break };
            bytes += size(&input);
            chunk.push(input);
        }
        (!chunk.is_empty()).then_some(chunk)
    })
}

fn size(input: &Result<Input, IngestError>) -> u64 {
    match input {
        Ok(Input::File(path)) => path.metadata().map_or(0, |metadata| metadata.len()),
        // Of unknown size: alone, or last.
        Ok(Input::Stdin) => MAX_BYTES,
        Err(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &std::path::Path) -> Result<Input, IngestError> {
        Ok(Input::File(path.to_owned()))
    }

    #[test]
    fn a_chunk_ends_when_it_has_enough_files_or_enough_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let (small, large) = (folder.path().join("small"), folder.path().join("large"));
        std::fs::write(&small, "s").unwrap();
        std::fs::File::create(&large).unwrap().set_len(MAX_BYTES - 1).unwrap();
        let sizes = |inputs| chunks(inputs).map(|chunk| chunk.len()).collect::<Vec<_>>();
        assert_eq!(sizes((0..MAX_INPUTS + 1).map(|_| file(&small)).collect()), [MAX_INPUTS, 1]);
        assert_eq!(sizes(vec![file(&large), file(&large), file(&small), Ok(Input::Stdin), file(&small)]), [2, 2, 1]);
        assert_eq!(sizes(Vec::new()), [0; 0]);
    }
}
