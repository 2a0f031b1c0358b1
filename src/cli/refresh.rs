//! `attache refresh` and `attache feed refresh`: fetches what is new.

use std::{
    io::{self, Write},
    sync::Arc,
};

use color_eyre::eyre;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{
    Exit,
    add::stop_on_interrupt,
    arguments::Common,
    library_file,
    report::{Stderr, printable},
};
use crate::{
    feeds::{self, Done, Options, Summary},
    gazetteer::Gazetteer,
    library::Library,
    model::Feed,
};

/// Fetches what is due. Says nothing but what failed.
pub(super) fn due(common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    let mut library = Library::open(&library_file(common)?)?;
    let feeds = library.feeds()?;
    if feeds.is_empty() && !common.quiet {
        stderr.note("you have no feeds yet; `attache feed add ADDRESS` subscribes to one");
    }
    let summary = refresh(feeds, false, &mut library, common, stderr, false)?;
    Ok(exit(&summary))
}

/// Fetches these feeds, with their progress on a terminal, and sums up.
pub(super) fn these(feeds: Vec<Feed>, library: &mut Library, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    let summary = refresh(feeds, true, library, common, stderr, !common.quiet)?;
    if !common.quiet {
        writeln!(io::stdout(), "{}", in_words(&summary))?;
    }
    Ok(exit(&summary))
}

fn refresh(
    feeds: Vec<Feed>,
    by_name: bool,
    library: &mut Library,
    common: &Common,
    stderr: &Stderr,
    bar: bool,
) -> eyre::Result<Summary> {
    let config = super::config(common)?;
    let gazetteer = Gazetteer::with_user_tables(&super::user_tables(&config)?);
    let options = Options::new(&config.feeds, Arc::clone(&stop_on_interrupt()?), by_name);
    let target = if bar { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let style = ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} feeds, {elapsed} {wide_msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(Some(feeds.len() as u64), target).with_style(style);
    let summary = feeds::refresh(feeds, &options, &gazetteer, library, |progress| {
        bar.set_length(progress.total as u64);
        bar.set_position(progress.done as u64);
        for one in &progress.refreshed {
            bar.set_message(printable(&one.name));
            match &one.done {
                Done::Failed(error) => tracing::warn!(feed = one.name, "{error}"),
                done => tracing::info!(feed = one.name, ?done, "refreshed"),
            }
        }
    });
    bar.finish_and_clear();
    let summary = summary?;
    for (name, error) in &summary.failed {
        stderr.problem(&format!("{name}: {error}"));
    }
    for (name, until) in &summary.barred {
        let until = until.with_timezone(&chrono::Local).format("%H:%M on %-d %b");
        stderr.problem(&format!("{name}: its server wants to be left alone until {until}"));
    }
    tracing::info!("{}", in_words(&summary));
    Ok(summary)
}

fn exit(summary: &Summary) -> Exit {
    if summary.cancelled { Exit::Interrupted } else { Exit::after(summary.failed.len()) }
}

/// “3 feeds: 12 new, 1 updated, 1 failed”.
fn in_words(summary: &Summary) -> String {
    let plural = if summary.feeds == 1 { "" } else { "s" };
    let others = [(summary.updated, "updated"), (summary.failed.len(), "failed")];
    let others = others.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!(", {n} {what}")).collect::<String>();
    let end = if summary.cancelled { "; stopped before the end" } else { "" };
    format!("{} feed{plural}: {} new{others}{end}", summary.feeds, summary.added)
}
