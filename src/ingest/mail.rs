//! Mail → articles: newsletters and alerts, one (`.eml`) or many in one file (mbox).

use std::sync::LazyLock;

use chrono::NaiveDate;
use mail_parser::{Address, Message, MessageParser, MimeHeaders as _};

use super::{IngestError, Reading, clean, feed, html, layout};
use crate::model::Article;

/// What newsletters write around their articles.
static FURNITURE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../assets/pages/furniture.txt").lines();
    lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// Longest paragraph that may be furniture, in bytes.
const FURNITURE_BYTES: usize = 160;

/// Parts of one mail that are read.
const MOST_PARTS: usize = 50;

/// An article and what its mail is known by.
pub(super) struct Mail {
    /// The identity that the sender gave it.
    pub(super) id: Option<String>,
    pub(super) article: Article,
}

/// Whether bytes without a telling name are mail: a line of mbox, or header lines that only mail has.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    if is_separator(bytes.split(|&b| b == b'\n').next().unwrap_or_default()) {
        return true;
    }
    let mut known = 0;
    for line in bytes[..bytes.len().min(16 * 1024)].split(|&b| b == b'\n').take(80) {
        if line.first().is_some_and(|b| matches!(b, b' ' | b'\t')) {
            continue;
        }
        let Some(at) = line.iter().position(|&b| b == b':') else { break };
        let name = line[..at].to_ascii_lowercase();
        if !name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-') || name.is_empty() {
            break;
        }
        let of_mail: [&[u8]; 6] = [
            b"received",
            b"message-id",
            b"mime-version",
            b"return-path",
            b"delivered-to",
            b"content-transfer-encoding",
        ];
        known += usize::from(of_mail.contains(&name.as_slice()));
    }
    known >= 2
}

/// Whether bytes hold many mails.
pub(super) fn is_mbox(bytes: &[u8]) -> bool {
    is_separator(bytes.split(|&b| b == b'\n').next().unwrap_or_default())
}

/// One mail.
pub(super) fn read_one(source: &str, bytes: &[u8]) -> Result<Article, IngestError> {
    read(bytes).map(|mail| mail.article).ok_or_else(|| IngestError::Empty { source_name: source.to_owned() })
}

/// The mails of a mailbox. One without words is refused by its place.
pub(super) fn read_many(source: &str, bytes: &[u8]) -> (Vec<Mail>, Reading) {
    let (mut mails, mut reading) = (Vec::new(), Reading::default());
    for (n, bytes) in messages(bytes).into_iter().enumerate() {
        match read(&bytes) {
            Some(mail) => mails.push(mail),
            None => reading.refuse(IngestError::Item {
                source_name: source.to_owned(),
                item: n + 1,
                problem: "a mail without a text".to_owned(),
            }),
        }
    }
    (mails, reading)
}

/// The mails of an mbox file. mail-parser's own reader takes every line that begins with "From " for the head of a mail,
/// also in the midst of a text that nobody quoted; here a blank line must stand before it, an address and a time in it,
/// and a header line behind it.
fn messages(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = Vec::new();
    let mut blank = true;
    let mut lines = bytes.split_inclusive(|&b| b == b'\n').peekable();
    while let Some(line) = lines.next() {
        if blank && is_separator(line) && lines.peek().is_some_and(|next| is_header(next)) {
            all.push(Vec::new());
            blank = false;
            continue;
        }
        blank = line.trim_ascii().is_empty();
        if let Some(message) = all.last_mut() {
            // ">From " was quoted by who stored it.
            let marks = line.iter().take_while(|&&b| b == b'>').count();
            let quoted = marks > 0 && line[marks..].starts_with(b"From ");
            message.extend_from_slice(if quoted { &line[1..] } else { line });
        }
    }
    all
}

/// `From anna@example.org Mon Aug  4 09:00:00 2025`
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    let words: Vec<&[u8]> = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).take(9).collect();
    let time = |word: &&&[u8]| word.contains(&b':') && word[0].is_ascii_digit();
    let year = |word: &&&[u8]| word.len() == 4 && word.iter().all(u8::is_ascii_digit);
    words.len() >= 5 && words.iter().any(|word| time(&word)) && words.iter().any(|word| year(&word))
}

