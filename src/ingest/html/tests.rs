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
    assert_eq!(text("<p>\u{1b}[31mred&#27;[0m \u{202e}x&#x202e;y&#7;</p>"), "[31mred [0m xy");
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
