//! What is removed can be brought back, and what is kept never goes.

use super::*;
use crate::{library::Undone, model::KeepRule};

fn rule(source: Option<&str>, days: u32) -> KeepRule {
    KeepRule { source: source.map(str::to_owned), days }
}

/// The sources that `rules` let go on 4 August 2025.
fn expired(library: &Library, rules: &[KeepRule]) -> Vec<String> {
    let today = day("2025-08-04").unwrap();
    let expired = library.expired(rules, today).unwrap();
    expired.iter().map(|article| library.article(article.id).unwrap().unwrap().article.source).collect()
}

#[test]
fn an_article_comes_back_as_it_was_with_its_marks_and_bookmarks() {
    let (mut library, _folder) = library();
    let id = add(&mut library, &[talks("talks.txt"), note("b", "2025-01-01", "FR")])[0];
    library.set_starred(id, true).unwrap();
    library.set_read(id, true).unwrap();
    library.set_position(id, 20).unwrap();
    library.add_bookmark(&bookmark(id, "We will talk,")).unwrap();
    let (before, bookmarks) = (library.article(id).unwrap(), library.bookmarks().unwrap());
    let officials = library.officials(&Filter::default(), 9).unwrap();
    library.remove(id).unwrap();
    assert_eq!(library.article(id).unwrap(), None);
    assert_eq!(library.bookmarks().unwrap()[0].article, None);
    assert_eq!(library.undo().unwrap(), Some(Undone { articles: 1, bookmarks: 0 }));
    assert_eq!(library.article(id).unwrap(), before);
    assert_eq!(library.bookmarks().unwrap(), bookmarks);
    assert_eq!(library.officials(&Filter::default(), 9).unwrap(), officials);
    assert_eq!(newest(&library, &Filter { text: "talk".into(), ..Filter::default() }), ["talks.txt"]);
    assert_eq!(library.undo().unwrap(), None);
    assert_sound(&library);
}

#[test]
fn removals_are_undone_one_after_the_other_the_last_first_also_by_another_process() {
    let (mut library, _folder) = library();
    let ids = add(&mut library, &[talks("a"), talks("b"), talks("c")]);
    let kept = library.add_bookmark(&bookmark(ids[2], "We will talk,")).unwrap();
    library.remove(ids[0]).unwrap();
    library.remove(ids[1]).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(5));
    library.remove_bookmark(kept).unwrap();
    let mut other = Library::open(library.path()).unwrap();
    assert_eq!(other.undo().unwrap(), Some(Undone { articles: 0, bookmarks: 1 }));
    assert_eq!(other.undo().unwrap(), Some(Undone { articles: 1, bookmarks: 0 }));
    assert_eq!(newest(&library, &Filter::default()).len(), 2);
    assert!(library.article(ids[1]).unwrap().is_some());
    assert_eq!(other.undo().unwrap(), Some(Undone { articles: 1, bookmarks: 0 }));
    assert_eq!(other.undo().unwrap(), None);
}

#[test]
fn what_was_added_again_meanwhile_stays_and_gets_its_marks_back() {
    let (mut library, _folder) = library();
    let id = add(&mut library, &[talks("talks.txt")])[0];
    library.set_starred(id, true).unwrap();
    library.add_bookmark(&bookmark(id, "We will talk,")).unwrap();
    library.remove(id).unwrap();
    let again = add(&mut library, &[talks("talks.txt")])[0];
    library.undo().unwrap();
    assert_eq!(library.all_article_ids().unwrap(), [again]);
    assert!(library.article(again).unwrap().unwrap().starred);
    assert_eq!(library.bookmarks().unwrap()[0].article, Some(again));
    assert_sound(&library);
}

