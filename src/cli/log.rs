//! The log file, for when something has to be understood.

use std::{fs::OpenOptions, sync::Mutex};

use color_eyre::eyre::{self, WrapErr};
use tracing_subscriber::filter::LevelFilter;

use super::{arguments::Common, wrong_usage};

/// Starts writing to the file that the arguments name, after what it holds. Without one nothing is written anywhere.
pub(super) fn start(common: &Common) -> eyre::Result<()> {
    let Some(file) = &common.log_file else {
        return match common.log_level {
            Some(_) => Err(wrong_usage("--log-level needs a file to write to: name one with --log-file")),
            None => Ok(()),
        };
    };
    let log = OpenOptions::new()
        .create(true)
        .append(true)
        .open(file)
        .wrap_err_with(|| format!("cannot write the log {}", file.display()))?;
    let level = common.log_level.as_deref().unwrap_or("info").parse().unwrap_or(LevelFilter::INFO);
    tracing_subscriber::fmt().with_max_level(level).with_ansi(false).with_writer(Mutex::new(log)).init();
    Ok(())
}
