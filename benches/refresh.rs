//! A refresh of 200 feeds of 50 articles from a server on this computer, that answers after a moment: feeds and articles a
//! second, where the time goes, the same again when nothing has changed, and newsboat over the same server as a ratio,
//! where it is installed.
//!
//! `ATTACHE_BENCH_FEEDS=1000` chooses another number of feeds, `ATTACHE_BENCH_DELAY=0` another delay in milliseconds.

#[expect(dead_code, reason = "other benchmarks need more of it")]
#[path = "common/generate.rs"]
mod generate;
#[path = "../tests/loopback/mod.rs"]
mod loopback;

use std::{
    fs,
    net::TcpStream,
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use attache::{
    feeds::{Options, Summary, refresh},
    fetch::{Fetcher, Limits},
    gazetteer::Gazetteer,
    library::Library,
    model::NewFeed,
};
use loopback::{Asked, Server, send};

/// Articles of a feed.
const ARTICLES: usize = 50;

/// Documents on their way at once. All feeds are at one host, so that the limit of a host is the limit of all.
const AT_ONCE: usize = 16;

/// With everything new, and with nothing.
const ROUNDS: [&str; 2] = ["first", "again"];

fn main() {
    // As a test, without optimization, it runs once with little to do.
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let n_feeds = setting("ATTACHE_BENCH_FEEDS", if is_bench { 200 } else { 3 });
    let delay = Duration::from_millis(setting("ATTACHE_BENCH_DELAY", 50) as u64);
    let server = server(n_feeds, delay);
    let gazetteer = Gazetteer::builtin();
    let (mut library, _folder) = Library::temporary().expect("a temporary library");
    for n in 0..n_feeds {
        let address = server.at(&format!("/{n}"));
        let feed = NewFeed { name: address.clone(), address, ..NewFeed::default() };
        library.subscribe(&feed).expect("a subscription");
    }
    let cores = thread::available_parallelism().map_or(1, usize::from);
    println!("{n_feeds} feeds of {ARTICLES} articles, answers after {delay:?}, {AT_ONCE} at once, {cores} cores");
    let ours = ROUNDS.map(|what| {
        let began = Instant::now();
        let summary = once(&mut library, &gazetteer);
        let took = began.elapsed();
        report(what, &summary, took, n_feeds);
        took
    });
    if is_bench {
        newsboat(&server, n_feeds, ours);
    }
}

fn setting(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |value| value.parse().expect("a number"))
}

/// A server of feeds made beforehand, which knows their versions.
fn server(n_feeds: usize, delay: Duration) -> Server {
    let feeds: Vec<Vec<u8>> = (0..n_feeds).map(feed).collect();
    Server::start(move |asked: &Asked, to: &mut TcpStream| {
        thread::sleep(delay);
        let feed = asked.path.trim_start_matches('/').parse().ok().and_then(|n: usize| feeds.get(n));
        match feed {
            None => send(to, 404, &[], b""),
            Some(_) if asked.header("if-none-match") == "\"1\"" => send(to, 304, &[("etag", "\"1\"")], b""),
            Some(feed) => send(to, 200, &[("etag", "\"1\""), ("content-type", "application/rss+xml")], feed),
        }
    })
}

fn feed(n: usize) -> Vec<u8> {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let mut out = format!("<rss version=\"2.0\"><channel><title>Paper {n}</title>");
    for at in 0..ARTICLES {
        let (article, _) = generate::article((n * ARTICLES + at) as u64);
        let body: String = article.body.split("\n\n").map(|words| format!("<p>{}</p>", escaped(words))).collect();
        let title = escaped(&article.headline().text);
        out += &format!(
            "<item><guid>{n}-{at}</guid><title>{title}</title><pubDate>Mon, {:02} Aug 2025 10:00:00 GMT</pubDate>\
             <link>https://paper{n}.example/{at}</link><description><![CDATA[{body}]]></description></item>",
            1 + at % 28
        );
    }
    (out + "</channel></rss>").into_bytes()
}

fn once(library: &mut Library, gazetteer: &Gazetteer) -> Summary {
    let limits = Limits { at_once: AT_ONCE, per_host: AT_ONCE, ..Limits::default() };
    let fetcher = Arc::new(Fetcher::new(limits, Vec::new(), Arc::default()));
    let options = Options { fetcher, at_once: (AT_ONCE, AT_ONCE), full_text: false, by_name: true };
    let feeds = library.feeds().expect("a library");
    let summary = refresh(feeds, &options, gazetteer, library, |_| {}).expect("a refresh");
    assert!(summary.failed.is_empty(), "{:?}", summary.failed);
    summary
}

fn report(what: &str, summary: &Summary, took: Duration, n_feeds: usize) {
    let seconds = took.as_secs_f64();
    let times = summary.times;
    let share = |part: Duration, of: f64| 100.0 * part.as_secs_f64() / of;
    println!(
        "{what}: {took:.2?}, {:.0} feeds/s, {:.0} articles/s ({} new)",
        n_feeds as f64 / seconds,
        summary.added as f64 / seconds,
        summary.added
    );
    let waited = took.saturating_sub(times.extraction + times.storing);
    println!(
        "  the writer: extraction {:.0} %, storing {:.0} %, waiting for feeds {:.0} %",
        share(times.extraction, seconds),
        share(times.storing, seconds),
        share(waited, seconds)
    );
    let threads = (times.network + times.reading).as_secs_f64();
    println!(
        "  the {AT_ONCE} others: network {:.0} % ({:.2?}), parsing {:.0} % ({:.2?})",
        share(times.network, threads),
        times.network,
        share(times.reading, threads),
        times.reading
    );
}

/// The same feeds with newsboat, with a cache of its own, and how much of its time ours took.
fn newsboat(server: &Server, n_feeds: usize, ours: [Duration; 2]) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let urls: String = (0..n_feeds).map(|n| server.at(&format!("/{n}")) + "\n").collect();
    fs::write(path("urls"), urls).expect("a file");
    fs::write(path("config"), format!("reload-threads {AT_ONCE}\n")).expect("a file");
    for (what, ours) in ROUNDS.into_iter().zip(ours) {
        let began = Instant::now();
        let ran = Command::new("newsboat").args(arguments(folder.path())).stdout(Stdio::null()).status();
        match ran {
            Ok(status) => {
                let took = began.elapsed();
                let ratio = ours.as_secs_f64() / took.as_secs_f64();
                println!("newsboat -x reload, {what}: {took:.2?} ({status}); attache takes {ratio:.2} of that");
            }
            Err(error) => {
                println!("newsboat is not to be compared with: {error}");
                return;
            }
        }
    }
}

fn arguments(folder: &Path) -> Vec<String> {
    let path = |name: &str| folder.join(name).display().to_string();
    let options = [("-u", "urls"), ("-C", "config"), ("-c", "cache.db")];
    let mut arguments: Vec<String> = options.iter().flat_map(|(flag, name)| [(*flag).to_owned(), path(name)]).collect();
    arguments.extend(["-x".to_owned(), "reload".to_owned()]);
    arguments
}