/// `Subject: …`, or a second line of a mailbox that was put into another.
fn is_header(line: &[u8]) -> bool {
    let name = line.split(|&b| b == b':').next().unwrap_or_default();
    let named = name.len() < line.len() && !name.is_empty();
    (named && name.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))) || line.starts_with(b">From ")
}

fn read(bytes: &[u8]) -> Option<Mail> {
    let message = MessageParser::default().parse(bytes)?;
    let sender = message.from().or_else(|| message.sender()).and_then(name);
    // A list that one can leave speaks for an outlet; else a person writes.
    let is_list = ["List-Id", "List-Unsubscribe", "List-Post"].iter().any(|name| message.header_raw(*name).is_some());
    let (outlet, author) = if is_list { (sender, None) } else { (None, sender) };
    let body = body(&message, FORWARDED);
    let id = message.message_id().and_then(clean::some_line);
    let language = message.content_language().as_text();
    (!body.is_empty()).then(|| Mail {
        id,
        article: Article {
            source: String::new(),
            outlet,
            url: message.header_raw("Archived-At").and_then(|at| clean::address(at.trim().trim_matches(['<', '>']))),
            title: message.subject().and_then(subject),
            author,
            published: date(&message),
            language: language.and_then(clean::some_line).filter(|tag| tag.len() <= 35),
            body,
        },
    })
}

/// The day it was sent, also where the header is not quite as it should be.
fn date(message: &Message<'_>) -> Option<NaiveDate> {
    let read = message
        .date()
        .and_then(|date| NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day)));
    read.or_else(|| feed::dates::parse(message.header_raw("Date")?))
}

/// The name of the sender, or else the address.
fn name(address: &Address<'_>) -> Option<String> {
    let first = address.first()?;
    first.name().and_then(clean::some_line).or_else(|| first.address().and_then(clean::some_line))
}

/// The subject without what answering and forwarding put before it.
fn subject(text: &str) -> Option<String> {
    let mut line = clean::line(text);
    while let Some((head, rest)) = line.split_once(':')
        && ["re", "fw", "fwd", "aw", "wg", "tr"].contains(&head.trim().to_ascii_lowercase().as_str())
    {
        line = rest.trim().to_owned();
    }
    Some(line).filter(|line| !line.is_empty())
}

/// The words of a mail: of its HTML where that says as much as its text, as there the paragraphs are whole. Below them
/// stand those of the mails that are forwarded in it, each under its subject, mails in mails down to `depth`.
fn body(message: &Message<'_>, depth: usize) -> String {
    let html: String = parts(message.html_bodies().filter(|part| part.is_text_html()));
    let plain: String = parts(message.text_bodies().filter(|part| part.is_text() && !part.is_text_html()));
    let from_html = if html.is_empty() { String::new() } else { html::text(&html) };
    let text = plain.replace("\r\n", "\n").replace('\r', "\n");
    // Below "-- " stands the sender's card.
    let text = without_quote_marks(text.split("\n-- \n").next().unwrap_or_default());
    let from_plain = clean::body(layout::paragraphs(&text).iter().map(String::as_str));
    let own = if from_html.len() * 2 >= from_plain.len() { from_html } else { from_plain };
    let mut all: Vec<String> =
        own.split("\n\n").filter(|paragraph| !is_furniture(paragraph)).map(str::to_owned).collect();
    let forwarded = message.attachments().filter_map(|part| part.message()).take(MOST_PARTS);
    for inner in forwarded.filter(|_| depth > 0) {
        let words = body(inner, depth - 1);
        if !words.is_empty() {
            all.extend(inner.subject().and_then(subject));
            all.push(words);
        }
    }
    clean::body(all.iter().flat_map(|words| words.split("\n\n")))
}

