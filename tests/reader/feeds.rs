//! Feeds refresh while one reads.

use std::{
    net::TcpStream,
    path::PathBuf,
    time::{Duration, Instant},
};

use attache::library::Library;

use crate::{
    loopback::{Asked, Server, send},
    terminal::{Desk, Screen},
};

const FEEDS: usize = 200;
const ARTICLES: usize = 50;

/// A server of feeds, each of which answers after some time.
fn server() -> Server {
    Server::start(|asked: &Asked, to: &mut TcpStream| {
        let feed = asked.path.trim_start_matches('/').to_owned();
        std::thread::sleep(Duration::from_millis(feed.len() as u64 * 7));
        let items: String = (0..ARTICLES)
            .map(|n| {
                format!(
                    "<item><guid>{feed}-{n}</guid><title>Talks {n} of paper {feed}</title><pubDate>{} Aug 2025</pubDate>\
                     <description>The Kenyan minister spoke. “Door {n} of {feed} opens,” she said.</description></item>",
                    1 + n % 28
                )
            })
            .collect();
        let feed = format!("<rss version=\"2.0\"><channel><title>Paper {feed}</title>{items}</channel></rss>");
        send(to, 200, &[("content-type", "application/rss+xml")], feed.as_bytes())
    })
}

impl Desk {
    fn library(&self) -> PathBuf {
        self.path("data").join("attache/library.sqlite3")
    }

    /// Subscribes to all feeds of the server, and to one that fails.
    fn subscribe(&self, server: &Server) {
        let mut urls: String =
            (0..FEEDS).map(|n| format!("{} \"Region {}\"\n", server.at(&format!("/{n}")), n % 5)).collect();
        urls += "http://127.0.0.1:1/ Broken\n";
        let file = self.path("urls");
        std::fs::write(&file, urls).unwrap();
        let (feeds, refused) = attache::feeds::from_list(&std::fs::read_to_string(&file).unwrap()).unwrap();
        assert!(refused.is_empty());
        let mut library = Library::open(&self.library()).unwrap();
        for feed in &feeds {
            library.subscribe(feed).unwrap();
        }
    }
}

/// Presses `key` and waits for what it does; how long that took.
fn latency(screen: &mut Screen, key: &str, seen: impl FnOnce(&Screen)) -> Duration {
    let began = Instant::now();
    screen.type_keys(key);
    seen(screen);
    began.elapsed()
}

#[test]
fn keys_show_their_effect_while_200_feeds_come_in_and_nothing_is_lost() {
    let (desk, server) = (Desk::new(), server());
    desk.article(
        "note.txt",
        "Title: The one I read\nDate: 2025-08-15\n\nThe foreign minister of France spoke in Paris about the sea.\n",
    );
    desk.subscribe(&server);
    let mut screen = desk.start((120, 40), &[&desk.path("press")]);
    screen.see("1 of 1").see("1 added").see("about the sea");
    // One is in the list, on an article of the middle of the month.
    screen.type_keys("R").see("refreshing ");
    let mut waits = Vec::new();
    let began = Instant::now();
    while screen.shows("refreshing ") {
        assert!(began.elapsed() < Duration::from_secs(180), "the refresh never ends");
        waits.push(latency(&mut screen, "?", |screen| _ = screen.see("Keys in the list")));
        waits.push(latency(&mut screen, "?", |screen| _ = screen.see_no_more("Keys in the list")));
    }
    screen.see("10,001 of 10,001");
    screen.type_keys("M").see("201 feeds refreshed, 10,000 new");
    screen.type_keys("q").see_no_more("Messages");
    assert!(waits.len() >= 6, "the refresh went by too fast to press keys: {waits:?}");
    waits.sort();
    let (median, slowest) = (waits[waits.len() / 2], waits[waits.len() - 1]);
    println!("{} keys: median {median:?}, slowest {slowest:?}", waits.len());
    // A frame is 16 ms; this machine compiles and tests other things meanwhile.
    assert!(median < Duration::from_millis(100), "median of {} keys: {median:?}", waits.len());
    assert!(slowest < Duration::from_secs(3), "slowest of {} keys: {slowest:?}", waits.len());
    // What one was reading is still open and chosen, and what failed is told.
    screen.see("about the sea").see("! 1 feed failing");
    screen.type_keys("F").see("Feeds: 201, 1 failing").see("refuses the connection");
    screen.type_keys("qQ");
    assert!(screen.end().0.success());
}

#[test]
fn a_refresh_that_is_killed_leaves_a_library_that_the_next_one_completes() {
    let (desk, server) = (Desk::new(), server());
    desk.subscribe(&server);
    let mut screen = desk.start((120, 40), &[]);
    screen.see("no articles yet");
    screen.type_keys("R").see_one_of(&["refreshing 3", "refreshing 4", "refreshing 5", "refreshing 6"]);
    screen.kill("KILL");
    screen.end();
    let stored = desk.checked();
    assert!(stored > 0 && stored < FEEDS * ARTICLES, "{stored} articles were stored");
    let mut screen = desk.start((120, 40), &[]);
    screen.type_keys("R").see("feeds refreshed").see("10,000 of 10,000");
    screen.type_keys("Q");
    assert!(screen.end().0.success());
    assert_eq!(desk.checked(), FEEDS * ARTICLES);
    let counts = Library::open(&desk.library()).unwrap().feed_counts().unwrap();
    assert!(counts.len() == FEEDS && counts.values().all(|counts| counts.articles == ARTICLES as u64));
}

impl Desk {
    /// Articles in the library, after SQLite and its full-text index found themselves whole.
    fn checked(&self) -> usize {
        let library = rusqlite::Connection::open(self.library()).unwrap();
        let whole: String = library.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(whole, "ok");
        let broken: i64 =
            library.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
        assert_eq!(broken, 0);
        library.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)", []).unwrap();
        let all = "SELECT count(*) FROM article JOIN body ON body.article = article.id";
        library.query_row(all, [], |row| row.get::<_, i64>(0)).unwrap().try_into().unwrap()
    }
}

#[test]
fn what_is_dropped_into_a_watched_folder_appears_while_one_reads() {
    let desk = Desk::new();
    desk.article(
        "first.txt",
        "Title: The one I read\n\nThe foreign minister of France spoke in Paris about the sea.\n",
    );
    std::fs::create_dir_all(desk.path("config/attache")).unwrap();
    std::fs::write(desk.path("config/attache/config.toml"), "[import]\nwatch = [\"~/press\"]\n").unwrap();
    let mut screen = desk.start((120, 30), &[]);
    screen.see("1 of 1").see("about the sea");
    desk.article("page.html", "<html><head><title>Saved page</title></head><body><article><p>The foreign minister of Ghana met her colleague \
        of Togo in Lomé on Monday, and both spoke for hours of cocoa, of its price, and of the buyers, who were not invited.</p></article>");
    screen.see("2 of 2").see("Saved page").see("about the sea");
    desk.article("bad.json", "{\"title\":");
    screen.see("bad.json");
    screen.type_keys("Q");
    assert!(screen.end().0.success());
    // A folder that is gone is named, with where it was asked for.
    std::fs::rename(desk.path("press"), desk.path("elsewhere")).unwrap();
    let mut screen = desk.start((160, 30), &[]);
    screen.see("2 of 2").see("press: it is no folder; see watch under");
    screen.type_keys("Q");
    assert!(screen.end().0.success());
}
