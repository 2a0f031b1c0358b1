//! The words of the markup inside of feeds. One pass over the tags, whatever they are: nothing is nested, so that no
//! markup can be too deep.

use super::{super::clean, xml::Tag};

/// Elements whose end is the end of a paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "tr",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "aside",
    "figure",
    "figcaption",
    "hr",
    "main",
    "nav",
];

/// Elements whose words are not for readers.
const HIDDEN: &[&str] =
    &["script", "style", "template", "noscript", "iframe", "svg", "form", "head", "object", "select"];

/// Names of the characters from U+00A0 on, in order.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 \
                     acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde \
                     Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute \
                     Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc \
                     atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve \
                     oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// Names of other characters that news uses.
const OTHERS: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("bull", '•'),
    ("euro", '€'),
    ("trade", '™'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Yuml", 'Ÿ'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("zwj", '\u{200d}'),
    ("zwnj", '\u{200c}'),
    ("prime", '′'),
    ("minus", '−'),
];

/// The words of a piece of a page in paragraphs.
pub(super) fn words(html: &str) -> String {
    let mut paragraphs = vec![String::new()];
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        push(&mut paragraphs, &rest[..at]);
        rest = after_markup(&mut paragraphs, &rest[at..]);
    }
    push(&mut paragraphs, rest);
    clean::body(paragraphs.iter().map(String::as_str))
}

/// Passes over what begins with `<`.
fn after_markup<'h>(paragraphs: &mut Vec<String>, rest: &'h str) -> &'h str {
    let after =
        |mark: &str| memchr::memmem::find(rest.as_bytes(), mark.as_bytes()).map_or("", |at| &rest[at + mark.len()..]);
    if rest.starts_with("<!--") {
        return after("-->");
    }
    match rest.as_bytes().get(1) {
        Some(b'!' | b'?') => after(">"),
        Some(b'/') => {
            let name: String = rest[2..].chars().take_while(char::is_ascii_alphanumeric).collect();
            end_paragraph(paragraphs, &name);
            after(">")
        }
        Some(first) if first.is_ascii_alphabetic() => {
            // One that never ends is no words either.
            let Some(tag) = Tag::read(rest) else { return "" };
            end_paragraph(paragraphs, tag.name);
            let rest = &rest[tag.length..];
            let is_hidden = HIDDEN.iter().find(|name| tag.name.eq_ignore_ascii_case(name));
            match is_hidden.filter(|_| !tag.closed) {
                Some(name) => end_of(rest, name),
                None => rest,
            }
        }
        _ => {
            push(paragraphs, "<");
            &rest[1..]
        }
    }
}

/// What follows the end of a hidden element; nothing if it has none.
fn end_of<'h>(html: &'h str, name: &str) -> &'h str {
    let mut rest = html;
    while let Some(at) = memchr::memmem::find(rest.as_bytes(), b"</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name)) {
            return rest.find('>').map_or("", |end| &rest[end + 1..]);
        }
    }
    ""
}

fn end_paragraph(paragraphs: &mut Vec<String>, element: &str) {
    if BLOCKS.iter().any(|block| element.eq_ignore_ascii_case(block))
        && paragraphs.last().is_some_and(|last| !last.is_empty())
    {
        paragraphs.push(String::new());
    }
}

/// Adds words, their references decoded.
fn push(paragraphs: &mut [String], text: &str) {
    let Some(out) = paragraphs.last_mut() else { return };
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(32).position(|b| b == b';');
        match end.and_then(|end| Some((end, character(&rest[1..end])?))) {
            Some((end, c)) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        return super::xml::numbered(number);
    }
    let latin = LATIN.split_ascii_whitespace().zip('\u{a0}'..='\u{ff}').find(|(known, _)| *known == name);
    latin.or_else(|| OTHERS.iter().copied().find(|(known, _)| *known == name)).map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_in_paragraphs_and_markup_goes() {
        for (html, text) in [
            ("<p>One <b>two</b>.</p>\n<p>Three<br/>four</p>", "One two.\n\nThree\n\nfour"),
            ("<script>if (a < b) { x('</p>') }</script>Words<style>p{}</style>", "Words"),
            (
                "Caf&eacute; &amp; talks &#8217;&#x2014;&#151; &unknown; AT&T a&b;",
                "Café & talks ’—— &unknown; AT&T a&b;",
            ),
            ("a < b and c > d", "a < b and c > d"),
            ("<!-- <p>no</p> -->yes<!doctype html>", "yes"),
            ("<a title=\"x>y\" href='z'>link</a>", "link"),
            ("cut <a href=\"", "cut"),
            ("<script>never ends", ""),
            ("<SCRIPT>x</SCRIPT>a<DIV>b</DIV>c", "a\n\nb\n\nc"),
            ("", ""),
        ] {
            assert_eq!(words(html), text, "{html}");
        }
    }

    #[test]
    fn markup_without_end_takes_time_in_proportion() {
        for html in ["<b>x".repeat(200_000), "<".repeat(500_000), "&".repeat(500_000), "<script></x".repeat(100_000)] {
            let began = std::time::Instant::now();
            let _ = words(&html);
            assert!(began.elapsed().as_secs() < 10);
        }
    }
}
