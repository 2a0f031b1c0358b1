//! The reader: `State`, `update(state, event) -> effects`, `view(&state, frame)`.
//!
//! [`run`] sleeps until something happens, takes in all that queued up, lets the worker do what the effects ask, and
//! draws once. `update` alone changes the state and touches nothing else; `view` only reads.

pub mod dates;
pub mod effect;
pub mod event;
pub mod feeds;
pub mod filtering;
pub mod layout;
pub mod line;
pub mod list;
pub mod overlay;
pub mod quotes;
pub mod reader;
mod samples;
pub mod saved;
pub mod sidebar;
pub mod state;
mod status;
mod terminal;
#[cfg(test)]
mod tests;
mod text;
pub mod update;
pub mod view;
pub mod watches;
mod worker;

use std::{
    env,
    io::{self, IsTerminal},
    path::PathBuf,
    thread,
};

use crossbeam_channel::{Receiver, Sender, unbounded};
use crossterm::event::{Event as Input, MouseEventKind as Kind};
use ratatui::layout::Rect;

use crate::{
    config::{Config, ConfigError},
    gazetteer::UserTables,
};

use self::{
    effect::Effect,
    event::Event,
    state::{Ending, State},
    terminal::Terminal,
    worker::Worker,
};

/// Which library the reader opens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LibraryChoice {
    /// The library in this file, which is made if there is none.
    File(PathBuf),
    /// One that goes with the process.
    Temporary,
}

/// What the reader is started with.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which library.
    pub library: LibraryChoice,
    /// Files and folders to add in the background, `-` for standard input.
    pub paths: Vec<PathBuf>,
    /// All settings.
    pub config: Config,
    /// The user's own tables of names, offices and words.
    pub tables: UserTables,
}

/// Why the reader could not go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Output goes elsewhere.
    #[error("standard output is not a terminal; `attache extract` and `attache bookmarks` write to files and pipes")]
    NoTerminal,
    /// The terminal cannot show a screen.
    #[error("the terminal says that it is `dumb` (TERM): the reader needs one that can place text")]
    DumbTerminal,
    /// The terminal did not do what every terminal does.
    #[error("cannot use this terminal")]
    Terminal(#[source] io::Error),
    /// The theme cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The library cannot be opened.
    #[error("{0}")]
    Library(String),
    /// A thread broke; the message is what it said.
    #[error("the reader stopped: {0}")]
    Worker(String),
}

/// Runs the reader until the user leaves it. The terminal is as before on every way out. Where the system asks for the
/// end by a signal, everything is kept and the process then ends by that signal.
///
/// # Errors
/// Where the terminal, the theme or the library cannot be used.
pub fn run(options: Options) -> Result<(), Error> {
    if !io::stdout().is_terminal() {
        return Err(Error::NoTerminal);
    }
    if env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return Err(Error::DumbTerminal);
    }
    let Options { library, paths, config, tables } = options;
    worker::use_tables(tables);
    let no_color = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let truecolor = env::var("COLORTERM").is_ok_and(|value| value.contains("truecolor") || value.contains("24bit"));
    let theme = config.theme(no_color, truecolor)?;
    let (to_us, events) = unbounded();
    let worker = Worker::start(&library, paths, &config, &to_us).map_err(Error::Library)?;
    let mut terminal = Terminal::take(config.screen.mouse).map_err(Error::Terminal)?;
    let (width, height) = terminal.size().map_err(Error::Terminal)?;
    let today = chrono::Local::now().date_naive();
    let mut state = State::new(config, theme, Rect::new(0, 0, width, height), today);
    listen(&to_us);
    let looped = turn(&mut state, &events, &worker, &mut terminal);
    drop(terminal);
    drop(worker);
    looped.map_err(Error::Terminal)?;
    match state.ending {
        Some(Ending::Broken(message)) => Err(Error::Worker(message)),
        #[cfg(unix)]
        Some(Ending::Signal(signal)) => {
            // The shell is to see that the program ended by the signal.
            let _ = signal_hook::low_level::emulate_default_handler(signal);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Draws, sleeps, takes everything in, and again.
fn turn(state: &mut State, events: &Receiver<Event>, worker: &Worker, terminal: &mut Terminal) -> io::Result<()> {
    while state.ending.is_none() {
        terminal.draw(|frame| view::view(state, frame))?;
        let Ok(first) = events.recv() else { break };
        for event in std::iter::once(first).chain(events.try_iter()) {
            for effect in update::update(state, event) {
                perform(effect, worker, terminal)?;
            }
            if state.ending.is_some() {
                break;
            }
        }
    }
    Ok(())
}

fn perform(effect: Effect, worker: &Worker, terminal: &mut Terminal) -> io::Result<()> {
    match effect {
        Effect::Ask(job, question) => worker.ask(job, question),
        Effect::Keep(change) => worker.keep(change),
        Effect::Feeds(wish) => worker.feed(wish),
        Effect::Watches(wish) => worker.watch(wish),
        Effect::LeaveSamples => worker.leave_samples(),
        Effect::Copy(text) => terminal.copy(&text)?,
        // Detached: a browser that stays in front must not hold the reader up.
        Effect::OpenLink(url) => drop(open::that_detached(url)),
        Effect::Suspend => terminal.suspend()?,
        Effect::Redraw => terminal.redraw()?,
        Effect::TakeBack => terminal.take_back()?,
    }
    Ok(())
}

/// Starts the threads that hear the terminal and the system. They go with the process.
fn listen(events: &Sender<Event>) {
    let input = events.clone();
    thread::spawn(move || {
        while let Ok(event) = crossterm::event::read() {
            // The pointer moves all the time, and nothing here follows it.
            if matches!(&event, Input::Mouse(mouse) if !matches!(mouse.kind, Kind::Down(_) | Kind::ScrollDown | Kind::ScrollUp))
            {
                continue;
            }
            if input.send(Event::Input(event)).is_err() {
                return;
            }
        }
        let _ = input.send(Event::InputEnded);
    });
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
        let signals = events.clone();
        if let Ok(mut heard) = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]) {
            thread::spawn(move || {
                for signal in heard.forever() {
                    let _ = signals.send(match signal {
                        SIGTSTP => Event::SuspendAsked,
                        SIGCONT => Event::Continued,
                        signal => Event::Signal(signal),
                    });
                }
            });
        }
    }
}
