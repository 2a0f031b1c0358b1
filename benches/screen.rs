//! What passes between a key and the screen: breaking a text into lines, taking a key in, drawing a frame.

use std::num::NonZeroI64;

use attache::{
    config::{Config, Theme},
    extract::extract,
    gazetteer::Gazetteer,
    library::StoredArticle,
    model::{Article, ArticleId},
    tui::{
        event::{Answer, ArticleFound, Event, Opened, Place},
        reader::Document,
        state::State,
        update::update,
        view::view,
    },
};
use chrono::NaiveDate;
use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};
use divan::{Bencher, black_box};
use ratatui::{Terminal, backend::TestBackend, layout::Rect};

fn main() {
    divan::main();
}

/// Paragraphs of the article: about 2 kB, 20 kB, and 1 MB of text.
const PARAGRAPHS: [usize; 3] = [8, 80, 4000];

fn article(n_paragraphs: usize) -> StoredArticle {
    let paragraph = "Foreign Minister Amina Odhiambo of Kenya said on Monday that the border with Somalia would open. \
        “We have waited nine years for this door,” Odhiambo told reporters in Nairobi, where envoys of the African \
        Union had met since Friday.";
    let body = vec![paragraph; n_paragraphs].join("\n\n");
    let article = Article { source: "bench.txt".to_owned(), body, ..Article::default() };
    let annotations = extract(&Gazetteer::builtin(), &article);
    let id = ArticleId(NonZeroI64::MIN);
    StoredArticle {
        id,
        article,
        annotations,
        changed: None,
        read: false,
        starred: false,
        tags: Vec::new(),
        position: 0,
    }
}

/// A screen with that article open.
fn desk(n_paragraphs: usize) -> State {
    let theme = Theme::builtin("dark").expect("it is built in");
    let today = NaiveDate::from_ymd_opt(2025, 8, 4).expect("it is a day");
    let mut state = State::new(Config::default(), theme, Rect::new(0, 0, 160, 45), today);
    let stored = article(n_paragraphs);
    let saved = attache::tui::saved::Saved { article: Some(stored.id), ..Default::default() };
    let opened = Opened { saved: Some(saved), bookmarks: Vec::new(), samples: false, adding: false };
    update(&mut state, Event::Answer(Box::new(Answer::Opened(opened))));
    let job = state.reader.waiting.expect("the article was asked for");
    let found = ArticleFound { stored, place: Place::Unasked };
    update(&mut state, Event::Answer(Box::new(Answer::Article(job, Ok(Some(found))))));
    press(&mut state, KeyCode::Tab);
    state
}

fn press(state: &mut State, code: KeyCode) {
    update(state, Event::Input(Input::Key(KeyEvent::new(code, KeyModifiers::NONE))));
}

#[divan::bench(args = PARAGRAPHS)]
fn open_an_article(bencher: Bencher<'_, '_>, n_paragraphs: usize) {
    let stored = article(n_paragraphs);
    bencher.with_inputs(|| stored.clone()).bench_values(|stored| Document::new(black_box(stored), 80));
}

#[divan::bench(args = PARAGRAPHS)]
fn scroll_and_draw(bencher: Bencher<'_, '_>, n_paragraphs: usize) {
    let mut state = desk(n_paragraphs);
    let mut terminal = Terminal::new(TestBackend::new(160, 45)).expect("it needs no terminal");
    let mut down = true;
    bencher.bench_local(|| {
        // To and fro over the middle of the text, where there is most to draw.
        press(&mut state, KeyCode::Char(if down { 'j' } else { 'k' }));
        down = !down;
        terminal.draw(|frame| view(&state, frame)).expect("it draws into memory");
    });
}
