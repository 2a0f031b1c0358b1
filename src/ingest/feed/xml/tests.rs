//! What is mended and what is refused, told by example.

use super::*;

fn prepared(inner: &str) -> String {
    let all = prepare(&format!("<rss version=\"2.0\">{inner}</rss>")).unwrap().text;
    all.strip_prefix("<rss version=\"2.0\">").unwrap().strip_suffix("</rss>").unwrap().to_owned()
}

#[test]
fn what_is_often_broken_is_mended() {
    for (written, meant) in [
        ("<t>AT&T & co; &amp; &eacute; &#38;</t>", "<t>AT&amp;T &amp; co; &amp; &eacute; &amp;</t>"),
        ("<t>&#147;x&#148; &#0; &#xD800; &#x2014;</t>", "<t>“x” \u{fffd} \u{fffd} —</t>"),
        ("<t>a < b</t>", "<t>a &lt; b</t>"),
        ("<t><![CDATA[a < b & c]]></t>", "<t><![CDATA[a < b & c]]></t>"),
        ("<!-- <t> --><t a=1 b='2' c b=\"3\" d=\"4\"/>", "<t a=\"1\" b=\"2\" d=\"4\"/>"),
        ("<author>a@b.org &#64;</author>", "<author>a\u{e000}b.org \u{e000}</author>"),
        ("<x xml:base=\"http://[\"/>", "<x/>"),
        ("<x:text start=\"99999999999999999999999:00:00\">x</x:text>", "<x:text>x</x:text>"),
    ] {
        assert_eq!(prepared(written), meant, "{written}");
    }
}

#[test]
fn old_versions_are_given_the_names_that_are_known() {
    let cases = [
        ("<rss><channel/></rss>", "<rss version=\"2.0\"><channel/></rss>"),
        ("<rss version='0.94'/>", "<rss version=\"0.92\"/>"),
        ("<rss version='2.0.1'/>", "<rss version=\"2.0\"/>"),
        (
            "<rdf:RDF xmlns=\"http://my.netscape.com/rdf/simple/0.9/\"/>",
            "<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\"/>",
        ),
        (
            "<feed xmlns=\"http://purl.org/atom/ns#\"><title type=\"text/plain\">a</title><issued>b</issued></feed>",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title type=\"text\">a</title><published>b</published></feed>",
        ),
    ];
    for (old, known) in cases {
        assert_eq!(prepare(old).unwrap().text, known);
    }
}

#[test]
fn what_no_feed_needs_is_refused() {
    let error = |text: &str| prepare(text).unwrap_err();
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><rss>&b;</rss>";
    assert!(matches!(error(bomb), FeedError::Entities));
    let outside = "<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel>&x;</channel></rss>";
    assert!(matches!(error(outside), FeedError::Entities));
    assert!(matches!(error(&format!("<rss>{}", "<b>".repeat(10_000))), FeedError::Deep { .. }));
    assert!(matches!(error(&format!("<rss>{}", "<item/>".repeat(20_001))), FeedError::TooMuch { .. }));
    assert!(matches!(error(&format!("<rss>{}", "<a/>".repeat(300_000))), FeedError::TooMuch { .. }));
    let attributes: String = (0..300).map(|n| format!(" a{n}='1'")).collect();
    assert!(matches!(error(&format!("<rss><a{attributes}/></rss>")), FeedError::TooMuch { .. }));
    assert!(matches!(error("<html><body/></html>"), FeedError::NotAFeed));
    assert!(matches!(error("<rss><channel><![CDATA[ never ends"), FeedError::Malformed(_)));
    let dtd = "<!DOCTYPE rss PUBLIC \"-//Netscape//DTD RSS 0.91//EN\" \"http://example.org/rss.dtd\"><rss/>";
    assert!(prepare(dtd).is_ok());
}

#[test]
fn the_first_element_tells_what_it_is() {
    assert_eq!(root("<?xml version='1.0'?>\n<!-- x -->\n<!DOCTYPE a [<!ENTITY b 'c>'>]><rdf:RDF x='y'>"), Some("RDF"));
    assert_eq!(root("\u{feff} <feed>"), Some("feed"));
    assert_eq!(root("Not <b>XML</b>"), None);
}

#[test]
fn what_is_left_open_is_closed_and_ends_of_nothing_go() {
    for (written, meant) in [
        ("<a><b>x</a>y", "<a><b>x</b></a>y"),
        ("x</b>y", "xy"),
        ("<item><t>1</t><item><t>2</t></item>", "<item><t>1</t></item><item><t>2</t></item>"),
        ("<channel><item><t>1</t></channel>", "<channel><item><t>1</t></item></channel>"),
        ("<channel></channel><item/>", "<channel><item/></channel>"),
    ] {
        assert_eq!(prepared(written), meant, "{written}");
    }
    assert_eq!(prepare("<rss><channel><item/>").unwrap().text, "<rss version=\"2.0\"><channel><item/></channel></rss>");
    let after = prepare("<rss/>\n<script>x</script> & more <").unwrap();
    assert_eq!((after.text.as_str(), after.cut), ("<rss version=\"2.0\"/>", false));
}

