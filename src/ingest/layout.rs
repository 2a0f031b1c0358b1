//! The layouts of plain text: a date and the text, a title line above, header lines, front matter, hard-wrapped lines.

use chrono::NaiveDate;

use super::{clean, dates, front_matter};
use crate::model::Article;

/// Longest title line, in characters.
const LONGEST_TITLE: usize = 160;

/// Reads one plain text.
pub(super) fn read(text: &str) -> Article {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut article = Article::default();
    let rest = front_matter::take(&text, &mut article);
    let rest = headers(rest, &mut article);
    let rest = title_and_date(rest, &mut article);
    article.body = clean::body(paragraphs(rest).iter().map(String::as_str));
    article
}

/// `Title: …`, `Date: …` and their like at the head, up to the first line that is none.
///
/// One such line may be a sentence ("Source: officials refused to comment."), so it counts alone only if it can be nothing
/// else: a title, an address or a date with a blank line below. Two make a block; other keys inside it are passed over.
fn headers<'t>(text: &'t str, article: &mut Article) -> &'t str {
    let mut rest = text.trim_start_matches(['\n', '\u{feff}']);
    let mut found = Article::default();
    let mut known: Vec<String> = Vec::new();
    while let Some((line, after)) = rest.split_once('\n') {
        let Some((key, value)) = line.split_once(':') else { break };
        let key = key.trim().to_ascii_lowercase();
        if front_matter::set(&mut found, &key, value.trim()) {
            known.push(key);
        } else if known.is_empty() || !is_other_key(&key) {
            break;
        }
        rest = after;
    }
    let alone = |key: &String| matches!(key.as_str(), "title" | "headline" | "url" | "date" | "published");
    let set_off = rest.trim_start_matches([' ', '\t']).starts_with('\n');
    if known.len() < 2 && !(set_off && known.first().is_some_and(alone)) {
        return text;
    }
    article.title = article.title.take().or(found.title);
    article.published = article.published.or(found.published);
    article.outlet = article.outlet.take().or(found.outlet);
    article.url = article.url.take().or(found.url);
    article.author = article.author.take().or(found.author);
    article.language = article.language.take().or(found.language);
    rest
}

/// A key of a header that says nothing we keep ("Tags").
fn is_other_key(key: &str) -> bool {
    (1..=24).contains(&key.len()) && key.split([' ', '-', '_']).count() <= 2
}

/// A title line, and a line that begins with a date.
fn title_and_date<'t>(text: &'t str, article: &mut Article) -> &'t str {
    let text = text.trim_start();
    if let Some((date, rest)) = dated(text) {
        article.published = article.published.or(Some(date));
        return rest;
    }
    let Some((first, rest)) = text.split_once('\n') else { return text };
    let title = first.trim();
    if let Some((date, after)) = dated(rest.trim_start()) {
        if title.chars().count() <= LONGEST_TITLE {
            article.published = article.published.or(Some(date));
            article.title = article.title.take().or_else(|| clean::some_line(title));
            return after;
        }
        return text;
    }
    // A title, and below it a line that is nothing but a date.
    let below = rest.lines().next().unwrap_or_default();
    let dated_below = below.chars().count() < 40 && dates::parse(below).is_some();
    if dated_below && title.chars().count() <= LONGEST_TITLE && article.title.is_none() {
        article.title = clean::some_line(title);
        return title_and_date_below(rest, article);
    }
    let set_off = rest.starts_with('\n') || rest.trim_start_matches([' ', '\t']).starts_with('\n');
    // A sentence is no title, and a line that the next one goes on with is none either.
    let titled = set_off
        && title.chars().count() <= LONGEST_TITLE
        && !title.ends_with(['.', ',', ';', ':', '”', '"', '’', '\'', '»', ')']);
    if titled && article.title.is_none() && !rest.trim().is_empty() {
        article.title = clean::some_line(title);
        return title_and_date_below(rest, article);
    }
    text
}

