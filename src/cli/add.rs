//! `attache add`: fills the library without opening the reader.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use color_eyre::eyre;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{
    Exit, arguments,
    arguments::Common,
    library_file, pages,
    report::{Stderr, printable},
};
use crate::{
    feeds,
    gazetteer::Gazetteer,
    import::{self, Summary},
    ingest::Limits,
    library::Library,
};

/// Adds the articles, names the inputs that were refused, and sums up. Ctrl-C stops after the articles in hand.
pub(super) fn run(arguments: &arguments::Add, common: &Common, stderr: &Stderr) -> eyre::Result<Exit> {
    let config = super::config(common)?;
    let limits = Limits { max_file_bytes: config.import.max_file_bytes };
    let gazetteer = Gazetteer::with_user_tables(&super::user_tables(&config)?);
    let (mut library, _folder) = if common.temp {
        let (library, folder) = Library::temporary()?;
        (library, Some(folder))
    } else {
        (Library::open(&library_file(common)?)?, None)
    };
    let cancel = stop_on_interrupt()?;
    let (pages, paths): (Vec<PathBuf>, Vec<PathBuf>) = arguments.paths.iter().cloned().partition(|path| is_page(path));
    let read = pages::add(
        &pages,
        &feeds::Options::new(&config.feeds, Arc::clone(&cancel), true).fetcher,
        &gazetteer,
        &mut library,
    )?;
    let options = import::Options { limits, cancel };
    // Before the folders are read, so that nothing that comes meanwhile is missed.
    let watch = if arguments.watch.is_empty() { None } else { Some(import::Watch::new(&arguments.watch)?) };
    let paths: Vec<PathBuf> = paths.into_iter().chain(arguments.watch.iter().cloned()).collect();
    let bar = progress_bar(common.quiet);
    let summary = import::run(&paths, &options, &gazetteer, &mut library, |progress| {
        bar.set_length(progress.total as u64);
        bar.set_position(progress.done as u64);
        bar.set_message(printable(&progress.current));
    });
    bar.finish_and_clear();
    let mut summary = summary?;
    summary.added += read.added;
    summary.updated += read.updated;
    summary.unchanged += read.unchanged;
    summary.refused.extend(read.refused);
    tell(&summary, common, stderr)?;
    if let Some(watch) = watch {
        while !options.cancel.load(Ordering::Relaxed) {
            let paths = watch.next(PATIENCE);
            if !paths.is_empty() {
                let more = import::run(&paths, &options, &gazetteer, &mut library, |_| {})?;
                if more.added + more.updated + more.refused.len() > 0 {
                    tell(&more, common, stderr)?;
                }
                summary.refused.extend(more.refused);
            }
        }
        return Ok(Exit::after(summary.refused.len()));
    }
    Ok(if summary.cancelled { Exit::Interrupted } else { Exit::after(summary.refused.len()) })
}

/// A watch looks that often whether it is to end.
const PATIENCE: Duration = Duration::from_millis(200);

fn tell(summary: &Summary, common: &Common, stderr: &Stderr) -> io::Result<()> {
    for refused in &summary.refused {
        tracing::warn!(source = refused.source, "{}", refused.message);
        stderr.problem(&refused.message);
    }
    tracing::info!("{}", in_words(summary));
    if !common.quiet {
        let mut stdout = io::stdout();
        writeln!(stdout, "{}", in_words(summary))?;
        stdout.flush()?;
    }
    Ok(())
}

/// Whether it is the address of a page.
fn is_page(path: &Path) -> bool {
    path.to_str().is_some_and(|text| text.starts_with("https://") || text.starts_with("http://"))
}

/// A flag that the first Ctrl-C raises; the second one ends the program.
pub(super) fn stop_on_interrupt() -> io::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    // In this order: at the first signal the flag is still down when the default is asked for.
    signal_hook::flag::register_conditional_default(signal_hook::consts::SIGINT, Arc::clone(&stop))?;
    signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&stop))?;
    Ok(stop)
}

/// On standard error, and only where it is a terminal.
fn progress_bar(quiet: bool) -> ProgressBar {
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style = ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} files, {elapsed} {wide_msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(0), target).with_style(style)
}

/// “3 added, 1 updated, 2 already there, 1 refused”: what did not happen is left out, but for additions.
fn in_words(summary: &Summary) -> String {
    let Summary { added, updated, unchanged, left_out, refused, cancelled } = summary;
    let counts = [
        (*updated, "updated"),
        (*unchanged, "already there"),
        (*left_out, "removed before and left out"),
        (refused.len(), "refused"),
    ];
    let others = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!(", {n} {what}"));
    let end = if *cancelled { "; stopped before the end" } else { "" };
    format!("{added} added{}{end}", others.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_names_what_happened_and_always_the_additions() {
        let nothing = Summary::default();
        assert_eq!(in_words(&nothing), "0 added");
        let refused = import::Refused { source: "a".to_owned(), message: "a: holds no text".to_owned() };
        let all = Summary { added: 3, updated: 1, unchanged: 2, left_out: 4, refused: vec![refused], cancelled: true };
        assert_eq!(
            in_words(&all),
            "3 added, 1 updated, 2 already there, 4 removed before and left out, 1 refused; stopped before the end"
        );
    }
}
