//! Refreshing subscriptions.

use std::{
    net::TcpStream,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU16, Ordering},
    },
    time::Duration,
};

use attache::{
    feeds::{Done, Options, Refreshed, Summary, refresh},
    fetch::{Fetcher, Limits},
    gazetteer::Gazetteer,
    library::{Library, Sort},
    model::{Article, Feed, FeedId, Filter, NewFeed},
};

use crate::loopback::{Asked, Server, head, send};

/// A library with subscriptions.
struct Desk {
    library: Library,
    _folder: tempfile::TempDir,
    gazetteer: Gazetteer,
    cancel: Arc<AtomicBool>,
    limits: Limits,
    full_text: bool,
}

impl Desk {
    fn new() -> Self {
        let (library, folder) = Library::temporary().unwrap();
        let limits = Limits { max_bytes: 1 << 20, whole: Duration::from_millis(1500), ..Limits::default() };
        let gazetteer = Gazetteer::builtin();
        Self { library, _folder: folder, gazetteer, cancel: Arc::default(), limits, full_text: false }
    }

    fn subscribe(&mut self, address: String) -> FeedId {
        self.library.subscribe(&NewFeed { name: address.clone(), address, ..NewFeed::default() }).unwrap().0
    }

    fn refresh(&mut self) -> (Summary, Vec<Refreshed>) {
        self.asked_for(true)
    }

    fn asked_for(&mut self, by_name: bool) -> (Summary, Vec<Refreshed>) {
        let fetcher = Arc::new(Fetcher::new(self.limits.clone(), Vec::new(), Arc::clone(&self.cancel)));
        let options = Options { fetcher, at_once: (8, 4), full_text: self.full_text, by_name };
        let mut told = Vec::new();
        let feeds = self.library.feeds().unwrap();
        let summary = refresh(feeds, &options, &self.gazetteer, &mut self.library, |progress| {
            told.extend(progress.refreshed.clone());
        });
        (summary.unwrap(), told)
    }

    fn articles(&self) -> Vec<Article> {
        let ids = self.library.all_article_ids().unwrap();
        ids.into_iter().map(|id| self.library.article(id).unwrap().unwrap().article).collect()
    }

    fn feed(&self, id: FeedId) -> Feed {
        self.library.feeds().unwrap().into_iter().find(|feed| feed.id == id).unwrap()
    }
}

/// A feed of items, each of them an id and its words.
fn rss(title: &str, items: &[(&str, &str)]) -> Vec<u8> {
    let items: String = items
        .iter()
        .map(|(id, words)| {
            format!("<item><guid>{id}</guid><title>{id}</title><description>{words}</description></item>")
        })
        .collect();
    format!("<rss version=\"2.0\"><channel><title>{title}</title>{items}</channel></rss>").into_bytes()
}

#[test]
fn articles_come_once_and_changes_come_as_updates() {
    let turn = Arc::new(AtomicU16::new(0));
    let shared = Arc::clone(&turn);
    let server = Server::start(move |asked: &Asked, to: &mut TcpStream| {
        let version = shared.load(Ordering::Relaxed).to_string();
        if asked.header("if-none-match") == version {
            return send(to, 304, &[], b"");
        }
        let words = if version == "0" { "The minister of France spoke." } else { "The minister of France was silent." };
        send(to, 200, &[("etag", &version)], &rss("Courier", &[("a", words), ("b", "Nothing else was said in Paris.")]))
    });
    let mut desk = Desk::new();
    let id = desk.subscribe(server.at("/feed"));
    let (first, told) = desk.refresh();
    assert_eq!((first.feeds, first.added, first.updated), (1, 2, 0));
    assert_eq!(told[0].done, Done::Read { added: 2, updated: 0 });
    let feed = desk.feed(id);
    assert_eq!((feed.name.as_str(), feed.etag.as_deref(), feed.error), ("Courier", Some("0"), None));
    assert!(feed.succeeded.is_some());
    let (second, told) = desk.refresh();
    assert_eq!((second.added, second.updated, &told[0].done), (0, 0, &Done::Unchanged));
    turn.store(1, Ordering::Relaxed);
    let (third, _) = desk.refresh();
    assert_eq!((third.added, third.updated), (0, 1));
    let articles = desk.articles();
    assert_eq!(articles.len(), 2);
    assert_eq!(articles[0].body, "The minister of France was silent.");
    assert_eq!(articles[0].outlet.as_deref(), Some("Courier"));
    let changed = |at: usize| {
        let id = desk.library.all_article_ids().unwrap()[at];
        desk.library.article(id).unwrap().unwrap().changed.is_some()
    };
    assert!(changed(0) && !changed(1), "the update is shown as such");
    let france = Filter { countries: vec!["FR".to_owned().try_into().unwrap()], ..Filter::default() };
    assert_eq!(desk.library.rows(&france, Sort::default(), 0, 9).unwrap().len(), 2);
}

