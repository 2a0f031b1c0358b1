//! A process killed at any moment: the library opens, is sound, and has all that was acknowledged.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use super::*;
use crate::{
    library::{Attempt, Outcome, SeenItem},
    model::{FeedId, NewFeed},
};

const LIBRARY: &str = "ATTACHE_TEST_LIBRARY";
const ROUND: &str = "ATTACHE_TEST_ROUND";
/// Set where no other process removes anything: undoing takes back the last removal, whosever it was.
const ALONE: &str = "ATTACHE_TEST_ALONE";

/// Not a test: what the killed process does. It says what it was promised, a line each.
#[test]
#[ignore = "started and killed by the test below"]
fn work_until_killed() {
    let Some(path) = std::env::var_os(LIBRARY) else { return };
    let round = std::env::var(ROUND).unwrap();
    let mut library = Library::open(Path::new(&path)).unwrap();
    let alone = std::env::var_os(ALONE).is_some();
    let say = |line: String| writeln!(std::io::stdout(), "\npromised {line}").unwrap();
    for step in 0_u32.. {
        let batch: Vec<_> = (0..10).map(|n| talks(&format!("{round}/{step}/{n}"))).collect();
        let ids = add(&mut library, &batch);
        ids.iter().zip(&batch).for_each(|(id, (article, _))| say(format!("article {} {}", id.0, article.source)));

        let quote = format!("quote {round} {step}");
        let kept = library.add_bookmark(&bookmark(ids[0], &quote)).unwrap();
        say(format!("bookmark {} {quote}", kept.0));

        library.set_starred(ids[1], true).unwrap();
        say(format!("star {} yes", ids[1].0));

        let mut other = note(&batch[2].0.source, "2024-02-02", "NO DK");
        other.0.body = format!("Other words of {round} {step}");
        library.add(&[other]).unwrap();
        say(format!("words {} Other words of {round} {step}", ids[2].0));

        library.reannotate(99, &[(ids[3], note("", "", "IS").1)]).unwrap();
        say(format!("country {} IS", ids[3].0));

        library.remove(ids[9]).unwrap();
        say(format!("article {} gone", ids[9].0));
        if alone {
            library.remove(ids[8]).unwrap();
            library.undo().unwrap();
            say(format!("back {} {}", ids[8].0, batch[8].0.source));
        }
        let other = library.add_bookmark(&bookmark(ids[1], "taken away")).unwrap();
        library.remove_bookmark(other).unwrap();
        say(format!("unmarked {} -", other.0));

        let address = format!("https://envoy.example/{round}/{}", step % 4);
        let (feed, _) = library.subscribe(&NewFeed { address: address.clone(), ..NewFeed::default() }).unwrap();
        let items = vec![SeenItem { key: i64::from(step), digest: 1, article: ids[4] }];
        let outcome = Outcome::Read { moved: None, title: None, site: None, etag: None, last_modified: None, items };
        let attempt = Attempt { feed, at: chrono::Utc::now(), due: None, barred: None, outcome };
        library.note_attempts(&[attempt]).unwrap();
        say(format!("item {feed} {step}", feed = feed.0));

        if step % 3 == 2 {
            library.compact().unwrap();
        }
        library.set_state("step", &format!("{round} {step}")).unwrap();
        say(format!("state 0 {round} {step}"));
    }
}

fn start(library: &Path, round: usize, alone: bool) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    if alone {
        command.env(ALONE, "yes");
    }
    command
        .args(["--exact", "library::tests::crash::work_until_killed", "--ignored", "--nocapture"])
        .env(LIBRARY, library)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Notes the promises in a line, the last for each thing.
fn note_promise(promises: &mut BTreeMap<(String, i64), String>, line: &str) -> bool {
    let Some(promise) = line.strip_prefix("promised ") else { return false };
    let mut parts = promise.splitn(3, ' ');
    let (what, id, said) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
    promises.insert((what.to_owned(), id.parse().unwrap()), said.to_owned());
    true
}

