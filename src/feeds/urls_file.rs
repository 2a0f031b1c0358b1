//! The file `urls` of newsboat: an address a line, then its tags, of which one in `~` is a title.

use crate::{
    fetch::address,
    model::{Feed, NewFeed},
};

/// The subscriptions in such a file, and what in it could not be taken, in words.
pub fn from_urls_file(text: &str) -> (Vec<NewFeed>, Vec<String>) {
    let (mut feeds, mut refused) = (Vec::new(), Vec::new());
    for (n, line) in text.lines().enumerate() {
        let mut words = words(line).into_iter();
        let Some(typed) = words.next() else { continue };
        if let Some(kind) = ["query:", "exec:", "filter:"].iter().find(|kind| typed.starts_with(**kind)) {
            refused.push(format!("line {}: a feed of the kind `{kind}`, which attache does not have", n + 1));
            continue;
        }
        let address = match address(&typed) {
            Ok(address) => address,
            Err(error) => {
                refused.push(format!("line {}: {error}", n + 1));
                continue;
            }
        };
        let host = address.host_str().unwrap_or_default().to_owned();
        let mut feed = NewFeed { address: address.into(), name: host, ..NewFeed::default() };
        for tag in words {
            match tag.strip_prefix('~') {
                Some(title) if !title.trim().is_empty() => (feed.name, feed.named) = (one_line(title), true),
                // `!` hides a feed from newsboat's list; there is nothing like it here.
                _ if tag == "!" || tag.trim().is_empty() => {}
                _ => feed.groups.push(one_line(&tag)),
            }
        }
        feeds.push(feed);
    }
    (feeds, refused)
}

/// Subscriptions as such a file.
pub fn to_urls_file(feeds: &[Feed]) -> String {
    let line = |feed: &Feed| {
        let title = feed.named.then(|| format!("~{}", feed.name));
        let tags = feed.groups.iter().cloned().chain(title).map(|tag| format!(" {}", quoted(&tag)));
        format!("{}{}\n", quoted_if_needed(&feed.address), tags.collect::<String>())
    };
    feeds.iter().map(line).collect()
}

/// The words of a line, as newsboat has them: quoted ones may have spaces, a backslash keeps the next character, and
/// what follows `#` at the start of a word is a comment.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.chars().peekable();
    loop {
        while rest.next_if(|c| c.is_whitespace()).is_some() {}
        let quoted = match rest.peek() {
            None | Some('#') => return words,
            Some('"') => rest.next().is_some(),
            Some(_) => false,
        };
        let mut word = String::new();
        while let Some(c) = rest.next() {
            match c {
                '"' if quoted => break,
                '\\' if quoted => word.extend(rest.next()),
                c if !quoted && c.is_whitespace() => break,
                c => word.push(c),
            }
        }
        words.push(word);
    }
}

fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}

fn quoted_if_needed(address: &str) -> String {
    if address.contains(['"', '\\', ' ']) { quoted(address) } else { address.to_owned() }
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_titles_and_comments_are_read_and_other_kinds_named() {
        let text = "# my feeds\n\
                    https://courier.example/world.xml Africa \"West Africa\" \"~The \\\"Courier\\\"\"\n\
                    \n\
                    https://news.example/rss # quiet\n\
                    \"query:Unread:unread = \\\"yes\\\"\"\n\
                    exec:~/bin/feed.sh\n\
                    https://anna:secret@news.example/rss\n\
                    http://old.example/ ! Europe\n";
        let (feeds, refused) = from_urls_file(text);
        let told: Vec<(&str, &str, bool, Vec<&str>)> = feeds
            .iter()
            .map(|feed| {
                (
                    feed.address.as_str(),
                    feed.name.as_str(),
                    feed.named,
                    feed.groups.iter().map(String::as_str).collect(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("https://courier.example/world.xml", "The \"Courier\"", true, vec!["Africa", "West Africa"]),
                ("https://news.example/rss", "news.example", false, vec![]),
                ("http://old.example/", "old.example", false, vec!["Europe"]),
            ]
        );
        assert_eq!(refused.len(), 3);
        assert!(refused[0].starts_with("line 5:") && refused[1].starts_with("line 6:"), "{refused:?}");
        assert!(refused[2].contains("[[feeds.login]]"), "{refused:?}");
    }
}
