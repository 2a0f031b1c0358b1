//! What can be written after `attache`, and the help that explains it.

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand};

/// Read the world's news in the terminal: who said what, in which office, for which country.
///
/// Without a command, the articles in PATH are added to your library and the reader opens on it. The reader explains
/// its keys when you press `?`.
#[derive(Parser, Clone, Debug)]
#[command(
    name = "attache",
    version,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = EXAMPLES,
    after_long_help = LONG_END
)]
pub struct Arguments {
    /// What to do instead of reading
    #[command(subcommand)]
    pub(super) command: Option<Command>,

    /// Files and folders of articles to add and read; `-` is standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    /// What goes with every command.
    #[command(flatten)]
    pub(super) common: Common,
}

/// What goes with every command.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Common {
    /// Use the library in FILE, which is made if there is none
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "temp")]
    pub(super) library: Option<PathBuf>,

    /// Use a library that is gone when the program ends
    #[arg(long, global = true)]
    pub(super) temp: bool,

    /// Read the settings from FILE
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Colour: only on terminals and without NO_COLOR, always, or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorChoice,

    /// Say nothing but errors
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,

    /// Write to FILE what the program does
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) log_file: Option<PathBuf>,

    /// How much to write there
    #[arg(long, global = true, value_name = "LEVEL", value_parser = ["error", "warn", "info", "debug", "trace"])]
    pub(super) log_level: Option<String>,
}

/// What to do instead of reading.
#[derive(Subcommand, Clone, Debug)]
pub(super) enum Command {
    /// Print what is found in articles, as one JSON object a line
    #[command(after_help = EXTRACT_EXAMPLES)]
    Extract(Extract),
}

/// Arguments of `attache extract`.
///
/// The objects come in the order of the inputs, each as soon as its article is done. Inputs that cannot be read are
/// named on standard error. The library is not used.
#[derive(Args, Clone, Debug)]
pub(super) struct Extract {
    /// Files and folders of articles; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    pub(super) paths: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  attache                           open the library
  attache ~/press                   add a folder of articles and read
  pbpaste | attache                 read an article from standard input
  attache --temp article.txt        read without keeping anything
  attache extract press > out.jsonl print what is found in articles";

const LONG_END: &str = "\
Examples:
  attache                           open the library
  attache ~/press                   add a folder of articles and read
  pbpaste | attache                 read an article from standard input
  attache --temp article.txt        read without keeping anything
  attache extract press > out.jsonl print what is found in articles

A file or folder that has the name of a command is written with its folder: ./extract

Exit codes:
  0    all went well
  1    some input was refused, or the command could not be carried out
  2    wrong usage or a wrong config; nothing was done
  130  stopped with Ctrl-C";

const EXTRACT_EXAMPLES: &str = "\
Examples:
  attache extract article.txt
  attache extract press > out.jsonl
  cat article.txt | attache extract -
  attache extract press | jq -r '.quotes[] | [.speaker.name, .text] | @tsv'";
