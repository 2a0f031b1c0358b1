//! `attache bookmarks`: the quotes one keeps, written out.

use std::io::{self, BufWriter, Write};

use color_eyre::eyre::{self, WrapErr};

use super::{CANNOT_PRINT, Exit, arguments, arguments::Common, library_file, report::Stderr, wrong_usage};
use crate::{export, library::Library};

/// Prints all bookmarks, newest first. A library that does not exist yet is not made.
pub(super) fn run(arguments: &arguments::Bookmarks, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    if common.temp {
        return Err(wrong_usage("a temporary library holds no bookmarks: leave --temp out"));
    }
    let file = library_file(common)?;
    let bookmarks = if !file.try_exists()? { Vec::new() } else { Library::open(&file)?.bookmarks()? };
    if bookmarks.is_empty() && !common.quiet {
        stderr.note(&format!("no bookmarks in {}; press b on a quote in the reader to keep it", file.display()));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    export::write_bookmarks(&bookmarks, arguments.format.into(), &mut out)
        .and_then(|()| out.flush())
        .wrap_err(CANNOT_PRINT)?;
    Ok(Exit::Done)
}
