//! What the commands do in the panes.

use crate::{
    config::{Command, Scope},
    export::Citation,
    library::{Sort, StoredArticle},
    model::{Filter, Span},
    tui::{
        dates,
        effect::{Change, Effect, Question},
        feeds, filtering,
        overlay::{BookmarksView, HelpView, Note, NoteFor, Overlay, Picked, Picker, Prompt, PromptKind},
        quotes::new_bookmark,
        sidebar::Choice,
        state::{Ending, Pane, State},
    },
};

use super::watching;

pub(super) fn perform(state: &mut State, command: Command) -> Vec<Effect> {
    use Command as C;
    match command {
        C::Down | C::Up | C::HalfPageDown | C::HalfPageUp | C::PageDown | C::PageUp | C::First | C::Last => {
            travel(state, command)
        }
        C::NextPane | C::PreviousPane | C::PaneLeft | C::PaneRight => change_pane(state, command),
        C::Open | C::Accept | C::FilterBy => open(state, command),
        C::NextQuote => step_quote(state, 1),
        C::PreviousQuote => step_quote(state, -1),
        C::NextMatch => step_match(state, 1),
        C::PreviousMatch => step_match(state, -1),
        C::NextArticle => travel_list(state, 1),
        C::PreviousArticle => travel_list(state, -1),
        C::Bookmark => bookmark(state),
        C::EditNote => edit_note(state),
        C::Bookmarks => {
            state.overlay = Some(Overlay::Bookmarks(BookmarksView::default()));
            Vec::new()
        }
        C::CopyQuote => copy_quote(state),
        C::CopyLink => copy_link(state),
        C::OpenLink => open_link(state),
        C::Star => star(state),
        C::ToggleRead => toggle_read(state),
        C::Delete if state.focus == Pane::Sidebar => watching::remove(state),
        C::Undo if state.focus == Pane::Sidebar => watching::bring_back(state),
        C::KeepSearch => watching::ask_name(state),
        C::Tags => ask_tags(state),
        C::Delete => remove_article(state),
        C::Undo => vec![Effect::Keep(Change::Undo)],
        C::AllRead => vec![Effect::Keep(Change::AllRead(state.filter.clone()))],
        C::Search => search(state),
        C::Countries => pick(state, Picked::Countries),
        C::Officials => pick(state, Picked::Officials),
        C::Dates => {
            let range = dates::format((state.filter.since, state.filter.until));
            state.overlay = Some(Overlay::Prompt(Prompt::new(PromptKind::Dates, &range)));
            Vec::new()
        }
        C::OnlyUnread => filter(state, |filter| filter.unread = !filter.unread),
        C::OnlyStarred => filter(state, |filter| filter.starred = !filter.starred),
        C::Versions => versions(state),
        C::ClearFilter => clear_filter(state),
        C::Sort => sort(state),
        C::Zen => zen(state),
        C::Help => {
            state.overlay = Some(Overlay::Help(HelpView { scope: state.focus.scope(), top: 0 }));
            Vec::new()
        }
        C::Messages => {
            state.overlay = Some(Overlay::Messages(0));
            Vec::new()
        }
        C::Feeds => feeds::open(state),
        C::RefreshFeeds => feeds::refresh_all(state),
        C::Cancel => cancel(state),
        C::Back => back(state),
        command => command.country_index().map_or_else(Vec::new, |digit| toggle_digit(state, digit)),
    }
}

/// Moves by lines or pages in the pane one is in.
fn travel(state: &mut State, command: Command) -> Vec<Effect> {
    let page = match state.focus {
        Pane::List => isize::try_from(state.list_page()).unwrap_or(isize::MAX),
        Pane::Quotes => isize::try_from(state.quotes_page()).unwrap_or(isize::MAX),
        pane => isize::try_from(state.lines_in(pane)).unwrap_or(isize::MAX),
    };
    let by = match command {
        Command::Down => 1,
        Command::Up => -1,
        Command::HalfPageDown => (page / 2).max(1),
        Command::HalfPageUp => -(page / 2).max(1),
        // As less does it, one line of the old page stays in sight.
        Command::PageDown => (page - 1).max(1),
        Command::PageUp => -(page - 1).max(1),
        Command::First => isize::MIN / 2,
        _ => isize::MAX / 2,
    };
    travel_by(state, state.focus, by)
}