/// The date line that may follow a title and a blank line.
fn title_and_date_below<'t>(rest: &'t str, article: &mut Article) -> &'t str {
    let rest = rest.trim_start();
    let line = rest.lines().next().unwrap_or_default();
    // A line that is nothing but a date.
    if line.chars().count() < 40
        && let Some(date) = dates::parse(line)
    {
        article.published = article.published.or(Some(date));
        return &rest[line.len()..];
    }
    rest
}

/// `date 2025-08-04 text …`: the date and what follows it.
fn dated(text: &str) -> Option<(NaiveDate, &str)> {
    let head = text.get(..4).filter(|head| head.eq_ignore_ascii_case("date"))?;
    let rest = text[head.len()..].trim_start_matches(':');
    let after = rest.trim_start_matches([' ', '\t']);
    if after.len() == rest.len() {
        return None;
    }
    let date = dates::leading(after)?;
    let rest = &after[10..];
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some((date, rest))
}

/// Lines shorter than this, in characters, may have been wrapped by hand or by a program.
const WRAPPED: usize = 110;

/// The paragraphs of a text: parts apart by blank lines, with the lines of a wrapped one joined.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        if line.trim().is_empty() {
            close(&block, &mut all);
            block.clear();
        } else {
            block.push(line.trim());
        }
    }
    all
}

fn close(block: &[&str], all: &mut Vec<String>) {
    let lengths: Vec<usize> = block.iter().map(|line| line.chars().count()).collect();
    let longest = lengths.iter().copied().max().unwrap_or(0);
    let Some((_, full)) = lengths.split_last() else { return };
    // All lines but the last reach nearly as far as the longest: a program or a careful hand has wrapped them.
    let wrapped = (40..=WRAPPED).contains(&longest) && full.iter().all(|&length| length * 10 >= longest * 6);
    let listed = block.iter().filter(|line| line.starts_with(['-', '*', '•'])).count() > 1;
    if wrapped && !listed {
        all.push(block.join(" "));
        return;
    }
    for (idx, line) in block.iter().enumerate() {
        match all.last_mut() {
            Some(paragraph) if idx > 0 && goes_on(block[idx - 1], line) => {
                paragraph.push(' ');
                paragraph.push_str(line);
            }
            _ => all.push((*line).to_owned()),
        }
    }
}

/// Shortest line, in characters, that breaks off in the middle of a sentence rather than being a heading.
const BROKEN_OFF: usize = 60;

