//! Leaves out what a reader of the page would not read: scripts, styles, navigation, controls of forms, hidden text.

use super::scan::{Name, Scanner, Tag, Token};

/// Elements without words of the article.
const DROPPED: [&str; 22] = [
    "head", "script", "style", "noscript", "template", "nav", "aside", "menu", "select", "button", "datalist",
    "option", "svg", "math", "canvas", "audio", "video", "object", "map", "dialog", "progress", "meter",
];

/// Elements that have no inside.
const VOID: [&str; 16] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "frame", "keygen",
];

/// Names of classes by which a page gives text to screen readers alone, or marks what it does not show.
const UNSEEN_CLASSES: [&str; 7] = [
    "visually-hidden",
    "visuallyhidden",
    "sr-only",
    "screen-reader-text",
    "screen-reader-only",
    "hidden-text",
    "preheader",
];

/// Elements that a following one of their kind closes.
const CLOSED_BY_NEXT: [&str; 8] = ["li", "dt", "dd", "td", "th", "tr", "option", "p"];

/// Elements that hold those of [`CLOSED_BY_NEXT`].
const HOLDERS: [&str; 6] = ["ul", "ol", "dl", "table", "menu", "select"];

/// Whether the element has no inside.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether an element stands apart from the words before and after it.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// The tokens of a page that a reader sees.
pub(super) struct Visible<'t> {
    tokens: Scanner<'t>,
    unseen: Option<Unseen>,
}

/// An element that is being passed over.
struct Unseen {
    name: Name,
    /// Elements of the same name open inside it, and itself.
    depth: usize,
    /// Lists and tables open inside it.
    holders: usize,
}

impl<'t> Visible<'t> {
    /// What is seen of `text`.
    pub(super) fn new(text: &'t str) -> Self {
        Self { tokens: Scanner::new(text), unseen: None }
    }
}

impl<'t> Iterator for Visible<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        loop {
            let token = self.tokens.next()?;
            if let Some(unseen) = &mut self.unseen {
                match unseen.after(&token) {
                    After::Inside => continue,
                    After::Ended => {
                        self.unseen = None;
                        continue;
                    }
                    // It was left open, and this is beyond it.
                    After::EndedBefore => self.unseen = None,
                }
            }
            match token {
                Token::Raw(..) => {}
                Token::Start(tag) if is_unseen(&tag) => {
                    if !is_void(tag.name.as_str()) && !tag.closes_itself {
                        self.unseen = Some(Unseen { name: tag.name, depth: 1, holders: 0 });
                    }
                }
                token => return Some(token),
            }
        }
    }
}

enum After {
    Inside,
    Ended,
    EndedBefore,
}

impl Unseen {
    fn after(&mut self, token: &Token<'_>) -> After {
        let name = self.name.as_str();
        let loose = CLOSED_BY_NEXT.contains(&name);
        match token {
            // Many a page never closes its head.
            Token::Start(tag) if name == "head" && tag.name.as_str() == "body" => After::EndedBefore,
            Token::Start(tag) if loose && self.holders == 0 && name == "p" && is_block(tag.name.as_str()) => {
                After::EndedBefore
            }
            Token::Start(tag) if loose && self.holders == 0 && tag.name == self.name => After::EndedBefore,
            Token::Start(tag) => {
                if tag.name == self.name && !tag.closes_itself {
                    self.depth += 1;
                }
                if HOLDERS.contains(&tag.name.as_str()) {
                    self.holders += 1;
                }
                After::Inside
            }
            Token::End(end) if *end == self.name => {
                self.depth -= 1;
                if self.depth == 0 { After::Ended } else { After::Inside }
            }
            Token::End(end) if loose && HOLDERS.contains(&end.as_str()) => {
                if self.holders == 0 {
                    return After::EndedBefore;
                }
                self.holders -= 1;
                After::Inside
            }
            _ => After::Inside,
        }
    }
}

fn is_unseen(tag: &Tag<'_>) -> bool {
    let name = tag.name.as_str();
    if DROPPED.contains(&name) || tag.has("hidden") {
        return true;
    }
    // A page that hides its whole body until a script has run means it to be read.
    if matches!(name, "html" | "body" | "main" | "article") {
        return false;
    }
    let is =
        |attribute: &str, value: &str| tag.attribute(attribute).is_some_and(|v| v.trim().eq_ignore_ascii_case(value));
    is("aria-hidden", "true")
        || is("role", "navigation")
        || is("role", "search")
        || tag.attribute("style").is_some_and(|style| is_unseen_style(&style))
        || tag.attribute("class").is_some_and(|classes| {
            classes.split_ascii_whitespace().any(|class| UNSEEN_CLASSES.iter().any(|u| u.eq_ignore_ascii_case(class)))
        })
}

fn is_unseen_style(style: &str) -> bool {
    style.split(';').filter_map(|rule| rule.split_once(':')).any(|(property, value)| {
        let value = value.trim().trim_end_matches("!important").trim();
        let is = |wanted: &str| value.eq_ignore_ascii_case(wanted);
        match property.trim().to_ascii_lowercase().as_str() {
            "display" => is("none"),
            "visibility" => is("hidden") || is("collapse"),
            "opacity" | "font-size" | "max-height" | "max-width" => {
                value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%').parse() == Ok(0.0)
            }
            _ => false,
        }
    })
}
