//! Quotes the user keeps.

use super::*;
use crate::{
    library::{Found, LibraryError, locate},
    model::BookmarkId,
};

#[test]
fn a_bookmark_keeps_the_quote_and_all_that_a_citation_needs() {
    let (mut library, _folder) = library();
    let article = add(&mut library, &[talks("talks.txt")])[0];
    let new = bookmark(article, "We will talk,");
    let id = library.add_bookmark(&new).unwrap();
    let kept = library.bookmarks().unwrap().remove(0);
    assert_eq!((kept.id, kept.article), (id, Some(article)));
    assert_eq!((kept.quote, kept.anchor, kept.note), (new.quote, new.anchor.clone(), new.note));
    assert_eq!((kept.speaker, kept.role, kept.country), (new.speaker, new.role, new.country));
    assert_eq!((kept.source.as_str(), kept.headline.as_str()), ("talks.txt", "Talks resume"));
    assert_eq!((kept.outlet.as_deref(), kept.url.as_deref()), (Some("The Envoy"), Some("https://envoy.example/talks")));
    assert_eq!(kept.published, day("2025-08-04"));
    assert!((chrono::Utc::now() - kept.created).num_seconds() < 60);
    let body = library.article(article).unwrap().unwrap().article.body;
    assert_eq!(locate(&new.anchor, &body), Found::At(new.anchor.position));
}

#[test]
fn bookmarks_are_listed_newest_first_and_those_of_one_article_by_place() {
    let (mut library, _folder) = library();
    let articles = add(&mut library, &[talks("a"), talks("b")]);
    let late = NewBookmark {
        anchor: Anchor { position: span(50, 60), ..bookmark(articles[0], "x").anchor },
        ..bookmark(articles[0], "late")
    };
    for new in [late, bookmark(articles[1], "other"), bookmark(articles[0], "early")] {
        library.add_bookmark(&new).unwrap();
    }
    let quotes = |bookmarks: Vec<crate::model::Bookmark>| bookmarks.into_iter().map(|b| b.quote).collect::<Vec<_>>();
    assert_eq!(quotes(library.bookmarks().unwrap()), ["early", "other", "late"]);
    assert_eq!(quotes(library.bookmarks_of(articles[0]).unwrap()), ["early", "late"]);
}

#[test]
fn a_note_can_be_changed_and_a_removal_undone() {
    let (mut library, _folder) = library();
    let article = add(&mut library, &[talks("talks.txt")])[0];
    let id = library.add_bookmark(&bookmark(article, "We will talk,")).unwrap();
    library.set_note(id, "for Monday").unwrap();
    let before = library.bookmarks().unwrap();
    assert_eq!(before[0].note, "for Monday");
    library.remove_bookmark(id).unwrap();
    assert_eq!(library.bookmarks().unwrap(), []);
    assert_eq!(library.bookmarks_of(article).unwrap(), []);
    assert!(matches!(library.set_note(id, "x"), Err(LibraryError::NoSuchBookmark { .. })));
    // Another process that starts meanwhile does not take the chance away.
    drop(Library::open(library.path()).unwrap());
    library.restore_bookmark(id).unwrap();
    assert_eq!(library.bookmarks().unwrap(), before);
}

#[test]
fn what_was_removed_long_ago_is_purged_at_the_next_start() {
    let (mut library, _folder) = library();
    let article = add(&mut library, &[talks("talks.txt")])[0];
    let id = library.add_bookmark(&bookmark(article, "We will talk,")).unwrap();
    library.remove_bookmark(id).unwrap();
    library.connection.execute("UPDATE bookmark SET removed = removed - 15 * 24 * 3600 * 1000", []).unwrap();
    let mut later = Library::open(library.path()).unwrap();
    assert!(matches!(later.restore_bookmark(id), Err(LibraryError::NoSuchBookmark { .. })));
}

#[test]
fn what_is_not_there_cannot_be_changed_in_silence() {
    let (mut library, _folder) = library();
    let article = ArticleId(7.try_into().unwrap());
    let id = BookmarkId(7.try_into().unwrap());
    let gone = |answer: Result<(), LibraryError>| answer.unwrap_err().to_string();
    assert_eq!(gone(library.set_read(article, true)), "article 7 is no longer in the library");
    assert_eq!(gone(library.remove_bookmark(id)), "bookmark 7 is no longer in the library");
    assert!(library.add_bookmark(&bookmark(article, "x")).is_err());
    assert!(library.set_starred(article, true).is_err());
    assert!(library.set_position(article, 1).is_err());
    assert!(library.restore_bookmark(id).is_err());
}

#[test]
fn small_values_of_the_screen_are_kept() {
    let (mut library, _folder) = library();
    assert_eq!(library.state("filter").unwrap(), None);
    library.set_state("filter", "{}").unwrap();
    library.set_state("filter", "{\"unread\":true}").unwrap();
    let again = Library::open(library.path()).unwrap();
    assert_eq!(again.state("filter").unwrap().as_deref(), Some("{\"unread\":true}"));
}