/// Moves by so many lines in a pane.
pub(super) fn travel_by(state: &mut State, pane: Pane, by: isize) -> Vec<Effect> {
    match pane {
        Pane::List => return travel_list(state, by),
        Pane::Reader => {
            state.reader.scroll_by(by);
            state.quotes_follow();
        }
        Pane::Quotes => {
            let to = state.quotes.selected.saturating_add_signed(by);
            state.go_to_quote(to);
        }
        Pane::Sidebar => {
            let height = state.lines_in(Pane::Sidebar);
            state.sidebar.step(by, height);
            show_mention(state, 0);
        }
    }
    Vec::new()
}

/// Chooses another article; it opens at once.
fn travel_list(state: &mut State, by: isize) -> Vec<Effect> {
    let to = state.list.selected.saturating_add_signed(by as i64);
    choose_article(state, to)
}

/// Chooses the article at `index`.
pub(super) fn choose_article(state: &mut State, index: u64) -> Vec<Effect> {
    let page = state.list_page();
    state.list.select(index, page);
    state.outside = false;
    match state.list.selected_row().map(|row| row.id) {
        Some(id) if state.wanted != Some(id) => vec![state.ask_article(id, None)],
        Some(_) => Vec::new(),
        // It opens when its row is here.
        None => {
            state.wanted = None;
            vec![state.ask_list(None)]
        }
    }
}

fn change_pane(state: &mut State, command: Command) -> Vec<Effect> {
    if state.zen {
        state.zen = false;
    }
    let at = Pane::ALL.iter().position(|&pane| pane == state.focus).unwrap_or(0);
    let to = match command {
        Command::NextPane => (at + 1) % 4,
        Command::PreviousPane => (at + 3) % 4,
        Command::PaneLeft => at.saturating_sub(1),
        _ => (at + 1).min(3),
    };
    enter(state, Pane::ALL[to])
}

/// Goes to a pane.
pub(super) fn enter(state: &mut State, pane: Pane) -> Vec<Effect> {
    state.focus = pane;
    state.refit();
    match pane {
        Pane::Sidebar => {
            let height = state.lines_in(Pane::Sidebar);
            state.sidebar.select(state.sidebar.selected, height);
            show_mention(state, 0);
        }
        Pane::Quotes => state.go_to_quote(state.quotes.selected),
        Pane::List | Pane::Reader => {}
    }
    state.mark_read().into_iter().collect()
}

fn open(state: &mut State, command: Command) -> Vec<Effect> {
    match state.focus {
        Pane::List if state.list.counts.matching == 0 => Vec::new(),
        Pane::List | Pane::Quotes => {
            // From outside the list one comes back to the chosen article.
            let chosen = state.list.selected_row().map(|row| row.id);
            let mut effects = Vec::new();
            if state.focus == Pane::List
                && let Some(id) = chosen.filter(|&id| state.wanted != Some(id))
            {
                effects.push(state.ask_article(id, None));
            }
            effects.extend(enter(state, Pane::Reader));
            effects
        }
        Pane::Reader => step_match(state, 1),
        Pane::Sidebar => {
            let _ = command;
            let Some(choice) = state.sidebar.selected_item().map(|item| item.choice.clone()) else { return Vec::new() };
            if matches!(choice, Choice::Watch { .. }) {
                return watching::open(state, &choice);
            }
            filter(state, |filter| filtering::toggle_choice(filter, &choice))
        }
    }
}

fn filter(state: &mut State, change: impl FnOnce(&mut Filter)) -> Vec<Effect> {
    change(&mut state.filter);
    state.refilter()
}

fn toggle_digit(state: &mut State, digit: usize) -> Vec<Effect> {
    match state.sidebar.country(digit) {
        Some(code) => filter(state, |filter| filtering::toggle_country(filter, code)),
        None => {
            state.say(format!("this article mentions no country {} · c chooses among all", digit + 1));
            Vec::new()
        }
    }
}

