//! What becomes of feeds, told by example.

use super::*;

fn origin(address: &str) -> Origin<'_> {
    Origin { address: Some(address), charset: None, today: NaiveDate::from_ymd_opt(2025, 8, 10).unwrap() }
}

fn read_text(text: &str) -> Feed {
    read(text.as_bytes(), &origin("https://courier.example/feeds/world.xml")).unwrap()
}

fn items(inner: &str) -> Vec<Item> {
    read_text(&format!(
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\" \
         xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"><channel><title>Courier</title>\
         <link>https://courier.example/</link>{inner}</channel></rss>"
    ))
    .items
}

/// Title, day, author, address and words of the first item.
fn told(feed: &Feed) -> [String; 6] {
    let Article { outlet, title, published, author, url, body, .. } = feed.items[0].article.clone();
    let day = published.map(|day| day.to_string());
    [outlet, title, day, author, url, Some(body)].map(Option::unwrap_or_default)
}

#[test]
fn every_format_says_the_same() {
    for (name, bytes) in [
        ("rss 0.90", include_bytes!("../../../tests/fixtures/feeds/rss-0.90.xml").as_slice()),
        ("rss 0.91", include_bytes!("../../../tests/fixtures/feeds/rss-0.91.xml")),
        ("rss 1.0", include_bytes!("../../../tests/fixtures/feeds/rss-1.0.rdf")),
        ("rss 2.0", include_bytes!("../../../tests/fixtures/feeds/rss-2.0.xml")),
        ("atom 0.3", include_bytes!("../../../tests/fixtures/feeds/atom-0.3.xml")),
        ("atom 1.0", include_bytes!("../../../tests/fixtures/feeds/atom-1.0.xml")),
        ("json 1.1", include_bytes!("../../../tests/fixtures/feeds/feed.json")),
    ] {
        assert!(looks_like(bytes), "{name}");
        let feed = read(bytes, &origin("https://courier.example/feeds/world.xml")).unwrap();
        assert_eq!(feed.items.len(), 2, "{name}");
        let [outlet, title, day, author, url, body] = told(&feed);
        assert_eq!(outlet, "The Courier of Accra", "{name}");
        assert_eq!(title, "Ghana & Togo agree on cocoa", "{name}");
        assert_eq!(url, "https://courier.example/2025/08/cocoa", "{name}");
        assert!(body.starts_with("The two ministers met in Lomé on Monday."), "{name}: {body}");
        assert_eq!(feed.site.as_deref(), Some("https://courier.example/"), "{name}");
        // The oldest formats have neither.
        if !name.starts_with("rss 0.9") {
            assert_eq!((day.as_str(), author.as_str()), ("2025-08-04", "Esi Quaye"), "{name}");
        }
    }
}

#[test]
fn the_whole_text_goes_before_the_summary() {
    let long = "<p>The foreign minister spoke for an hour.</p>".repeat(20);
    let one = &items(&format!(
        "<item><title>A</title><description>Short.</description><content:encoded><![CDATA[{long}]]></content:encoded></item>"
    ))[0];
    assert!(one.whole && one.article.body.matches("an hour").count() == 20);
    let one = &items("<item><title>A</title><description>&lt;p&gt;Short.&lt;/p&gt;</description></item>")[0];
    assert!(!one.whole);
    assert_eq!(one.article.body, "Short.");
    let cut = "<p>The foreign minister spoke for an hour.</p>".repeat(20) + "<p>Read more</p>";
    let one = &items(&format!("<item><content:encoded><![CDATA[{cut}]]></content:encoded></item>"))[0];
    assert!(!one.whole);
}

#[test]
fn an_item_without_id_date_title_or_link_is_an_article_all_the_same() {
    let all = items(
        "<item><title>Only a title</title></item><item><description>Only words.</description></item>\
         <item><link>https://courier.example/only-a-link</link></item><item/>",
    );
    assert_eq!(all.len(), 2);
    assert_eq!((all[0].id.as_str(), all[0].article.body.as_str()), ("Only a title", "Only a title"));
    assert_eq!((all[1].id.as_str(), all[1].article.title.as_deref()), ("Only words.", None));
    assert!(all.iter().all(|item| item.article.published.is_none() && item.article.url.is_none()));
}

#[test]
fn items_that_share_one_id_stay_apart() {
    let item =
        |n: u8| format!("<item><guid>x</guid><title>T{n}</title><link>https://courier.example/{n}</link></item>");
    let all = items(&[item(1), item(2), item(2)].concat());
    assert_eq!(all.iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["x", "x https://courier.example/2"]);
}

