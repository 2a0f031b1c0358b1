//! What `README.md` says is so. `UPDATE_README=1 cargo test --test readme` writes its table of keys anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{fmt::Write as _, fs, path::PathBuf};

use assert_cmd::Command as Program;
use attache::config::{Command, Config, Scope};

#[test]
fn the_table_of_keys_is_the_one_that_the_program_obeys() {
    let readme = readme();
    let (head, rest) = readme.split_once("<!-- keys -->\n").unwrap();
    let (written, tail) = rest.split_once("<!-- /keys -->").unwrap();
    let expected = keys();
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(path("README.md"), format!("{head}<!-- keys -->\n{expected}<!-- /keys -->{tail}")).unwrap();
    } else {
        assert_eq!(written, expected, "run UPDATE_README=1 cargo test --test readme");
    }
}

#[test]
fn every_command_is_described_and_every_described_one_exists() {
    let help = run("--help");
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    for command in commands.lines().map(|line| line.split_whitespace().next().unwrap()) {
        assert!(readme().contains(&format!("| `attache {command}")), "{command} is not in README.md");
    }
    for described in readme().lines().filter_map(|line| line.strip_prefix("| `attache ")) {
        let command = described.split(['`', ' ']).next().unwrap();
        assert!(command == "[PATH]..." || commands.contains(command), "there is no {command}");
    }
}

#[test]
fn every_option_is_named() {
    let help = run("--help");
    let options = help.split_whitespace().filter(|word| word.starts_with("--")).map(|word| word.trim_matches('`'));
    for option in options {
        assert!(readme().contains(option), "{option} is not in README.md");
    }
}

#[test]
fn the_exit_codes_are_those_of_the_help() {
    let help = run("--help");
    let codes: Vec<&str> = help.split("Exit codes:\n").nth(1).unwrap().lines().collect();
    assert_eq!(codes.len(), 4);
    for code in codes {
        let number = code.split_whitespace().next().unwrap();
        assert!(readme().contains(&format!("\n| {number} | ")), "{number} is not in README.md");
    }
}

#[test]
fn every_file_that_is_linked_exists() {
    for document in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/accuracy.md",
        "docs/feeds.md",
        "docs/tables.md",
    ] {
        let text = fs::read_to_string(path(document)).unwrap();
        let folder = path(document).parent().unwrap().to_owned();
        for (at, start) in text.match_indices("](") {
            let target = text[at + start.len()..].split(')').next().unwrap();
            assert!(target.starts_with("http") || folder.join(target).exists(), "{document} links to {target}");
        }
    }
}

#[test]
fn every_table_is_described() {
    let described = fs::read_to_string(path("docs/tables.md")).unwrap();
    for folder in ["assets/gazetteer", "assets/weights"] {
        for entry in fs::read_dir(path(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            assert!(described.contains(&format!("\n| `{name}` | ")), "{folder}/{name} is not in docs/tables.md");
        }
    }
}

#[test]
fn the_commands_to_build_and_test_stand_in_it() {
    assert!(readme().contains("\n```sh\ncargo run --release\n```\n"));
    assert!(readme().contains("\n```sh\ncargo test\n```\n"));
    assert!(fs::read_to_string(path(".ci/run")).unwrap().contains("\ncargo test"));
}

#[test]
fn there_are_as_many_samples_as_it_says() {
    let n_samples = fs::read_dir(path("assets/samples")).unwrap().count();
    assert_eq!(n_samples, 12);
    assert!(readme().contains("it shows twelve sample articles"));
}

/// The keys of all panes, then those that a place has for itself.
fn keys() -> String {
    let keymap = Config::default().keys;
    let mut table = "| key | what it does |\n| --- | --- |\n".to_owned();
    for &command in Command::ALL {
        let keys: Vec<String> =
            keymap.keys_for(Scope::Anywhere, command).iter().map(|key| format!("`{key}`")).collect();
        match command.country_index() {
            _ if keys.is_empty() => {}
            Some(0) => table += "| `1` … `9` | filter by that country of the sidebar |\n",
            Some(_) => {}
            None => writeln!(table, "| {} | {} |", keys.join(" "), command.help()).unwrap(),
        }
    }
    for (scope, place) in [
        (Scope::List, "in the list"),
        (Scope::Reader, "in the text"),
        (Scope::Sidebar, "in the sidebar"),
        (Scope::Bookmarks, "in the bookmarks"),
        (Scope::Feeds, "in the feeds"),
        (Scope::Note, "in a note"),
    ] {
        for (key, command) in keymap.bindings(scope) {
            writeln!(table, "| `{key}` {place} | {} |", command.help()).unwrap();
        }
    }
    table
}

fn run(argument: &str) -> String {
    let output = Program::cargo_bin("attache").unwrap().arg(argument).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn readme() -> String {
    fs::read_to_string(path("README.md")).unwrap()
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}
