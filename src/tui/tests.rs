//! Events in, state and effects out; drawings.

use std::num::NonZeroI64;

use chrono::NaiveDate;
use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};
use ratatui::{Terminal, backend::TestBackend, buffer::Buffer, layout::Rect};

use super::{
    effect::{Change, Effect, Question},
    event::{Adding, Answer, ArticleFound, CountryListed, Event, ListPage, Opened, Place},
    overlay::Overlay,
    quotes, reader, saved, sidebar,
    state::{Ending, Pane, State},
    update,
    view::view,
};
use crate::{
    config::{Config, Ink, Key, Theme},
    library::{ArticleRow, CountryCount, Counts, OfficialCount, Sort, StoredArticle},
    model::{
        Annotations, Article, ArticleId, Bookmark, BookmarkId, Country, CountryCode, CountryMention, Filter,
        MentionKind, NewBookmark, Organization, Person, Quote, QuoteKind, Span, Speaker,
    },
};

mod drawings;
mod feeding;
mod movements;
mod searching;

fn id(n: i64) -> ArticleId {
    ArticleId(NonZeroI64::new(n).unwrap())
}

fn code(text: &str) -> CountryCode {
    CountryCode::new(text).unwrap()
}

/// Every place of `words` in `body`.
fn places(body: &str, words: &str) -> Vec<Span> {
    body.match_indices(words).map(|(at, found)| Span::new(body, at..at + found.len()).unwrap()).collect()
}

const BODY: &str = "Foreign Minister Amina Odhiambo of Kenya said on Monday that the border with Somalia would \
open in October. “We have waited nine years for this door,” Odhiambo told reporters in Nairobi, where envoys of the \
African Union had met since Friday.

“It opens in October,” she added. “Whoever wants to walk through it may.”

Somalia's ambassador, Yusuf Warsame, called the plan “a small bridge with a large roof” and asked for more time. \
Kenya has not answered. Lorries have waited on both sides of the border since the spring, and traders in Mandera say \
that they have lost two harvests to the closed road.

The African Union will send observers. A spokesman said they “stand ready to help” whatever the two capitals decide, \
and that Somalia had been asked to send its own.";

/// An article with annotations made by hand.
fn stored(n: i64) -> StoredArticle {
    let body = BODY.to_owned();
    let speaker = |name: &str, person, mention: &str| {
        Some(Speaker { name: name.to_owned(), person, mention: places(BODY, mention)[0] })
    };
    let quote = |words: &[&str], kind, speaker| Quote {
        spans: words.iter().map(|words| places(BODY, words)[0]).collect(),
        kind,
        speaker,
        cue: None,
        confidence: 0.9,
    };
    let person = |name: &str, role: &str, country, mentions: &[&str]| Person {
        name: name.to_owned(),
        role: Some(role.to_owned()),
        country: Some(code(country)),
        official: true,
        mentions: mentions.iter().flat_map(|words| places(BODY, words)).collect(),
    };
    let country = |short: &str, name: &str| Country {
        code: code(short),
        name: name.to_owned(),
        mentions: places(BODY, name).into_iter().map(|span| CountryMention { span, kind: MentionKind::Name }).collect(),
    };
    let annotations = Annotations {
        quotes: vec![
            quote(
                &["We have waited nine years for this door,"],
                QuoteKind::Direct,
                speaker("Amina Odhiambo", Some(0), "Odhiambo told"),
            ),
            quote(
                &["It opens in October,", "Whoever wants to walk through it may."],
                QuoteKind::Direct,
                speaker("Amina Odhiambo", Some(0), "she"),
            ),
            quote(
                &["a small bridge with a large roof"],
                QuoteKind::Partial,
                speaker("Yusuf Warsame", Some(1), "Yusuf Warsame"),
            ),
            quote(&["stand ready to help"], QuoteKind::Partial, speaker("A spokesman", None, "A spokesman")),
        ],
        people: vec![
            person("Amina Odhiambo", "Foreign Minister", "KE", &["Foreign Minister Amina Odhiambo", "Odhiambo told"]),
            person("Yusuf Warsame", "ambassador", "SO", &["Yusuf Warsame"]),
        ],
        countries: vec![country("KE", "Kenya"), country("SO", "Somalia")],
        organizations: vec![Organization { name: "African Union".to_owned(), mentions: places(BODY, "African Union") }],
    };
    let article = Article {
        source: "press/border.txt".to_owned(),
        outlet: Some("Nairobi Ledger".to_owned()),
        url: Some("https://example.org/border".to_owned()),
        title: Some("Kenya and Somalia to open a border post".to_owned()),
        published: NaiveDate::from_ymd_opt(2025, 8, 4),
        body,
        ..Article::default()
    };
    StoredArticle {
        id: id(n),
        article,
        annotations,
        changed: None,
        read: false,
        starred: false,
        tags: Vec::new(),
        position: 0,
    }
}

fn row(n: i64) -> ArticleRow {
    let headlines = [
        "Kenya and Somalia to open a border post",
        "Fishing talks resume in Reykjavik after a long winter",
        "Undated note on water",
    ];
    let at = usize::try_from(n - 1).unwrap();
    ArticleRow {
        id: id(n),
        published: NaiveDate::from_ymd_opt(2025, 8, 4).filter(|_| n % 3 != 0),
        headline: headlines[at % 3].to_owned(),
        headline_derived: n % 3 == 2,
        outlet: ["Nairobi Ledger", "Northern Wire", "note.txt"][at % 3].to_owned(),
        read: n % 3 == 2,
        starred: n % 3 == 2,
        countries: [vec![code("KE"), code("SO")], vec![code("IS"), code("NO"), code("GB")], vec![]][at % 3].clone(),
        n_quotes: 4,
        n_outlets: 1,
        n_versions: 1,
    }
}

