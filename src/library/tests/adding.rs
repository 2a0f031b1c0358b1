//! Articles in, and out again as they were.

use super::*;
use crate::{extract::ENGINE_VERSION, library::LibraryError};

#[test]
fn an_article_comes_back_as_it_was_given() {
    let (mut library, _folder) = library();
    let untitled = note("plain.txt", "", "");
    let untitled = (Article { title: None, ..untitled.0 }, untitled.1);
    let blank =
        (Article { source: "blank.txt".into(), title: Some("  ".into()), ..untitled.0.clone() }, untitled.1.clone());
    let articles = [talks("talks.txt"), untitled, blank];
    for (id, (article, annotations)) in add(&mut library, &articles).into_iter().zip(articles) {
        let stored = library.article(id).unwrap().unwrap();
        assert_eq!((stored.article, stored.annotations), (article, annotations));
        assert_eq!((stored.read, stored.starred, stored.position), (false, false, 0));
    }
    assert_sound(&library);
}

#[test]
fn the_same_article_twice_changes_nothing() {
    let (mut library, _folder) = library();
    let first = library.add(&[talks("talks.txt")]).unwrap();
    let again = library.add(&[talks("talks.txt"), talks("talks.txt")]).unwrap();
    assert_eq!(first, [Added::New(id(first[0]))]);
    assert_eq!(again, [Added::Unchanged(id(first[0])); 2]);
    assert_eq!(library.counts(&Filter::default()).unwrap().total, 1);
    assert_eq!(library.known(&[talks("talks.txt").0, talks("other.txt").0]).unwrap(), [Some(id(first[0])), None]);
}