#[test]
fn links_are_absolute_and_only_those_of_pages() {
    for (written, meant) in [
        ("/a/b", Some("https://courier.example/a/b")),
        ("c?d=e&amp;f=g", Some("https://courier.example/feeds/c?d=e&f=g")),
        (" https://courier.example/x\n", Some("https://courier.example/x")),
        ("https://anna:secret@courier.example/x", Some("https://courier.example/x")),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("https://", None),
        ("https://courier.example/\u{202e}gpj.x", Some("https://courier.example/gpj.x")),
        ("https://courier.example/\u{1b}]0;x\u{7}", Some("https://courier.example/]0;x")),
    ] {
        let all = items(&format!("<item><title>T</title><link>{written}</link></item>"));
        assert_eq!(all[0].article.url.as_deref(), meant, "{written:?}");
    }
    let long = format!("https://courier.example/{}", "a".repeat(5000));
    assert_eq!(items(&format!("<item><title>T</title><link>{long}</link></item>"))[0].article.url, None);
    let by_id = items("<item><title>T</title><guid isPermaLink=\"true\">https://courier.example/g</guid></item>");
    assert_eq!(by_id[0].article.url.as_deref(), Some("https://courier.example/g"));
    let by_name = items("<item><title>T</title><guid>courier-4711</guid></item>");
    assert_eq!(by_name[0].article.url, None);
}

#[test]
fn people_are_named_without_their_addresses() {
    for (written, name) in [
        ("<author>desk@courier.example (Esi Quaye)</author>", Some("Esi Quaye")),
        ("<author>Esi Quaye</author>", Some("Esi Quaye")),
        ("<author>desk@courier.example</author>", None),
        ("<dc:creator>Esi Quaye &lt;desk@courier.example&gt;</dc:creator>", Some("Esi Quaye")),
        ("<dc:creator>“desk@courier.example”</dc:creator>", None),
        ("<dc:creator><![CDATA[Esi “desk&#64;courier.example]]></dc:creator>", Some("Esi “desk&#64;courier.example")),
        ("<author>a</author><dc:creator>b</dc:creator>", Some("a, b")),
    ] {
        let all = items(&format!("<item><title>T</title>{written}</item>"));
        assert_eq!(all[0].article.author.as_deref(), name, "{written}");
    }
}

#[test]
fn dates_that_cannot_be_are_left_out() {
    for (written, day) in [
        ("Mon, 04 Aug 2025 23:30:00 -0900", Some("2025-08-04")),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Tue, 01 Jan 2999 00:00:00 GMT", None),
        ("no date", None),
    ] {
        let all = items(&format!("<item><title>T</title><pubDate>{written}</pubDate></item>"));
        assert_eq!(all[0].article.published.map(|day| day.to_string()).as_deref(), day, "{written}");
    }
}

#[test]
fn feeds_in_old_encodings_are_read() {
    let feed = "<?xml version=\"1.0\" encoding=\"KOI8-R\"?><rss version=\"2.0\"><channel><title>Вестник</title>\
                <item><title>Министр прибыл в Аккру</title></item></channel></rss>";
    let bytes = encoding_rs::KOI8_R.encode(feed).0;
    assert!(looks_like(&bytes));
    let feed = read(&bytes, &origin("https://courier.example/")).unwrap();
    assert_eq!(feed.items[0].article.title.as_deref(), Some("Министр прибыл в Аккру"));
}

#[test]
fn nothing_in_a_feed_acts_on_the_terminal() {
    let evil = "\u{1b}[31m\u{9b}2J\u{7}\u{202e}";
    let all = items(&format!(
        "<item><title>T{evil}</title><dc:creator>A{evil}</dc:creator><guid>G{evil}</guid><description>D{evil}</description></item>"
    ));
    let Item { id, article, .. } = &all[0];
    for text in [id, article.title.as_ref().unwrap(), article.author.as_ref().unwrap(), &article.body] {
        assert!(!text.chars().any(|c| c.is_ascii_control() || c == '\u{202e}'), "{text:?}");
    }
}

#[test]
fn a_title_of_a_megabyte_is_cut() {
    let all = items(&format!("<item><title>{}</title></item>", "word ".repeat(200_000)));
    assert!(all[0].article.title.as_ref().unwrap().chars().count() <= 600);
    assert!(all[0].id.chars().count() <= 600);
}

#[test]
fn what_brings_the_parser_down_does_not_bring_us_down() {
    let all = items(
        "<item><title>T</title><itunes:duration>99999999999999999999999:00:00</itunes:duration>\
         <media:thumbnail url=\"https://courier.example/p.jpg\" time=\"99999999999999999999999:00:00\"/>\
         <author>“a@b.org“</author></item>",
    );
    assert_eq!(all[0].article.title.as_deref(), Some("T"));
}

