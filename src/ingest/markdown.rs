//! Markdown: its words, without the marks that shape them. Blocks of HTML inside it are read as HTML.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{clean, dates, front_matter, html};
use crate::model::Article;

/// Reads one Markdown text; a heading of the first level at its head is the title.
pub(super) fn read(text: &str) -> Article {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut article = Article::default();
    let rest = front_matter::take(&text, &mut article);
    let (mut title, paragraphs) = blocks(rest);
    if article.title.is_none() {
        article.title = title.take().and_then(|t| clean::some_line(&t));
    }
    let mut paragraphs = paragraphs.iter().map(String::as_str).peekable();
    if article.published.is_none()
        && let Some(date) = paragraphs.peek().filter(|p| p.chars().count() < 40).and_then(|p| dates::parse(p))
    {
        article.published = Some(date);
        paragraphs.next();
    }
    // A heading that repeats nothing known stays in the text.
    article.body = clean::body(title.as_deref().into_iter().chain(paragraphs));
    article
}

/// The heading of the first level that opens the text, and the blocks after it.
fn blocks(text: &str) -> (Option<String>, Vec<String>) {
    let mut title = None;
    let mut all: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut in_title = false;
    let mut markup = String::new();
    let flush = |current: &mut String, all: &mut Vec<String>| {
        if !current.trim().is_empty() {
            all.push(std::mem::take(current));
        }
        current.clear();
    };
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level: pulldown_cmark::HeadingLevel::H1, .. })
                if all.is_empty() && title.is_none() =>
            {
                in_title = true;
            }
            Event::End(TagEnd::Heading(_)) if in_title => {
                in_title = false;
                title = Some(std::mem::take(&mut current));
            }
            Event::Start(Tag::Item)
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::CodeBlock
                | TagEnd::TableRow
                | TagEnd::TableHead,
            ) => {
                flush(&mut current, &mut all);
            }
            Event::Html(part) => markup.push_str(&part),
            Event::End(TagEnd::HtmlBlock) => {
                flush(&mut current, &mut all);
                all.extend(html::paragraphs(&std::mem::take(&mut markup)));
            }
            Event::InlineHtml(tag) if tag.starts_with("<br") => current.push(' '),
            Event::Text(words) | Event::Code(words) => current.push_str(&words),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => current.push(' '),
            _ => {}
        }
    }
    flush(&mut current, &mut all);
    (title, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_marks_go() {
        let article = read(
            "# Ministers agree\n\nThe *two* [ministers](https://example.org) met\nin **Nairobi**.\n\n> “We agree,” she said.\n\n- one\n- two\n",
        );
        assert_eq!(article.title.as_deref(), Some("Ministers agree"));
        assert_eq!(article.body, "The two ministers met in Nairobi.\n\n“We agree,” she said.\n\none\n\ntwo");
    }

    #[test]
    fn html_inside_is_read_as_html() {
        let article = read(
            "First.\n\n<div class=note>\n<p>In a <b>box</b>.</p><p>Twice.</p>\n<script>x()</script>\n</div>\n\n<!-- a note -->\n\nLine<br>break &amp; <em>end</em>.\n",
        );
        assert_eq!(article.body, "First.\n\nIn a box.\n\nTwice.\n\nLine break & end.");
    }
}
