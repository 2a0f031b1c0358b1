//! Subscriptions on the command line.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    process::Stdio,
};

use flate2::{Compression, write::GzEncoder};

use crate::{
    desk::{Desk, Ran},
    loopback::{Asked, Server, send},
};

const FEED: &str = "<rss version=\"2.0\"><channel><title>The Courier</title><link>/</link>\
    <item><guid>a</guid><title>Talks</title><description>“We agree,” Kenyan Foreign Minister Amina Odhiambo said.</description></item>\
    <item><guid>b</guid><title>More talks</title><description>The talks go on in Nairobi.</description></item></channel></rss>";

/// A site with a page, two feeds and one that fails.
fn site() -> Server {
    Server::start(|asked: &Asked, to: &mut TcpStream| {
        match asked.path.as_str() {
        "/feed" | "/other" => send(to, 200, &[], FEED.as_bytes()),
        "/dead" => send(
            to,
            200,
            &[],
            b"<!doctype html><link rel=alternate type=application/rss+xml href=/missing>\
              <link rel=alternate type=application/rss+xml href=/feed>",
        ),
        "/hollow" => send(to, 200, &[], b"<!doctype html><link rel=alternate type=application/rss+xml href=/missing>"),
        "/leads" => send(
            to,
            200,
            &[],
            b"<!doctype html><link rel=alternate type=application/rss+xml href=http://127.0.0.1:1/feed>\
              <link rel=alternate type=application/rss+xml href=http://printer/feed>",
        ),
        "/links" => send(to, 200, &[], b"<!doctype html><p>Read us by <a href=/feed>RSS</a>."),
        "/nothing" => send(to, 200, &[], b""),
        "/print" => send(to, 200, &[("content-type", "application/pdf")], b"%PDF-1.7 \0"),
        "/note.md" => send(to, 200, &[("content-type", "text/markdown")], b"# A note\n\nThe ministers met in Nairobi.\n"),
        "/consent" => send(to, 200, &[], b"<html><body><h1>We value your privacy</h1><p>We and our 700 partners keep data."),
        "/" => send(
            to,
            200,
            &[],
            b"<!doctype html><link rel=alternate type=application/rss+xml href=/feed title=World>\
              <link rel=alternate type=application/rss+xml href=/other title=Other><p>Welcome",
        ),
        "/article" => send(
            to,
            200,
            &[],
            format!("<html><title>Talks</title><article><h1>Talks</h1>{}</article>", "<p>The minister of Kenya spoke about the water of the river, at length and with patience, on Monday.</p>".repeat(9)).as_bytes(),
        ),
        _ => send(to, 404, &[], b""),
    }
    })
}

#[test]
fn a_site_is_subscribed_to_by_its_address_and_its_articles_are_there() {
    let (desk, site) = (Desk::new(), site());
    let ran = desk.run(&format!("feed add {} --group Africa", site.at("/")), 0);
    assert_eq!(ran.out, format!("subscribed to The Courier ({})\n1 feed: 2 new\n", site.at("/feed")));
    assert!(ran.err.contains("--all") && ran.err.contains(&site.at("/other")), "{}", ran.err);
    let list = desk.run("feed list", 0).out;
    let told = format!("The Courier · Africa\n    {}\n    fetched ", site.at("/feed"));
    assert!(list.starts_with(&told) && list.ends_with("2 articles, 2 unread\n"), "{list}");
    let object = &desk.run("feed list --json", 0).objects()[0];
    assert_eq!((object["articles"].as_u64(), object["error"].as_str()), (Some(2), None));
    assert_eq!(desk.run("feed refresh africa", 0).out, "1 feed: 0 new\n");
    assert_eq!(
        desk.run(&format!("feed add {}", site.at("/feed")), 0).out.lines().next().unwrap().split(' ').next(),
        Some("already")
    );
}

