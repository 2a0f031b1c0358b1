//! EPUB: newspapers and bulletins as e-books, in which each file of the reading order is an article.
//!
//! A book is a ZIP of pages with a table of its files. What it may cost when unpacked is bounded.

use std::{
    collections::HashMap,
    io::{Cursor, Read as _},
};

use chrono::NaiveDate;
use url::Url;
use zip::ZipArchive;

use super::{
    IngestError, Reading, clean, decode,
    feed::{self, Tag},
    html,
};
use crate::model::Article;

/// Most articles of one book.
const MOST_ARTICLES: usize = 2000;

/// Largest file of a book and all of them, unpacked, in bytes.
const LARGEST: u64 = 8 * 1024 * 1024;
const LARGEST_IN_ALL: u64 = 64 * 1024 * 1024;

/// Longest name of a file, in bytes.
const LONGEST_NAME: usize = 1000;

/// Fewer words are a cover, a list of contents, or the name of a section.
const FEWEST_WORDS: usize = 25;

/// The same of letters where words stand without spaces.
const FEWEST_LETTERS: usize = 120;

/// Whether bytes are an EPUB: a ZIP that begins by saying so.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(256)];
    bytes.starts_with(b"PK\x03\x04") && memchr::memmem::find(head, b"application/epub+zip").is_some()
}

/// The articles of a book.
pub(super) fn read(source: &str, bytes: &[u8]) -> Result<Reading, IngestError> {
    let broken = |problem: String| IngestError::Book { source_name: source.to_owned(), problem: clean::line(&problem) };
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let mut book = Book { archive, left: LARGEST_IN_ALL };
    let container = book.file("META-INF/container.xml").map_err(broken)?;
    let root = tags(&container).find(|tag| tag.name == "rootfile");
    let root =
        root.and_then(|tag| value(&tag, "full-path")).ok_or_else(|| broken("it names no contents".to_owned()))?;
    let contents = Contents::read(&book.file(&root).map_err(broken)?);
    let mut reading = Reading::default();
    for (n, name) in contents.order.iter().take(MOST_ARTICLES).enumerate() {
        let Some(path) = beside(&root, name) else { continue };
        match book.file(&path) {
            Ok(page) => reading.articles.extend(contents.article(&page)),
            Err(problem) => {
                reading.refuse(IngestError::Item { source_name: source.to_owned(), item: n + 1, problem });
            }
        }
    }
    Ok(reading)
}

struct Book<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl Book<'_> {
    /// A file of the book as text; what is wrong with it, in words.
    fn file(&mut self, name: &str) -> Result<String, String> {
        let shown = clean::line(name);
        let file = self.archive.by_name(name).map_err(|error| format!("{shown}: {error}"))?;
        let limit = LARGEST.min(self.left);
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| format!("{shown}: {error}"))?;
        let size = bytes.len() as u64;
        self.left -= size.min(self.left);
        if size > limit {
            return Err(format!("{shown}: larger than the {limit} bytes that are unpacked"));
        }
        decode::labelled(&bytes, None).ok_or_else(|| format!("{shown}: not a text"))
    }
}

/// What the table of a book says.
#[derive(Default)]
struct Contents {
    title: Option<String>,
    publisher: Option<String>,
    author: Option<String>,
    language: Option<String>,
    published: Option<NaiveDate>,
    /// The pages, in the order in which they are read.
    order: Vec<String>,
}

impl Contents {
    fn read(table: &str) -> Self {
        let mut found = Self::default();
        let mut files = HashMap::new();
        let mut rest = table;
        while let Some((tag, after)) = next_tag(rest) {
            rest = after;
            let words = || clean::some_line(&html::text(&after[..after.find('<').unwrap_or(after.len())]));
            match tag.name {
                "dc:title" if found.title.is_none() => found.title = words(),
                "dc:publisher" if found.publisher.is_none() => found.publisher = words(),
                "dc:creator" if found.author.is_none() => found.author = words(),
                "dc:language" if found.language.is_none() => found.language = words(),
                "dc:date" if found.published.is_none() => {
                    found.published = words().and_then(|date| feed::dates::parse(&date));
                }
                "item" | "opf:item" => {
                    let is_page = value(&tag, "media-type").is_some_and(|kind| kind.contains("html"));
                    // The list of contents says so.
                    let is_list =
                        value(&tag, "properties").is_some_and(|words| words.split(' ').any(|word| word == "nav"));
                    let named = value(&tag, "id").zip(value(&tag, "href"));
                    files.extend(named.filter(|(_, href)| is_page && !is_list && href.len() <= LONGEST_NAME));
                }
                // The same file may stand in the order again and again: what is kept of it is bounded.
                "itemref" | "opf:itemref" if found.order.len() < MOST_ARTICLES => {
                    found.order.extend(value(&tag, "idref").and_then(|id| files.get(&id).cloned()));
                }
                _ => {}
            }
        }
        found
    }