/// Lists every version of the chosen story, or goes back to the list before.
fn versions(state: &mut State) -> Vec<Effect> {
    if state.filter.versions_of.is_some() {
        let before = state.before_versions.take().unwrap_or_default();
        return filter(state, |filter| *filter = before);
    }
    let Some(row) = state.list.selected_row() else { return Vec::new() };
    if row.n_versions < 2 {
        state.say("no other outlet has this story");
        return Vec::new();
    }
    let id = row.id;
    state.before_versions = Some(state.filter.clone());
    filter(state, |filter| *filter = Filter { versions_of: Some(id), ..Filter::default() })
}

/// Clears the filter; where the versions of a story are listed, goes back to the list before.
fn clear_filter(state: &mut State) -> Vec<Effect> {
    if state.filter.versions_of.is_some() {
        return versions(state);
    }
    filter(state, |filter| *filter = Filter::default())
}

fn step_quote(state: &mut State, by: isize) -> Vec<Effect> {
    let n_quotes = state.quotes_found().len();
    if n_quotes == 0 {
        state.say("no quotes in this article");
        return Vec::new();
    }
    let current = state.quotes.selected;
    let visible = state.reader.visible();
    let in_sight = state
        .quotes_found()
        .get(current)
        .and_then(crate::model::Quote::extent)
        .is_some_and(|extent| extent.start() < visible.end && visible.start < extent.end());
    let starts: Vec<usize> = state.quotes_found().iter().map(|quote| quote.extent().map_or(0, Span::start)).collect();
    // From a place without a quote in sight one goes to the nearest in that direction.
    let to = match (in_sight, by > 0) {
        (true, _) => current.checked_add_signed(by).filter(|&to| to < n_quotes),
        (false, true) => starts.iter().position(|&start| start >= visible.end).or(Some(n_quotes - 1)),
        (false, false) => starts.iter().rposition(|&start| start < visible.start).or(Some(0)),
    };
    match to {
        Some(to) => state.go_to_quote(to),
        None => {
            state.say(if by > 0 { "this is the last quote" } else { "this is the first quote" });
            state.go_to_quote(current);
        }
    }
    Vec::new()
}

/// Steps through the words looked for, or the mentions of what is chosen in the sidebar, or the quotes.
fn step_match(state: &mut State, by: isize) -> Vec<Effect> {
    if let Some(search) = state.reader.search.as_mut() {
        let n_hits = search.hits.len();
        if n_hits == 0 {
            let message = format!("“{}” is not in this text", search.query);
            state.complain(message);
            return Vec::new();
        }
        let to = round(search.current, by, n_hits);
        search.current = Some(to);
        let hit = search.hits[to];
        state.reader.reveal(hit, usize::from(state.config.reader.context));
        state.say(format!("match {} of {n_hits}", to + 1));
        state.quotes_follow();
        return Vec::new();
    }
    if state.sidebar.choice.is_some() {
        show_mention(state, by);
        return Vec::new();
    }
    step_quote(state, by)
}

fn round(current: Option<usize>, by: isize, n: usize) -> usize {
    match current {
        None if by < 0 => n - 1,
        None => 0,
        Some(at) if by < 0 => (at + n - 1) % n,
        Some(at) if by > 0 => (at + 1) % n,
        Some(at) => at.min(n - 1),
    }
}

/// Brings a mention of what is chosen on the screen: the one so many further, or the first that is in sight already.
fn show_mention(state: &mut State, by: isize) {
    let (Some(choice), Some(document)) = (&state.sidebar.choice, &state.reader.document) else { return };
    let mentions = document.mentions(choice);
    if mentions.is_empty() {
        return;
    }
    let visible = state.reader.visible();
    let to = match state.sidebar.mention {
        None if by >= 0 => mentions
            .iter()
            .position(|span| visible.contains(&span.start()))
            .unwrap_or_else(|| mentions.iter().position(|span| span.start() >= visible.start).unwrap_or(0)),
        current => round(current, by, mentions.len()),
    };
    state.sidebar.mention = Some(to);
    state.reader.reveal(mentions[to], usize::from(state.config.reader.context));
    if by != 0 {
        state.say(format!("mention {} of {}", to + 1, mentions.len()));
    }
    state.quotes_follow();
}

