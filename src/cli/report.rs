//! What is said on standard error.

use std::{
    error::Error,
    io::{self, IsTerminal, Write},
};

use clap::ColorChoice;

/// Standard error, for people.
#[derive(Debug)]
pub(super) struct Stderr {
    color: bool,
}

impl Stderr {
    pub(super) fn new(choice: ColorChoice) -> Self {
        Self { color: wants_color(choice, io::stderr().is_terminal()) }
    }

    /// An error and its causes, on one line.
    pub(super) fn error(&self, error: &(dyn Error + 'static)) {
        self.problem(&in_one_line(error));
    }

    /// A message that something went wrong.
    pub(super) fn problem(&self, message: &str) {
        let (red, plain) = if self.color { ("\x1b[31m", "\x1b[0m") } else { ("", "") };
        self.note(&format!("{red}attache:{plain} {}", printable(message)));
    }

    /// A line that the user may want to know.
    pub(super) fn note(&self, line: &str) {
        // Nobody is left to be told if standard error is closed.
        let _ = writeln!(io::stderr().lock(), "{line}");
    }
}

/// Whether to colour what goes to a stream that `is_terminal`.
pub(super) fn wants_color(choice: ColorChoice, is_terminal: bool) -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            !is_set("NO_COLOR") && is_terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        }
    }
}

/// An error and its causes, each said once.
pub(super) fn in_one_line(error: &(dyn Error + 'static)) -> String {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_said = cause.to_string();
        if !line.contains(&cause_said) {
            line.push_str(": ");
            line.push_str(&cause_said);
        }
        source = cause.source();
    }
    line
}

/// Without characters that act on a terminal: file names can hold any.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
