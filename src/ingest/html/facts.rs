//! What a page says of itself: in its head, in JSON-LD, and in marks within the text.

use serde_json::Value;

use super::{
    entities,
    scan::{Scanner, Tag, Token},
};

/// Longest block of JSON-LD that is read, in bytes.
const LONGEST_BLOCK: usize = 1024 * 1024;

/// More blocks than this say nothing new.
const MOST_BLOCKS: usize = 24;

/// Levels of JSON-LD that are looked into.
const DEEPEST: usize = 6;

/// The statements of one page, as written. Of each kind the most telling comes first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Facts {
    pub(super) headlines: Vec<String>,
    /// What the window is called: headline and site.
    pub(super) window_title: Option<String>,
    pub(super) first_heading: Option<String>,
    pub(super) dates: Vec<String>,
    pub(super) sites: Vec<String>,
    pub(super) authors: Vec<String>,
    pub(super) canonical: Vec<String>,
    pub(super) languages: Vec<String>,
    /// The text, where the page repeats it in its description of itself.
    pub(super) text: Option<String>,
    /// It says that it is an article.
    pub(super) is_article: bool,
    /// Whether everybody may read it, where it says so.
    pub(super) is_free: Option<bool>,
}

/// Names of `meta` that say when an article was published, the most telling first.
const DATE_NAMES: [&str; 12] = [
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publication_date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "date",
];

const AUTHOR_NAMES: [&str; 6] = ["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"];

/// Reads the whole page once.
pub(super) fn of_page(page: &str) -> Facts {
    let mut reader = Reader::default();
    for token in Scanner::new(page) {
        match token {
            Token::Start(tag) => reader.start(&tag),
            Token::End(name) => reader.end(name.as_str()),
            Token::Text(words) => reader.words(words),
            Token::Raw(name, inside) => reader.inside(name.as_str(), inside),
        }
    }
    reader.facts()
}

/// What is being gathered of the words of an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gathers {
    Heading,
    Author,
}

#[derive(Default)]
struct Reader {
    found: Facts,
    /// Of JSON-LD, which goes before the rest.
    linked: Facts,
    /// `meta` dates and authors with their rank.
    dates: Vec<(usize, String)>,
    authors: Vec<(usize, String)>,
    times: Vec<String>,
    is_linked_data: bool,
    n_blocks: usize,
    gathers: Option<(Gathers, String, String)>,
}

/// Longest heading or name that is gathered, in bytes.
const LONGEST: usize = 2000;

