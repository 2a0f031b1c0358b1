//! `attache feed`: subscriptions.

use std::{
    fs,
    io::{self, BufWriter, Read, Write},
    path::Path,
    sync::Arc,
};

use chrono::Local;
use color_eyre::eyre::{self, WrapErr};

use super::{
    CANNOT_PRINT, Exit,
    add::stop_on_interrupt,
    arguments::{Common, FeedAdd, FeedChange, FeedCommand, FullText, ListFormat},
    library_file, refresh,
    report::{Stderr, printable},
    wrong_usage,
};
use crate::{
    feeds::{self, Options},
    library::{FeedCounts, Library},
    model::{Feed, NewFeed},
};

/// Longest list of feeds, in bytes.
const LONGEST_LIST: u64 = 16 * 1024 * 1024;

/// Does what was asked with the subscriptions.
pub(super) fn run(command: FeedCommand, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    if common.temp {
        return Err(wrong_usage("a temporary library keeps no subscriptions: leave --temp out"));
    }
    if let FeedCommand::Offers = command {
        return offers();
    }
    let mut library = Library::open(&library_file(common)?)?;
    let known = library.feeds()?;
    match command {
        FeedCommand::Add(arguments) => add(&arguments, &mut library, common, stderr),
        FeedCommand::List { json } => list(&known, &library, json, common, stderr),
        FeedCommand::Refresh { names } if names.is_empty() => refresh::these(known, &mut library, common, stderr),
        FeedCommand::Refresh { names } => {
            let (meant, missing) = meant(&known, &names, stderr);
            let exit = refresh::these(meant, &mut library, common, stderr)?;
            Ok(if missing > 0 && exit == Exit::Done { Exit::Refused } else { exit })
        }
        FeedCommand::Remove { names } => remove(&known, &names, &mut library, common, stderr),
        FeedCommand::Rename { name, new } => rename(&known, &name, &new, &mut library, stderr),
        FeedCommand::Change(arguments) => change(&known, &arguments, &mut library, stderr),
        FeedCommand::Import { file } => import(&file, &mut library, common, stderr),
        FeedCommand::Export { format } => export(&known, format),
        FeedCommand::Offers => offers(),
    }
}

/// Finds the feeds, subscribes, and fetches what they have.
fn add(arguments: &FeedAdd, library: &mut Library, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    let config = super::config(common)?;
    let fetcher = Options::new(&config.feeds, Arc::clone(&stop_on_interrupt()?), true).fetcher;
    let (mut refused, mut new) = (0, Vec::new());
    for typed in &arguments.addresses {
        let mut found = match feeds::find(&fetcher, typed) {
            Ok(found) => found,
            Err(error) => {
                stderr.error(&error);
                refused += 1;
                continue;
            }
        };
        let others = if arguments.all { Vec::new() } else { found.split_off(1) };
        for candidate in found {
            let own = arguments.name.as_deref().map(one_line).filter(|name| !name.is_empty());
            let feed = NewFeed {
                named: own.is_some(),
                name: own.or(candidate.title).unwrap_or_else(|| candidate.address.clone()),
                address: candidate.address,
                groups: groups(&arguments.groups),
                site: candidate.site,
                full_text: arguments.full_text.then_some(true),
            };
            let (id, is_new) = library.subscribe(&feed)?;
            new.push(id);
            if !common.quiet {
                let what = if is_new { "subscribed to" } else { "already subscribed to" };
                writeln!(io::stdout(), "{what} {} ({})", printable(&feed.name), printable(&feed.address))?;
            }
        }
        if !others.is_empty() && !common.quiet {
            stderr.note("the site has other feeds too; --all subscribes to all of them:");
            for other in others {
                stderr.note(&format!(
                    "  {}  {}",
                    printable(&other.address),
                    printable(&other.title.unwrap_or_default())
                ));
            }
        }
    }
    let added: Vec<Feed> = library.feeds()?.into_iter().filter(|feed| new.contains(&feed.id)).collect();
    let exit = if added.is_empty() { Exit::Done } else { refresh::these(added, library, common, stderr)? };
    Ok(if refused > 0 && exit == Exit::Done { Exit::Refused } else { exit })
}

/// The feeds that are meant, and how many names mean none.
fn meant(known: &[Feed], names: &[String], stderr: &Stderr) -> (Vec<Feed>, usize) {
    let (mut all, mut missing) = (Vec::<Feed>::new(), 0);
    for name in names {
        let found = feeds::named(known, name);
        if found.is_empty() {
            stderr.problem(&format!("there is no feed `{name}`; `attache feed list` shows them"));
            missing += 1;
        }
        let more = found.into_iter().filter(|feed| !all.iter().any(|taken| taken.id == feed.id)).cloned();
        let more: Vec<Feed> = more.collect();
        all.extend(more);
    }
    (all, missing)
}

fn list(known: &[Feed], library: &Library, json: bool, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    if known.is_empty() && !common.quiet {
        stderr.note(
            "you have no feeds yet; `attache feed add ADDRESS` subscribes to one, `attache feed offers` shows some",
        );
    }
    let counts = library.feed_counts()?;
    let mut out = BufWriter::new(io::stdout().lock());
    let written = known.iter().try_for_each(|feed| {
        let counts = counts.get(&feed.id).copied().unwrap_or_default();
        if json { write_json(&mut out, feed, counts) } else { write_lines(&mut out, feed, counts) }
    });
    written.and_then(|()| out.flush()).wrap_err(CANNOT_PRINT)?;
    Ok(Exit::Done)
}

