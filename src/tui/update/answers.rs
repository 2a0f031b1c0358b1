//! What the worker's answers make of the state.

use crate::{
    library::{OfficialCount, Undone},
    model::{Bookmark, BookmarkId},
    tui::{
        effect::{Change, Effect, JobId},
        event::{Answer, ArticleFound, CountryListed, ListPage, Opened, Place},
        filtering::Wanted,
        overlay::{Overlay, Picked, PickerItem},
        reader::Document,
        sidebar::Choice,
        state::{Pane, State},
        text,
    },
};

pub(super) fn take(state: &mut State, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Opened(opened) => take_opened(state, opened),
        Answer::List(job, page) if state.list.waiting == Some(job) => {
            state.list.waiting = None;
            if matches!(&page, Ok(page) if page.counts.at_least) {
                state.list.awaits_rest = Some(job);
            }
            or_complain(state, page, take_list)
        }
        Answer::List(job, page) if state.list.awaits_rest == Some(job) => {
            state.list.awaits_rest = None;
            or_complain(state, page, |state, page| {
                // What is chosen stays so: the list begins as the first page did.
                state.list.take(ListPage { found: None, ..page }, state.list_page());
                Vec::new()
            })
        }
        Answer::Article(job, found) if state.reader.waiting == Some(job) => {
            state.reader.waiting = None;
            or_complain(state, found, take_article)
        }
        Answer::Countries(job, found) => or_complain(state, found, |state, found| {
            let named = found.iter().map(|listed| (listed.count.code, listed.count.name.clone()));
            state.country_names.extend(named);
            fill_picker(state, Picked::Countries, job, found.into_iter().map(country_item).collect())
        }),
        Answer::Officials(job, found) => or_complain(state, found, |state, found| {
            fill_picker(state, Picked::Officials, job, found.into_iter().map(official_item).collect())
        }),
        Answer::Names(job, found) => super::prompts::take_names(state, job, found),
        Answer::Bookmarks(found, new) => or_complain(state, found, |state, found| take_bookmarks(state, found, new)),
        Answer::AllRead(n_read) => {
            state.say(format!("{} marked as read", text::counted(usize::try_from(n_read).unwrap_or(0), "article")));
            for row in &mut state.list.rows {
                row.read = true;
            }
            state.refilter()
        }
        Answer::Undone(undone, bookmarks) => {
            state.say(match undone {
                None => "nothing to bring back".to_owned(),
                Some(Undone { articles: 0, .. }) => "bookmark brought back".to_owned(),
                Some(Undone { articles, .. }) => format!("{} brought back", text::counted(articles, "article")),
            });
            let mut effects = take_bookmarks(state, bookmarks, None);
            effects.extend(state.refilter());
            effects
        }
        Answer::NotKept(message) => {
            state.complain(message);
            Vec::new()
        }
        // The answer to a question no longer asked.
        Answer::List(..) | Answer::Article(..) => Vec::new(),
    }
}

fn or_complain<T>(
    state: &mut State,
    outcome: Result<T, String>,
    take: impl FnOnce(&mut State, T) -> Vec<Effect>,
) -> Vec<Effect> {
    match outcome {
        Ok(found) => take(state, found),
        Err(message) => {
            state.complain(message);
            Vec::new()
        }
    }
}

fn take_opened(state: &mut State, opened: Opened) -> Vec<Effect> {
    state.opened = true;
    state.samples = opened.samples;
    state.adding = opened.adding;
    state.bookmarks = opened.bookmarks;
    if let Some(saved) = opened.saved {
        state.kept = saved.clone();
        state.filter = saved.filter;
        state.sort = saved.sort.unwrap_or(state.sort);
        state.sort_chosen = saved.sort.is_some();
        state.wanted = saved.article;
        state.settled = saved.article.is_some();
        state.focus = saved.focus;
    }
    if state.samples {
        state.say("samples, not kept · F picks feeds · attache FOLDER adds files");
    }
    let mut effects = vec![state.ask_list(state.wanted)];
    effects.extend(state.wanted.map(|id| state.ask_article(id, None)));
    effects
}

