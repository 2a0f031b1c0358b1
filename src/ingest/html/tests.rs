//! What stays of markup, told by example.

use std::time::{Duration, Instant};

use super::text;

#[test]
fn blocks_become_paragraphs_and_inline_marks_go() {
    for (markup, expected) in [
        ("<p>One.</p><p>Two.", "One.\n\nTwo."),
        (
            "<h2>Talks</h2>They <b>met</b> in <a href='https://example.org'>Nairobi</a>.",
            "Talks\n\nThey met in Nairobi.",
        ),
        ("<ul><li>water<li>trade</ul>after", "water\n\ntrade\n\nafter"),
        ("<blockquote><p>“We agree.”</p></blockquote>she said", "“We agree.”\n\nshe said"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<table><tr><td>Kenya<td>3</tr><tr><td>Peru<td>4</table>", "Kenya 3\n\nPeru 4"),
        ("one<br><br>two<br />three", "one\n\ntwo three"),
        ("They met.<br>They agreed.", "They met.\n\nThey agreed."),
        ("<p>  a\n b\t c&nbsp;d  ", "a b c d"),
        ("<p>a\n\nb</p>", "a b"),
        ("He said <q>no</q>.", "He said “no”."),
        ("inter<wbr>national <i>law</i>s", "international laws"),
        ("<pre>The ministers met.\n\nThey agreed.</pre>", "The ministers met.\n\nThey agreed."),
        ("<p>x &lt;script&gt; y</p>", "x <script> y"),
        ("no tags\n\nbut &amp; two paragraphs", "no tags\n\nbut & two paragraphs"),
        ("", ""),
        ("<p> </p><br>&nbsp;", ""),
    ] {
        assert_eq!(text(markup), expected, "{markup}");
    }
}

#[test]
fn what_nobody_reads_is_left_out() {
    for markup in [
        "<p>a</p><script>x</script><p>b</p>",
        "<p>a</p><script>if (1 < 2) document.write('<p>x</p>')</script><p>b</p>",
        "<p>a</p><style>p { x }</style><p>b</p>",
        "<p>a</p><!-- x --><p>b</p>",
        "<p>a</p><nav><ul><li>x<nav>x</nav>x</ul></nav><p>b</p>",
        "<p>a</p><div hidden>x<div>x</div>x</div><p>b</p>",
        "<p>a</p><p style='DISPLAY : none !important'>x<p>b</p>",
        "<p>a</p><div style='font-size:0px;color:red'>x</div><p>b</p>",
        "<p>a</p><span class='icon sr-only'>x</span><p>b</p>",
        "<p>a</p><div aria-hidden=true>x</div><p>b</p>",
        "<p>a</p><ul><li hidden>x<ul><li>x</ul>x</ul><p>b</p>",
        "<p>a</p><form>x <input value=x><label>x</label><textarea>x</textarea><button>x</button></form><p>b</p>",
        "<p>a</p><select><option>x<option>x</select><p>b</p>",
        "<p>a</p><svg><title>x</title><text>x</text></svg><p>b</p>",
        "<p>a</p><noscript>x</noscript><iframe src=x>x</iframe><p>b</p>",
        "<head><title>x</title><meta name=x content=x></head><body><p>a</p><p>b</p>",
        "<head><title>x</title><body><p>a</p><p>b</p>",
        "<p>a</p><p>b</p><script>x",
        "<p>a</p><p>b</p><img alt=x hidden>",
    ] {
        assert_eq!(text(markup), "a\n\nb", "{markup}");
    }
}

#[test]
fn a_form_around_the_page_is_no_box_to_subscribe() {
    let long = "The ministers met in Nairobi and agreed to meet again. ".repeat(20);
    assert_eq!(text(&format!("<form action=/><p>{long}</p></form>")), long.trim());
}

#[test]
fn nothing_of_a_fragment_can_act_on_a_terminal() {
    assert_eq!(text("<p>\u{1b}[31mred&#27;[0m \u{202e}x&#x202e;y&#7;</p>"), "red xy");
}

/// Markup that brings tree builders down; each stays in bounds of time, and keeps its words.
#[test]
fn broken_markup_costs_no_more_than_good() {
    let cases = [
        ("unclosed tags", "<div><b><p><a>".repeat(100_000) + "word"),
        ("deep nesting", "<div>".repeat(10_000) + "word" + &"</div>".repeat(10_000)),
        ("open formats", "<p><b class=x><i>".repeat(100_000) + "word"),
        ("attributes", format!("<p {}>word", "a b=c ".repeat(500_000))),
        ("open comments", "word".to_owned() + &"<!-- ".repeat(400_000)),
        ("open scripts", "word".to_owned() + &"<script>".repeat(300_000)),
        ("ampersands", "word".to_owned() + &"&".repeat(2_000_000)),
        ("angles", "word".to_owned() + &"< ".repeat(1_000_000)),
        ("hidden", "word".to_owned() + &"<li hidden>".repeat(200_000)),
        ("forms", "<form>".repeat(300_000) + "word" + &"</form>".repeat(300_000)),
        ("quotes", format!("<p a=\"{}>word</p>", "x".repeat(2_000_000))),
    ];
    for (name, markup) in cases {
        let begin = Instant::now();
        let body = text(&markup);
        let took = begin.elapsed();
        // A debug build on a busy machine; what goes wrong here takes minutes.
        assert!(took < Duration::from_secs(10), "{name}: {took:?}");
        if name != "quotes" && name != "forms" {
            assert!(body.starts_with("word"), "{name}: {}", &body[..body.len().min(60)]);
        }
    }
}

mod pages {
    use std::{
        path::Path,
        time::{Duration, Instant},
    };

    use url::Url;

    use super::super::page::{Page, Wall, read};

    fn fixture(name: &str) -> Vec<u8> {
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages").join(name)).unwrap()
    }

    fn article(bytes: &[u8], address: Option<&str>) -> crate::model::Article {
        match read(bytes, None, address.map(|a| Url::parse(a).unwrap()).as_ref()) {
            Page::Article(article) => article,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn of_a_page_stays_its_article_with_all_that_the_page_says_of_it() {
        let article = article(&fixture("article.html"), None);
        assert_eq!(article.title.as_deref(), Some("Ministers agree on a timetable for the lake"));
        assert_eq!(article.published.map(|d| d.to_string()).as_deref(), Some("2025-08-04"));
        assert_eq!(article.author.as_deref(), Some("Amina Odhiambo, Jean Mbeki"));
        assert_eq!(article.outlet.as_deref(), Some("Nairobi Courier"));
        assert_eq!(article.url.as_deref(), Some("https://www.courier.example/world/lake-timetable"));
        assert_eq!(article.language.as_deref(), Some("en-GB"));
        let firsts: Vec<String> =
            article.body.split("\n\n").map(|p| p.split(' ').take(4).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(
            firsts,
            [
                "The water ministers of",
                "“We have counted the",
                "A number for everybody",
                "Her Ugandan colleague, Moses",
                "The lake does not",
                "Samples are taken at",
                "The numbers are published",
                "Tanzania, which was not",
            ]
        );
    }

    #[test]
    fn an_old_page_of_tables_in_an_old_encoding_is_read() {
        let article = article(&fixture("old.html"), Some("http://www.gazette.example/2003/geneve.htm"));
        assert_eq!(article.title.as_deref(), Some("Le ministre à Genève"));
        assert_eq!(article.outlet.as_deref(), Some("gazette.example"));
        assert!(article.body.contains("affaires étrangères du Sénégal a dit lundi"), "{}", article.body);
        assert!(!article.body.contains("Accueil"), "{}", article.body);
    }

    #[test]
    fn walls_and_lists_of_links_are_no_articles() {
        for (name, expected) in [
            ("paid.html", Page::Wall(Wall::Pay)),
            ("consent.html", Page::Wall(Wall::Consent)),
            ("guard.html", Page::Wall(Wall::Guard)),
            ("front.html", Page::NoArticle),
        ] {
            assert_eq!(read(&fixture(name), None, None), expected, "{name}");
        }
        assert_eq!(read(b"", None, None), Page::NoArticle);
        assert_eq!(read(b"<html><body><img src=a.png></body></html>", None, None), Page::NoArticle);
    }

    const WORDS: &str = "The foreign minister of Ghana met her colleague of Togo in Lomé on Monday, and both spoke of cocoa, \
                         of its price, and of the buyers, who were not invited. They agreed to meet again in September.";

    fn page(head: &str, body: &str) -> Vec<u8> {
        format!("<html><head>{head}</head><body>{body}</body></html>").into_bytes()
    }

    #[test]
    fn boxes_banners_and_lines_about_the_article_are_not_its_text() {
        let body = format!(
            "<div class=cookie-banner><p>We use cookies. Accept all cookies, and those of our 812 partners.</p></div>\
             <nav><a href=/>Home</a></nav><article><p>World</p><h1>Cocoa</h1><p>By Ama Darko</p><p>Published 4 August 2025 10:00 GMT</p>\
             <p>{WORDS}</p><div class=newsletter-signup><h3>Sign up</h3><p>Our morning mail, every morning.</p></div>\
             <h2>What they agreed</h2><ul><li>A price.</li><li>An office.</li></ul><blockquote>Cocoa is a calendar.</blockquote>\
             <p>{WORDS}</p><div id=shareTools>Share this</div><p class=post-tags>Topics: Ghana</p></article>\
             <section class=related><a href=/x>Port fees rise</a></section>"
        );
        let article = article(&page("<title>Cocoa</title><meta name=author content='Ama Darko'>", &body), None);
        assert_eq!(
            article.body.split("\n\n").collect::<Vec<_>>(),
            [WORDS, "What they agreed", "A price.", "An office.", "Cocoa is a calendar.", WORDS]
        );
    }

    #[test]
    fn a_login_beside_an_article_that_is_free_is_no_wall() {
        let body = format!(
            "<header>Already a subscriber? <a>Log in</a></header><article><p>{WORDS}</p><p>{WORDS}</p></article>"
        );
        let free = |value: &str| {
            page(
                &format!(
                    "<title>Cocoa</title><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Cocoa\",\
                     \"isAccessibleForFree\":{value}}}</script>"
                ),
                &body,
            )
        };
        assert!(matches!(read(&free("true"), None, None), Page::Article(_)));
        for paid in ["false", "\"False\"", "null"] {
            assert_eq!(read(&free(paid), None, None), Page::Wall(Wall::Pay), "{paid}");
        }
    }

    #[test]
    fn what_waits_for_a_script_and_what_asks_for_consent_of_all_partners_are_no_articles() {
        let head = "<title>Cocoa</title><meta property=og:type content=article>";
        assert_eq!(read(&page(head, "<div id=root><p>Loading…</p></div>"), None, None), Page::NoArticle);
        let wall = "<div><h1>Your privacy</h1><p>We and our 812 partners keep data on your device.</p></div>";
        assert_eq!(read(&page("<title>Privacy</title>", wall), None, None), Page::Wall(Wall::Consent));
    }

    #[test]
    fn a_page_speaks_for_its_own_site_alone() {
        let page = |canonical: &str| {
            let head = format!("<html><head><title>T</title><link rel=canonical href='{canonical}'></head><body><p>");
            head + &"The ministers met in Nairobi and agreed to meet again. ".repeat(9)
        };
        let address = "https://amp.courier.example/a";
        for (canonical, expected) in [
            ("https://www.courier.example/lake", "https://www.courier.example/lake"),
            ("/lake", "https://amp.courier.example/lake"),
            ("https://other.example/lake", address),
            ("javascript:alert(1)", address),
            ("https://a:b@courier.example/lake", address),
            ("https://courier.example/", address),
        ] {
            let article = article(page(canonical).as_bytes(), Some(address));
            assert_eq!(article.url.as_deref(), Some(expected), "{canonical}");
        }
    }

    #[test]
    fn no_page_is_too_broken() {
        let words =
            "<p>The ministers met in Nairobi on Monday, and agreed to meet again in a month to settle what is left.";
        let cases = [
            ("unclosed", "<div><b><p><a href=x>word ".repeat(100_000)),
            ("deep", "<div>".repeat(10_000) + &words.repeat(20) + &"</div>".repeat(10_000)),
            ("deep tables", "<table><tr><td>".repeat(10_000) + &words.repeat(20)),
            ("deep lists", "<ul><li>".repeat(10_000) + &words.repeat(20)),
            ("paragraphs", words.repeat(15_000)),
            ("links", "<a href=x>word</a> ".repeat(15_000)),
            ("breaks", "word<br>".repeat(15_000)),
            ("divs", "<div>word, word</div>".repeat(15_000)),
            ("cells", format!("<table>{}", "<tr><td>word, word".repeat(9_000))),
            ("commas", format!("<p>{}", "a,".repeat(1_000_000))),
            ("linked data", format!("<script type='application/ld+json'>{}", "[".repeat(500_000))),
            ("headings", "<h1>word".repeat(100_000)),
        ];
        for (name, page) in cases {
            let begin = Instant::now();
            let _ = read(format!("<html><body>{page}").as_bytes(), None, None);
            let took = begin.elapsed();
            println!("{name}: {took:?}");
            assert!(took < Duration::from_secs(40), "{name}: {took:?}");
        }
    }
}
