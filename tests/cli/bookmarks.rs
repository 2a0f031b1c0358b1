//! `attache bookmarks`.

use attache::{
    library::{Library, Sort, anchor},
    model::{ArticleId, Filter, NewBookmark},
};

use crate::desk::{Desk, TALKS};

/// Keeps the first quote of the only article, as the reader does.
fn keep_the_quote(desk: &Desk) {
    desk.write("talks.txt", TALKS);
    desk.run("add --library l.sqlite3 talks.txt", 0);
    let mut library = Library::open(&desk.path("work/l.sqlite3")).unwrap();
    let id: ArticleId = library.rows(&Filter::default(), Sort::default(), 0, 1).unwrap()[0].id;
    let stored = library.article(id).unwrap().unwrap();
    let quote = &stored.annotations.quotes[0];
    let person = stored.annotations.speaker_of(quote).unwrap();
    let new = NewBookmark {
        article: id,
        quote: quote.text(&stored.article.body),
        anchor: anchor(&stored.article.body, quote.extent().unwrap()),
        speaker: Some(person.name.clone()),
        role: person.role.clone(),
        country: person.country,
        note: "call her".to_owned(),
    };
    library.add_bookmark(&new).unwrap();
}

#[test]
fn text_cites_speaker_office_country_and_day() {
    let desk = Desk::new();
    keep_the_quote(&desk);
    let out = desk.run("bookmarks --library l.sqlite3", 0).out;
    assert!(
        out.starts_with("“We have waited nine years for this door,” — Amina Odhiambo, Foreign Minister (KE), "),
        "{out}"
    );
    assert!(out.contains(", 4 August 2025, ") && out.contains("talks.txt\n    call her\n"), "{out}");
}

#[test]
fn json_csv_and_markdown_hold_the_same_quote() {
    let desk = Desk::new();
    keep_the_quote(&desk);
    let [object] = desk.run("bookmarks --library l.sqlite3 --format json", 0).objects().try_into().unwrap();
    assert_eq!(object["quote"], "We have waited nine years for this door,");
    assert_eq!(object["country"], "KE");
    assert_eq!(object["note"], "call her");
    let table = desk.run("bookmarks --library l.sqlite3 --format csv", 0).out;
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(rows.records().next().unwrap().unwrap()[1], *object["quote"].as_str().unwrap());
    let markdown = desk.run("bookmarks --library l.sqlite3 --format markdown", 0).out;
    assert!(markdown.starts_with("> “We have waited nine years for this door,”\n>\n> — Amina Odhiambo"), "{markdown}");
}

#[test]
fn without_bookmarks_nothing_is_printed_and_no_library_is_made() {
    let desk = Desk::new();
    let ran = desk.run("bookmarks --format json", 0);
    assert_eq!(ran.out, "");
    assert!(ran.err.starts_with("no bookmarks in "), "{}", ran.err);
    assert_eq!(desk.run("bookmarks -q", 0).err, "");
    assert!(!desk.path("data").exists());
}