#[test]
fn of_a_feed_that_ends_in_the_middle_the_whole_items_stay() {
    for end in ["<item><t>2", "<item><t", "<item><t>2</t>", "<![CDATA[ never ends", "<!-- never ends", "<item x='"] {
        let cut = prepare(&format!("<rss version=\"2.0\"><channel><item><t>1</t></item>{end}")).unwrap();
        let whole = "<rss version=\"2.0\"><channel><item><t>1</t></item></channel></rss>";
        assert_eq!((cut.text.as_str(), cut.cut), (whole, true), "{end}");
    }
}

#[test]
fn markup_that_nobody_escaped_is_part_of_its_text() {
    for (written, meant) in [
        ("<description><p>a<br>b</description>", "<description>&lt;p&gt;a&lt;br&gt;b</description>"),
        ("<title>a <I>b</I></title>", "<title>a &lt;I&gt;b&lt;/I&gt;</title>"),
        (
            "<content:encoded><a href='x?a&amp;b'>c</a></content:encoded>",
            "<content:encoded>&lt;a href='x?a&amp;amp;b'&gt;c&lt;/a&gt;</content:encoded>",
        ),
        ("<description>a<link>b</link></description>", "<description>a<link>b</link></description>"),
        ("<other><b>a</b></other>", "<other><b>a</b></other>"),
    ] {
        let all = prepare(&format!("<rss version=\"2.0\" xmlns:content=\"x\">{written}</rss>")).unwrap().text;
        let inner = all.strip_prefix("<rss version=\"2.0\" xmlns:content=\"x\">").unwrap();
        assert_eq!(inner, format!("{meant}</rss>"), "{written}");
    }
    let xhtml = "<content type=\"xhtml\"><div><p>a</p></div></content>";
    assert!(prepare(&format!("<feed><entry>{xhtml}</entry></feed>")).unwrap().text.contains(xhtml));
}

#[test]
fn what_a_server_complains_of_before_the_feed_is_passed_over() {
    let feed = "<?xml version='1.0'?><rss version=\"2.0\"/>";
    let warning = "<br />\n<b>Warning</b>: undefined variable in /srv/feed.php on line 3<br />\n";
    assert_eq!(prepare(&format!("{warning}{feed}")).unwrap().text, "<rss version=\"2.0\"/>");
    assert_eq!(root(&format!("{warning}{feed}")), Some("rss"));
    for page in ["<html><body><pre>", "<!DOCTYPE html><html>", "words "] {
        assert_ne!(root(&format!("{page}{feed}")), Some("rss"), "{page}");
    }
}

#[test]
fn what_the_parser_passes_over_is_kept_beside_its_item() {
    let feed = "<rss><channel><item><source url='x'>The <![CDATA[Herald & Co]]></source></item><item/>\
                <item><feedburner:origLink>https://courier.example/a</feedburner:origLink></item></channel></rss>";
    let beside = |outlet: Option<&str>, link: Option<&str>| Beside {
        outlet: outlet.map(str::to_owned),
        link: link.map(str::to_owned),
    };
    assert_eq!(
        prepare(feed).unwrap().beside,
        [beside(Some("The Herald & Co"), None), beside(None, None), beside(None, Some("https://courier.example/a"))]
    );
    // Of a feed that ends in the middle of an item, as many are kept as there are items.
    let cut = "<rss><channel><item><source url='x'>The Herald</source></item><item><source url='y'>The Cou";
    assert_eq!(prepare(cut).unwrap().beside, [beside(Some("The Herald"), None)]);
}

#[test]
fn namespaces_and_dates_by_other_names_are_known() {
    let all =
        prepare("<rss version=\"2.0\"><item><dc:creator>a</dc:creator><dcterms:issued>b</dcterms:issued></item></rss>");
    let dublin = "http://purl.org/dc/elements/1.1/";
    assert_eq!(
        all.unwrap().text,
        format!(
            "<rss version=\"2.0\" xmlns:dc=\"{dublin}\" xmlns:dcterms=\"{dublin}\"><item><dc:creator>a</dc:creator>\
             <dcterms:date>b</dcterms:date></item></rss>"
        )
    );
    let media = prepare("<rss xmlns:media='https://search.yahoo.com/mrss'/>").unwrap().text;
    assert!(media.contains("\"http://search.yahoo.com/mrss/\""), "{media}");
}
