//! The real program, killed at any moment or beside another one: nothing that it said it did is lost.

use std::{
    fs,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use attache::{
    library::{Library, Sort, anchor},
    model::{Filter, NewBookmark, Span},
};

use crate::desk::Desk;

/// Starts the program and lets it run.
fn start(desk: &Desk, arguments: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attache"));
    command.current_dir(desk.path("work")).env_clear().env("HOME", desk.path("home"));
    command.args(arguments.split_whitespace()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn press(desk: &Desk, folder: &str, n_articles: usize) {
    for n in 0..n_articles {
        let text =
            format!("Kenya and Norway agreed on pact {n} of {folder}.\n\n“It is pact {n},” Amina Odhiambo said.\n");
        desk.write(&format!("{folder}/{n:03}.txt"), text);
    }
}

/// Nothing is wrong with the library; answers how many articles are in it.
fn sound(desk: &Desk) -> u64 {
    let library = Library::open(&desk.path("work/l.sqlite3")).unwrap();
    assert_eq!(library.check().unwrap(), [""; 0]);
    library.counts(&Filter::default()).unwrap().total
}

/// Keeps the first words of the newest article.
fn keep_a_quote(desk: &Desk, note: &str) {
    let mut library = Library::open(&desk.path("work/l.sqlite3")).unwrap();
    let id = library.rows(&Filter::default(), Sort::default(), 0, 1).unwrap()[0].id;
    let body = library.article(id).unwrap().unwrap().article.body;
    let span = Span::new(&body, 0..5).unwrap();
    let (quote, note) = (span.of(&body).to_owned(), note.to_owned());
    let new =
        NewBookmark { article: id, quote, anchor: anchor(&body, span), speaker: None, role: None, country: None, note };
    library.add_bookmark(&new).unwrap();
}

#[test]
fn a_program_that_is_killed_while_it_imports_compacts_copies_or_prunes_loses_nothing() {
    // A few hundred by hand: ATTACHE_TEST_KILLS=300 cargo test --test cli killed
    let n_kills = std::env::var("ATTACHE_TEST_KILLS").map_or(10, |n| n.parse().unwrap());
    let desk = Desk::new();
    press(&desk, "first", 40);
    desk.run("add --library l.sqlite3 first", 0);
    keep_a_quote(&desk, "kept");
    desk.run("library export --library l.sqlite3", 0);
    desk.write("export.jsonl", desk.run("library export --library l.sqlite3", 0).out);
    desk.write("c.toml", "[library]\nkeep_days = 1\n");
    let (mut known, mut n_ended) = (40, 0);
    for round in 0..n_kills {
        let folder = format!("press{round}");
        press(&desk, &folder, 60);
        let command = match round % 5 {
            0 | 1 => format!("add --library l.sqlite3 {folder}"),
            2 => "library compact --library l.sqlite3".to_owned(),
            3 => format!("library backup --library l.sqlite3 copy{round}.sqlite3"),
            _ => "library import --library l.sqlite3 export.jsonl".to_owned(),
        };
        let mut child = start(&desk, &command);
        thread::sleep(Duration::from_micros(round as u64 * 7_919 % 120_000));
        child.kill().unwrap();
        let ended = child.wait().unwrap().success();
        n_ended += usize::from(ended);
        let now = sound(&desk);
        assert!(now >= known, "round {round}: {now} of {known} articles");
        // What ended well has all it promised.
        assert!(round % 5 > 1 || !ended || now >= known + 60, "round {round}");
        known = now;
        let copy = desk.path(&format!("work/copy{round}.sqlite3"));
        if copy.exists() {
            assert_eq!(Library::open(&copy).unwrap().check().unwrap(), [""; 0]);
        } else {
            assert!(round % 5 != 3 || !ended);
        }
    }
    let kept = Library::open(&desk.path("work/l.sqlite3")).unwrap().bookmarks().unwrap();
    assert_eq!(kept.iter().map(|kept| kept.note.as_str()).collect::<Vec<_>>(), ["kept"]);
    assert!(n_ended < n_kills, "none was killed in time");
    // Whatever was interrupted can be done again.
    for round in 0..n_kills {
        desk.run(&format!("add -q --library l.sqlite3 press{round}"), 0);
    }
    assert_eq!(sound(&desk), 40 + 60 * n_kills as u64);
}

#[test]
fn two_programs_that_write_at_once_lose_nothing_and_never_speak_of_locks() {
    // Ten minutes by hand: ATTACHE_TEST_SECONDS=600 cargo test --test cli two_programs
    let seconds = std::env::var("ATTACHE_TEST_SECONDS").map_or(3, |n| n.parse().unwrap());
    let desk = Desk::new();
    press(&desk, "first", 5);
    desk.run("add --library l.sqlite3 first", 0);
    let began = Instant::now();
    let (mut round, mut n_kept) = (0, 0);
    while began.elapsed() < Duration::from_secs(seconds) {
        for writer in ["a", "b"] {
            press(&desk, &format!("{writer}{round}"), 80);
        }
        let both = ["a", "b"].map(|writer| start(&desk, &format!("add --library l.sqlite3 {writer}{round}")));
        // Beside them somebody keeps quotes, shrinks the file, and copies it.
        keep_a_quote(&desk, &format!("{round}"));
        n_kept += 1;
        if round % 3 == 1 {
            desk.run("library compact --library l.sqlite3", 0);
            desk.run("library backup --force --library l.sqlite3 copy.sqlite3", 0);
        }
        for child in both {
            let output = child.wait_with_output().unwrap();
            let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
            assert_eq!(said, ["80 added\n", ""], "round {round}");
        }
        for writer in ["a", "b"] {
            fs::remove_dir_all(desk.path(&format!("work/{writer}{round}"))).unwrap();
        }
        round += 1;
    }
    assert_eq!(sound(&desk), 5 + 160 * round);
    assert_eq!(Library::open(&desk.path("work/l.sqlite3")).unwrap().bookmarks().unwrap().len(), n_kept);
}
