//! Keys in what lies over the panes.

use crossterm::event::KeyEvent;

use crate::{
    config::Command,
    export::Citation,
    model::{BookmarkId, Filter},
    tui::{
        effect::{Change, Effect},
        feeds,
        filtering::{self, Wanted},
        overlay::{self, BookmarksView, HelpView, Note, NoteFor, Overlay, Picked, Picker},
        state::{Pane, State},
        text,
    },
};

use super::prompts;

/// What a key does in the overlay; one that is bound to nothing types.
pub(super) fn press(state: &mut State, command: Option<Command>, key: KeyEvent) -> Vec<Effect> {
    match state.overlay.take() {
        Some(Overlay::Help(view)) => press_help(state, view, command),
        Some(Overlay::Messages(top)) => press_messages(state, top, command),
        Some(Overlay::Bookmarks(view)) => press_bookmarks(state, view, command),
        Some(Overlay::Feeds(view)) => feeds::press_feeds(state, view, command),
        Some(Overlay::Offers(view)) => feeds::press_offers(state, view, command),
        Some(Overlay::Note(note)) => press_note(state, note, command, key),
        Some(Overlay::Prompt(prompt)) => prompts::press(state, prompt, command, key),
        Some(Overlay::Picker(picker)) => press_picker(state, picker, command, key),
        None => Vec::new(),
    }
}

/// Text that was pasted goes where one types.
pub(super) fn paste(state: &mut State, pasted: &str) -> Vec<Effect> {
    match state.overlay.take() {
        Some(Overlay::Note(mut note)) => {
            let lines: Vec<_> = pasted.lines().map(text::clean).collect();
            note.text.insert_str(lines.join("\n"));
            state.overlay = Some(Overlay::Note(note));
            Vec::new()
        }
        Some(Overlay::Prompt(mut prompt)) => {
            prompt.line.insert(pasted);
            prompts::typed(state, prompt)
        }
        Some(Overlay::Picker(mut picker)) => {
            picker.line.insert(pasted);
            picker.find();
            state.overlay = Some(Overlay::Picker(picker));
            Vec::new()
        }
        other => {
            state.overlay = other;
            Vec::new()
        }
    }
}

/// Lines by which a command moves, for a page of `page`.
pub(in crate::tui) fn lines_by(command: Command, page: usize) -> Option<isize> {
    let page = isize::try_from(page).unwrap_or(isize::MAX).max(2);
    Some(match command {
        Command::Down => 1,
        Command::Up => -1,
        Command::HalfPageDown => page / 2,
        Command::HalfPageUp => -page / 2,
        Command::PageDown => page - 1,
        Command::PageUp => 1 - page,
        Command::First => isize::MIN / 2,
        Command::Last => isize::MAX / 2,
        _ => return None,
    })
}

fn press_help(state: &mut State, mut view: HelpView, command: Option<Command>) -> Vec<Effect> {
    let (lines, height) = overlay::help_size(state, &view);
    match command {
        Some(Command::Back | Command::Cancel | Command::Help | Command::Open) => return Vec::new(),
        Some(command) => {
            if let Some(by) = lines_by(command, height) {
                view.top = view.top.saturating_add_signed(by).min(lines.saturating_sub(height));
            }
        }
        None => {}
    }
    state.overlay = Some(Overlay::Help(view));
    Vec::new()
}

fn press_messages(state: &mut State, top: usize, command: Option<Command>) -> Vec<Effect> {
    let (lines, height) = overlay::messages_size(state);
    let by = match command {
        Some(Command::Back | Command::Cancel | Command::Messages | Command::Open) => return Vec::new(),
        Some(command) => lines_by(command, height).unwrap_or(0),
        None => 0,
    };
    state.overlay = Some(Overlay::Messages(top.saturating_add_signed(by).min(lines.saturating_sub(height))));
    Vec::new()
}