#[test]
fn markup_in_titles_is_words() {
    for (written, title) in [
        ("Côte d&amp;#8217;Ivoire", "Côte d’Ivoire"),
        ("&lt;b&gt;Talks&lt;/b&gt; in Oslo", "Talks in Oslo"),
        ("<![CDATA[Caf&eacute; &amp; talks]]>", "Café & talks"),
        ("Exports < imports", "Exports < imports"),
        ("AT&T", "AT&T"),
    ] {
        let all = items(&format!("<item><title>{written}</title></item>"));
        assert_eq!(all[0].article.title.as_deref(), Some(title), "{written}");
    }
}

#[test]
fn what_is_no_feed_is_named_so() {
    for text in ["", "words", "<html></html>", "{\"a\":1}", "<?xml version=\"1.0\"?><svg/>"] {
        assert!(!looks_like(text.as_bytes()), "{text}");
        let error = read(text.as_bytes(), &origin("https://courier.example/")).unwrap_err();
        assert!(error.to_string().starts_with("not a feed"), "{text}: {error}");
    }
    let error = read(b"<rss version='2.0'><channel><item><title>T", &origin("x")).unwrap_err();
    assert_eq!(error.to_string(), "a broken feed: it ends in the middle");
}

#[test]
fn what_feeds_in_the_wild_get_wrong_costs_no_article() {
    for (name, written, body) in [
        ("markup unescaped", "<description><p>One.</p><p>Two <b>three</b>.<br></description>", "One.\n\nTwo three."),
        ("an item left open", "<description>One.</description><item><title>U</title>", "One."),
        ("a stray end", "<description>One.</p></b></description></div>", "One."),
        (
            "a signature",
            "<description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;The post &lt;a href='x'&gt;T&lt;/a&gt; appeared first on C.&lt;/p&gt;</description>",
            "One.",
        ),
        ("an ampersand in markup", "<description><a href='/a?b=c&d=e'>One & two</a>.</description>", "One & two."),
    ] {
        let all = items(&format!("<item><title>T</title>{written}</item>"));
        assert_eq!(all[0].article.body, body, "{name}");
    }
    // Neither a namespace that nobody declared nor items behind the channel.
    let feed = read_text(
        "<rss version='2.0'><channel><title>C</title></channel><item><title>T</title><dc:creator>Esi Quaye\
                          </dc:creator><content:encoded><![CDATA[<p>One.</p>]]></content:encoded></item></rss>",
    );
    assert_eq!(told(&feed)[3..], ["Esi Quaye", "", "One."].map(str::to_owned));
}

#[test]
fn an_item_taken_from_elsewhere_has_the_outlet_and_the_page_of_its_own() {
    let all = items(
        "<item><title>T</title><link>https://counter.example/~r/1</link><source url='https://herald.example/rss'>The \
         Herald</source></item><item><title>U</title><link>https://counter.example/~r/2</link>\
         <feedburner:origLink>https://courier.example/u</feedburner:origLink></item>",
    );
    let told =
        |item: &Item| (item.article.outlet.clone().unwrap(), item.article.url.clone().unwrap(), item.from_elsewhere);
    assert_eq!(told(&all[0]), ("The Herald".to_owned(), "https://counter.example/~r/1".to_owned(), true));
    assert_eq!(told(&all[1]), ("Courier".to_owned(), "https://courier.example/u".to_owned(), false));
}

#[test]
fn a_feed_that_was_cut_is_read_as_far_as_it_is_whole_and_said_to_be_cut() {
    let whole = "<rss version='2.0'><channel><item><title>T</title></item>";
    let feed = read_text(&format!("{whole}<item><title>Half a"));
    assert_eq!((feed.items.len(), feed.cut), (1, true));
    assert!(!read_text(&format!("{whole}</channel></rss>")).cut);
}

proptest::proptest! {
    #[test]
    fn no_bytes_bring_the_reader_down(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        let _ = read(&bytes, &origin("https://courier.example/"));
    }

    #[test]
    fn no_feed_brings_the_reader_down(inner in "(<(item|title|link|author|media:text|media:group|pubDate|entry|content)( [a-z]{1,4}=\"[^\"<]{0,6}\")?>|</(item|title|link|author)>|&#?[a-z0-9]{1,5};|[^<]{1,8}){0,30}") {
        for root in ["rss version=\"2.0\"", "feed xmlns=\"http://www.w3.org/2005/Atom\""] {
            let end = root.split(' ').next().unwrap();
            let _ = read(format!("<{root}><channel>{inner}</channel></{end}>").as_bytes(), &origin("https://courier.example/"));
        }
    }
}
