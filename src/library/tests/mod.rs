//! What a library does, told by example.

mod adding;
mod bookmarks;
mod crash;
mod filters;
mod identity;
mod list;
mod opening;
mod plans;
mod queries;
mod removal;
mod sharing;
mod upkeep;

use chrono::NaiveDate;
use tempfile::TempDir;

use super::{Added, Library, Sort};
use crate::model::{
    Anchor, Annotations, Article, ArticleId, Country, CountryCode, CountryMention, Filter, MentionKind, NewBookmark,
    Organization, Person, Quote, QuoteKind, Span, Speaker,
};

/// A fresh library; the folder goes when it is dropped.
fn library() -> (Library, TempDir) {
    Library::temporary().unwrap()
}

fn code(code: &str) -> CountryCode {
    CountryCode::new(code).unwrap()
}

fn codes(codes: &str) -> Vec<CountryCode> {
    codes.split_whitespace().map(code).collect()
}

fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse().unwrap())
}

fn span(start: u32, end: u32) -> Span {
    Span::from((start, end))
}

/// An article with all its fields, and everything that can be found in one.
fn talks(source: &str) -> (Article, Annotations) {
    let article = Article {
        source: source.to_owned(),
        outlet: Some("The Envoy".to_owned()),
        url: Some(format!("https://envoy.example/{}", source.trim_end_matches(".txt"))),
        title: Some(" Talks resume ".to_owned()),
        author: Some("A. Writer".to_owned()),
        published: day("2025-08-04"),
        language: Some("en".to_owned()),
        body: "“We will talk,” said Anna Lind, the Swedish minister.\n\nFrance welcomed it, the UN too.".to_owned(),
    };
    let country = |country: &str, name: &str, mentions: &[(u32, u32)], kind| Country {
        code: code(country),
        name: name.to_owned(),
        mentions: mentions.iter().map(|(start, end)| CountryMention { span: span(*start, *end), kind }).collect(),
    };
    let annotations = Annotations {
        quotes: vec![Quote {
            spans: vec![span(3, 16)],
            kind: QuoteKind::Direct,
            speaker: Some(Speaker { name: "Anna Lind".to_owned(), person: Some(0), mention: span(25, 34) }),
            cue: Some(span(20, 24)),
            confidence: 0.9,
        }],
        people: vec![official("Anna Lind", "Minister of Foreign Affairs", "SE")],
        countries: vec![
            country("SE", "Sweden", &[(40, 47)], MentionKind::Demonym),
            country("FR", "France", &[(59, 65), (59, 65)], MentionKind::Name),
        ],
        organizations: vec![Organization { name: "United Nations".to_owned(), mentions: vec![span(84, 86)] }],
    };
    (article, annotations)
}

fn official(name: &str, role: &str, country: &str) -> Person {
    Person {
        name: name.to_owned(),
        role: Some(role.to_owned()),
        country: Some(code(country)),
        official: true,
        mentions: Vec::new(),
    }
}

/// An article of a day ("" for undated) that mentions countries.
fn note(source: &str, published: &str, countries: &str) -> (Article, Annotations) {
    let article = Article {
        source: source.to_owned(),
        title: Some(format!("About {source}")),
        published: if published.is_empty() { None } else { day(published) },
        body: format!("This is what {source} says."),
        ..Article::default()
    };
    let country = |code| Country { code, name: format!("Land {code}"), mentions: Vec::new() };
    (article, Annotations { countries: codes(countries).into_iter().map(country).collect(), ..Annotations::default() })
}

fn add(library: &mut Library, articles: &[(Article, Annotations)]) -> Vec<ArticleId> {
    library.add(articles).unwrap().into_iter().map(id).collect()
}

fn id(added: Added) -> ArticleId {
    match added {
        Added::New(id) | Added::Unchanged(id) | Added::Updated(id) => id,
    }
}

/// The sources of the list.
fn sources(library: &Library, filter: &Filter, sort: Sort) -> Vec<String> {
    let rows = library.rows(filter, sort, 0, 1000).unwrap();
    rows.iter().map(|row| library.article(row.id).unwrap().unwrap().article.source).collect()
}

fn newest(library: &Library, filter: &Filter) -> Vec<String> {
    sources(library, filter, Sort::DateDescending)
}

fn bookmark(article: ArticleId, quote: &str) -> NewBookmark {
    NewBookmark {
        article,
        quote: quote.to_owned(),
        anchor: Anchor {
            exact: quote.to_owned(),
            prefix: "“".to_owned(),
            suffix: "” said".to_owned(),
            position: span(3, 3 + quote.len() as u32),
        },
        speaker: Some("Anna Lind".to_owned()),
        role: Some("Minister of Foreign Affairs".to_owned()),
        country: Some(code("SE")),
        note: "look up".to_owned(),
    }
}

/// Bytes of a page.
const PAGE: usize = super::open::PAGE as usize;

/// Nothing is wrong with the file.
fn assert_sound(library: &Library) {
    assert_eq!(library.check().unwrap(), Vec::<String>::new());
}
