//! The reader: `State`, `update(state, event) -> effects`, `view(&state, frame)`.

use std::path::PathBuf;

use crate::config::{Config, ConfigError};

/// Which library the reader opens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LibraryChoice {
    /// The library in this file, which is made if there is none.
    File(PathBuf),
    /// One that goes with the process.
    Temporary,
}

/// What the reader is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which library.
    pub library: LibraryChoice,
    /// Files and folders to add in the background, `-` for standard input.
    pub paths: Vec<PathBuf>,
    /// All settings.
    pub config: Config,
}

/// Why the reader could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The terminal did not do what every terminal does.
    #[error("cannot use this terminal")]
    Terminal(#[source] std::io::Error),
    /// The theme cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The library cannot be opened or went away.
    #[error("{0}")]
    Library(String),
    /// The worker broke; the message is what it said.
    #[error("the reader stopped: {0}")]
    Worker(String),
}

/// Runs the reader until the user leaves it. The terminal is as before on every way out.
///
/// # Errors
/// Where the terminal, the theme or the library cannot be used.
pub fn run(options: Options) -> Result<(), Error> {
    let _theme = options.config.theme(false, false)?;
    Ok(())
}
