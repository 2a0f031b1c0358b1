//! The command line: one file a command. Data goes to standard output, everything else to standard error.

mod add;
mod arguments;
mod bookmarks;
mod config;
mod dirs;
mod exit;
mod explain;
mod extract;
mod feed;
mod in_order;
mod library;
mod log;
mod pages;
mod read;
mod refresh;
mod report;
mod search;
mod tag;

use std::{
    io,
    path::{Path, PathBuf},
};

use clap::{CommandFactory, Parser, error::ErrorKind};
use color_eyre::eyre::{self, OptionExt, Report};

pub use self::{arguments::Arguments, exit::Exit};
use self::{
    arguments::{Command, Common},
    report::Stderr,
};
use crate::{
    config::{Config, ConfigError, Places},
    gazetteer::{TableError, UserTables},
};

/// What is said before the system's reason why standard output does not take the data.
const CANNOT_PRINT: &str = "cannot write to standard output";

/// The whole program: reads the arguments, does what they say, and tells how it went.
pub fn main() -> Exit {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return show_usage(&error),
    };
    let stderr = Stderr::new(arguments.common.color);
    // Only panics are shown by it; without it they would be shown plainly.
    let _ = color_eyre::config::HookBuilder::default().display_env_section(false).install();
    run(arguments, &stderr).unwrap_or_else(|report| failed(&report, &stderr))
}

fn run(arguments: Arguments, stderr: &Stderr) -> eyre::Result<Exit> {
    let Arguments { command, paths, common } = arguments;
    log::start(&common)?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), ?command, "started");
    match command {
        None => read::run(paths, &common, stderr),
        Some(Command::Add(arguments)) => add::run(&arguments, &common, stderr),
        Some(Command::Bookmarks(arguments)) => bookmarks::run(&arguments, &common, stderr),
        Some(Command::Config { command }) => config::run(&command, &common),
        Some(Command::Dirs) => dirs::run(&common),
        Some(Command::Feed { command }) => feed::run(command, &common, stderr),
        Some(Command::Refresh) => refresh::due(&common, stderr),
        Some(Command::Extract(arguments)) => extract::run(&arguments, &common, stderr),
        Some(Command::Quotes(arguments)) => search::quotes(&arguments, &common, stderr),
        Some(Command::Tag(arguments)) => tag::run(&arguments, &common, stderr),
        Some(Command::Search(arguments)) => search::articles(&arguments, &common, stderr),
        Some(Command::Library { command }) => library::run(&command, &common, stderr),
    }
}

/// Says what stopped the program, and with which code it ends.
fn failed(report: &Report, stderr: &Stderr) -> Exit {
    if let Some(error) = report.downcast_ref::<clap::Error>() {
        return show_usage(error);
    }
    let closed = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    };
    if report.chain().any(closed) {
        // Who read our output has seen enough.
        return Exit::Done;
    }
    tracing::error!("{report:#}");
    stderr.error(report.as_ref());
    if report.downcast_ref::<ConfigError>().is_some() { Exit::Usage } else { Exit::Refused }
}

fn show_usage(error: &clap::Error) -> Exit {
    // Help goes to standard output, and may be cut short by a pager that was left.
    let _ = error.print();
    if error.use_stderr() { Exit::Usage } else { Exit::Done }
}

/// Arguments that clap lets through and that make no sense together.
fn wrong_usage(message: &str) -> Report {
    Arguments::command().error(ErrorKind::ArgumentConflict, message).into()
}

/// The user's settings.
fn config(common: &Common) -> Result<Config, ConfigError> {
    Config::load(common.config.as_deref())
}

/// The user's own tables, in the folder `gazetteer` beside their settings.
fn user_tables(config: &Config) -> Result<UserTables, TableError> {
    match config.file.as_deref().and_then(Path::parent) {
        Some(folder) => UserTables::read(&folder.join("gazetteer")),
        None => Ok(UserTables::default()),
    }
}

/// The folders of this user.
fn places() -> eyre::Result<Places> {
    Places::discover().ok_or_eyre("cannot tell where your files live: set HOME, or name the library with --library")
}

/// The library file that the arguments name, or the user's own.
fn library_file(common: &Common) -> eyre::Result<PathBuf> {
    match &common.library {
        Some(file) => Ok(file.clone()),
        None => Ok(places()?.library()),
    }
}