fn press_bookmarks(state: &mut State, mut view: BookmarksView, command: Option<Command>) -> Vec<Effect> {
    let chosen = state.bookmarks.get(view.selected).cloned();
    let page = overlay::bookmarks_page(state);
    let mut effects = Vec::new();
    match command {
        Some(Command::Back | Command::Cancel | Command::Bookmarks) => return effects,
        Some(Command::Open) => {
            if let Some(bookmark) = chosen {
                let Some(article) = bookmark.article else {
                    state.complain("its article is no longer in the library; the bookmark keeps its words");
                    state.overlay = Some(Overlay::Bookmarks(view));
                    return effects;
                };
                state.zen = false;
                state.focus = Pane::Reader;
                effects.push(state.ask_article(article, Some(bookmark.anchor)));
                effects.push(state.ask_list(Some(article)));
                return effects;
            }
        }
        Some(Command::EditNote | Command::Bookmark) => {
            if let Some(bookmark) = chosen {
                let of = NoteFor { bookmark: bookmark.id, from_view: Some(view.selected) };
                state.overlay = Some(Overlay::Note(Box::new(Note::new(of, &bookmark.note))));
                return effects;
            }
        }
        Some(Command::Delete) => {
            if let Some(bookmark) = chosen {
                view.deleted.push(bookmark.id);
                effects.push(Effect::Keep(Change::RemoveBookmark(bookmark.id)));
                state.say("deleted · u brings it back");
            }
        }
        Some(Command::Undo) => match view.deleted.pop() {
            Some(id) => {
                effects.push(Effect::Keep(Change::RestoreBookmark(id)));
                state.say("brought back");
            }
            None => state.say("nothing to bring back"),
        },
        Some(Command::CopyQuote) => {
            if let Some(bookmark) = chosen {
                effects.push(Effect::Copy(Citation::from(&bookmark).to_string()));
                state.say("quote copied with its source");
            }
        }
        Some(Command::Help) => {
            state.overlay = Some(Overlay::Help(HelpView { scope: crate::config::Scope::Bookmarks, top: 0 }));
            return effects;
        }
        Some(command) => {
            if let Some(by) = lines_by(command, page) {
                let last = state.bookmarks.len().saturating_sub(1);
                view.selected = view.selected.saturating_add_signed(by).min(last);
            }
        }
        None => {}
    }
    state.overlay = Some(Overlay::Bookmarks(view));
    effects
}

fn leave_note(state: &mut State, of: NoteFor) {
    state.overlay =
        of.from_view.map(|selected| Overlay::Bookmarks(BookmarksView { selected, ..BookmarksView::default() }));
}

fn press_note(state: &mut State, mut note: Box<Note>, command: Option<Command>, key: KeyEvent) -> Vec<Effect> {
    match command {
        Some(Command::Accept) => {
            let written = note.text.lines().join("\n").trim().to_owned();
            leave_note(state, note.of);
            return keep_note(state, note.of.bookmark, written);
        }
        Some(Command::Cancel) => {
            leave_note(state, note.of);
            state.say("the note is as it was");
            return Vec::new();
        }
        Some(Command::NewLine) => note.text.insert_newline(),
        _ => drop(note.text.input(key)),
    }
    state.overlay = Some(Overlay::Note(note));
    Vec::new()
}

fn keep_note(state: &mut State, bookmark: BookmarkId, note: String) -> Vec<Effect> {
    if let Some(known) = state.bookmarks.iter_mut().find(|known| known.id == bookmark) {
        known.note.clone_from(&note);
    }
    state.say(if note.is_empty() { "no note" } else { "note kept" });
    vec![Effect::Keep(Change::Note(bookmark, note))]
}

pub(super) fn restore(state: &mut State, before: Filter) -> Vec<Effect> {
    if state.filter == before {
        return Vec::new();
    }
    state.filter = before;
    state.refilter()
}

fn press_picker(state: &mut State, mut picker: Picker, command: Option<Command>, key: KeyEvent) -> Vec<Effect> {
    let height = overlay::picker_page(state);
    let mut effects = Vec::new();
    match command {
        Some(Command::Cancel) => return restore(state, picker.before),
        Some(Command::Accept) if picker.items.is_none() => picker.hasty = true,
        Some(Command::Accept) => {
            // Without a mark, Enter means the chosen line.
            if !picker.touched {
                effects = want(state, &picker, Wanted::Include);
            }
            return effects;
        }
        Some(Command::Include | Command::Exclude) => {
            let wanted = if command == Some(Command::Include) { Wanted::Include } else { Wanted::Exclude };
            effects = want(state, &picker, wanted);
            picker.touched = true;
            // What was typed has done its work: the next one can be typed.
            if let Some(chosen) = picker.shown.get(picker.selected).copied().filter(|_| !picker.line.text().is_empty())
            {
                picker.line.clear();
                picker.find();
                picker.select(chosen, height);
            }
        }
        Some(Command::AllOrAny) => {
            let all_or_any = match picker.picked {
                Picked::Countries => &mut state.filter.country_match,
                Picked::Officials => &mut state.filter.people_match,
            };
            filtering::flip(all_or_any);
            picker.touched = true;
            effects = state.refilter();
        }
        Some(Command::ClearChoice) => {
            match picker.picked {
                Picked::Countries => {
                    state.filter.countries.clear();
                    state.filter.without.clear();
                }
                Picked::Officials => {
                    state.filter.people.clear();
                    state.filter.without_people.clear();
                }
            }
            picker.touched = true;
            effects = state.refilter();
        }
        Some(command) => {
            if let Some(by) = lines_by(command, height) {
                picker.select(picker.selected.saturating_add_signed(by), height);
            }
        }
        None => {
            if picker.line.press(key) {
                picker.find();
            }
        }
    }
    state.overlay = Some(Overlay::Picker(picker));
    effects
}

pub(super) fn want(state: &mut State, picker: &Picker, wanted: Wanted) -> Vec<Effect> {
    let Some(choice) = picker.selected_item().map(|item| item.choice.clone()) else { return Vec::new() };
    filtering::set_wanted(&mut state.filter, &choice, wanted);
    state.refilter()
}