impl Reader {
    fn start(&mut self, tag: &Tag<'_>) {
        let name = tag.name.as_str();
        let value = |key: &str| tag.attribute(key).filter(|value| !value.trim().is_empty());
        self.is_linked_data = name == "script"
            && value("type").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
        match name {
            "html" => self.found.languages.extend(value("lang").or_else(|| value("xml:lang"))),
            "meta" => self.meta(tag),
            "link" if value("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.found.canonical.extend(value("href"));
            }
            "time" => {
                let published = value("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("datePublished"))
                    || tag.has("pubdate")
                    || value("class").is_some_and(|class| class.contains("publish"));
                if let Some(at) = value("datetime").filter(|_| self.times.len() < 8) {
                    if published { self.times.insert(0, at) } else { self.times.push(at) }
                }
            }
            "h1" if self.found.first_heading.is_none() && self.gathers.is_none() => {
                self.gathers = Some((Gathers::Heading, name.to_owned(), String::new()));
            }
            "a" | "span" | "div" | "p" | "address" if self.gathers.is_none() && self.authors.len() < 8 => {
                let author = value("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("author"))
                    || value("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("author"));
                if author {
                    self.gathers = Some((Gathers::Author, name.to_owned(), String::new()));
                }
            }
            "br" => self.words(" "),
            _ => {}
        }
        if let Some(date) =
            value("content").filter(|_| value("itemprop").is_some_and(|p| p.eq_ignore_ascii_case("datePublished")))
        {
            self.dates.push((1, date));
        }
    }

    fn meta(&mut self, tag: &Tag<'_>) {
        let Some(content) = tag.attribute("content").filter(|content| !content.trim().is_empty()) else { return };
        let key = tag.attribute("property").or_else(|| tag.attribute("name")).or_else(|| tag.attribute("itemprop"));
        let key = key.unwrap_or_default().trim().to_ascii_lowercase();
        let facts = &mut self.found;
        if let Some(rank) = DATE_NAMES.iter().position(|name| *name == key)
            && self.dates.len() < 32
        {
            self.dates.push((rank, content));
            return;
        }
        if let Some(rank) = AUTHOR_NAMES.iter().position(|name| *name == key)
            && self.authors.len() < 32
        {
            self.authors.push((rank, content));
            return;
        }
        match key.as_str() {
            "og:title" | "headline" => facts.headlines.insert(0, content),
            "twitter:title" | "dc.title" | "parsely-title" => facts.headlines.push(content),
            "og:site_name" => facts.sites.insert(0, content),
            "application-name" | "dc.publisher" => facts.sites.push(content),
            "og:url" => facts.canonical.push(content),
            "og:locale" | "content-language" | "dc.language" => facts.languages.push(content.replace('_', "-")),
            "og:type" => facts.is_article |= content.trim().eq_ignore_ascii_case("article"),
            "article:content_tier" => {
                let is = |tier: &str| content.trim().eq_ignore_ascii_case(tier);
                facts.is_free = if is("locked") || is("metered") { Some(false) } else { is("free").then_some(true) };
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if let Some((_, _, gathered)) = &mut self.gathers
            && gathered.len() < LONGEST
        {
            gathered.push_str(&entities::decoded(words));
        }
    }

    fn end(&mut self, name: &str) {
        let ends = self.gathers.as_ref().is_some_and(|(_, element, _)| element == name);
        if !ends {
            return;
        }
        if let Some((kind, _, words)) = self.gathers.take()
            && !words.trim().is_empty()
            && words.len() < LONGEST
        {
            match kind {
                Gathers::Heading => self.found.first_heading = Some(words),
                Gathers::Author => self.authors.push((AUTHOR_NAMES.len(), words)),
            }
        }
    }

    fn inside(&mut self, name: &str, inside: &str) {
        if name == "title" && self.found.window_title.is_none() {
            self.found.window_title =
                Some(entities::decoded(inside).trim().to_owned()).filter(|title| !title.is_empty());
        }
        if name == "script" && self.is_linked_data && self.n_blocks < MOST_BLOCKS && inside.len() <= LONGEST_BLOCK {
            self.n_blocks += 1;
            let json = inside.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
            // Line breaks inside strings are a common mistake.
            let parsed = serde_json::from_str::<Value>(json)
                .or_else(|_| serde_json::from_str(&json.replace(['\n', '\r', '\t'], " ")));
            if let Ok(value) = parsed {
                linked(&value, &mut self.linked, 0);
            }
        }
    }

    fn facts(mut self) -> Facts {
        self.dates.sort_by_key(|(rank, _)| *rank);
        self.authors.sort_by_key(|(rank, _)| *rank);
        let Facts { window_title, first_heading, .. } = self.found;
        let chain = |first: Vec<String>, second: Vec<String>| first.into_iter().chain(second).collect();
        let dates = self.dates.into_iter().map(|(_, date)| date).chain(self.times).collect();
        let authors = self.authors.into_iter().map(|(_, author)| author).collect();
        Facts {
            headlines: chain(self.linked.headlines, self.found.headlines),
            window_title,
            first_heading,
            dates: chain(self.linked.dates, dates),
            // What a page calls its site is shorter than what a publisher is called.
            sites: chain(self.found.sites, self.linked.sites),
            authors: chain(self.linked.authors, authors),
            canonical: chain(self.found.canonical, self.linked.canonical),
            languages: chain(self.linked.languages, self.found.languages),
            text: self.linked.text,
            is_article: self.linked.is_article || self.found.is_article,
            is_free: self.linked.is_free.or(self.found.is_free),
        }
    }
}

/// Takes in the articles that `value` describes, wherever they stand in it.
fn linked(value: &Value, facts: &mut Facts, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(items) => items.iter().take(200).for_each(|item| linked(item, facts, depth + 1)),
        Value::Object(object) => {
            // Only the first article is what the page is about.
            if is_article(object.get("@type")) && !facts.is_article {
                facts.is_article = true;
                facts.headlines.extend(words(object.get("headline").or_else(|| object.get("name"))));
                facts.dates.extend(words(object.get("datePublished").or_else(|| object.get("dateCreated"))));
                facts.authors.extend(words(object.get("author").or_else(|| object.get("creator"))));
                facts.sites.extend(words(object.get("publisher")));
                facts.languages.extend(words(object.get("inLanguage")));
                facts.text = words(object.get("articleBody"));
                let address = object.get("mainEntityOfPage").or_else(|| object.get("url"));
                let id = address.and_then(|address| address.get("@id")).or(address);
                facts.canonical.extend(id.and_then(Value::as_str).map(str::to_owned));
                facts.is_free = match object.get("isAccessibleForFree") {
                    Some(Value::Bool(free)) => Some(*free),
                    Some(Value::String(free)) => Some(!free.eq_ignore_ascii_case("false")),
                    _ => None,
                };
            }
            for key in ["@graph", "mainEntity", "itemListElement"] {
                if let Some(inner) = object.get(key) {
                    linked(inner, facts, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn is_article(kind: Option<&Value>) -> bool {
    let named = |kind: &str| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report";
    match kind {
        Some(Value::String(kind)) => named(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(named),
        _ => false,
    }
}

/// The words of a value: a string, a thing with a name, or a list of such.
fn words(value: Option<&Value>) -> Option<String> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(entities::decoded(text).into_owned()),
        Value::Object(object) => object.get("name").and_then(Value::as_str).map(|n| entities::decoded(n).into_owned()),
        _ => None,
    };
    let found = match value? {
        Value::Array(items) => items.iter().take(12).filter_map(one).collect::<Vec<_>>().join(", "),
        value => one(value)?,
    };
    (!found.trim().is_empty()).then_some(found)
}