#[test]
fn the_trash_is_emptied_after_some_days() {
    let (mut library, _folder) = library();
    let id = add(&mut library, &[talks("talks.txt")])[0];
    library.remove(id).unwrap();
    let days_ago = |days: i64| format!("UPDATE trash SET removed = removed - {}", days * 24 * 60 * 60 * 1000);
    library.connection.execute_batch(&days_ago(13)).unwrap();
    let count = "SELECT count(*) FROM trash";
    let left = |library: &Library| library.connection.query_row(count, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(left(&Library::open(library.path()).unwrap()), 1);
    library.connection.execute_batch(&days_ago(1)).unwrap();
    assert_eq!(left(&Library::open(library.path()).unwrap()), 0);
}

#[test]
fn rules_let_go_what_is_older_than_they_keep_and_never_what_is_starred_bookmarked_tagged_or_undated() {
    let (mut library, _folder) = library();
    let days = ["2025-07-05", "2025-07-04", "2025-07-03", "2024-01-01", "2024-01-02", "", "2024-01-03", "2024-01-04"];
    let articles: Vec<_> = days.iter().enumerate().map(|(n, day)| note(&format!("{n}"), day, "FR")).collect();
    let ids = add(&mut library, &articles);
    library.set_starred(ids[3], true).unwrap();
    library.add_bookmark(&bookmark(ids[4], "kept")).unwrap();
    library.set_tags(ids[7], &["energy".to_owned()]).unwrap();
    let unkept = library.add_bookmark(&bookmark(ids[6], "removed, but may come back")).unwrap();
    library.remove_bookmark(unkept).unwrap();
    // 4 July is 31 days before 4 August.
    assert_eq!(expired(&library, &[rule(None, 31)]), ["2"]);
    assert_eq!(expired(&library, &[rule(None, 30)]), ["2", "1"]);
    assert_eq!(expired(&library, &[rule(None, 0)]), [""; 0]);
}

#[test]
fn the_first_rule_that_fits_an_article_counts() {
    let (mut library, _folder) = library();
    let mut articles: Vec<_> = ["wire/1", "wire/2", "desk/1"].map(|source| note(source, "2025-01-01", "FR")).into();
    articles[1].0.outlet = Some("The Envoy".to_owned());
    let ids = add(&mut library, &articles);
    assert_eq!(expired(&library, &[rule(Some("wire/"), 30)]), ["wire/1", "wire/2"]);
    assert_eq!(expired(&library, &[rule(Some("The Envoy"), 0), rule(Some("wire/"), 30)]), ["wire/1"]);
    assert_eq!(expired(&library, &[rule(Some("wire/"), 0), rule(None, 1)]), ["desk/1"]);
    // A feed by its name.
    let new =
        crate::model::NewFeed { address: "https://w.example/f".into(), name: "Wire".into(), ..Default::default() };
    let (feed, _) = library.subscribe(&new).unwrap();
    let items = vec![crate::library::SeenItem { key: 1, digest: 1, article: ids[2] }];
    let outcome =
        crate::library::Outcome::Read { moved: None, title: None, site: None, etag: None, last_modified: None, items };
    let attempt = crate::library::Attempt { feed, at: chrono::Utc::now(), due: None, barred: None, outcome };
    library.note_attempts(&[attempt]).unwrap();
    assert_eq!(expired(&library, &[rule(Some("Wire"), 30)]), ["desk/1"]);
}

#[test]
fn all_that_a_pruning_took_comes_back_at_once_and_what_was_starred_meanwhile_never_goes() {
    let (mut library, _folder) = library();
    let many: Vec<_> = (0..600).map(|n| note(&format!("{n:03}"), "2024-01-01", "FR")).collect();
    let ids = add(&mut library, &many);
    library.set_starred(ids[7], true).unwrap();
    assert_eq!(library.prune(&ids).unwrap(), 599);
    assert_eq!(library.all_article_ids().unwrap(), [ids[7]]);
    assert_sound(&library);
    assert_eq!(library.undo().unwrap(), Some(Undone { articles: 599, bookmarks: 0 }));
    assert_eq!(library.all_article_ids().unwrap(), ids);
    assert_sound(&library);
}
