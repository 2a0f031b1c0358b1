//! `attache add` and `attache dirs`.

use crate::desk::{Desk, Ran, TALKS, is_empty};

#[test]
fn what_is_added_is_summed_up_and_adding_it_again_changes_nothing() {
    let desk = Desk::new();
    desk.write("press/a.txt", TALKS).write("press/b.txt", TALKS.replace("Monday", "Tuesday"));
    let ran = desk.run("add press", 0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("2 added\n", ""));
    assert_eq!(desk.run("add press", 0).out, "0 added, 2 already there\n");
    desk.write("press/a.txt", TALKS.replace("Monday", "Friday")).write("press/bad.txt", b"\x00\x00\x01\x02");
    let ran = desk.run("add press", 1);
    assert_eq!(ran.out, "0 added, 1 updated, 1 already there, 1 refused\n");
    assert!(ran.err.starts_with("attache: ") && ran.err.contains("bad.txt"), "{}", ran.err);
}

#[test]
fn the_library_is_the_one_that_is_named() {
    let desk = Desk::new();
    desk.write("a.txt", TALKS);
    desk.run("add --library mine/l.sqlite3 a.txt", 0);
    assert!(desk.path("work/mine/l.sqlite3").is_file());
    assert!(is_empty(&desk.path("data")));
}

#[test]
fn a_temporary_library_leaves_nothing() {
    let desk = Desk::new();
    desk.write("a.txt", TALKS);
    assert_eq!(desk.run("add --temp a.txt", 0).out, "1 added\n");
    for folder in ["home", "data", "state", "cache"] {
        assert!(is_empty(&desk.path(folder)), "{folder}");
    }
}

#[test]
fn standard_input_is_added_too() {
    let desk = Desk::new();
    assert_eq!(Ran::of(desk.attache("add -").write_stdin(TALKS), 0).out, "1 added\n");
}

#[test]
fn quiet_says_nothing_but_what_was_refused() {
    let desk = Desk::new();
    desk.write("a.txt", TALKS);
    let ran = desk.run("add -q a.txt missing.txt", 1);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", "attache: missing.txt: no such file or folder\n"));
}

#[test]
fn a_file_that_is_no_library_is_refused_and_left_as_it_is() {
    let desk = Desk::new();
    desk.write("a.txt", TALKS).write("diary.txt", "my own words");
    let ran = desk.run("add --library diary.txt a.txt", 1);
    assert!(ran.err.contains("diary.txt is not an attache library"), "{}", ran.err);
    assert_eq!(std::fs::read_to_string(desk.path("work/diary.txt")).unwrap(), "my own words");
}

#[test]
fn names_of_files_cannot_act_on_the_terminal() {
    let ran = Desk::new().attache("add --temp").arg("a\x1b[2Jb").output().unwrap();
    assert!(!ran.stderr.contains(&0x1b), "{}", String::from_utf8_lossy(&ran.stderr));
}

#[test]
fn dirs_names_every_place_and_makes_none() {
    let desk = Desk::new();
    let out = desk.run("dirs", 0).out;
    for (name, folder) in
        [("config", "config"), ("themes", "config"), ("library", "data"), ("state", "state"), ("cache", "cache")]
    {
        let line = out.lines().find(|line| line.starts_with(name)).unwrap();
        assert!(line.contains(desk.path(folder).to_str().unwrap()), "{line}");
        assert!(!desk.path(folder).exists(), "{folder}");
    }
}

#[test]
fn what_is_dropped_into_a_watched_folder_is_added() {
    use std::io::{BufRead as _, BufReader};

    let desk = Desk::new();
    desk.write("press/a.txt", TALKS);
    let program = desk.attache("add --library l.sqlite3 --watch press");
    let mut watching = std::process::Command::new(program.get_program());
    watching.current_dir(desk.path("work")).args(program.get_args()).stdout(std::process::Stdio::piped());
    for (name, value) in program.get_envs() {
        watching.env(name, value.unwrap_or_default());
    }
    let mut watching = watching.spawn().unwrap();
    let mut lines = BufReader::new(watching.stdout.take().unwrap()).lines();
    assert_eq!(lines.next().unwrap().unwrap(), "1 added");
    desk.write("press/b.txt", TALKS.replace("Monday", "Tuesday"));
    assert_eq!(lines.next().unwrap().unwrap(), "1 added");
    desk.write("press/b.txt", TALKS.replace("Monday", "Friday"));
    assert_eq!(lines.next().unwrap().unwrap(), "0 added, 1 updated");
    watching.kill().unwrap();
    watching.wait().unwrap();
}