fn assert_kept(library: &Library, promises: &BTreeMap<(String, i64), String>) {
    let bookmarks: BTreeMap<i64, String> =
        library.bookmarks().unwrap().into_iter().map(|kept| (kept.id.0.get(), kept.quote)).collect();
    for ((what, number), said) in promises {
        if what == "bookmark" {
            assert_eq!(bookmarks.get(number), Some(said));
            continue;
        }
        if what == "unmarked" {
            assert_eq!(bookmarks.get(number), None);
            continue;
        }
        if what == "item" {
            let feed = FeedId((*number).try_into().unwrap());
            assert!(!library.known_items(feed, &[said.parse().unwrap()]).unwrap().is_empty(), "{said}");
            continue;
        }
        if what == "state" {
            // The kill may have come between a later change and its promise.
            let (round, step) = said.split_once(' ').unwrap();
            let stored = library.state("step").unwrap().unwrap();
            let (stored_round, stored_step) = stored.split_once(' ').unwrap();
            assert_eq!(round, stored_round);
            assert!(stored_step.parse::<usize>().unwrap() >= step.parse().unwrap());
            continue;
        }
        let stored = library.article(ArticleId((*number).try_into().unwrap())).unwrap();
        match (what.as_str(), said.as_str(), stored) {
            ("article", "gone", stored) => assert_eq!(stored, None),
            // Every tenth one may have been removed just before the kill.
            // So may one that was about to be brought back.
            ("article", source, None) => assert!(source.ends_with("/9") || source.ends_with("/8"), "{source}"),
            ("back", source, stored) => assert_eq!(stored.unwrap().article.source, source),
            ("article", source, Some(stored)) => assert_eq!(stored.article.source, source),
            ("star", _, stored) => assert!(stored.unwrap().starred),
            ("words", words, stored) => assert_eq!(stored.unwrap().article.body, words),
            ("country", wanted, stored) => assert_eq!(stored.unwrap().annotations.countries[0].code, code(wanted)),
            (other, ..) => panic!("{other}"),
        }
    }
}

#[test]
fn a_killed_process_leaves_a_sound_library_with_all_it_was_promised() {
    // A few hundred by hand: ATTACHE_TEST_KILLS=300 cargo test --lib crash
    let n_kills = std::env::var("ATTACHE_TEST_KILLS").map_or(12, |n| n.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let mut promises = BTreeMap::new();
    for round in 0..n_kills {
        // Two at once in every third round.
        let alone = round % 3 != 2;
        let mut second = (!alone).then(|| start(&path, n_kills + round, false));
        let mut child = start(&path, round, alone);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        promises.retain(|(what, _), _| what != "state");
        let mut n_promised = 0;
        while n_promised < round * 7 % 60 {
            n_promised += usize::from(note_promise(&mut promises, &lines.next().unwrap().unwrap()));
        }
        std::thread::sleep(Duration::from_micros(round as u64 * 1_733 % 9_000));
        child.kill().unwrap();
        child.wait().unwrap();
        // A line that was cut short promised nothing.
        let rest: Vec<String> = lines.map_while(Result::ok).collect();
        rest.iter().take(rest.len().saturating_sub(1)).for_each(|line| {
            note_promise(&mut promises, line);
        });
        if let Some(second) = &mut second {
            promises.retain(|(what, _), _| what != "state");
            second.kill().unwrap();
            second.wait().unwrap();
        }
        let library = Library::open(&path).unwrap();
        assert_sound(&library);
        assert_kept(&library, &promises);
    }
    assert!(promises.len() > n_kills);
}

#[test]
fn two_processes_write_side_by_side_and_neither_fails_or_loses_anything() {
    // Ten minutes by hand: ATTACHE_TEST_SECONDS=600 cargo test --lib two_processes
    let seconds = std::env::var("ATTACHE_TEST_SECONDS").map_or(2, |n| n.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("library.db");
    let mut children = [start(&path, 0, false), start(&path, 1, false)];
    let readers = children.each_mut().map(|child| {
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        std::thread::spawn(move || lines.map_while(Result::ok).collect::<Vec<String>>())
    });
    let library = Library::open(&path).unwrap();
    let end = std::time::Instant::now() + Duration::from_secs(seconds);
    while std::time::Instant::now() < end {
        library.counts(&Filter { countries: codes("SE"), ..Filter::default() }).unwrap();
        std::thread::sleep(Duration::from_millis(50));
    }
    for child in &mut children {
        // A process that was refused a lock, or anything else, has ended with a panic.
        assert_eq!(child.try_wait().unwrap(), None);
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let mut promises = BTreeMap::new();
    for (n, reader) in readers.into_iter().enumerate() {
        let lines = reader.join().unwrap();
        let whole = lines.iter().take(lines.len().saturating_sub(1));
        let n_promised = whole.filter(|line| note_promise(&mut promises, line)).count();
        assert!(n_promised > 0, "process {n} did nothing");
        println!("process {n} was promised {n_promised} changes in {seconds} seconds");
    }
    promises.retain(|(what, _), _| what != "state");
    assert_sound(&library);
    assert_kept(&library, &promises);
}