/// A screen and the effects of what happened on it.
struct Desk {
    state: State,
    effects: Vec<Effect>,
}

impl Desk {
    /// A screen with three articles, the first one open.
    fn new(width: u16, height: u16) -> Self {
        Self::with_articles(width, height, 3)
    }

    fn with_articles(width: u16, height: u16, n: u64) -> Self {
        let theme = Theme::builtin("dark").unwrap();
        let today = NaiveDate::from_ymd_opt(2025, 8, 5).unwrap();
        let state = State::new(Config::default(), theme, Rect::new(0, 0, width, height), today);
        let mut desk = Self { state, effects: Vec::new() };
        desk.answer(Answer::Opened(Opened { saved: None, bookmarks: Vec::new(), samples: false, adding: false }));
        desk.answer_list(n);
        desk.answer_article();
        desk.effects.clear();
        desk
    }

    fn event(&mut self, event: Event) -> &mut Self {
        let effects = update::update(&mut self.state, event);
        self.effects.extend(effects);
        self
    }

    fn answer(&mut self, answer: Answer) -> &mut Self {
        self.event(Event::Answer(Box::new(answer)))
    }

    /// Answers the last question for the list.
    fn answer_list(&mut self, n: u64) -> &mut Self {
        let asked = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Ask(job, Question::List { seek, index, limit, .. }) => Some((*job, *seek, *index, *limit)),
            _ => None,
        });
        let (job, seek, index, limit) = asked.expect("the list was asked for");
        let found = seek.map(|id| u64::try_from(id.0.get()).unwrap() - 1).filter(|&at| at < n);
        let offset = found.unwrap_or(index).saturating_sub(limit as u64 / 2);
        let rows = (offset..n.min(offset + limit as u64)).map(|at| row(i64::try_from(at).unwrap() + 1)).collect();
        let counts = Counts { matching: n, unread_matching: n.min(2), total: n.max(3), at_least: false };
        self.answer(Answer::List(job, Ok(ListPage { counts, found, offset, rows })))
    }

    /// Answers the last question for an article.
    fn answer_article(&mut self) -> &mut Self {
        let asked = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Ask(job, Question::Article { id, anchor }) => Some((*job, *id, anchor.clone())),
            _ => None,
        });
        let (job, id, anchor) = asked.expect("an article was asked for");
        let place = anchor.map_or(Place::Unasked, |anchor| Place::At(anchor.position));
        self.answer(Answer::Article(job, Ok(Some(ArticleFound { stored: stored(id.0.get()), place }))))
    }

    /// Presses keys as a config writes them, spaces between.
    fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            let event = match key {
                "enter" => KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE),
                "esc" => KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE),
                "tab" => KeyEvent::new(KeyCode::Tab, KeyModifiers::NONE),
                "shift-tab" => KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT),
                "space" => KeyEvent::new(KeyCode::Char(' '), KeyModifiers::NONE),
                "down" => KeyEvent::new(KeyCode::Down, KeyModifiers::NONE),
                "backspace" => KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE),
                key if key.starts_with("ctrl-") => {
                    KeyEvent::new(KeyCode::Char(key.chars().last().unwrap()), KeyModifiers::CONTROL)
                }
                key => KeyEvent::new(KeyCode::Char(key.chars().next().unwrap()), KeyModifiers::NONE),
            };
            self.event(Event::Input(Input::Key(event)));
        }
        self
    }

    /// Types words, letter by letter.
    fn write(&mut self, words: &str) -> &mut Self {
        for c in words.chars() {
            self.event(Event::Input(Input::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))));
        }
        self
    }

    /// What is to be done since the last time this was asked, questions' numbers and what is kept of the screen aside.
    fn take(&mut self) -> Vec<Effect> {
        let effects = std::mem::take(&mut self.effects);
        effects.into_iter().filter(|effect| !matches!(effect, Effect::Keep(Change::Screen(_)))).collect()
    }

    /// The filter that the last question for the list names.
    fn asked_filter(&self) -> Filter {
        let asked = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Ask(_, Question::List { filter, .. }) => Some(filter.clone()),
            _ => None,
        });
        asked.expect("the list was asked for")
    }

    fn draw(&self) -> Terminal<TestBackend> {
        let mut terminal = Terminal::new(TestBackend::new(self.state.area.width, self.state.area.height)).unwrap();
        terminal.draw(|frame| view(&self.state, frame)).unwrap();
        terminal
    }

    fn screen(&self) -> String {
        self.draw().backend().to_string()
    }

    fn buffer(&self) -> Buffer {
        self.draw().backend().buffer().clone()
    }

    fn notice(&self) -> &str {
        self.state.notice.as_ref().map_or("", |notice| &notice.text)
    }
}

fn bookmark(n: i64, quote_idx: usize, note: &str) -> Bookmark {
    let article = stored(1);
    let document = reader::Document::new(article.clone(), 80);
    let new = quotes::new_bookmark(&document, quote_idx).unwrap();
    Bookmark {
        id: BookmarkId(NonZeroI64::new(n).unwrap()),
        article: Some(new.article),
        quote: new.quote,
        anchor: new.anchor,
        speaker: new.speaker,
        role: new.role,
        country: new.country,
        note: note.to_owned(),
        source: article.article.source.clone(),
        outlet: article.article.outlet.clone(),
        url: article.article.url.clone(),
        headline: article.article.headline().text,
        published: article.article.published,
        created: chrono::DateTime::UNIX_EPOCH,
    }
}