    /// The article on a page, if there is one.
    fn article(&self, page: &str) -> Option<Article> {
        let (title, body) = html::chapter(page);
        // Some languages write no spaces.
        let is_long = body.split_whitespace().nth(FEWEST_WORDS - 1).is_some()
            || body.chars().filter(|c| !c.is_ascii()).nth(FEWEST_LETTERS - 1).is_some();
        is_long.then(|| Article {
            source: String::new(),
            outlet: self.publisher.clone().or_else(|| self.title.clone()),
            url: None,
            title: title.or_else(|| self.title.clone()),
            author: self.author.clone(),
            published: self.published,
            language: self.language.clone().filter(|tag| tag.len() <= 35),
            body,
        })
    }
}

/// The next tag that opens, and what follows it.
fn next_tag(mut text: &str) -> Option<(Tag<'_>, &str)> {
    loop {
        let at = memchr::memchr(b'<', text.as_bytes())?;
        text = &text[at..];
        if text.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
            // A tag without an end has been looked for to the end of the text: nothing behind it has one.
            let tag = Tag::read(text)?;
            let after = &text[tag.length..];
            return Some((tag, after));
        }
        text = &text[1..];
    }
}

fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (tag, after) = next_tag(rest)?;
        rest = after;
        Some(tag)
    })
}

fn value(tag: &Tag<'_>, name: &str) -> Option<String> {
    tag.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| html::text(value))
}

/// The path of a file of the book that `from` names.
fn beside(from: &str, name: &str) -> Option<String> {
    let base = Url::parse("book:///").ok()?.join(from).ok()?;
    let path = base.join(name).ok()?.path().trim_start_matches('/').to_owned();
    Some(percent_decoded(&path))
}

