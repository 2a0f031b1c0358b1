//! `attache extract`.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use crate::desk::{Desk, Ran, TALKS, is_empty};

#[test]
fn a_record_says_who_said_what_in_which_office() {
    let desk = Desk::new();
    desk.write("talks.txt", TALKS);
    let ran = desk.run("extract talks.txt", 0);
    assert_eq!(ran.err, "");
    let [record] = ran.objects().try_into().unwrap();
    assert_eq!(record["schema"], 1);
    assert_eq!(record["source"], "talks.txt");
    assert_eq!(record["published"], "2025-08-04");
    let quote = &record["quotes"][0];
    assert_eq!(quote["text"], "We have waited nine years for this door,");
    assert_eq!(quote["speaker"]["name"], "Amina Odhiambo");
    let person = &record["people"][0];
    assert_eq!((&person["name"], &person["country"]), (&"Amina Odhiambo".into(), &"KE".into()));
    let codes: Vec<&str> =
        record["countries"].as_array().unwrap().iter().map(|c| c["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["KE", "NO"]);
}

#[test]
fn an_explanation_says_what_counted_and_where_it_stands() {
    let desk = Desk::new();
    desk.write("talks.txt", TALKS);
    let ran = desk.run("extract --explain talks.txt", 0);
    assert_eq!(ran.err, "");
    let has = |words: &str| assert!(ran.out.contains(words), "no “{words}” in\n{}", ran.out);
    has("== talks.txt\nquote, ");
    has("speech.tsv: bias ");
    has("nobody");
    has("Amina Odhiambo: official, KE");
    has("given_names.tsv:");
    has("→ KE (name): ");
    has("countries.tsv:");
}

#[test]
fn offsets_count_code_points() {
    let desk = Desk::new();
    desk.write(
        "zürich.txt",
        "Zoë Müller, la ministre 🇨🇭 — “Ça va très bien aujourd’hui,” Kenyan President Amina Odhiambo said.",
    );
    let [record] = desk.run("extract zürich.txt", 0).objects().try_into().unwrap();
    let body: Vec<char> = record["body"].as_str().unwrap().chars().collect();
    let said = &record["quotes"][0]["spans"][0];
    let at = |idx: usize| usize::try_from(said[idx].as_u64().unwrap()).unwrap();
    assert_eq!(body[at(0)..at(1)].iter().collect::<String>(), "Ça va très bien aujourd’hui,");
}

#[test]
fn records_come_in_the_order_of_the_arguments_and_files_of_a_folder_in_theirs() {
    let desk = Desk::new();
    let mut expected = vec!["z.txt".to_owned()];
    desk.write("z.txt", TALKS.repeat(200));
    for n in 0..60 {
        desk.write(&format!("press/{n:02}.txt"), TALKS.repeat(1 + (n * 7) % 11));
        expected.push(format!("press/{n:02}.txt"));
    }
    desk.write("a.txt", TALKS);
    expected.push("a.txt".to_owned());
    let objects = desk.run("extract z.txt press a.txt", 0).objects();
    let sources: Vec<&str> = objects.iter().map(|record| record["source"].as_str().unwrap()).collect();
    assert_eq!(sources, expected);
}

#[test]
fn many_articles_in_one_file_keep_their_order() {
    let desk = Desk::new();
    let lines: String =
        (0..300).map(|n| format!("{{\"title\":\"t{n}\",\"body\":\"Article {n} on Norway.\"}}\n")).collect();
    desk.write("all.jsonl", lines);
    let objects = desk.run("extract all.jsonl", 0).objects();
    let titles: Vec<&str> = objects.iter().map(|record| record["title"].as_str().unwrap()).collect();
    assert_eq!(titles, (0..300).map(|n| format!("t{n}")).collect::<Vec<_>>());
}

#[test]
fn what_is_refused_is_named_with_the_reason_and_stops_nothing() {
    let desk = Desk::new();
    desk.write("a.txt", TALKS).write("b.txt", b"\x00\x01\x02binary\x00").write("c.txt", TALKS).write("empty.txt", "");
    let ran = desk.run("extract a.txt b.txt missing.txt empty.txt c.txt", 1);
    let sources: Vec<_> = ran.objects().iter().map(|record| record["source"].clone()).collect();
    assert_eq!(sources, ["a.txt", "c.txt"]);
    let refusals: Vec<&str> = ran.err.lines().collect();
    assert_eq!(refusals.len(), 3, "{}", ran.err);
    for (line, name) in refusals.iter().zip(["b.txt", "missing.txt", "empty.txt"]) {
        assert!(line.starts_with("attache: ") && line.contains(name) && line.contains(": "), "{line}");
    }
}

#[test]
fn a_folder_without_articles_is_told_and_is_no_failure() {
    let desk = Desk::new();
    desk.write("press/photo.jpg", b"\xff\xd8");
    let ran = desk.run("extract press", 0);
    assert!(ran.out.is_empty() && ran.err.starts_with("no articles found"), "{}", ran.err);
    assert_eq!(desk.run("extract -q press", 0).err, "");
}

#[test]
fn a_dash_is_standard_input() {
    let desk = Desk::new();
    let [record] = Ran::of(desk.attache("extract -").write_stdin(TALKS), 0).objects().try_into().unwrap();
    assert_eq!(record["source"], "-");
    assert_eq!(record["quotes"].as_array().unwrap().len(), 1);
}

#[test]
fn a_file_over_the_limit_of_the_config_is_refused() {
    let desk = Desk::new();
    desk.write("talks.txt", TALKS).write("my.toml", "[import]\nmax_file_bytes = 20\n");
    let ran = desk.run("extract --config my.toml talks.txt", 1);
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("talks.txt") && ran.err.contains("20"), "{}", ran.err);
}

#[test]
fn the_library_is_left_alone() {
    let desk = Desk::new();
    desk.write("talks.txt", TALKS);
    desk.run("extract talks.txt", 0);
    for folder in ["home", "config", "data", "state", "cache"] {
        assert!(is_empty(&desk.path(folder)), "{folder}");
    }
}

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    let desk = Desk::new();
    for n in 0..400 {
        desk.write(&format!("press/{n:03}.txt"), TALKS.repeat(20));
    }
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("attache"))
        .args(["extract", "press"])
        .current_dir(desk.path("work"))
        .env_clear()
        .env("HOME", desk.path("home"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    // The reader is dropped with its pipe after one line.
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("{\"schema\":1"));
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
fn without_a_path_the_usage_is_wrong() {
    let ran = Desk::new().run("extract", 2);
    assert!(ran.out.is_empty() && ran.err.contains("<PATH>"), "{}", ran.err);
}

#[test]
fn a_log_says_what_was_done() {
    let desk = Desk::new();
    desk.write("talks.txt", TALKS);
    desk.run("extract talks.txt missing.txt --log-file log.txt", 1);
    let log = std::fs::read_to_string(desk.path("work/log.txt")).unwrap();
    assert!(log.contains("started") && log.contains("missing.txt"), "{log}");
    assert!(desk.run("extract talks.txt --log-level debug", 2).err.contains("--log-file"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let desk = Desk::new();
    desk.write("talks.txt", TALKS);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Command::new(assert_cmd::cargo::cargo_bin("attache"))
        .args(["extract", "talks.txt"])
        .current_dir(desk.path("work"))
        .env_clear()
        .env("HOME", desk.path("home"))
        .stdout(full)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said.starts_with("attache: cannot write to standard output: No space left"), "{said}");
}

#[test]
fn the_users_own_tables_win_and_a_wrong_one_is_named() {
    let desk = Desk::new();
    desk.write("talks.txt", TALKS).write("my.toml", "").write("gazetteer/countries.tsv", "KE\tRepublic of the Lakes\n");
    let [record] = desk.run("extract --config my.toml talks.txt", 0).objects().try_into().unwrap();
    assert_eq!(record["countries"][0]["name"], "Republic of the Lakes");
    desk.write("gazetteer/counties.tsv", "KE\tx\n");
    let ran = desk.run("extract --config my.toml talks.txt", 1);
    assert!(ran.err.contains("counties.tsv: no table has this name"), "{}", ran.err);
}
