//! Several at once: threads here, processes in `crash`.

use std::{thread, time::Instant};

use super::*;

#[test]
fn two_writers_and_a_reader_at_once_lose_nothing_and_never_fail() {
    let (mut library, _folder) = library();
    let first = add(&mut library, &[talks("first.txt")])[0];
    let path = library.path();
    thread::scope(|scope| {
        for writer in ["a", "b"] {
            scope.spawn(move || {
                let mut library = Library::open(path).unwrap();
                for round in 0..25 {
                    let batch: Vec<_> = (0..8).map(|n| talks(&format!("{writer}/{round}/{n}"))).collect();
                    add(&mut library, &batch);
                    library.add_bookmark(&bookmark(first, writer)).unwrap();
                    library.set_state(writer, &round.to_string()).unwrap();
                }
            });
        }
        scope.spawn(move || {
            let library = Library::open(path).unwrap();
            for _ in 0..50 {
                let counts = library.counts(&Filter { countries: codes("SE"), ..Filter::default() }).unwrap();
                // What one sees is never half a batch.
                assert_eq!(counts.matching % 8, 1);
            }
        });
    });
    assert_eq!(library.counts(&Filter::default()).unwrap().total, 401);
    assert_eq!(library.bookmarks().unwrap().len(), 50);
    assert_sound(&library);
}

#[test]
fn many_can_open_a_new_library_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    thread::scope(|scope| {
        for n in 0..8 {
            let path = &path;
            scope.spawn(move || add(&mut Library::open(path).unwrap(), &[talks(&n.to_string())]));
        }
    });
    assert_eq!(Library::open(&path).unwrap().all_article_ids().unwrap().len(), 8);
}

#[test]
fn a_bookmark_does_not_wait_for_the_end_of_an_import() {
    let (mut library, _folder) = library();
    let first = add(&mut library, &[talks("first.txt")])[0];
    let path = library.path().to_owned();
    let (started, wait) = std::sync::mpsc::channel();
    let import = thread::spawn(move || {
        let mut library = Library::open(&path).unwrap();
        for round in 0..40 {
            let batch: Vec<_> = (0..50).map(|n| talks(&format!("{round}/{n}"))).collect();
            add(&mut library, &batch);
            started.send(()).unwrap_or_default();
            thread::sleep(crate::import::BREATH);
        }
        Instant::now()
    });
    wait.recv().unwrap();
    library.add_bookmark(&bookmark(first, "We will talk,")).unwrap();
    let bookmarked = Instant::now();
    assert!(import.join().unwrap() > bookmarked);
}
