//! `attache [PATH…]`: the reader.

use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
};

use clap::ColorChoice;
use color_eyre::eyre;

use super::{Exit, arguments::Common, library_file, report::Stderr};
use crate::tui::{self, LibraryChoice, Options};

/// Opens the reader. Never starts it where nobody could see or leave it.
pub(super) fn run(mut paths: Vec<PathBuf>, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    let missing: Vec<&PathBuf> = paths.iter().filter(|path| !is_there(path)).collect();
    if !missing.is_empty() && missing.len() == paths.len() {
        // Most likely a slip of the pen: the reader would only open to say so.
        for path in missing {
            stderr.problem(&format!("there is no file, folder or command `{}`; see `attache --help`", path.display()));
        }
        return Ok(Exit::Refused);
    }
    if paths.is_empty() && !io::stdin().is_terminal() {
        paths.push(PathBuf::from("-"));
    }
    let mut config = super::config(common)?;
    let tables = super::user_tables(&config)?;
    if common.color == ColorChoice::Never {
        config.screen.theme = "mono".to_owned();
    }
    let library = if common.temp { LibraryChoice::Temporary } else { LibraryChoice::File(library_file(common)?) };
    match tui::run(Options { library, paths, config, tables }) {
        Ok(()) => Ok(Exit::Done),
        Err(error @ (tui::Error::NoTerminal | tui::Error::DumbTerminal)) => {
            stderr.error(&error);
            Ok(Exit::Usage)
        }
        Err(error) => Err(error.into()),
    }
}

fn is_there(path: &Path) -> bool {
    // A link that leads nowhere is there, and refused by name when it is read.
    path == Path::new("-") || path.symlink_metadata().is_ok()
}
