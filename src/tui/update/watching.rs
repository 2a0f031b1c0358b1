//! What keys and their thread make of the watches.

use crate::{
    config::{Command, Scope},
    library::Watch,
    model::Query,
    tui::{
        effect::{Effect, WatchWish},
        event::Watching,
        filtering,
        overlay::{Overlay, Prompt, PromptKind},
        sidebar::Choice,
        state::{Pane, State},
    },
};

use super::commands;

/// Takes in what the watches' thread says.
pub(super) fn take(state: &mut State, watching: Watching) -> Vec<Effect> {
    match watching {
        Watching::Counted(rows) => {
            state.watches = rows;
            state.refill_sidebar();
        }
        Watching::Failed(message) => state.complain(message),
    }
    Vec::new()
}

/// What is listed, as a query. The versions of one story are a look aside.
fn listed(state: &State) -> Query {
    state.before_versions.as_ref().unwrap_or(&state.filter).to_query()
}

/// Asks for the name under which the search is kept.
pub(super) fn ask_name(state: &mut State) -> Vec<Effect> {
    if state.samples {
        state.say("samples are not kept, and neither are searches in them");
        return Vec::new();
    }
    let query = listed(state);
    if query.is_all() {
        state.say("search or filter first: a watch keeps what you look for");
        return Vec::new();
    }
    let known = state.watches.iter().find(|row| row.query.as_ref() == Ok(&query));
    let name = known.map(|row| row.watch.name.clone()).unwrap_or_default();
    state.overlay = Some(Overlay::Prompt(Prompt::new(PromptKind::WatchName, &name)));
    Vec::new()
}

/// Keeps the search under a name.
pub(super) fn keep(state: &mut State, name: &str) -> Vec<Effect> {
    let name = name.trim();
    if name.is_empty() {
        state.say("a watch needs a name");
        return Vec::new();
    }
    let query = listed(state).to_string();
    let verb = if state.watches.iter().any(|row| row.watch.name.eq_ignore_ascii_case(name)) { "now" } else { "kept" };
    state.say(format!("watch “{name}” {verb}: {query}"));
    vec![Effect::Watches(WatchWish::Keep(Watch { name: name.to_owned(), query }))]
}

/// Lists what a watch finds; if that is listed, everything.
pub(super) fn open(state: &mut State, choice: &Choice) -> Vec<Effect> {
    let Choice::Watch { name, query } = choice else { return Vec::new() };
    if query.is_none() {
        let wrong = state.watches.iter().find(|row| row.watch.name == *name).and_then(|row| row.query.clone().err());
        state.complain(format!("the watch “{name}” cannot be read: {}", wrong.unwrap_or_default()));
        return Vec::new();
    }
    filtering::toggle_choice(&mut state.filter, choice);
    state.before_versions = None;
    state.list.selected = 0;
    let mut effects = commands::enter(state, Pane::List);
    effects.extend(state.refilter());
    effects
}

/// Forgets the chosen watch.
pub(super) fn remove(state: &mut State) -> Vec<Effect> {
    let chosen = state.sidebar.selected_item().map(|item| item.choice.clone());
    let Some(Choice::Watch { name, .. }) = chosen else {
        state.say("only a watch can be deleted here");
        return Vec::new();
    };
    let at = state.watches.iter().position(|row| row.watch.name == name);
    state.removed_watches.extend(at.map(|at| state.watches.remove(at).watch));
    state.refill_sidebar();
    let undo = state.config.keys.keys_for(Scope::Sidebar, Command::Undo).first().map(ToString::to_string);
    let undo = undo.map_or(String::new(), |key| format!(" · {key} brings it back"));
    state.say(format!("the watch “{name}” is gone{undo}"));
    vec![Effect::Watches(WatchWish::Forget(name))]
}

/// Brings the watch back that was forgotten last.
pub(super) fn bring_back(state: &mut State) -> Vec<Effect> {
    let Some(watch) = state.removed_watches.pop() else {
        state.say("nothing to bring back");
        return Vec::new();
    };
    state.say(format!("the watch “{}” is back", watch.name));
    vec![Effect::Watches(WatchWish::Keep(watch))]
}
