//! `attache library`: what keeps a library in good order.

use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use chrono::Local;
use color_eyre::eyre::{self, WrapErr};

use super::{
    CANNOT_PRINT, Exit,
    arguments::{Common, LibraryCommand},
    library_file,
    report::{Stderr, printable},
    wrong_usage,
};
use crate::{
    gazetteer::Gazetteer,
    import,
    library::{Library, LibraryError, Salvaged, UNDO_DAYS, Undone},
};

/// Does what `command` says with the library, which must exist for all but an import.
pub(super) fn run(command: &LibraryCommand, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    if common.temp {
        return Err(wrong_usage("a temporary library needs no keeping: leave --temp out"));
    }
    let file = library_file(common)?;
    if !file.try_exists()? && !matches!(command, LibraryCommand::Import { .. }) {
        return Err(LibraryError::Missing { path: file }.into());
    }
    match command {
        LibraryCommand::Check => check(&file, common),
        LibraryCommand::Repair { into } => repair(&file, into.as_deref(), common, stderr),
        LibraryCommand::Compact => {
            let done = Library::open(&file)?.compact()?;
            say(common, &format!("{} before, {} now", megabytes(done.before), megabytes(done.after)))
        }
        LibraryCommand::Prune { yes } => prune(&file, *yes, common, stderr),
        LibraryCommand::Undo => undo(&file, common),
        LibraryCommand::Backup { file: to, force } => {
            Library::open(&file)?.backup(to, *force)?;
            say(common, &format!("copied to {}", to.display()))
        }
        LibraryCommand::Export => {
            let library = Library::open(&file)?;
            library.export(&mut BufWriter::new(io::stdout().lock()), "standard output")?;
            Ok(Exit::Done)
        }
        LibraryCommand::Import { file: from } => import(&file, from, common, stderr),
    }
}

/// Prints what is wrong, a line each, or that nothing is.
fn check(file: &Path, common: &Common) -> eyre::Result<Exit> {
    let library = Library::open(file)?;
    let problems = library.check()?;
    if !problems.is_empty() {
        let mut out = io::stdout().lock();
        for problem in &problems {
            writeln!(out, "{}", printable(problem)).wrap_err(CANNOT_PRINT)?;
        }
        let remedy = "`attache library repair` mends it";
        say(common, &format!("{} is not sound; {remedy}", file.display()))?;
        return Ok(Exit::Refused);
    }
    let articles = library.counts(&Default::default())?.total;
    let bookmarks = library.bookmarks()?.len();
    say(common, &format!("{} is sound: {articles} articles, {bookmarks} bookmarks", file.display()))
}

/// Prints what the rules let go, a line each, and lets it go if `yes`.
fn prune(file: &Path, yes: bool, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    let rules = super::config(common)?.library.rules();
    let mut library = Library::open(file)?;
    let expired = library.expired(&rules, Local::now().date_naive())?;
    let mut out = BufWriter::new(io::stdout().lock());
    for article in &expired {
        let day = article.published.map(|day| day.to_string()).unwrap_or_default();
        writeln!(out, "{day}  {}  {}", printable(&article.outlet), printable(&article.headline))
            .wrap_err(CANNOT_PRINT)?;
    }
    out.flush().wrap_err(CANNOT_PRINT)?;
    let told = match (expired.len(), yes) {
        (0, _) if rules.iter().all(|rule| rule.days == 0) => {
            "all articles are kept: your config has no `keep_days` and no `[[library.keep]]`".to_owned()
        }
        (0, _) => "no article is older than your config keeps it".to_owned(),
        (n, false) => format!("{n} articles would go; `attache library prune --yes` removes them"),
        (_, true) => {
            let ids: Vec<_> = expired.iter().map(|article| article.id).collect();
            let n = library.prune(&ids)?;
            format!("{n} articles removed; for {UNDO_DAYS} days `attache library undo` brings them back")
        }
    };
    if !common.quiet {
        stderr.note(&told);
    }
    Ok(Exit::Done)
}