#[test]
fn what_the_user_removed_does_not_come_back() {
    let server = Server::start(|_, to| send(to, 200, &[], &rss("Courier", &[("a", "One."), ("b", "Two.")])));
    let mut desk = Desk::new();
    desk.subscribe(server.at("/feed"));
    desk.refresh();
    let first = desk.library.all_article_ids().unwrap()[0];
    desk.library.remove(first).unwrap();
    let (summary, _) = desk.refresh();
    assert_eq!((summary.added, desk.articles().len()), (0, 1));
}

#[test]
fn one_article_in_two_feeds_is_one_article() {
    let server = Server::start(|asked: &Asked, to: &mut TcpStream| {
        let words = if asked.path == "/a" { "Short." } else { "Longer words about the same matter." };
        let feed = format!(
            "<rss version=\"2.0\"><channel><title>{}</title><item><title>T</title><link>https://courier.example/x</link>\
             <description>{words}</description></item></channel></rss>",
            asked.path
        );
        send(to, 200, &[], feed.as_bytes())
    });
    let mut desk = Desk::new();
    let (a, b) = (desk.subscribe(server.at("/a")), desk.subscribe(server.at("/b")));
    desk.refresh();
    desk.refresh();
    assert_eq!(desk.articles().len(), 1);
    let counts = desk.library.feed_counts().unwrap();
    assert_eq!((counts[&a].articles, counts[&b].articles), (1, 1));
    assert_eq!(desk.library.unsubscribe(a).unwrap(), (0, 1), "the other feed still has it");
    assert_eq!(desk.library.unsubscribe(b).unwrap(), (1, 0));
    assert!(desk.articles().is_empty());
}

#[test]
fn bad_feeds_are_named_and_the_others_go_on() {
    let bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><rss version='2.0'>&b;</rss>";
    let outside = "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss version='2.0'><channel>\
                   <item><title>&x;</title></item></channel></rss>";
    let server = Server::start(move |asked: &Asked, to: &mut TcpStream| match asked.path.as_str() {
        "/bomb" => send(to, 200, &[], bomb.as_bytes()),
        "/outside" => send(to, 200, &[], outside.as_bytes()),
        "/deep" => send(to, 200, &[], format!("<rss version='2.0'>{}", "<a>".repeat(10_000)).as_bytes()),
        "/page" => send(to, 200, &[("content-type", "text/html")], b"<!DOCTYPE html><p>Words"),
        "/broken" => send(to, 200, &[], b"<rss version='2.0'><channel><item><title>T"),
        "/empty" => send(to, 200, &[], b""),
        "/gone" => send(to, 410, &[], b""),
        "/large" => send(to, 200, &[], &vec![b' '; 2 << 20]),
        "/drip" => {
            head(to, 200, &[("content-length", "1000")])?;
            std::thread::sleep(Duration::from_secs(5));
            Ok(())
        }
        path => send(to, 200, &[], &rss(path, &[(path, "The foreign minister of Ghana spoke.")])),
    });
    let mut desk = Desk::new();
    let bad = [
        ("/bomb", "declares XML entities"),
        ("/outside", "declares XML entities"),
        ("/deep", "nested more than"),
        ("/page", "not a feed"),
        ("/broken", "a broken feed"),
        ("/empty", "not a feed"),
        ("/gone", "gone for good"),
        ("/large", "larger than the limit"),
        ("/drip", "not done after"),
    ];
    let ids: Vec<FeedId> = bad.iter().map(|(path, _)| desk.subscribe(server.at(path))).collect();
    for n in 0..20 {
        desk.subscribe(server.at(&format!("/good{n}")));
    }
    let (summary, _) = desk.refresh();
    assert_eq!((summary.feeds, summary.added, summary.failed.len()), (29, 20, bad.len()));
    for (id, (path, words)) in ids.iter().zip(bad) {
        let feed = desk.feed(*id);
        let error = feed.error.unwrap();
        assert!(error.contains(words) && error.contains(path), "{path}: {error}");
        assert_eq!((feed.failures, feed.succeeded), (1, None), "{path}");
        assert!(feed.due.is_some(), "{path}");
    }
    assert!(!desk.articles().iter().any(|article| article.body.contains("root:")));
    // Failing ones are left alone for a while, unless the user asks for them.
    let before = server.asked().len();
    let (summary, _) = desk.asked_for(false);
    assert_eq!((summary.feeds, summary.failed.len()), (20, 0));
    assert_eq!(server.asked().len() - before, 20);
}

#[test]
fn what_was_cut_is_asked_for_whole_again() {
    let whole = String::from_utf8(rss("Courier", &[("a", "One."), ("b", "Two.")])).unwrap();
    let cut = whole[..whole.find("Two").unwrap()].to_owned();
    let asked = Arc::new(AtomicU16::new(0));
    let server = Server::start(move |question: &Asked, to: &mut TcpStream| {
        assert_eq!(question.header("if-none-match"), "");
        let first = asked.fetch_add(1, Ordering::Relaxed) == 0;
        send(to, 200, &[("etag", "x")], if first { cut.as_bytes() } else { whole.as_bytes() })
    });
    let mut desk = Desk::new();
    desk.subscribe(server.at("/feed"));
    assert_eq!((desk.refresh().0.added, desk.refresh().0.added), (1, 1));
}

