//! Mending, shrinking and moving a library.

use std::{collections::BTreeMap, fs, path::Path};

use chrono::Utc;
use rusqlite::{Connection, types::Value};

use super::*;
use crate::{
    library::{Attempt, LibraryError, Outcome, SeenItem},
    model::NewFeed,
};

/// Made from the articles, or SQLite's own. Every other table must be equal after an export and an import.
const DERIVED: &[&str] = &["words", "mention", "subject", "portrait", "sqlite_", "quote", "file"];

/// A library with everything in it that a user can make.
fn full() -> (Library, TempDir) {
    let (mut library, folder) = library();
    let gone = add(&mut library, &[note("gone.txt", "2025-01-01", "NO")])[0];
    let ids = add(
        &mut library,
        &[talks("talks.txt"), note("b", "2025-01-01", "FR DE"), note("-", "", "SE"), note("untitled", "", "")],
    );
    let mut untitled = note("untitled", "", "").0;
    untitled.title = Some("  ".to_owned());
    library.add(&[(untitled, Annotations::default())]).unwrap();
    library.add_bookmark(&bookmark(ids[0], "We will talk,")).unwrap();
    library.add_bookmark(&bookmark(gone, "of an article that goes")).unwrap();
    let removed = library.add_bookmark(&bookmark(ids[0], "Removed")).unwrap();
    library.remove_bookmark(removed).unwrap();
    library.set_tags(ids[0], &["talks".into(), "Grain deal".into()]).unwrap();
    library.set_tags(gone, &["grain deal".into()]).unwrap();
    library.remove(gone).unwrap();
    library.set_read(ids[1], true).unwrap();
    library.set_starred(ids[0], true).unwrap();
    library.set_position(ids[0], 20).unwrap();
    library.set_state("reader", "{\"a\": \"ö\"}").unwrap();
    let new = NewFeed {
        address: "https://envoy.example/feed".to_owned(),
        name: "The Envoy".to_owned(),
        ..NewFeed::default()
    };
    let (feed, _) = library.subscribe(&new).unwrap();
    let item = |key, article| SeenItem { key, digest: 5, article };
    let items = vec![item(1, ids[0]), item(2, ids[1])];
    let outcome = Outcome::Read { moved: None, title: None, site: None, etag: None, last_modified: None, items };
    library.note_attempts(&[Attempt { feed, at: Utc::now(), due: None, barred: None, outcome }]).unwrap();
    (library, folder)
}