/// Mails that are forwarded inside of forwarded ones are read so deep.
const FORWARDED: usize = 3;

/// What is answered or forwarded as a text has marks before its lines, which are not its words.
fn without_quote_marks(text: &str) -> String {
    let unmarked = |line: &str| line.trim_start_matches(['>', ' ']).to_owned();
    let lines = text.lines().map(|line| if line.starts_with('>') { unmarked(line) } else { line.to_owned() });
    lines.collect::<Vec<_>>().join("\n")
}

fn parts<'p>(parts: impl Iterator<Item = &'p mail_parser::MessagePart<'p>>) -> String {
    parts.take(MOST_PARTS).filter_map(|part| part.text_contents()).collect::<Vec<_>>().join("\n\n")
}

fn is_furniture(paragraph: &str) -> bool {
    if paragraph.len() > FURNITURE_BYTES {
        return false;
    }
    let folded = paragraph.replace('’', "'").to_lowercase();
    let is_address = folded.starts_with("http") && !folded.contains(' ');
    is_address || FURNITURE.iter().any(|phrase| folded.contains(phrase))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{
        super::{Reading, parse},
        looks_like,
    };

    fn fixture(name: &str) -> Vec<u8> {
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mail").join(name)).unwrap()
    }

    fn reading(name: &str, bytes: &[u8]) -> Reading {
        parse(name, Path::new(name), bytes).unwrap()
    }

    #[test]
    fn a_newsletter_is_an_article_of_its_outlet() {
        let reading = reading("newsletter.eml", &fixture("newsletter.eml"));
        let article = &reading.articles[0];
        assert_eq!(article.source, "newsletter.eml");
        assert_eq!(article.title.as_deref(), Some("Ministers agree — and wait"));
        assert_eq!(article.outlet.as_deref(), Some("The Courier — Morning"));
        assert_eq!(article.author, None);
        assert_eq!(article.url.as_deref(), Some("https://courier.example/letters/2025-08-04"));
        assert_eq!(article.published.map(|d| d.to_string()).as_deref(), Some("2025-08-04"));
        assert_eq!(
            article.body,
            "Ministers agree\n\nThe water ministers of Kenya and Uganda agreed on Monday to measure the lake together.\n\n\
             “From now on there will be one number,” said Grace Wanjiru-Tale."
        );
    }

    #[test]
    fn a_mailbox_is_taken_apart_at_the_heads_of_its_mails_alone() {
        // By its ending, and by what it begins with.
        for name in ["press.mbox", "Inbox"] {
            let reading = reading(name, &fixture("press.mbox"));
            let told: Vec<(&str, &str)> = reading
                .articles
                .iter()
                .map(|article| (article.source.as_str(), article.title.as_deref().unwrap_or_default()))
                .collect();
            assert_eq!(
                told,
                [
                    (format!("{name}#one@foreign.example").as_str(), "Statement on the talks"),
                    (format!("{name}#three@foreign.example").as_str(), "Second statement"),
                ]
            );
            assert_eq!(
                reading.articles[0].body,
                "The foreign minister of Norway received her colleague from Chile on Monday, and spoke with him about the \
                 law of the sea.\n\nFrom Oslo the two will travel to Bergen.\n\nFrom there the minister of Chile returns home."
            );
            assert_eq!(reading.articles[0].author.as_deref(), Some("Press Office"));
            let refused: Vec<String> = reading.refused.iter().map(ToString::to_string).collect();
            assert_eq!(refused, [format!("{name}, item 2: a mail without a text")]);
        }
    }

    fn body_of(headers: &str, body: &str) -> String {
        let mail = format!("Message-ID: <a@b>\nMIME-Version: 1.0\n{headers}\n\n{body}");
        reading("a.eml", mail.as_bytes()).articles.remove(0).body
    }

    #[test]
    fn texts_in_every_wrapping_of_mail_are_the_same() {
        let words = "“Lomé can wait,” the minister said — and went.";
        let base64 = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, words);
        let page = "<html><body><p>=93Lom=E9 can wait,=94 the minister=\n said =97 and went.</p></body></html>";
        for (name, headers, body) in [
            ("8bit", "Content-Type: text/plain; charset=utf-8", words),
            ("base64", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", base64.as_str()),
            (
                "quoted",
                "Content-Type: text/html; charset=windows-1252\nContent-Transfer-Encoding: quoted-printable",
                page,
            ),
            (
                "flowed",
                "Content-Type: text/plain; charset=utf-8; format=flowed",
                "“Lomé can wait,” the minister \nsaid — and went.",
            ),
            (
                "answered",
                "Content-Type: text/plain; charset=utf-8",
                "> “Lomé can wait,” the minister\n> said — and went.",
            ),
        ] {
            assert_eq!(body_of(headers, body), words, "{name}");
        }
    }

    #[test]
    fn a_mail_forwarded_in_a_mail_is_read_and_attached_files_are_not() {
        let body = "--b\nContent-Type: text/plain\n\nSee below.\n--b\nContent-Type: message/rfc822\n\n\
                    Subject: Fwd: Statement\nContent-Type: text/plain\n\nThe ministers met.\n--b\nContent-Type: text/plain; \
                    name=a.txt\nContent-Disposition: attachment; filename=a.txt\n\nNotes.\n--b--\n";
        let told = body_of("Content-Type: multipart/mixed; boundary=b", body);
        assert_eq!(told, "See below.\n\nStatement\n\nThe ministers met.");
    }

    #[test]
    fn a_line_like_the_head_of_a_mail_in_the_midst_of_a_text_is_a_line() {
        let head = "From a@b Mon Aug  4 09:00:00 2025\nSubject: s\nMessage-ID: <a@b>\n";
        let text = "They met.\n\nFrom there to Accra at 10:00 in 2025 went the minister.\n";
        let reading = reading("a.mbox", format!("{head}\n{text}").as_bytes());
        assert_eq!((reading.articles.len(), reading.refused.len()), (1, 0));
        assert!(reading.articles[0].body.ends_with("went the minister."));
    }

    #[test]
    fn dates_that_are_not_quite_as_they_should_be_are_read() {
        for date in ["4 Aug 2025 06:00 GMT", "Mon, 04 Aug 2025 06:00:00 +0000 (UTC)", "2025-08-04 06:00"] {
            let mail = format!("Message-ID: <a@b>\nMIME-Version: 1.0\nDate: {date}\n\nThe ministers met.");
            let day = reading("a.eml", mail.as_bytes()).articles[0].published.map(|day| day.to_string());
            assert_eq!(day.as_deref(), Some("2025-08-04"), "{date}");
        }
    }

    #[test]
    fn header_lines_of_an_article_are_no_mail() {
        assert!(looks_like(&fixture("newsletter.eml")));
        for text in ["Title: x\nDate: 2025-08-04\nFrom: y\n\nText", "From Nairobi the ministers went home.", ""] {
            assert!(!looks_like(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn no_mail_is_too_tangled() {
        let head = "Message-ID: <a@b>\nMIME-Version: 1.0\nSubject: s\n";
        let cases = [
            (
                "nested parts",
                (0..10_000)
                    .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n"))
                    .collect::<String>(),
            ),
            ("nested mails", "Content-Type: message/rfc822\n\n".repeat(10_000)),
            ("one boundary", format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(100_000))),
            ("long header", format!("X: {}\n\nx", "=?utf-8?q?a?= ".repeat(100_000))),
            ("many headers", format!("{}\n\nx", "X: y\n".repeat(200_000))),
            ("base64", format!("Content-Transfer-Encoding: base64\n\n{}", "QUFB".repeat(500_000))),
        ];
        for (name, rest) in cases {
            let begin = std::time::Instant::now();
            let _ = parse("a.eml", Path::new("a.eml"), format!("{head}{rest}").as_bytes());
            let took = begin.elapsed();
            println!("{name}: {took:?}");
            assert!(took.as_secs() < 20, "{name}: {took:?}");
        }
    }
}