/// Whether the sentence of `line` goes on in the `next` one, in a block where paragraphs begin on lines of their own.
fn goes_on(line: &str, next: &str) -> bool {
    let ends = line.ends_with(['.', '!', '?', '…', ':', ';', '"', '”', '’', '\'', ')', ']', '»', '*', '-', '—']);
    let listed = next.starts_with(['-', '*', '•', '—']);
    let lower = next.starts_with(char::is_lowercase);
    !ends && !listed && (lower || line.chars().count() >= BROKEN_OFF) || (line.ends_with(',') && lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, title: Option<&str>, date: Option<&str>, body: &str) {
        let article = read(text);
        assert_eq!(article.title.as_deref(), title, "{text}");
        assert_eq!(article.published.map(|d| d.to_string()).as_deref(), date, "{text}");
        assert_eq!(article.body, body, "{text}");
    }

    #[test]
    fn a_date_and_the_text() {
        let body = "The ministers met.\n\nThey agreed.";
        check(" date 2025-08-04 The ministers met.\n\nThey agreed.", None, Some("2025-08-04"), body);
        check("Date: 2025-08-04\n\nThe ministers met.\n\nThey agreed.\n", None, Some("2025-08-04"), body);
        check("date 2025-08-04\r\nThe ministers met.\r\n\r\nThey agreed.", None, Some("2025-08-04"), body);
    }

    #[test]
    fn a_title_above() {
        let body = "The ministers met in Nairobi.\n\nThey agreed.";
        check("Ministers agree\n\nThe ministers met in Nairobi.\n\nThey agreed.", Some("Ministers agree"), None, body);
        check(
            "Ministers agree\ndate 2025-08-04 The ministers met in Nairobi.\n\nThey agreed.",
            Some("Ministers agree"),
            Some("2025-08-04"),
            body,
        );
        check(
            "Ministers agree\n\n4 August 2025\n\nThe ministers met in Nairobi.\n\nThey agreed.",
            Some("Ministers agree"),
            Some("2025-08-04"),
            body,
        );
    }

    #[test]
    fn a_title_and_a_line_with_its_date() {
        let text = "Ministers agree\nAugust 4, 2025\n\nThey met in Nairobi.";
        check(text, Some("Ministers agree"), Some("2025-08-04"), "They met in Nairobi.");
    }

    #[test]
    fn a_first_paragraph_is_no_title() {
        check("It was over.\n\nThey agreed.", None, None, "It was over.\n\nThey agreed.");
        check("One line and nothing else", None, None, "One line and nothing else");
    }

    #[test]
    fn header_lines() {
        let text = "Title: Ministers agree\nSource: Nairobi Courier\nDate: August 4, 2025\nURL: https://example.org/a\nAuthor: A. Banda\n\nThey met.";
        let article = read(text);
        assert_eq!(article.title.as_deref(), Some("Ministers agree"));
        assert_eq!(article.outlet.as_deref(), Some("Nairobi Courier"));
        assert_eq!(article.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(article.author.as_deref(), Some("A. Banda"));
        assert_eq!(article.published.map(|d| d.to_string()).as_deref(), Some("2025-08-04"));
        assert_eq!(article.body, "They met.");
    }

    #[test]
    fn no_sentence_is_lost_to_a_header_or_a_date_line() {
        for text in [
            "By: the time they met, it was over.\n\nThey agreed.",
            "Source: officials refused to comment.\n\nThey agreed.",
            "Ministers agree\n\nTalks began on 4 August 2025.\n\nThey agreed.",
        ] {
            let article = read(text);
            let words: String = format!("{} {}", article.title.unwrap_or_default(), article.body);
            assert_eq!(words.split_whitespace().collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
        }
        check("Date: 2025-08-04 They met.\n\nThey agreed.", None, Some("2025-08-04"), "They met.\n\nThey agreed.");
    }

    #[test]
    fn other_keys_inside_a_header_are_passed_over() {
        let text =
            "Date: 4 August 2025\nTitle: Ministers agree\nTags: talks, trade\nURL: https://example.org/a\n\nThey met.";
        check(text, Some("Ministers agree"), Some("2025-08-04"), "They met.");
    }

    #[test]
    fn a_sentence_with_a_colon_is_no_header() {
        let text = "Note: the ministers met.\n\nThey agreed.";
        check(text, None, None, "Note: the ministers met.\n\nThey agreed.");
    }

    #[test]
    fn a_sentence_is_never_cut_between_lines() {
        let text = "The minister said the plan was “a very small step, but one that nobody in either\n   of the two capitals would\n   ever forget”.\n   Nobody left.\n   Background\n   It was cold.";
        let body = "The minister said the plan was “a very small step, but one that nobody in either of the two capitals \
                    would ever forget”.\n\nNobody left.\n\nBackground\n\nIt was cold.";
        check(text, None, None, body);
    }

    #[test]
    fn wrapped_lines_are_joined_and_listed_ones_are_not() {
        let wrapped = "The foreign ministers of the two countries met in\nNairobi on Monday and agreed to meet again within\na month.\n\nNobody left.";
        check(
            wrapped,
            None,
            None,
            "The foreign ministers of the two countries met in Nairobi on Monday and agreed to meet again within a month.\n\nNobody left.",
        );
        check("They agreed on:.\n- peace\n- trade", None, None, "They agreed on:.\n\n- peace\n\n- trade");
    }
}