/// All rows of all tables that are not derived, and what filters and counts answer.
fn visible(library: &Library) -> BTreeMap<String, Vec<String>> {
    let on = &library.connection;
    let tables: Vec<String> = on
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut all = BTreeMap::new();
    for table in tables.iter().filter(|table| !DERIVED.iter().any(|derived| table.starts_with(derived))) {
        let columns: Vec<String> = on
            .prepare("SELECT name FROM pragma_table_info(?1) WHERE name <> 'subjects'")
            .unwrap()
            .query_map([table], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        let mut rows = on.prepare(&format!("SELECT {} FROM {table}", columns.join(", "))).unwrap();
        let rows = rows
            .query_map([], |row| {
                Ok((0..columns.len()).map(|at| row.get::<_, Value>(at).unwrap()).map(|v| format!("{v:?} ")).collect())
            })
            .unwrap();
        let mut rows: Vec<String> = rows.map(Result::unwrap).collect();
        rows.sort();
        all.insert(table.clone(), rows);
    }
    let everything = Filter::default();
    all.insert("countries".into(), vec![format!("{:?}", library.countries(&everything).unwrap())]);
    all.insert("officials".into(), vec![format!("{:?}", library.officials(&everything, 9).unwrap())]);
    all.insert("organizations".into(), vec![format!("{:?}", library.organizations(&everything, 9).unwrap())]);
    all.insert("words".into(), newest(library, &Filter { text: "talk".into(), ..Filter::default() }));
    all
}

fn export(library: &Library) -> Vec<u8> {
    let mut lines = Vec::new();
    library.export(&mut lines, "memory").unwrap();
    lines
}

#[test]
fn an_export_imported_into_an_empty_library_gives_an_equal_one() {
    let (library, _folder) = full();
    let (mut copy, _other) = self::library();
    let imported = copy.import(&mut export(&library).as_slice(), "memory").unwrap();
    assert_eq!((imported.articles, imported.bookmarks, imported.known, imported.refused), (4, 3, 0, Vec::new()));
    let (expected, found) = (visible(&library), visible(&copy));
    for (table, rows) in &expected {
        assert_eq!(Some(rows), found.get(table), "{table}");
    }
    assert_sound(&copy);
    assert_eq!(export(&copy), export(&library));
}

#[test]
fn an_export_imported_again_adds_nothing_and_takes_nothing() {
    let (mut library, _folder) = full();
    let (before, lines) = (visible(&library), export(&library));
    let imported = library.import(&mut lines.as_slice(), "memory").unwrap();
    assert_eq!((imported.articles, imported.bookmarks, imported.known), (0, 0, 7));
    assert_eq!(visible(&library), before);
}

#[test]
fn an_export_imported_into_another_library_is_laid_over_what_is_there() {
    let (library, _folder) = full();
    let (mut other, _other) = self::library();
    let theirs = add(&mut other, &[note("own.txt", "2020-01-01", "IT"), talks("talks.txt")]);
    other.add_bookmark(&bookmark(theirs[0], "mine")).unwrap();
    let unwanted = NewFeed { address: "https://else.example/feed".to_owned(), ..NewFeed::default() };
    let unwanted = other.subscribe(&unwanted).unwrap().0;
    other.subscribe(&NewFeed { address: "https://more.example/feed".to_owned(), ..NewFeed::default() }).unwrap();
    other.unsubscribe(unwanted).unwrap();
    assert_ne!(
        other.subscribe(&NewFeed { address: "https://envoy.example/feed".to_owned(), ..NewFeed::default() }).unwrap().0,
        unwanted
    );
    let imported = other.import(&mut export(&library).as_slice(), "memory").unwrap();
    assert_eq!((imported.articles, imported.bookmarks, imported.known), (3, 3, 1));
    assert!(other.article(theirs[1]).unwrap().unwrap().starred, "a star is never lost");
    let feed = other.feeds().unwrap().into_iter().find(|feed| feed.address.contains("envoy")).unwrap().id;
    assert_ne!(feed.0.get(), 1);
    assert_eq!(other.feed_counts().unwrap()[&feed].articles, 2);
    let kept: Vec<_> = other.bookmarks().unwrap().into_iter().map(|kept| (kept.quote, kept.article)).collect();
    assert!(kept.contains(&("mine".to_owned(), Some(theirs[0]))), "{kept:?}");
    assert!(kept.contains(&("We will talk,".to_owned(), Some(theirs[1]))), "{kept:?}");
    assert_sound(&other);
}

#[test]
fn wrong_lines_of_an_export_are_named_and_the_others_are_taken() {
    let (library, _folder) = full();
    let mut text = String::from_utf8(export(&library)).unwrap();
    text.insert_str(
        text.find('\n').unwrap() + 1,
        "{\"article\": {}}\nnonsense\n{\"planet\": {}}\n{\"bookmark\": 3}\n\n",
    );
    let (mut copy, _other) = self::library();
    let imported = copy.import(&mut text.as_bytes(), "x.jsonl").unwrap();
    let starts = [
        "x.jsonl, line 2: no article",
        "x.jsonl, line 3: no object",
        "x.jsonl, line 4: \"planet\"",
        "x.jsonl, line 5: no row of bookmark",
    ];
    assert_eq!(imported.refused.len(), starts.len());
    for (refused, start) in imported.refused.iter().zip(starts) {
        assert!(refused.starts_with(start), "{refused}");
    }
    assert_eq!(imported.articles, 4);
    for other in ["", "{\"title\": \"an article\"}\n", "{\"attache\": \"library\", \"schema\": 99}\n"] {
        let refused = copy.import(&mut other.as_bytes(), "x.jsonl");
        assert!(matches!(refused, Err(LibraryError::NoExport { .. })), "{other}");
    }
}

#[test]
fn whatever_is_derived_can_be_made_anew() {
    for damage in [
        "UPDATE total SET n = 7",
        "UPDATE subject SET n_articles = 7, n_official = 9",
        "UPDATE portrait SET n_articles = 7",
        "DELETE FROM mention",
        "DELETE FROM quote",
        "INSERT INTO mention SELECT subject, day, article + 1 FROM mention LIMIT 1",
        "UPDATE article SET subjects = x'ff', countries = '', n_quotes = 0",
        "INSERT INTO words (words) VALUES ('delete-all')",
        "PRAGMA foreign_keys = OFF; UPDATE bookmark SET article = 99 WHERE article IS NULL",
    ] {
        let (mut library, _folder) = full();
        let before = visible(&library);
        library.connection.execute_batch(damage).unwrap();
        assert_ne!(library.check().unwrap(), [""; 0], "{damage}");
        assert_eq!(library.rebuild().unwrap(), 0, "{damage}");
        assert_sound(&library);
        assert_eq!(visible(&library), before, "{damage}");
    }
}

#[test]
fn annotations_that_cannot_be_read_are_left_to_be_made_anew_and_texts_to_the_next_import() {
    let (mut library, _folder) = full();
    library
        .connection
        .execute_batch(
            "PRAGMA foreign_keys = OFF; DELETE FROM body WHERE article = (SELECT id FROM article WHERE source = 'b');
             UPDATE body SET annotations = x'01' WHERE article = (SELECT id FROM article WHERE source = 'talks.txt')",
        )
        .unwrap();
    assert_eq!(library.rebuild().unwrap(), 2);
    assert_sound(&library);
    let outdated = library.outdated(1, 9).unwrap();
    assert_eq!(outdated.iter().map(|(_, article)| article.source.as_str()).collect::<Vec<_>>(), ["talks.txt"]);
    let again = note("b", "2025-01-01", "FR DE");
    assert!(matches!(library.add(std::slice::from_ref(&again)).unwrap()[..], [Added::Updated(id)]
        if library.article(id).unwrap().unwrap().article == again.0 && library.article(id).unwrap().unwrap().read));
}

#[test]
fn of_a_file_damaged_anywhere_nearly_everything_is_saved_and_the_file_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let n_articles = 150;
    {
        let mut library = Library::open(&path).unwrap();
        let many: Vec<_> = (0..n_articles).map(|n| talks(&format!("{n}.txt"))).collect();
        for id in add(&mut library, &many).into_iter().step_by(3) {
            library.add_bookmark(&bookmark(id, "We will talk,")).unwrap();
        }
    }
    let sound = fs::read(&path).unwrap();
    let (mut fewest, mut n_lost, n_pages) = (n_articles, 0, sound.len() / PAGE);
    for page in 0..n_pages {
        let mut damaged = sound.clone();
        damaged[page * PAGE..(page + 1) * PAGE].fill(0xa5);
        fs::write(&path, &damaged).unwrap();
        let saved_to = folder.path().join(format!("saved-{page}.db"));
        let saved = match Library::salvage(&path, &saved_to) {
            Ok(saved) => saved,
            // Without the table of contents nothing can be known of the other pages.
            Err(LibraryError::Lost { .. } | LibraryError::NotALibrary { .. }) => {
                n_lost += 1;
                continue;
            }
            Err(error) => panic!("page {page} of {n_pages}: {error}"),
        };
        assert!(fs::read(&path).unwrap() == damaged, "page {page}: the damaged file was written to");
        let library = Library::open(&saved_to).unwrap();
        assert_sound(&library);
        assert_eq!(library.counts(&Filter::default()).unwrap().total, saved.articles);
        fewest = fewest.min(saved.articles as usize);
        assert!(saved.articles + saved.bookmarks >= 150, "page {page}: {saved:?}");
    }
    assert!(fewest > n_articles / 2 && n_lost * 8 < n_pages, "{fewest} {n_lost} {n_pages}");
    assert!(matches!(Library::salvage(&path, &path), Err(LibraryError::Exists { .. })));
}

