//! Everything the screen knows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ratatui::layout::Rect;
use serde::{Deserialize, Serialize};

use crate::{
    config::{Config, Scope, SortSetting, Theme},
    library::{Sort, Watch},
    model::{Anchor, ArticleId, Bookmark, CountryCode, Filter, Quote},
};

use super::{
    effect::{Change, Effect, JobId, Question},
    feeds::FeedsState,
    layout::{Panes, Wish, inside, layout, quote_height},
    list::{self, ListState},
    overlay::Overlay,
    quotes::{QuotesState, quote_in_sight},
    reader::{self, ReaderState},
    saved::Saved,
    sidebar::{self, SidebarState},
    watches::WatchRow,
};

/// A pane one can be in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pane {
    /// The articles.
    #[default]
    List,
    /// The text.
    Reader,
    /// The quotes.
    Quotes,
    /// Countries, officials, organizations.
    Sidebar,
}

impl Pane {
    /// All of them, from left to right.
    pub const ALL: [Self; 4] = [Self::List, Self::Reader, Self::Quotes, Self::Sidebar];

    /// Which keys work there.
    pub fn scope(self) -> Scope {
        match self {
            Self::List => Scope::List,
            Self::Reader => Scope::Reader,
            Self::Quotes => Scope::Quotes,
            Self::Sidebar => Scope::Sidebar,
        }
    }
}

/// Messages kept for the view of them.
const MOST_MESSAGES: usize = 1000;

/// What the status line says until the next key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// The words.
    pub text: String,
    /// Whether something went wrong.
    pub error: bool,
}

/// Why the reader ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ending {
    /// The user left.
    Left,
    /// The system wants it, with this signal.
    Signal(i32),
    /// A thread broke, with this message.
    Broken(String),
}

/// Everything the screen knows.
#[derive(Clone, Debug)]
pub struct State {
    /// All settings.
    pub config: Config,
    /// From meaning to look.
    pub theme: Theme,
    /// The day, for ranges such as "last 7d".
    pub today: NaiveDate,
    /// The whole screen.
    pub area: Rect,
    /// The pane one is in.
    pub focus: Pane,
    /// Only the text.
    pub zen: bool,
    /// Which articles are listed.
    pub filter: Filter,
    /// The filter before the versions of a story were listed.
    pub before_versions: Option<Filter>,
    /// In which order.
    pub sort: Sort,
    /// The articles.
    pub list: ListState,
    /// The text.
    pub reader: ReaderState,
    /// Its quotes.
    pub quotes: QuotesState,
    /// Whom and what it mentions.
    pub sidebar: SidebarState,
    /// The searches that are kept.
    pub watches: Vec<WatchRow>,
    /// Watches that were removed, the last one last.
    pub removed_watches: Vec<Watch>,
    /// What lies over them.
    pub overlay: Option<Overlay>,
    /// What the status line says.
    pub notice: Option<Notice>,
    /// All that was said so far, the last thing last.
    pub messages: Vec<Notice>,
    /// What goes on in the background.
    pub activity: Option<String>,
    /// What is known of the feeds.
    pub feeds: FeedsState,
    /// Whether articles are being added.
    pub adding: bool,
    /// Whether what is open was chosen: until then the first article of the list is, whatever comes in.
    pub settled: bool,
    /// Whether the order of the list was chosen here, so that it is kept.
    pub sort_chosen: bool,
    /// All bookmarks, newest first.
    pub bookmarks: Vec<Bookmark>,
    /// The bundled samples are shown.
    pub samples: bool,
    /// The open article is not in the list.
    pub outside: bool,
    /// Names of countries that were met.
    pub country_names: BTreeMap<CountryCode, String>,
    /// Whether the library has been opened.
    pub opened: bool,
    /// Set when the reader is to end.
    pub ending: Option<Ending>,
    /// The article to have open once it is here.
    pub wanted: Option<ArticleId>,
    /// What was last kept of the screen.
    pub(super) kept: Saved,
    /// The place last kept of the open article.
    pub(super) kept_position: Option<(ArticleId, usize)>,
    last_job: JobId,
}

impl State {
    /// A screen of that size that knows nothing yet.
    pub fn new(config: Config, theme: Theme, area: Rect, today: NaiveDate) -> Self {
        let sort = match config.list.sort {
            SortSetting::Newest => Sort::DateDescending,
            SortSetting::Oldest => Sort::DateAscending,
            SortSetting::Outlet => Sort::Outlet,
            SortSetting::Relevance => Sort::Relevance,
        };
        Self {
            config,
            theme,
            today,
            area,
            focus: Pane::List,
            zen: false,
            filter: Filter::default(),
            before_versions: None,
            sort,
            list: ListState::default(),
            reader: ReaderState::default(),
            quotes: QuotesState::default(),
            sidebar: SidebarState::default(),
            watches: Vec::new(),
            removed_watches: Vec::new(),
            overlay: None,
            notice: None,
            messages: Vec::new(),
            activity: None,
            feeds: FeedsState::default(),
            adding: false,
            settled: false,
            sort_chosen: false,
            bookmarks: Vec::new(),
            samples: false,
            outside: false,
            country_names: BTreeMap::new(),
            opened: false,
            ending: None,
            wanted: None,
            kept: Saved::default(),
            kept_position: None,
            last_job: JobId::default(),
        }
    }

    /// Where the panes are.
    pub fn panes(&self) -> Panes {
        layout(self.area, Wish { focus: self.focus, zen: self.zen, n_quotes: self.quotes_found().len() })
    }

    /// The quotes of the open article.
    pub fn quotes_found(&self) -> &[Quote] {
        self.reader.document.as_ref().map_or(&[], |document| &document.stored.annotations.quotes)
    }