/// Bookmarks the current quote; if it is bookmarked already, opens its note.
fn bookmark(state: &mut State) -> Vec<Effect> {
    let quote = state.quotes.selected;
    if state.quotes.bookmarks.get(quote).copied().flatten().is_some() {
        return edit_note(state);
    }
    let Some(new) = state.reader.document.as_ref().and_then(|document| new_bookmark(document, quote)) else {
        state.say("no quote here to bookmark");
        return Vec::new();
    };
    state.go_to_quote(quote);
    vec![Effect::Keep(Change::AddBookmark(Box::new(new)))]
}

fn edit_note(state: &mut State) -> Vec<Effect> {
    let bookmarked = state.quotes.bookmarks.get(state.quotes.selected).copied().flatten();
    let Some(bookmark) = state.bookmarks.iter().find(|bookmark| Some(bookmark.id) == bookmarked) else {
        state.say("this quote is not bookmarked · b bookmarks it");
        return Vec::new();
    };
    let of = NoteFor { bookmark: bookmark.id, from_view: None };
    state.overlay = Some(Overlay::Note(Box::new(Note::new(of, &bookmark.note))));
    Vec::new()
}

fn copy_quote(state: &mut State) -> Vec<Effect> {
    let citation = state.reader.document.as_ref().and_then(|document| {
        let StoredArticle { article, annotations, .. } = &document.stored;
        Some(Citation::of_quote(article, annotations, annotations.quotes.get(state.quotes.selected)?))
    });
    let Some(citation) = citation else {
        state.say("no quote here to copy");
        return Vec::new();
    };
    state.say("quote copied with its source");
    vec![Effect::Copy(citation.to_string())]
}

fn copy_link(state: &mut State) -> Vec<Effect> {
    let Some(document) = &state.reader.document else { return Vec::new() };
    let article = &document.stored.article;
    let (text, what) = match &article.url {
        Some(url) => (url.clone(), "address copied"),
        None => (Citation::of_article(article).to_string(), "no address; its source copied"),
    };
    state.say(what);
    vec![Effect::Copy(text)]
}

fn open_link(state: &mut State) -> Vec<Effect> {
    let url = state.reader.document.as_ref().and_then(|document| document.stored.article.url.clone());
    match url {
        // Nothing but the web: an article must not start programs by a file or other address.
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => {
            state.say("opened in the browser");
            vec![Effect::OpenLink(url)]
        }
        _ => {
            state.say("this article has no address on the web");
            Vec::new()
        }
    }
}

fn star(state: &mut State) -> Vec<Effect> {
    let Some(stored) = state.reader.document.as_mut().map(|document| &mut document.stored) else { return Vec::new() };
    stored.starred = !stored.starred;
    let (id, starred) = (stored.id, stored.starred);
    if let Some(row) = state.list.row_of(id) {
        row.starred = starred;
    }
    state.say(if starred { "starred" } else { "no longer starred" });
    vec![Effect::Keep(Change::Starred(id, starred))]
}

/// Removes the chosen article and opens the one after it, or before it at the end.
fn remove_article(state: &mut State) -> Vec<Effect> {
    let list = &state.list;
    let Some(id) = list.selected_row().map(|row| row.id) else { return Vec::new() };
    let after = list.row(list.selected + 1);
    let next = after.or_else(|| list.row(list.selected.checked_sub(1)?)).map(|row| row.id);
    let undo = state.config.keys.keys_for(Scope::List, Command::Undo).first().map(ToString::to_string);
    state.say(match undo {
        Some(key) => format!("removed · {key} brings it back"),
        None => "removed · `attache library undo` brings it back".to_owned(),
    });
    let mut effects = vec![Effect::Keep(Change::RemoveArticle(id))];
    match next {
        Some(next) => effects.push(state.ask_article(next, None)),
        None => {
            state.reader.document = None;
            state.wanted = None;
        }
    }
    effects.extend(state.refilter());
    effects
}