/// `%20` as what it stands for.
fn percent_decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let hex = path.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(byte);
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use std::{io::Write as _, path::Path};

    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

    use super::*;
    use crate::ingest::parse;

    const WORDS: &str = "The foreign minister of Ghana met her colleague of Togo in Lomé on Monday, and both spoke of cocoa, of its \
                         price, and of the buyers, who were not invited and said so.";

    fn book(files: &[(&str, String)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file("mimetype", stored).unwrap();
        zip.write_all(b"application/epub+zip").unwrap();
        for (name, text) in files {
            zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))
                .unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn newspaper(pages: &[(&str, String)]) -> Vec<u8> {
        let items: String = pages
            .iter()
            .enumerate()
            .map(|(n, (name, _))| {
                let name = name.trim_start_matches("OEBPS/").replace(' ', "%20");
                format!("<item id='p{n}' href='{name}' media-type='application/xhtml+xml'/>")
            })
            .collect();
        let order: String = (0..pages.len()).map(|n| format!("<itemref idref='p{n}'/>")).collect();
        let table = format!(
            "<package xmlns:dc='x'><metadata><dc:title>The Courier, Monday</dc:title><dc:publisher>The Courier</dc:publisher>\
             <dc:date>2025-08-04T00:00:00Z</dc:date><dc:language>en</dc:language></metadata><manifest>\
             <item id='nav' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>{items}</manifest><spine>\
             <itemref idref='nav'/>{order}</spine></package>"
        );
        let container = "<container><rootfiles><rootfile full-path='OEBPS/book.opf'/></rootfiles></container>";
        let mut files = vec![
            ("META-INF/container.xml", container.to_owned()),
            ("OEBPS/book.opf", table),
            ("OEBPS/nav.xhtml", format!("<html><body><p>{WORDS}</p></body></html>")),
        ];
        files.extend(pages.iter().cloned());
        book(&files)
    }

    fn page(title: &str) -> String {
        format!("<html><head><title>x</title></head><body><h1>{title}</h1><p>{WORDS}</p><p>Second.</p></body></html>")
    }

    #[test]
    fn each_page_in_the_order_of_reading_is_an_article() {
        let pages = [
            ("OEBPS/cover.xhtml", "<html><body><h1>The Courier</h1><img src='a.png'/></body></html>".to_owned()),
            ("OEBPS/a b.xhtml", page("Cocoa &amp; ships")),
            ("OEBPS/text/c.xhtml", page("Lakes")),
        ];
        let reading = parse("courier.epub", Path::new("courier.epub"), &newspaper(&pages)).unwrap();
        let told: Vec<(&str, Option<&str>)> =
            reading.articles.iter().map(|article| (article.source.as_str(), article.title.as_deref())).collect();
        assert_eq!(told, [("courier.epub", Some("Cocoa & ships")), ("courier.epub#2", Some("Lakes"))]);
        let first = &reading.articles[0];
        assert_eq!(first.body, format!("{WORDS}\n\nSecond."));
        assert_eq!(first.outlet.as_deref(), Some("The Courier"));
        assert_eq!(first.published.map(|day| day.to_string()).as_deref(), Some("2025-08-04"));
        assert!(reading.refused.is_empty());
    }

    #[test]
    fn a_page_that_is_missing_or_too_large_is_named_and_the_others_are_read() {
        let pages =
            [("OEBPS/a.xhtml", page("A")), ("OEBPS/bomb.xhtml", " ".repeat(9 << 20)), ("OEBPS/b.xhtml", page("B"))];
        let bytes = newspaper(&pages);
        assert!(bytes.len() < 100_000);
        let reading = parse("a.epub", Path::new("a.epub"), &bytes).unwrap();
        assert_eq!(reading.articles.len(), 2);
        let refused = reading.refused[0].to_string();
        assert!(refused.starts_with("a.epub, item 2: OEBPS/bomb.xhtml: larger than"), "{refused}");
    }

    #[test]
    fn a_table_made_to_do_harm_costs_little() {
        let container = "<container><rootfiles><rootfile full-path='book.opf'/></rootfiles></container>".to_owned();
        let named = format!("<item id='a' href='{}' media-type='x/html'/>", "a".repeat(1 << 20));
        let again = "<itemref idref='a'/>".repeat(50_000);
        let page = "<item id='b' href='b.xhtml' media-type='x/html'/>";
        let table = format!("<package>{named}{page}{again}{}</package>", again.replace("'a'", "'b'"));
        let files = [
            ("META-INF/container.xml", container.clone()),
            ("book.opf", table),
            ("b.xhtml", "<html><body><p>short</p></body></html>".to_owned()),
        ];
        assert!(parse("a.epub", Path::new("a.epub"), &book(&files)).is_err());
        let tags = [("META-INF/container.xml", container), ("book.opf", "<a".repeat(2 << 20))];
        let began = std::time::Instant::now();
        assert!(parse("a.epub", Path::new("a.epub"), &book(&tags)).is_err());
        assert!(began.elapsed().as_secs() < 20, "time in proportion to the table");
    }

    #[test]
    fn what_is_broken_is_named() {
        let whole = newspaper(&[("OEBPS/a.xhtml", page("A"))]);
        for (bytes, words) in [
            (whole[..whole.len() / 2].to_vec(), "a broken e-book"),
            (book(&[("META-INF/container.xml", "<container/>".to_owned())]), "it names no contents"),
            (book(&[]), "META-INF/container.xml"),
            (newspaper(&[]), "holds no text"),
        ] {
            let error = parse("a.epub", Path::new("a.epub"), &bytes).unwrap_err().to_string();
            assert!(error.starts_with("a.epub: ") && error.contains(words), "{error}");
        }
        // No byte of it brings the reader down.
        for at in (0..whole.len()).step_by(7) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            let _ = parse("a.epub", Path::new("a.epub"), &bytes);
        }
    }
}
