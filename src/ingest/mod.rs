//! Files and standard input → articles.

use std::path::{Path, PathBuf};

use crate::model::Article;

/// Why an input was refused.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// The file could not be read.
    #[error("cannot read {}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
}

/// Bounds on what is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Largest file, in bytes.
    pub max_file_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_file_bytes: 16 * 1024 * 1024 }
    }
}

/// A file to read, or standard input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    File(PathBuf),
    Stdin,
}

/// The files below `paths` in a stable order (folders walked recursively in parallel, ignore files respected, hidden files
/// skipped); an unreadable path gives an error in its place. `-` is standard input.
pub fn inputs(_paths: &[PathBuf]) -> Vec<Result<Input, IngestError>> {
    Vec::new()
}

/// The articles in one input.
pub fn read(_input: &Input, _limits: &Limits) -> Result<Vec<Article>, IngestError> {
    Ok(Vec::new())
}

/// The articles in `bytes` that came from `source`, whose name tells the format.
pub fn parse(_source: &str, _path: &Path, _bytes: &[u8]) -> Result<Vec<Article>, IngestError> {
    Ok(Vec::new())
}