#[test]
fn compacting_shrinks_the_file_while_others_read() {
    let (mut library, _folder) = full();
    library.compact().unwrap();
    let empty = fs::metadata(library.path()).unwrap().len();
    let many: Vec<_> = (0..600).map(|n| talks(&format!("{n}.txt"))).collect();
    let ids = add(&mut library, &many);
    ids.iter().for_each(|id| library.remove(*id).unwrap());
    library.connection.execute("DELETE FROM trash", []).unwrap();
    let before = visible(&library);
    let other = Library::open(library.path()).unwrap();
    let reads = other.connection.unchecked_transaction().unwrap();
    let count = |on: &Connection| on.query_row("SELECT count(*) FROM article", [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count(&reads), 4);
    drop(reads);
    let done = library.compact().unwrap();
    assert!(done.before > empty * 5 / 4 && done.after < empty * 9 / 8, "{done:?} {empty}");
    assert_eq!(count(&other.connection), 4);
    assert_eq!(visible(&library), before);
    assert_sound(&library);
}

#[test]
fn a_backup_replaces_a_file_only_when_told_to_and_never_the_library() {
    let (library, folder) = full();
    let path = folder.path().join("backup.db");
    fs::write(&path, "mine").unwrap();
    assert!(matches!(library.backup(&path, false), Err(LibraryError::Exists { .. })));
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    library.backup(&path, true).unwrap();
    assert_eq!(visible(&Library::open(&path).unwrap()), visible(&library));
    for file in [library.path().to_owned(), folder.path().join("./library.db")] {
        assert!(matches!(library.backup(&file, true), Err(LibraryError::Exists { .. })));
    }
    assert!(matches!(library.backup(Path::new("/no/such/folder/x"), false), Err(LibraryError::Create { .. })));
}
