//! `attache dirs`: where files live.

use std::io::{self, Write};

use color_eyre::eyre;

use super::{Exit, arguments::Common, library_file};

/// Prints the places, a name and a path a line. None of them need exist.
pub(super) fn run(common: &Common) -> eyre::Result<Exit> {
    let places = super::places()?;
    let config = common.config.clone().unwrap_or_else(|| places.config_file());
    let mut stdout = io::stdout().lock();
    let rows = [
        ("config", config),
        ("themes", places.themes()),
        ("library", library_file(common)?),
        ("state", places.state),
        ("cache", places.cache),
    ];
    for (name, path) in rows {
        writeln!(stdout, "{name:<8} {}", path.display())?;
    }
    Ok(Exit::Done)
}