    /// The open article.
    pub fn article(&self) -> Option<ArticleId> {
        self.reader.document.as_ref().map(|document| document.stored.id)
    }

    /// Lines inside the frame of a pane.
    pub fn lines_in(&self, pane: Pane) -> usize {
        self.panes().of(pane).map_or(0, |rect| usize::from(inside(rect).height))
    }

    /// Quotes on one page of their pane.
    pub fn quotes_page(&self) -> usize {
        (self.lines_in(Pane::Quotes) / usize::from(quote_height(self.panes().main.height))).max(1)
    }

    /// Articles on one page of the list.
    pub fn list_page(&self) -> u64 {
        let Some(rect) = self.panes().list else { return 10 };
        let height = u64::from(inside(rect).height);
        (height / u64::from(list::row_height(rect))).max(1)
    }

    /// Says something in the status line.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.tell(Notice { text: text.into(), error: false });
    }

    fn tell(&mut self, notice: Notice) {
        self.note_down(notice.clone());
        self.notice = Some(notice);
    }

    /// Puts something among the messages without saying it.
    pub(super) fn note_down(&mut self, notice: Notice) {
        if self.messages.len() >= MOST_MESSAGES {
            self.messages.remove(0);
        }
        self.messages.push(notice);
    }

    /// Says in the status line that something went wrong.
    pub(super) fn complain(&mut self, text: impl Into<String>) {
        self.tell(Notice { text: text.into(), error: true });
    }

    /// A new question's number.
    pub(super) fn next_job(&mut self) -> JobId {
        self.last_job.0 += 1;
        self.last_job
    }

    /// Asks for the rows around the chosen article, or around `seek` if that is in the list.
    pub(super) fn ask_list(&mut self, seek: Option<ArticleId>) -> Effect {
        let job = self.next_job();
        self.list.waiting = Some(job);
        self.list.awaits_rest = None;
        let limit = usize::try_from(self.list_page()).unwrap_or(100).clamp(10, 400) * 4;
        let (filter, sort, index) = (self.filter.clone(), self.sort, self.list.selected);
        Effect::Ask(job, Question::List { filter, sort, seek, index, limit })
    }

    /// Asks for an article, and where in it some words stand.
    pub(super) fn ask_article(&mut self, id: ArticleId, anchor: Option<Anchor>) -> Effect {
        let job = self.next_job();
        self.reader.waiting = Some(job);
        self.wanted = Some(id);
        Effect::Ask(job, Question::Article { id, anchor: anchor.map(Box::new) })
    }

    /// The filter has changed: the list is asked anew, the open article stays the chosen one if it is still in it.
    pub(super) fn refilter(&mut self) -> Vec<Effect> {
        self.refill_sidebar();
        self.list.asked_at = None;
        let seek = self.wanted.or_else(|| self.article());
        vec![self.ask_list(seek)]
    }

    /// Fills the sidebar from the open article and the filter.
    pub(super) fn refill_sidebar(&mut self) {
        let rows = sidebar::rows(&self.watches, self.reader.document.as_ref(), &self.filter, &self.country_names);
        self.sidebar.set_rows(rows);
    }

    /// Fits the text to its pane, and everything chosen to its screen.
    pub(super) fn refit(&mut self) {
        let panes = self.panes();
        if let Some(rect) = panes.reader {
            let width = reader::text_width(rect).min(usize::from(self.config.reader.measure));
            self.reader.resize(width, usize::from(inside(rect).height));
        }
        let page = self.list_page();
        self.list.show_selected(page);
        let n_quotes = self.quotes_found().len();
        let lines = self.quotes_page();
        self.quotes.select(self.quotes.selected, n_quotes, lines);
    }

    /// The measure at which an article that arrives now is to be broken into lines.
    pub(super) fn measure(&self) -> usize {
        let measure = usize::from(self.config.reader.measure);
        self.panes().reader.map_or(measure, |rect| reader::text_width(rect).min(measure))
    }

    /// The text has moved: the current quote is one in sight, if there is any.
    pub(super) fn quotes_follow(&mut self) {
        let visible = self.reader.visible();
        let to = quote_in_sight(self.quotes_found(), self.quotes.selected, &visible);
        let (n_quotes, lines) = (self.quotes_found().len(), self.quotes_page());
        self.quotes.select(to, n_quotes, lines);
    }

    /// Makes a quote the current one and brings it on the screen.
    pub(super) fn go_to_quote(&mut self, quote: usize) {
        let (n_quotes, lines) = (self.quotes_found().len(), self.quotes_page());
        self.quotes.select(quote, n_quotes, lines);
        let extent = self.quotes_found().get(self.quotes.selected).and_then(Quote::extent);
        if let Some(extent) = extent {
            self.reader.reveal(extent, usize::from(self.config.reader.context));
        }
    }

    /// What is to be kept that is not kept yet.
    pub(super) fn keep(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.opened || self.samples {
            return effects;
        }
        let saved = Saved {
            // The versions of one story are a look aside.
            filter: self.before_versions.clone().unwrap_or_else(|| self.filter.clone()),
            sort: self.sort_chosen.then_some(self.sort),
            article: self.wanted.or_else(|| self.article()),
            focus: self.focus,
        };
        if saved != self.kept {
            self.kept = saved.clone();
            effects.push(Effect::Keep(Change::Screen(Box::new(saved))));
        }
        let place = self.article().map(|id| (id, self.reader.position()));
        if let Some((id, position)) = place.filter(|_| place != self.kept_position) {
            self.kept_position = place;
            effects.push(Effect::Keep(Change::Position(id, position)));
        }
        effects
    }
}