#[test]
fn a_server_that_wants_peace_gets_it_even_when_asked_by_name() {
    let server = Server::start(|_, to| send(to, 429, &[("retry-after", "3600")], b""));
    let mut desk = Desk::new();
    desk.subscribe(server.at("/feed"));
    assert_eq!(desk.refresh().0.failed.len(), 1);
    let (summary, _) = desk.refresh();
    assert_eq!((summary.feeds, summary.barred.len()), (0, 1));
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_feed_that_moved_for_good_is_asked_at_its_new_address() {
    let server = Server::start(|asked: &Asked, to: &mut TcpStream| match asked.path.as_str() {
        "/old" => send(to, 301, &[("location", "/new")], b""),
        "/lost" => send(to, 301, &[("location", "/page")], b""),
        "/page" => send(to, 200, &[], b"<html>Welcome to our new site"),
        _ => send(to, 200, &[], &rss("Courier", &[("a", "Words.")])),
    });
    let mut desk = Desk::new();
    let (old, lost) = (desk.subscribe(server.at("/old")), desk.subscribe(server.at("/lost")));
    desk.refresh();
    assert_eq!(desk.feed(old).address, server.at("/new"));
    assert_eq!(desk.feed(lost).address, server.at("/lost"), "a page is not a feed's new address");
    assert_eq!(desk.refresh().0.added, 0);
}

#[test]
fn the_whole_text_is_fetched_where_it_is_wanted_and_a_wall_keeps_the_summary() {
    let paragraph = "<p>The foreign minister of Ghana, Esi Quaye, said on Monday that the talks would go on for a week, \
                     and that her country would send a second delegation to the capital before the rains begin.</p>";
    let story = format!(
        "<html><head><title>Talks go on</title></head><body><nav><a href=/>Home</a></nav><article><h1>Talks go on</h1>{}\
         </article><footer>All rights reserved</footer></body></html>",
        paragraph.repeat(8)
    );
    let wall = format!(
        "<html><body><article><h1>Talks</h1>{}<p>Subscribe to continue reading this article.</p></article></body></html>",
        paragraph.repeat(4)
    );
    let server = Server::start(move |asked: &Asked, to: &mut TcpStream| match asked.path.as_str() {
        "/story" => send(to, 200, &[("content-type", "text/html")], story.as_bytes()),
        "/wall" => send(to, 200, &[("content-type", "text/html")], wall.as_bytes()),
        "/feed" => {
            let item = |path: &str| {
                format!("<item><title>{path}</title><link>/{path}</link><description>A summary.</description></item>")
            };
            let elsewhere =
                "<item><title>in</title><link>http://127.0.0.1:1/x</link><description>Inside.</description></item>";
            let items = [item("story"), item("wall"), item("missing"), elsewhere.to_owned()].concat();
            send(to, 200, &[], format!("<rss version=\"2.0\"><channel>{items}</channel></rss>").as_bytes())
        }
        _ => send(to, 404, &[], b""),
    });
    let mut desk = Desk::new();
    let id = desk.subscribe(server.at("/feed"));
    desk.refresh();
    assert!(desk.articles().iter().all(|article| article.body == "A summary." || article.body == "Inside."));
    assert_eq!(server.asked().len(), 1, "no page is asked for before it is wanted");
    desk.library.set_full_text(id, Some(true)).unwrap();
    let (summary, _) = desk.refresh();
    assert_eq!((summary.added, summary.updated, summary.failed.len()), (0, 1, 0));
    let articles = desk.articles();
    assert_eq!(articles.len(), 4);
    assert!(articles[0].body.contains("Esi Quaye, said on Monday"), "{}", articles[0].body);
    assert!(!articles[0].body.contains("All rights reserved") && !articles[0].body.contains("Home"));
    assert_eq!(articles[0].title.as_deref(), Some("story"));
    assert!(articles[1..].iter().all(|article| article.body == "A summary." || article.body == "Inside."));
    let before = server.asked().len();
    desk.refresh();
    assert_eq!(server.asked().len(), before + 1, "pages are fetched once");
}

#[test]
fn a_refresh_that_is_called_off_ends_at_once_and_the_next_one_goes_on() {
    let cancel = Arc::new(AtomicBool::new(false));
    let shared = Arc::clone(&cancel);
    let server = Server::start(move |asked: &Asked, to: &mut TcpStream| {
        if asked.path == "/slow" && !shared.load(Ordering::Relaxed) {
            shared.store(true, Ordering::Relaxed);
            std::thread::sleep(Duration::from_secs(1));
        }
        send(to, 200, &[], &rss("Courier", &[(&asked.path, "Words.")]))
    });
    let mut desk = Desk::new();
    desk.cancel = cancel;
    let slow = desk.subscribe(server.at("/slow"));
    let began = std::time::Instant::now();
    let (summary, _) = desk.refresh();
    assert!(summary.cancelled && summary.failed.is_empty());
    assert!(began.elapsed() < Duration::from_millis(900));
    assert_eq!(desk.feed(slow).failures, 0, "what was called off did not fail");
    desk.cancel = Arc::default();
    assert_eq!(desk.refresh().0.added, 1);
}
