//! A page written anew, so that a library that builds trees can be trusted with it.
//!
//! Of the page stays what a reader sees, in elements that say where the article is; all are closed in the right order,
//! none lies deeper than [`DEEPEST`], and formats of words, which tree builders reopen again and again, are gone. Boxes
//! that say by their names that they stand beside the article (`boxes`) are left out here too.

use super::{
    boxes, entities,
    scan::{Tag, Token},
    visible::{Visible, is_block, is_void},
};

/// Elements inside each other. Pages of the web have about thirty.
const DEEPEST: usize = 120;

/// Elements in all. Articles with a thousand comments have ten thousand.
const MOST: usize = 20_000;

/// Longest name of a class or id that is kept, in bytes.
const LONGEST_NAME: usize = 120;

/// Elements beside blocks that stay.
const KEPT: [&str; 4] = ["a", "td", "th", "span"];

/// The page, well formed; `None` if it has more elements than an article can have.
pub(super) fn rewritten(page: &str) -> Option<String> {
    let mut to = Writer { out: String::with_capacity(page.len() / 2), ..Writer::default() };
    to.out.push_str("<!DOCTYPE html><html><body>");
    for token in Visible::new(page) {
        match token {
            Token::Text(words) => to.words(&entities::decoded(words)),
            Token::Start(tag) => to.start(&tag),
            Token::End(name) => to.end(name.as_str()),
            Token::Raw(..) => {}
        }
        if to.n_elements > MOST {
            return None;
        }
    }
    to.close_down_to(0);
    to.out.push_str("</body></html>");
    Some(to.out)
}

/// A box beside the article has fewer bytes of words than this; one with more is a page whose names say too much.
const SMALL_BOX: usize = 700;

#[derive(Default)]
struct Writer {
    out: String,
    open: Vec<Open>,
    n_elements: usize,
    /// Bytes of words so far.
    n_words: usize,
}

/// An element that is open.
struct Open {
    name: String,
    /// Of a box: how long the page was before it, and how much of that was words.
    box_from: Option<(usize, usize)>,
}

impl Writer {
    fn words(&mut self, words: &str) {
        self.n_words += words.trim().len();
        escape(words, &mut self.out);
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        match name {
            "br" | "hr" => {
                self.n_elements += 1;
                self.out.push_str(if name == "br" { "<br>" } else { "<hr>" });
            }
            "q" => self.out.push('“'),
            "html" | "body" => {}
            _ if is_void(name) || !(is_block(name) || KEPT.contains(&name)) => {}
            _ => self.open(name, tag),
        }
    }

    fn open(&mut self, name: &str, tag: &Tag<'_>) {
        if is_block(name)
            && let Some(at) = self.open.iter().rposition(|open| open.name == "p" || open.name == "a")
        {
            // A link around blocks stays around them; a paragraph cannot.
            if self.open[at].name == "p" {
                self.close_down_to(at);
            }
        }
        let next_of_its_kind = match name {
            "li" => self.nearest("li", &["ul", "ol"]),
            "td" | "th" => self.nearest("td", &["tr", "table"]).or_else(|| self.nearest("th", &["tr", "table"])),
            "tr" => self.nearest("tr", &["table"]),
            "dt" | "dd" => self.nearest("dt", &["dl"]).or_else(|| self.nearest("dd", &["dl"])),
            "a" => self.nearest("a", &["table"]),
            _ => None,
        };
        if let Some(at) = next_of_its_kind {
            self.close_down_to(at);
        }
        if self.open.len() >= DEEPEST {
            // The words of what is deeper stand here, apart from each other.
            self.out.push(' ');
            return;
        }
        self.n_elements += 1;
        let box_from = boxes::is_box(tag).then_some((self.out.len(), self.n_words));
        self.out.push('<');
        self.out.push_str(name);
        for key in ["class", "id", "role", "rel", "itemprop"] {
            if let Some(value) = tag.attribute(key).filter(|value| (1..LONGEST_NAME).contains(&value.len())) {
                self.out.push(' ');
                self.out.push_str(key);
                self.out.push_str("=\"");
                escape(&value, &mut self.out);
                self.out.push('"');
            }
        }
        if name == "a" {
            // Where it leads does not matter; that it is a link does.
            self.out.push_str(" href=\"#l\"");
        }
        self.out.push('>');
        self.open.push(Open { name: name.to_owned(), box_from });
    }

    /// The innermost open element of that name, not beyond one of `walls`.
    fn nearest(&self, name: &str, walls: &[&str]) -> Option<usize> {
        let at = self.open.iter().rposition(|open| open.name == name || walls.contains(&open.name.as_str()))?;
        (self.open[at].name == name).then_some(at)
    }

    fn end(&mut self, name: &str) {
        if name == "q" {
            self.out.push('”');
        }
        // An end of what is inside a cell does not end the table.
        let wall: &[&str] = if matches!(name, "table" | "tr" | "td" | "th" | "tbody") { &[] } else { &["td", "th"] };
        if let Some(at) = self.nearest(name, wall) {
            self.close_down_to(at);
        }
    }

    fn close_down_to(&mut self, length: usize) {
        while self.open.len() > length {
            let Some(open) = self.open.pop() else { return };
            match open.box_from {
                Some((length, n_words)) if self.n_words - n_words < SMALL_BOX => {
                    self.out.truncate(length);
                    self.n_words = n_words;
                    // The words before and after it stay apart.
                    self.out.push(' ');
                }
                _ => self.out.extend(["</", &open.name, ">"]),
            }
        }
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0' => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_element_is_closed_and_formats_are_gone() {
        for (page, expected) in [
            ("<p>a<p>b", "<p>a</p><p>b</p>"),
            ("<div><b>a<p>b</div>c</b>", "<div>a<p>b</p></div>c"),
            ("<ul><li>a<ul><li>b</ul><li>c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
            ("<table><tr><td>a<td>b<tr><td>c", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"),
            ("<a href=x>a<a href=y>b", "<a href=\"#l\">a</a><a href=\"#l\">b</a>"),
            ("</p></div>a &lt; <q>b</q>", "a &lt; “b”"),
            ("<div class='a\"b' onclick=x>a</div>", "<div class=\"a&quot;b\">a</div>"),
        ] {
            let whole = format!("<!DOCTYPE html><html><body>{expected}</body></html>");
            assert_eq!(rewritten(page), Some(whole), "{page}");
        }
    }

    #[test]
    fn small_boxes_beside_the_article_go_and_large_ones_are_the_page() {
        let inside = |page: &str| {
            let all = rewritten(page).unwrap();
            all.strip_prefix("<!DOCTYPE html><html><body>").unwrap().strip_suffix("</body></html>").unwrap().to_owned()
        };
        assert_eq!(inside("<p>a</p><div class='newsletter-signup'><h3>Sign up</h3></div><p>b"), "<p>a</p> <p>b</p>");
        assert_eq!(inside("<div id=shareTools>Share<div>on</div>it</div>a"), " a");
        assert_eq!(inside("<div class=shared>a</div>"), "<div class=\"shared\">a</div>");
        let page = format!("<div class=related-on>{}</div>", "words of a page ".repeat(60));
        assert!(inside(&page).contains("words of a page"));
    }

    #[test]
    fn depth_and_number_have_their_bounds() {
        let deep = rewritten(&("<div>".repeat(10_000) + "word")).unwrap();
        assert_eq!(deep.matches("<div>").count(), DEEPEST);
        assert!(deep.contains("word"));
        assert_eq!(rewritten(&"<p>a".repeat(MOST + 1)), None);
    }
}
