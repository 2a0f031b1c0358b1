//! What an event makes of the state, and what is to be done about it. Touches nothing else.

mod answers;
mod commands;
mod mouse;
mod overlays;
mod prompts;
mod watching;

use crossterm::event::{Event as Input, KeyEvent, KeyEventKind};

use crate::config::{Command, Key};

pub(super) use self::overlays::lines_by;

use super::{
    effect::Effect,
    event::{Adding, Event},
    feeds,
    overlay::Overlay,
    state::{Ending, Notice, State},
};

/// Takes one event in.
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let mut effects = match event {
        Event::Input(input) => take_input(state, input),
        Event::InputEnded => {
            state.ending.get_or_insert(Ending::Left);
            Vec::new()
        }
        Event::Answer(answer) => answers::take(state, *answer),
        Event::Adding(adding) => take_adding(state, adding),
        Event::Feeding(feeding) => feeds::take(state, *feeding),
        Event::Watching(watching) => watching::take(state, watching),
        Event::SuspendAsked => vec![Effect::Suspend],
        Event::Continued => vec![Effect::TakeBack],
        Event::Signal(signal) => {
            state.ending = Some(Ending::Signal(signal));
            Vec::new()
        }
        Event::Broken(message) => {
            state.ending = Some(Ending::Broken(message));
            Vec::new()
        }
    };
    state.refit();
    effects.extend(more_rows(state));
    effects.extend(state.keep());
    effects
}

/// Asks for rows that are about to be seen and are not at hand.
fn more_rows(state: &mut State) -> Option<Effect> {
    let list = &state.list;
    let at = (list.top, state.list_page());
    // An answer that holds less than was counted is not asked for again at the same place, or it would never end.
    let wants = list.loaded && list.waiting.is_none() && list.asked_at != Some(at) && list.wants_rows(at.1);
    wants.then(|| {
        state.list.asked_at = Some(at);
        state.ask_list(None)
    })
}

fn take_input(state: &mut State, input: Input) -> Vec<Effect> {
    match input {
        Input::Key(key) if key.kind != KeyEventKind::Release => press(state, key),
        Input::Mouse(mouse) => mouse::take(state, mouse),
        Input::Paste(text) => overlays::paste(state, &text),
        Input::Resize(width, height) => {
            state.area.width = width;
            state.area.height = height;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// A key goes to what lies over the panes first, then to the pane one is in.
fn press(state: &mut State, event: KeyEvent) -> Vec<Effect> {
    state.notice = None;
    state.settled = true;
    let key = Key::pressed(event);
    let scope = state.overlay.as_ref().map_or(state.focus.scope(), Overlay::scope);
    let command = state.config.keys.command(scope, key);
    match command {
        Some(Command::Quit) => {
            state.ending = Some(Ending::Left);
            Vec::new()
        }
        Some(Command::Suspend) => vec![Effect::Suspend],
        Some(Command::Redraw) => vec![Effect::Redraw],
        command if state.overlay.is_some() => overlays::press(state, command, event),
        Some(command) => commands::perform(state, command),
        None => Vec::new(),
    }
}

fn take_adding(state: &mut State, adding: Adding) -> Vec<Effect> {
    match adding {
        Adding::Under(done, all) => {
            state.activity = Some(format!("adding {} of {}", super::text::grouped(done), super::text::grouped(all)));
        }
        Adding::Done { message, refused } => {
            state.activity = None;
            state.adding = false;
            let n_refused = refused.len();
            for text in refused {
                state.note_down(Notice { text, error: true });
            }
            if n_refused > 0 {
                state.complain(message);
            } else if !message.is_empty() {
                state.say(message);
            }
        }
        Adding::Expired(n_articles) => {
            let articles = super::text::counted(n_articles, "article");
            state.say(format!("{articles} older than your config keeps them · attache library prune"));
            return Vec::new();
        }
        Adding::Annotated => {
            let reopen = state.article();
            let mut effects = state.refilter();
            effects.extend(reopen.map(|id| state.ask_article(id, None)));
            return effects;
        }
    }
    if state.settled {
        return state.refilter();
    }
    // Nobody has chosen anything yet: the newest article of those that have come in is the one to show.
    state.list.selected = 0;
    state.wanted = None;
    vec![state.ask_list(None)]
}
