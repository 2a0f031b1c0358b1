//! `attache config`: where the settings are, what they are, and whether they are right.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use color_eyre::eyre;

use super::{
    Exit,
    arguments::{Common, ConfigCommand},
};
use crate::config::Config;

/// Prints the path, the settings, or that they are right.
pub(super) fn run(command: &ConfigCommand, common: &Common) -> eyre::Result<Exit> {
    let mut stdout = io::stdout().lock();
    match command {
        ConfigCommand::Path => writeln!(stdout, "{}", file(common)?.display())?,
        ConfigCommand::Show { defaults: true } => write!(stdout, "{}", Config::default_toml())?,
        ConfigCommand::Show { defaults: false } => write!(stdout, "{}", in_force(common)?)?,
        ConfigCommand::Check => {
            let config = super::config(common)?;
            config.theme(false, true)?;
            let file = file(common)?;
            let what = if file.exists() { "is right" } else { "does not exist: the defaults are in force" };
            writeln!(stdout, "{} {what}", file.display())?;
        }
    }
    Ok(Exit::Done)
}

fn file(common: &Common) -> eyre::Result<PathBuf> {
    match &common.config {
        Some(file) => Ok(file.clone()),
        None => Ok(super::places()?.config_file()),
    }
}

/// The defaults with the user's file laid over them; with the comments of the defaults if there is nothing to lay.
fn in_force(common: &Common) -> eyre::Result<String> {
    super::config(common)?;
    let file = file(common)?;
    if !file.exists() {
        return Ok(Config::default_toml().to_owned());
    }
    let mut settings: toml::Table = Config::default_toml().parse()?;
    lay_over(&mut settings, fs::read_to_string(file)?.parse()?);
    Ok(toml::to_string(&settings)?)
}

fn lay_over(lower: &mut toml::Table, upper: toml::Table) {
    for (key, value) in upper {
        match (lower.get_mut(&key), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(above)) => lay_over(below, above),
            (_, value) => {
                lower.insert(key, value);
            }
        }
    }
}