#[test]
fn the_same_words_from_another_source_are_another_article() {
    let (mut library, _folder) = library();
    let ids = add(&mut library, &[talks("a.txt"), talks("b.txt")]);
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn other_words_of_the_same_source_take_the_place_of_the_old_and_the_users_marks_stay() {
    let (mut library, _folder) = library();
    let article = add(&mut library, &[talks("talks.txt")])[0];
    library.set_read(article, true).unwrap();
    library.set_starred(article, true).unwrap();
    library.set_position(article, 60).unwrap();
    let kept = library.add_bookmark(&bookmark(article, "We will talk,")).unwrap();

    let mut changed = note("talks.txt", "2025-08-05", "NO");
    changed.0.body =
        "Ein größerer Ärger: alles ist anders, und es geht noch ein gutes Stück weiter über die sechzig ä".to_owned();
    assert_eq!(library.add(&[changed.clone()]).unwrap(), [Added::Updated(article)]);

    let stored = library.article(article).unwrap().unwrap();
    assert_eq!((stored.article, stored.annotations), changed);
    assert_eq!((stored.read, stored.starred, stored.position), (true, true, 60));
    assert_eq!(library.bookmarks().unwrap()[0].id, kept);
    assert_eq!(newest(&library, &Filter { countries: codes("SE"), ..Filter::default() }), [""; 0]);
    assert_eq!(newest(&library, &Filter { countries: codes("NO"), ..Filter::default() }), ["talks.txt"]);
    assert_eq!(newest(&library, &Filter { text: "minister".into(), ..Filter::default() }), [""; 0]);
    assert_eq!(newest(&library, &Filter { text: "arger".into(), ..Filter::default() }), ["talks.txt"]);
    assert_sound(&library);
}

#[test]
fn a_place_beyond_a_shortened_text_or_inside_a_character_is_moved_to_a_good_one() {
    let (mut library, _folder) = library();
    let (mut article, found) = note("a.txt", "", "");
    article.body = "äöü".to_owned();
    let id = add(&mut library, &[(article, found)])[0];
    for (kept, shown) in [(3, 2), (4, 4), (usize::MAX, 0), (900, 6)] {
        library.set_position(id, kept).unwrap();
        assert_eq!(library.article(id).unwrap().unwrap().position, shown);
    }
}

#[test]
fn an_article_changed_twice_in_one_go_is_what_it_was_last() {
    let (mut library, _folder) = library();
    let version = |published, countries, words: &str| {
        let (mut article, found) = note("a.txt", published, countries);
        article.body = words.to_owned();
        (article, found)
    };
    let first = version("2025-01-01", "FR", "one");
    let between = version("2025-01-03", "DE", "two");
    let last = version("2025-01-03", "FR NO", "three");
    let added = library.add(&[first, between, last.clone(), note("b.txt", "", "")]).unwrap();
    let a = id(added[0]);
    assert_eq!(added[..3], [Added::New(a), Added::Updated(a), Added::Updated(a)]);
    let stored = library.article(a).unwrap().unwrap();
    assert_eq!((stored.article, stored.annotations), last);
    for (text, found) in [("one", 0), ("two", 0), ("three", 1)] {
        assert_eq!(newest(&library, &Filter { text: text.into(), ..Filter::default() }).len(), found);
    }
    assert_sound(&library);
}

#[test]
fn articles_from_standard_input_never_replace_each_other() {
    let (mut library, _folder) = library();
    let other = (Article { body: "Other words.".into(), url: None, ..talks("-").0 }, Annotations::default());
    let added = library.add(&[talks("-"), other, talks("-")]).unwrap();
    assert!(matches!(added[..], [Added::New(a), Added::New(_), Added::Unchanged(b)] if a == b));
}

#[test]
fn a_removed_article_is_gone_from_every_list_and_its_bookmarks_stay() {
    let (mut library, _folder) = library();
    let article = add(&mut library, &[talks("talks.txt"), note("other.txt", "", "SE")])[0];
    library.add_bookmark(&bookmark(article, "We will talk,")).unwrap();
    library.remove(article).unwrap();
    assert_eq!(library.article(article).unwrap(), None);
    assert_eq!(newest(&library, &Filter::default()), ["other.txt"]);
    assert_eq!(newest(&library, &Filter { countries: codes("SE"), ..Filter::default() }), ["other.txt"]);
    assert_eq!(library.countries(&Filter::default()).unwrap().len(), 1);
    assert_eq!(library.officials(&Filter::default(), 9).unwrap(), []);
    let kept = &library.bookmarks().unwrap()[0];
    assert_eq!((kept.article, kept.source.as_str(), kept.headline.as_str()), (None, "talks.txt", "Talks resume"));
    assert!(matches!(library.remove(article), Err(LibraryError::NoSuchArticle { .. })));
    assert_sound(&library);
}

#[test]
fn numbers_are_never_given_twice() {
    let (mut library, _folder) = library();
    let first = add(&mut library, &[note("a", "", "")])[0];
    library.remove(first).unwrap();
    assert_ne!(add(&mut library, &[note("a", "", "")])[0], first);
}

#[test]
fn a_new_engine_finds_the_articles_of_the_old_and_changes_nothing_else() {
    let (mut library, _folder) = library();
    let ids = add(&mut library, &[talks("talks.txt"), note("other.txt", "2025-01-01", "SE")]);
    library.set_read(ids[0], true).unwrap();
    assert_eq!(library.outdated(ENGINE_VERSION, 10).unwrap(), []);
    let newer = ENGINE_VERSION + 1;
    let outdated = library.outdated(newer, 10).unwrap();
    assert_eq!(outdated.iter().map(|(id, _)| *id).collect::<Vec<_>>(), ids);
    assert_eq!(library.outdated(newer, 1).unwrap().len(), 1);
    assert_eq!(library.outdated(ENGINE_VERSION - 1, 10).unwrap(), []);

    let found = note("", "", "NO").1;
    library.reannotate(newer, &[(ids[0], found.clone())]).unwrap();
    let stored = library.article(ids[0]).unwrap().unwrap();
    assert_eq!((stored.article, stored.annotations, stored.read), (talks("talks.txt").0, found, true));
    assert_eq!(library.outdated(newer, 10).unwrap().len(), 1);
    assert_eq!(newest(&library, &Filter { countries: codes("SE"), ..Filter::default() }), ["other.txt"]);
    assert_eq!(newest(&library, &Filter { countries: codes("NO"), ..Filter::default() }), ["talks.txt"]);
    assert_sound(&library);
}

#[test]
fn other_tables_of_the_user_make_every_article_outdated_once() {
    let (mut library, _folder) = library();
    let ids = add(&mut library, &[talks("talks.txt")]);
    library.follow_tables(0).unwrap();
    assert_eq!(library.outdated(ENGINE_VERSION, 10).unwrap(), []);
    library.follow_tables(7).unwrap();
    assert_eq!(library.outdated(ENGINE_VERSION, 10).unwrap().len(), 1);
    library.reannotate(ENGINE_VERSION, &[(ids[0], talks("").1)]).unwrap();
    library.follow_tables(7).unwrap();
    assert_eq!(library.outdated(ENGINE_VERSION, 10).unwrap(), []);
    library.follow_tables(0).unwrap();
    assert_eq!(library.outdated(ENGINE_VERSION, 10).unwrap().len(), 1);
    assert_sound(&library);
}