fn undo(file: &Path, common: &Common) -> eyre::Result<Exit> {
    let Some(Undone { articles, bookmarks }) = Library::open(file)?.undo()? else {
        say(common, &format!("nothing was removed in the last {UNDO_DAYS} days"))?;
        return Ok(Exit::Refused);
    };
    let back = [(articles, "articles"), (bookmarks, "bookmarks")];
    let back: Vec<String> = back.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    say(common, &format!("{} brought back", back.join(" and ")))
}

fn repair(file: &Path, into: Option<&Path>, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    let damaged = match Library::open(file) {
        Ok(library) => library.is_damaged()?,
        Err(LibraryError::Damaged { .. }) => true,
        Err(other) => return Err(other.into()),
    };
    if !damaged {
        let mut library = Library::open(file)?;
        let n_lost = library.rebuild()?;
        let n_new = annotate(&mut library, common)?;
        let again = if n_new > 0 { format!(", {n_new} articles annotated anew") } else { String::new() };
        let lost =
            if n_lost > 0 { format!(", {n_lost} of them or their texts could not be read") } else { String::new() };
        return say(common, &format!("mended: indexes and counts made anew{again}{lost}"));
    }
    let to = into.map_or_else(|| beside(file), Path::to_owned);
    let salvaged = Library::salvage(file, &to)?;
    annotate(&mut Library::open(&to)?, common)?;
    say(common, &in_words(&salvaged))?;
    stderr.note(&format!(
        "{} is damaged and was left as it is; what could be read of it is in {}, which --library names, \
         or which you can put in its place when no attache is running",
        file.display(),
        to.display()
    ));
    Ok(Exit::Done)
}

/// Annotates anew what is left to it; answers how many articles.
fn annotate(library: &mut Library, common: &Common) -> eyre::Result<usize> {
    let gazetteer = Gazetteer::with_user_tables(&super::user_tables(&super::config(common)?)?);
    Ok(import::reannotate_outdated(library, &gazetteer, |_| {}, &AtomicBool::new(false))?)
}

fn import(file: &Path, from: &Path, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    let name = from.display().to_string();
    // Before the library, which is made if there is none.
    let imported = if from == Path::new("-") {
        Library::open(file)?.import(&mut io::stdin().lock(), "standard input")?
    } else {
        let export = File::open(from).wrap_err_with(|| format!("cannot read {name}"))?;
        Library::open(file)?.import(&mut BufReader::with_capacity(1 << 16, export), &name)?
    };
    imported.refused.iter().for_each(|problem| stderr.problem(problem));
    let known = if imported.known > 0 { format!(", {} already there", imported.known) } else { String::new() };
    let refused =
        if imported.refused.is_empty() { String::new() } else { format!(", {} lines refused", imported.refused.len()) };
    say(common, &format!("{} articles and {} bookmarks added{known}{refused}", imported.articles, imported.bookmarks))?;
    Ok(Exit::after(imported.refused.len()))
}

fn in_words(salvaged: &Salvaged) -> String {
    let Salvaged { articles, without_text, without_source, bookmarks, unreadable } = salvaged;
    let mut words = format!("{articles} articles and {bookmarks} bookmarks saved");
    for (n, what) in [
        (without_text, "articles without their text, which adding their files again brings back"),
        (without_source, "articles without headline and source"),
        (unreadable, "places could not be read"),
    ] {
        if *n > 0 {
            words.push_str(&format!("; {n} {what}"));
        }
    }
    words
}

/// `library.sqlite3` → `library-repaired.sqlite3`.
fn beside(file: &Path) -> PathBuf {
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push("-repaired");
    if let Some(extension) = file.extension() {
        name.push(".");
        name.push(extension);
    }
    file.with_file_name(name)
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn say(common: &Common, line: &str) -> eyre::Result<Exit> {
    if !common.quiet {
        writeln!(io::stdout(), "{line}").wrap_err(CANNOT_PRINT)?;
    }
    Ok(Exit::Done)
}