fn take_list(state: &mut State, page: ListPage) -> Vec<Effect> {
    let page_len = state.list_page();
    let sought = state.wanted.or_else(|| state.article());
    let found = page.found.is_some();
    state.list.take(page, page_len);
    // The open article stays open while it is in the list; otherwise the chosen one opens.
    let chosen = state.list.selected_row().map(|row| row.id);
    state.outside = sought.is_some() && !found && state.reads_outside_the_list();
    match chosen {
        Some(id) if sought != Some(id) && !(found || state.outside) => vec![state.ask_article(id, None)],
        None if state.list.counts.total == 0 => {
            state.reader.document = None;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

impl State {
    /// Whether one is in the text of an article that the list does not hold, having jumped there from a bookmark, or
    /// because the filter changed while one was reading.
    fn reads_outside_the_list(&self) -> bool {
        self.article().is_some() && matches!(self.focus, Pane::Reader | Pane::Quotes)
    }

    /// Marks the open article as read, once one is in its text.
    pub(in crate::tui) fn mark_read(&mut self) -> Option<Effect> {
        let in_text = matches!(self.focus, Pane::Reader | Pane::Quotes);
        let stored = &mut self.reader.document.as_mut().filter(|_| in_text)?.stored;
        if stored.read || self.wanted.is_some_and(|wanted| wanted != stored.id) {
            return None;
        }
        stored.read = true;
        let id = stored.id;
        self.list.set_read(id, true);
        Some(Effect::Keep(Change::Read(id, true)))
    }
}

fn take_article(state: &mut State, found: Option<ArticleFound>) -> Vec<Effect> {
    let Some(ArticleFound { stored, place }) = found else {
        state.wanted = None;
        state.complain("this article is no longer in the library");
        return Vec::new();
    };
    let again = state.article() == Some(stored.id);
    let position = stored.position;
    state.wanted = Some(stored.id);
    let document = Document::new(stored, state.measure());
    state.quotes.match_bookmarks(&document, &state.bookmarks);
    let named = document.stored.annotations.countries.iter().map(|country| (country.code, country.name.clone()));
    state.country_names.extend(named);
    state.kept_position = Some((document.stored.id, position));
    state.reader.document = Some(document);
    state.refill_sidebar();
    if !again {
        state.reader.search = None;
        state.quotes.selected = 0;
        state.quotes.top = 0;
        state.sidebar.mention = None;
        state.reader.top = 0;
    }
    state.refit();
    match place {
        Place::At(span) => {
            let quotes = state.quotes_found();
            let quote = quotes.iter().position(|quote| quote.extent().is_some_and(|extent| extent.overlaps(span)));
            state.reader.reveal(span, usize::from(state.config.reader.context));
            if let Some(quote) = quote {
                state.go_to_quote(quote);
            }
        }
        Place::Gone => {
            state.complain("the wording of this bookmark is no longer in the text");
        }
        Place::Unasked if !again && position > 0 => {
            let row = state.reader.document.as_ref().map_or(0, |document| document.row_of(position));
            state.reader.scroll_to(row);
            state.quotes_follow();
        }
        Place::Unasked => state.quotes_follow(),
    }
    state.mark_read().into_iter().collect()
}

fn take_bookmarks(state: &mut State, bookmarks: Vec<Bookmark>, new: Option<BookmarkId>) -> Vec<Effect> {
    state.bookmarks = bookmarks;
    if let Some(document) = &state.reader.document {
        state.quotes.match_bookmarks(document, &state.bookmarks);
    }
    if new.is_some() {
        let not_kept = if state.samples { " · samples are not kept" } else { "" };
        state.say(format!("bookmarked · the same key again writes a note{not_kept}"));
    }
    let n_bookmarks = state.bookmarks.len();
    if let Some(Overlay::Bookmarks(view)) = &mut state.overlay {
        view.selected = view.selected.min(n_bookmarks.saturating_sub(1));
    }
    Vec::new()
}

fn fill_picker(state: &mut State, picked: Picked, job: JobId, items: Vec<PickerItem>) -> Vec<Effect> {
    match state.overlay.take() {
        Some(Overlay::Picker(mut picker)) if picker.picked == picked && picker.waiting == job => {
            picker.fill(items);
            if picker.hasty {
                return super::overlays::want(state, &picker, Wanted::Include);
            }
            state.overlay = Some(Overlay::Picker(picker));
        }
        other => state.overlay = other,
    }
    Vec::new()
}

fn country_item(country: CountryListed) -> PickerItem {
    let CountryListed { count, region } = country;
    PickerItem {
        detail: format!("{} {region}", count.code),
        choice: Choice::Country(count.code),
        label: count.name,
        n_articles: count.n_articles,
    }
}

fn official_item(official: OfficialCount) -> PickerItem {
    let country = official.country.map(|code| code.to_string());
    let detail = [country, official.role].into_iter().flatten().collect::<Vec<_>>().join(" ");
    PickerItem {
        choice: Choice::Person(official.name.clone()),
        label: official.name,
        detail,
        n_articles: official.n_articles,
    }
}