#[test]
fn refresh_says_nothing_but_what_failed() {
    let (desk, site) = (Desk::new(), site());
    assert!(desk.run("refresh", 0).err.contains("feed add"));
    desk.write("urls", format!("{} \"~Good\" Africa\n{} ~Bad # no\n", site.at("/feed"), site.at("/missing")));
    assert_eq!(desk.run("feed import urls", 0).out, "2 feeds subscribed to; `attache feed refresh` fetches them\n");
    let ran = desk.run("refresh", 1);
    assert_eq!(ran.out, "");
    assert_eq!(
        ran.err,
        format!("attache: Bad: {}: the server answers 404: there is nothing at this address\n", site.at("/missing"))
    );
    // The bad one is left alone for now.
    let ran = desk.run("refresh", 0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    let list = desk.run("feed list", 0).out;
    assert!(list.contains("failed: ") && list.contains("Good · Africa"), "{list}");
}

#[test]
fn subscriptions_are_renamed_changed_and_removed_by_name() {
    let (desk, site) = (Desk::new(), site());
    desk.run(&format!("feed add {} {}", site.at("/feed"), site.at("/other")), 0);
    assert!(desk.run("feed rename courier Daily", 1).err.contains("no feed `courier`"));
    let ran = Ran::of(desk.attache("feed rename").args(["The Courier", "Daily"]), 1);
    assert!(ran.err.contains("several feeds") && ran.err.contains(&site.at("/other")), "{}", ran.err);
    desk.run(&format!("feed rename {} Daily", site.at("/feed")), 0);
    desk.run("feed change daily --group Kenya --group UN --full-text on", 0);
    desk.run("feed refresh", 0);
    let object = &desk.run("feed list --json", 0).objects()[0];
    assert_eq!(object["name"], "Daily", "the feed's own title does not take the user's name away");
    assert_eq!(
        (&object["groups"], &object["full_text"]),
        (&serde_json::json!(["Kenya", "UN"]), &serde_json::json!(true))
    );
    desk.run("feed change daily --full-text default", 0);
    let removed = desk.run("feed remove Daily", 0).out;
    assert_eq!(removed, "removed Daily and 2 of its articles\n");
    assert!(desk.run("feed remove Daily", 1).err.contains("no feed `Daily`"));
    desk.run(&format!("feed add {} --group Kenya", site.at("/feed")), 0);
    for name in ["The", "the courier"] {
        let ran = Ran::of(desk.attache("feed remove").arg(name), 1);
        assert!(ran.err.contains("several feeds") && ran.out.is_empty(), "{}", ran.err);
    }
    desk.run(&format!("feed remove {}", site.at("/feed")), 0);
    assert_eq!(desk.run("feed list --json", 0).objects().len(), 1);
}

/// What a hostile server sends.
fn hostile(asked: &Asked, to: &mut TcpStream) -> io::Result<()> {
    let channel = |inner: &str| format!("<rss version=\"2.0\"><channel><title>Evil</title>{inner}</channel></rss>");
    let rss = |to: &mut TcpStream, inner: &str| send(to, 200, &[], channel(inner).as_bytes());
    match asked.path.as_str() {
        "/bomb" => {
            let mut packed = GzEncoder::new(Vec::new(), Compression::best());
            for _ in 0..500 {
                packed.write_all(&[b' '; 1 << 20])?;
            }
            send(to, 200, &[("content-encoding", "gzip")], &packed.finish()?)
        }
        "/endless" => {
            to.write_all(b"HTTP/1.1 200 OK\r\n\r\n<rss version=\"2.0\"><channel>")?;
            loop {
                to.write_all(b"<item><title>More</title></item>")?;
            }
        }
        "/items" => rss(to, &"<item/>".repeat(2_000_000)),
        "/elements" => rss(to, &format!("<item>{}</item>", "<link>a</link>".repeat(1_000_000))),
        "/categories" => rss(to, &format!("<item><title>T</title>{}</item>", "<category>a</category>".repeat(290_000))),
        "/attributes" => {
            rss(to, &format!("<item {}/>", (0..900_000).map(|n| format!(" a{n}='b'")).collect::<String>()))
        }
        "/json" => {
            let items = "0,".repeat(7_000_000);
            let feed = format!("{{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{items}0]}}");
            send(to, 200, &[], feed.as_bytes())
        }
        "/entities" => {
            let bomb = (1..30).map(|n| format!("<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1)).collect::<String>();
            send(to, 200, &[], format!("<!DOCTYPE rss [<!ENTITY a0 \"x\">{bomb}]><rss><b>&a29;</b></rss>").as_bytes())
        }
        "/tags" => rss(
            to,
            &format!(
                "<item><title>Tags</title><description><![CDATA[{}words]]></description></item>",
                "<div><b>".repeat(100_000)
            ),
        ),
        "/titles" => rss(to, &format!("<item><title>{}</title></item>", "a ".repeat(500_000)).repeat(10)),
        _ => send(to, 200, &[], FEED.as_bytes()),
    }
}

#[test]
#[cfg(target_os = "linux")]
fn hostile_feeds_are_refused_by_name_and_cost_little() {
    let (desk, server) = (Desk::new(), Server::start(hostile));
    let all = [
        ("bomb", "larger than the limit"),
        ("endless", "larger than the limit"),
        ("items", "more than 20000 items"),
        ("elements", "more than 300000 elements"),
        ("attributes", "more than 256 attributes"),
        ("json", "more than 300000 values"),
        ("entities", "declares XML entities"),
    ];
    let good = ["categories", "tags", "titles", "good"];
    let urls: String =
        all.iter().map(|(path, _)| path).chain(&good).map(|path| server.at(&format!("/{path}")) + "\n").collect();
    desk.write("urls", urls).run("feed import urls", 0);
    let bin = assert_cmd::cargo::cargo_bin("attache");
    let mut child = std::process::Command::new(bin)
        .args(["feed", "refresh"])
        .env("XDG_DATA_HOME", desk.path("data"))
        .env("XDG_CONFIG_HOME", desk.path("config"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The most memory it has had so far, in kilobytes, as long as it runs.
    let most = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<u64>().ok())
    };
    let mut peak = 0;
    while let Some(now) = most() {
        peak = now;
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let mut ran = (String::new(), String::new());
    child.stdout.take().unwrap().read_to_string(&mut ran.0).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut ran.1).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1), "{}", ran.1);
    assert_eq!(ran.0, "11 feeds: 5 new, 7 failed\n", "{}", ran.1);
    for (path, words) in all {
        let line = ran.1.lines().find(|line| line.contains(&format!("/{path}:"))).unwrap_or_default();
        assert!(line.contains(words), "{path}: {}", ran.1);
    }
    println!("most memory: {peak} kB");
    // The tables take half of what it takes.
    assert!(peak < 400_000, "{peak} kB");
}

#[test]
fn lists_go_out_and_come_back() {
    let desk = Desk::new();
    desk.write("urls", "https://a.example/x?a=1&b=2 \"West Africa\" UN \"~A \\\"B\\\"\"\nhttps://b.example/\n");
    desk.run("feed import urls", 0);
    let opml = desk.run("feed export", 0).out;
    let urls = desk.run("feed export --format urls", 0).out;
    assert!(urls.contains("https://a.example/x?a=1&b=2 \"West Africa\" \"UN\" \"~A \\\"B\\\"\"\n"), "{urls}");
    for (name, list) in [("list.opml", opml), ("list.urls", urls.clone())] {
        let other = Desk::new();
        other.write(name, list);
        other.run(&format!("feed import {name}"), 0);
        let back = other.run("feed export --format urls", 0).out;
        // OPML names every feed, so that the name is the user's from then on.
        assert_eq!(back.replace(" \"~b.example\"", ""), urls, "{name}");
    }
    assert!(desk.write("bad.opml", "<opml").run("feed import bad.opml", 1).err.contains("bad.opml: no list of feeds"));
    assert!(desk.write("urls2", "exec:ls\n").run("feed import urls2", 1).err.contains("line 1"));
}

#[test]
fn a_file_is_a_feed_too_and_what_is_none_is_said() {
    let (desk, site) = (Desk::new(), site());
    desk.write("feed.xml", FEED);
    assert!(desk.run("feed add feed.xml", 0).out.ends_with("1 feed: 2 new\n"));
    assert!(desk.run("feed list", 0).out.contains("file:///"));
    assert!(desk.run(&format!("feed add {}", site.at("/article")), 1).err.contains("names no feeds"));
    assert!(desk.run("feed add https://anna:secret@courier.example/", 1).err.contains("[[feeds.login]]"));
    assert!(desk.run("feed list --temp", 2).err.contains("--temp"));
    assert!(desk.run("feed offers", 0).out.lines().count() > 40);
}

#[test]
fn articles_of_a_feed_in_a_file_are_read_as_articles() {
    let desk = Desk::new();
    desk.write("press/feed.xml", FEED).write("press/other.xml", "<?xml version=\"1.0\"?><svg/>");
    let ran = desk.run("extract press/feed.xml", 0);
    let objects = ran.objects();
    assert_eq!(
        (objects[0]["title"].as_str(), objects[0]["quotes"][0]["text"].as_str()),
        (Some("Talks"), Some("We agree,"))
    );
    assert_eq!(objects[1]["source"], "press/feed.xml#b");
    let ran = desk.run("add press", 1);
    assert_eq!(ran.out, "2 added, 1 refused\n");
    assert!(ran.err.contains("other.xml: an XML file that is no feed"), "{}", ran.err);
    assert_eq!(desk.run("add press/feed.xml", 0).out, "0 added, 2 already there\n");
}

#[test]
fn the_proxy_of_the_environment_is_asked_in_the_place_of_the_host() {
    let (desk, proxy) = (
        Desk::new(),
        Server::start(|asked: &Asked, to: &mut TcpStream| {
            assert_eq!(asked.path, "courier.invalid:80");
            to.write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?;
            let question = crate::loopback::read(to).unwrap();
            assert_eq!(question.path, "/feed");
            send(to, 200, &[], FEED.as_bytes())
        }),
    );
    desk.write("urls", "http://courier.invalid/feed\n").run("feed import urls", 0);
    let mut refresh = desk.attache("feed refresh");
    let ran = Ran::of(refresh.env("HTTP_PROXY", proxy.at("")), 0);
    assert_eq!(ran.out, "1 feed: 2 new\n");
    assert_eq!(proxy.asked().len(), 1);
    // Without it there is no such host.
    assert!(desk.run("feed refresh", 1).err.contains("courier.invalid"), "the name is not looked up by the proxy");
}

#[test]
fn a_site_is_asked_for_its_feeds_until_one_can_be_read_and_never_leads_inside() {
    let (desk, site) = (Desk::new(), site());
    for path in ["/dead", "/links"] {
        let ran = desk.run(&format!("feed add {}", site.at(path)), 0);
        assert!(ran.out.contains(&format!("subscribed to The Courier ({})", site.at("/feed"))), "{path}: {}", ran.out);
        desk.run(&format!("feed remove {}", site.at("/feed")), 0);
    }
    for (path, words) in [
        ("/hollow", "a page whose feeds cannot be read; "),
        ("/leads", "a page that names no feeds"),
        ("/nothing", "the server sends nothing"),
        ("/print", "neither a feed nor a page but application/pdf"),
    ] {
        let ran = desk.run(&format!("feed add {}", site.at(path)), 1);
        assert!(ran.err.contains(&site.at(path)) && ran.err.contains(words), "{path}: {}", ran.err);
    }
    assert_eq!(desk.run("feed list --json", 0).out, "", "nothing is subscribed to that is no feed");
}

#[test]
fn what_an_address_holds_is_read_or_named() {
    let (desk, site) = (Desk::new(), site());
    assert_eq!(desk.run(&format!("add {}", site.at("/note.md")), 0).out, "1 added\n");
    for (path, words) in [
        ("/feed", "`attache feed add` subscribes to it"),
        ("/consent", "a page that asks for consent, not the article; save the page in a browser"),
        ("/print", "pdftotext"),
        ("/links", "no article on this page"),
    ] {
        let ran = desk.run(&format!("add {}", site.at(path)), 1);
        assert!(ran.err.contains(&site.at(path)) && ran.err.contains(words), "{path}: {}", ran.err);
    }
}

#[test]
fn a_page_is_added_by_its_address() {
    let (desk, site) = (Desk::new(), site());
    assert_eq!(desk.run(&format!("add {}", site.at("/article")), 0).out, "1 added\n");
    assert_eq!(desk.run(&format!("add {}", site.at("/article")), 0).out, "0 added, 1 already there\n");
    assert!(desk.run(&format!("add {}", site.at("/missing")), 1).err.contains("404"));
}