fn toggle_read(state: &mut State) -> Vec<Effect> {
    let Some(stored) = state.reader.document.as_mut().map(|document| &mut document.stored) else { return Vec::new() };
    stored.read = !stored.read;
    let (id, read) = (stored.id, stored.read);
    state.list.set_read(id, read);
    state.say(if read { "marked as read" } else { "marked as unread" });
    vec![Effect::Keep(Change::Read(id, read))]
}

fn search(state: &mut State) -> Vec<Effect> {
    let (kind, text) = match state.focus {
        Pane::List | Pane::Sidebar => {
            (PromptKind::FindArticles(state.filter.clone()), filtering::search_of(&state.filter))
        }
        Pane::Reader | Pane::Quotes => (PromptKind::FindInText(state.reader.top), String::new()),
    };
    state.overlay = Some(Overlay::Prompt(Prompt::new(kind, &text)));
    Vec::new()
}

/// Lets one write the tags of the open article.
fn ask_tags(state: &mut State) -> Vec<Effect> {
    let Some(stored) = state.reader.document.as_ref().map(|document| &document.stored) else { return Vec::new() };
    let id = stored.id;
    // Behind those it has one goes on with the next.
    let tags: String = stored.tags.iter().map(|tag| format!("{tag}, ")).collect();
    state.overlay = Some(Overlay::Prompt(Prompt::new(PromptKind::Tags(id), &tags)));
    Vec::new()
}

fn pick(state: &mut State, picked: Picked) -> Vec<Effect> {
    let job = state.next_job();
    state.overlay = Some(Overlay::Picker(Picker::new(picked, state.filter.clone(), job)));
    let question = match picked {
        Picked::Countries => Question::Countries,
        Picked::Officials => Question::Officials,
    };
    vec![Effect::Ask(job, question)]
}

fn sort(state: &mut State) -> Vec<Effect> {
    let (sort, words) = match state.sort {
        Sort::DateDescending => (Sort::DateAscending, "oldest first"),
        Sort::DateAscending => (Sort::Outlet, "by outlet"),
        Sort::Outlet => (Sort::Relevance, "searched words in headline, then lead, first"),
        Sort::Relevance => (Sort::DateDescending, "newest first"),
    };
    state.sort = sort;
    state.sort_chosen = true;
    state.say(words);
    state.refilter()
}

fn zen(state: &mut State) -> Vec<Effect> {
    state.zen = !state.zen;
    if state.zen { enter(state, Pane::Reader) } else { Vec::new() }
}

/// Takes back the innermost thing: the search, what is highlighted, zen, the pane, the filter.
fn cancel(state: &mut State) -> Vec<Effect> {
    if state.reader.search.take().is_some() {
        return Vec::new();
    }
    if state.zen {
        state.zen = false;
        return Vec::new();
    }
    if state.sidebar.choice.take().is_some() {
        state.sidebar.mention = None;
        if state.focus != Pane::Sidebar {
            return Vec::new();
        }
    }
    match state.focus {
        Pane::List if !state.filter.is_empty() => clear_filter(state),
        Pane::List => {
            state.say("q leaves");
            Vec::new()
        }
        Pane::Quotes | Pane::Sidebar => enter(state, Pane::Reader),
        Pane::Reader => enter(state, Pane::List),
    }
}

/// Goes back a pane; leaves at the list.
fn back(state: &mut State) -> Vec<Effect> {
    if state.zen {
        state.zen = false;
        return Vec::new();
    }
    match state.focus {
        Pane::List => {
            state.ending = Some(Ending::Left);
            Vec::new()
        }
        Pane::Reader => enter(state, Pane::List),
        Pane::Quotes | Pane::Sidebar => enter(state, Pane::Reader),
    }
}

/// Highlights something and takes the filter along, as Enter in the sidebar does; for the mouse.
pub(super) fn toggle(state: &mut State, choice: &Choice) -> Vec<Effect> {
    filter(state, |filter| filtering::toggle_choice(filter, choice))
}