fn write_lines(out: &mut impl Write, feed: &Feed, counts: FeedCounts) -> io::Result<()> {
    let when = feed.succeeded.map_or_else(
        || "never fetched".to_owned(),
        |at| format!("fetched {}", at.with_timezone(&Local).format("%-d %b %Y %H:%M")),
    );
    let groups = if feed.groups.is_empty() { String::new() } else { format!(" · {}", feed.groups.join(", ")) };
    writeln!(out, "{}{}", printable(&feed.name), printable(&groups))?;
    writeln!(out, "    {}", printable(&feed.address))?;
    let plural = if counts.articles == 1 { "" } else { "s" };
    writeln!(out, "    {when} · {} article{plural}, {} unread", counts.articles, counts.unread)?;
    match &feed.error {
        Some(error) => writeln!(out, "    failed: {}", printable(error)),
        None => Ok(()),
    }
}

fn write_json(out: &mut impl Write, feed: &Feed, counts: FeedCounts) -> io::Result<()> {
    let object = serde_json::json!({
        "name": feed.name,
        "address": feed.address,
        "groups": feed.groups,
        "site": feed.site,
        "full_text": feed.full_text,
        "succeeded": feed.succeeded,
        "error": feed.error,
        "failures": feed.failures,
        "due": feed.barred.or(feed.due),
        "articles": counts.articles,
        "unread": counts.unread,
    });
    writeln!(out, "{object}")
}

fn remove(
    known: &[Feed],
    names: &[String],
    library: &mut Library,
    common: &Common,
    stderr: &Stderr,
) -> eyre::Result<Exit> {
    let mut refused = 0;
    for name in names {
        let Some(feed) = only(known, name, stderr) else {
            refused += 1;
            continue;
        };
        let (gone, kept) = library.unsubscribe(feed.id)?;
        if !common.quiet {
            let name = printable(&feed.name);
            let stay =
                if kept > 0 { format!("; {kept} stay, for a bookmark, a star or another feed") } else { String::new() };
            writeln!(io::stdout(), "removed {name} and {gone} of its articles{stay}")?;
        }
    }
    Ok(Exit::after(refused))
}

/// The one feed that is meant; what is not one is said.
fn only<'f>(known: &'f [Feed], name: &str, stderr: &Stderr) -> Option<&'f Feed> {
    match feeds::named(known, name).as_slice() {
        [] => stderr.problem(&format!("there is no feed `{name}`; `attache feed list` shows them")),
        [feed] => return Some(feed),
        several => {
            let addresses: Vec<&str> = several.iter().map(|feed| feed.address.as_str()).collect();
            stderr.problem(&format!("`{name}` means several feeds; name one by its address: {}", addresses.join(", ")));
        }
    }
    None
}

fn rename(known: &[Feed], name: &str, new: &str, library: &mut Library, stderr: &Stderr) -> eyre::Result<Exit> {
    let new = one_line(new);
    if new.is_empty() {
        return Err(wrong_usage("a feed cannot be called nothing"));
    }
    let Some(feed) = only(known, name, stderr) else { return Ok(Exit::Refused) };
    library.rename_feed(feed.id, &new)?;
    Ok(Exit::Done)
}

fn change(known: &[Feed], arguments: &FeedChange, library: &mut Library, stderr: &Stderr) -> eyre::Result<Exit> {
    let (meant, missing) = meant(known, &arguments.names, stderr);
    for feed in meant {
        if !arguments.groups.is_empty() {
            library.group_feed(feed.id, &groups(&arguments.groups))?;
        }
        if let Some(when) = arguments.full_text {
            let full_text = match when {
                FullText::On => Some(true),
                FullText::Off => Some(false),
                FullText::Default => None,
            };
            library.set_full_text(feed.id, full_text)?;
        }
    }
    Ok(Exit::after(missing))
}

fn import(file: &Path, library: &mut Library, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    let mut bytes = Vec::new();
    let cannot = || format!("cannot read {}", file.display());
    if file == Path::new("-") {
        io::stdin().lock().take(LONGEST_LIST).read_to_end(&mut bytes).wrap_err_with(cannot)?;
    } else {
        fs::File::open(file).wrap_err_with(cannot)?.take(LONGEST_LIST).read_to_end(&mut bytes).wrap_err_with(cannot)?;
    }
    let text = String::from_utf8_lossy(&bytes);
    let (feeds, refused) = feeds::from_list(&text).wrap_err_with(|| file.display().to_string())?;
    let mut new = 0;
    for feed in &feeds {
        new += usize::from(library.subscribe(feed)?.1);
    }
    for problem in &refused {
        stderr.problem(&format!("{}: {problem}", file.display()));
    }
    if !common.quiet {
        let known = feeds.len() - new;
        let known = if known > 0 { format!(", {known} already there") } else { String::new() };
        writeln!(io::stdout(), "{new} feeds subscribed to{known}; `attache feed refresh` fetches them")?;
    }
    Ok(Exit::after(refused.len()))
}

fn export(known: &[Feed], format: ListFormat) -> eyre::Result<Exit> {
    let text = match format {
        ListFormat::Opml => feeds::to_opml(known)?,
        ListFormat::Urls => feeds::to_urls_file(known),
    };
    io::stdout().lock().write_all(text.as_bytes()).wrap_err(CANNOT_PRINT)?;
    Ok(Exit::Done)
}

fn offers() -> eyre::Result<Exit> {
    let mut out = BufWriter::new(io::stdout().lock());
    let written = feeds::offers()
        .iter()
        .try_for_each(|offer| writeln!(out, "{}\t{}\t{}", offer.region, offer.name, offer.address));
    written.and_then(|()| out.flush()).wrap_err(CANNOT_PRINT)?;
    Ok(Exit::Done)
}

fn groups(typed: &[String]) -> Vec<String> {
    typed.iter().map(|group| one_line(group)).filter(|group| !group.is_empty()).collect()
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
