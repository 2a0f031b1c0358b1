//! `attache tag`: the user's tags on what a query finds.

use std::io::{self, BufWriter, Write};

use color_eyre::eyre::{self, WrapErr, eyre};

use super::{
    CANNOT_PRINT, Exit,
    arguments::{Common, Tag},
    library_file,
    report::{Stderr, printable},
    search::{geography, like_grep, understood},
    wrong_usage,
};
use crate::library::{Library, tidy_tag};

/// Tags what the query finds, takes the tag from it, or prints all tags.
pub(super) fn run(arguments: &Tag, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    if common.temp {
        return Err(wrong_usage("a temporary library has nothing to tag: leave --temp out"));
    }
    if arguments.name.is_some() && arguments.query.iter().all(|word| word.trim().is_empty()) {
        return Err(wrong_usage("name what to tag by a query; `*` is every article"));
    }
    like_grep(tag(arguments, common, stderr), stderr)
}

fn tag(arguments: &Tag, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    let mut library = Library::open(&library_file(common)?)?;
    let Some(name) = &arguments.name else { return list(&library) };
    let Some(tag) = tidy_tag(name) else {
        return Err(eyre!("“{}” cannot be a tag: it has no letter and no digit", printable(name)));
    };
    let geography = geography(common)?;
    let Some(query) = understood(&arguments.query.join(" "), &geography, stderr) else { return Ok(Exit::Usage) };
    let n = if arguments.remove { library.untag(&tag, &query)? } else { library.tag(&tag, &query)? };
    if !common.quiet {
        let articles = if n == 1 { "1 article".to_owned() } else { format!("{n} articles") };
        stderr.note(&if arguments.remove {
            format!("took the tag “{tag}” from {articles}")
        } else {
            format!("gave the tag “{tag}” to {articles}")
        });
    }
    Ok(if n == 0 { Exit::Refused } else { Exit::Done })
}

/// Each tag with the number of its articles.
fn list(library: &Library) -> eyre::Result<Exit> {
    let tags = library.tags()?;
    let mut out = BufWriter::new(io::stdout().lock());
    for tag in &tags {
        writeln!(out, "{}\t{}", printable(&tag.name), tag.n_articles).wrap_err(CANNOT_PRINT)?;
    }
    out.flush().wrap_err(CANNOT_PRINT)?;
    Ok(if tags.is_empty() { Exit::Refused } else { Exit::Done })
}
