//! Keys in a line one types into.

use crossterm::event::KeyEvent;

use crate::{
    config::Command,
    query::QueryError,
    tui::{
        dates,
        effect::{Change, Effect, JobId, Question},
        feeds, filtering,
        overlay::{Completion, Mistake, Overlay, Prompt, PromptKind},
        state::{Pane, State},
        text,
    },
};

use super::{overlays::restore, watching};

pub(super) fn press(state: &mut State, mut prompt: Prompt, command: Option<Command>, key: KeyEvent) -> Vec<Effect> {
    match command {
        // With an offer chosen, Enter takes that.
        Some(Command::Accept) if prompt.completion.selected.is_some() => take_offer(state, prompt),
        Some(Command::Accept) => accept(state, prompt),
        Some(Command::Cancel) => cancel(state, prompt.kind),
        Some(Command::ClearChoice) => {
            prompt.line.clear();
            typed(state, prompt)
        }
        Some(Command::Complete) => take_offer(state, prompt),
        Some(Command::Down | Command::Up) => {
            prompt.completion.step(if command == Some(Command::Down) { 1 } else { -1 });
            state.overlay = Some(Overlay::Prompt(prompt));
            Vec::new()
        }
        _ if prompt.line.press(key) => typed(state, prompt),
        _ => {
            // The cursor has moved: what was offered stood elsewhere.
            prompt.completion = Completion::default();
            state.overlay = Some(Overlay::Prompt(prompt));
            Vec::new()
        }
    }
}

/// Puts what is offered in. Behind a key its values are offered next.
fn take_offer(state: &mut State, mut prompt: Prompt) -> Vec<Effect> {
    if !prompt.take_offer() {
        return complete(state, prompt, Vec::new());
    }
    if prompt.line.text().ends_with(':') {
        return typed(state, prompt);
    }
    let effects = looked_for(state, &mut prompt);
    state.overlay = Some(Overlay::Prompt(prompt));
    effects
}

/// What is typed is looked for at once, and what could follow is offered.
pub(super) fn typed(state: &mut State, mut prompt: Prompt) -> Vec<Effect> {
    let effects = looked_for(state, &mut prompt);
    if matches!(prompt.kind, PromptKind::FindArticles(_)) && prompt.is_at_a_gap() {
        prompt.completion = Completion::default();
        state.overlay = Some(Overlay::Prompt(prompt));
        return effects;
    }
    complete(state, prompt, effects)
}

fn complete(state: &mut State, mut prompt: Prompt, mut effects: Vec<Effect>) -> Vec<Effect> {
    if let Some((names, typed)) = prompt.complete() {
        let job = state.next_job();
        prompt.completion.waiting = Some(job);
        effects.push(Effect::Ask(job, Question::Names(names, typed)));
    }
    state.overlay = Some(Overlay::Prompt(prompt));
    effects
}

fn looked_for(state: &mut State, prompt: &mut Prompt) -> Vec<Effect> {
    prompt.error = None;
    match &prompt.kind {
        PromptKind::FindArticles(_) => match filtering::set_search(&mut state.filter, prompt.line.text()) {
            Ok(()) => return state.refilter(),
            Err(error) => prompt.error = Some(mistake(&error, prompt.line.text())),
        },
        PromptKind::FindInText(top) => {
            state.reader.scroll_to(*top);
            state.reader.look_for(prompt.line.text());
            show_match(state);
        }
        PromptKind::Dates | PromptKind::FeedAddress | PromptKind::Tags(_) | PromptKind::WatchName => {}
    }
    Vec::new()
}

fn mistake(error: &QueryError, text: &str) -> Mistake {
    Mistake { message: error.to_string(), at: Some(error.cells(text)) }
}

/// Takes in the names that the library knows.
pub(super) fn take_names(state: &mut State, job: JobId, found: Result<Vec<String>, String>) -> Vec<Effect> {
    let Some(Overlay::Prompt(prompt)) = &mut state.overlay else { return Vec::new() };
    if prompt.completion.waiting == Some(job) {
        match found {
            Ok(names) => prompt.know(&names),
            Err(message) => state.complain(message),
        }
    }
    Vec::new()
}

fn show_match(state: &mut State) {
    let hit = state.reader.search.as_ref().and_then(|search| search.hits.get(search.current?)).copied();
    if let Some(hit) = hit {
        state.reader.reveal(hit, usize::from(state.config.reader.context));
    }
}

fn accept(state: &mut State, mut prompt: Prompt) -> Vec<Effect> {
    match &prompt.kind {
        PromptKind::FindArticles(_) => {
            // A mistake is mended or given up with Esc.
            if prompt.error.is_some() {
                state.overlay = Some(Overlay::Prompt(prompt));
            }
            Vec::new()
        }
        PromptKind::FindInText(_) => {
            match &state.reader.search {
                Some(search) if search.hits.is_empty() => {
                    let message = format!("“{}” is not in this text", search.query);
                    state.reader.search = None;
                    state.complain(message);
                }
                Some(search) => {
                    let n_hits = search.hits.len();
                    state.say(format!(
                        "{} · n and N step through them",
                        text::counted(n_hits, "match").replace("matchs", "matches")
                    ));
                    state.focus = Pane::Reader;
                    state.quotes_follow();
                }
                None => {}
            }
            Vec::new()
        }
        PromptKind::FeedAddress => feeds::add_address(state, prompt.line.text()),
        PromptKind::WatchName => watching::keep(state, prompt.line.text()),
        PromptKind::Tags(id) => {
            let tags: Vec<String> = prompt.line.text().split(',').filter_map(crate::library::tidy_tag).collect();
            let kept = if tags.is_empty() { "no tags".to_owned() } else { format!("tagged {}", tags.join(", ")) };
            let samples = if state.samples { " · samples are not kept" } else { "" };
            state.say(format!("{kept}{samples}"));
            // The library knows how a tag was first written.
            vec![Effect::Keep(Change::Tags(*id, tags)), state.ask_article(*id, None)]
        }
        PromptKind::Dates => match dates::parse(prompt.line.text(), state.today) {
            Some((since, until)) => {
                state.filter.since = since;
                state.filter.until = until;
                state.refilter()
            }
            None => {
                let message = "a range is 2025-07-01..2025-08-04, 2025-07, last 7d, today".to_owned();
                prompt.error = Some(Mistake { message, at: None });
                state.overlay = Some(Overlay::Prompt(prompt));
                Vec::new()
            }
        },
    }
}

fn cancel(state: &mut State, kind: PromptKind) -> Vec<Effect> {
    match kind {
        PromptKind::FindArticles(before) => restore(state, before),
        PromptKind::FindInText(top) => {
            state.reader.search = None;
            state.reader.scroll_to(top);
            Vec::new()
        }
        PromptKind::Dates | PromptKind::FeedAddress | PromptKind::Tags(_) | PromptKind::WatchName => Vec::new(),
    }
}
