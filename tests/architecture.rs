//! The directions in which the parts of the program may know each other, as `ARCHITECTURE.md` draws them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Each folder of `src/`, and the other folders it may name.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("gazetteer", &["model"]),
    ("extract", &["model", "gazetteer"]),
    ("ingest", &["model"]),
    ("fetch", &[]),
    // Of the extraction it knows the version alone, which it notes beside what it stores.
    ("library", &["model", "extract"]),
    ("query", &["model", "gazetteer"]),
    ("export", &["model"]),
    ("config", &["model"]),
    ("import", &["model", "gazetteer", "extract", "ingest", "library"]),
    ("feeds", &["model", "gazetteer", "extract", "ingest", "fetch", "library", "import", "config"]),
    (
        "tui",
        &[
            "query",
            "fetch",
            "feeds",
            "model",
            "gazetteer",
            "extract",
            "ingest",
            "library",
            "export",
            "config",
            "import",
        ],
    ),
    (
        "cli",
        &[
            "query",
            "fetch",
            "feeds",
            "model",
            "gazetteer",
            "extract",
            "ingest",
            "library",
            "export",
            "config",
            "import",
            "tui",
        ],
    ),
];

#[test]
fn every_folder_has_its_place() {
    let folders: BTreeSet<String> = fs::read_dir(source())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    assert_eq!(folders, MAY_IMPORT.iter().map(|(folder, _)| (*folder).to_owned()).collect());
}

#[test]
fn the_parts_know_each_other_in_one_direction_only() {
    for (folder, allowed) in MAY_IMPORT {
        let files = files_below(&source().join(folder));
        assert!(!files.is_empty(), "{folder}");
        for file in files {
            let named = parts_named(&code_of(&file));
            for part in named.iter().filter(|part| *part != folder) {
                assert!(allowed.contains(&part.as_str()), "{} may not know `{part}`", file.display());
            }
        }
    }
}

#[test]
fn the_check_sees_imports_however_they_are_written() {
    let code = "use crate::model::Span;\nuse crate::{\n    export::{Citation, record},\n    tui::{self, X}, ingest,\n};\n\
                // crate::cli is not named here\nfn f() { crate::library::open(); }\n";
    let named: Vec<String> = parts_named(&without_comments(code)).into_iter().collect();
    assert_eq!(named, ["export", "ingest", "library", "model", "tui"]);
}

#[test]
fn only_the_library_speaks_sql_and_only_the_edge_reports() {
    let homes: &[(&str, &[&str])] = &[
        ("rusqlite", &["library"]),
        ("color_eyre", &["cli"]),
        ("clap::", &["cli"]),
        ("ratatui::", &["tui", "config"]),
    ];
    for file in files_below(&source()) {
        let code = code_of(&file);
        let place = file.strip_prefix(source()).unwrap();
        for (name, homes) in homes {
            let at_home = homes.iter().any(|home| place.starts_with(home));
            assert!(at_home || !code.contains(name), "{} names {name}", place.display());
        }
    }
}

#[test]
fn on_the_screen_only_the_worker_opens_the_library() {
    for file in files_below(&source().join("tui")) {
        let code = code_of(&file);
        let works = ["Library::open", "Library::temporary", "import::run", "std::fs", "File::open"];
        let found = works.iter().find(|work| code.contains(**work));
        assert!(
            found.is_none() || file.components().any(|part| part.as_os_str() == "worker"),
            "{}: {found:?}",
            file.display()
        );
    }
}

#[test]
fn of_the_extraction_the_library_knows_the_version_alone() {
    for file in files_below(&source().join("library")) {
        let code = code_of(&file);
        let all = code.matches("extract::").count();
        assert_eq!(code.matches("extract::ENGINE_VERSION").count(), all, "{}", file.display());
    }
}

#[test]
fn extraction_reads_no_file_no_clock_and_no_environment() {
    for file in files_below(&source().join("extract")) {
        let code = code_of(&file);
        for forbidden in ["std::fs", "std::env", "std::time", "std::net", "std::process", "Utc::now", "Local::now"] {
            assert!(!code.contains(forbidden), "{} uses {forbidden}", file.display());
        }
    }
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// All files of code, but for those of tests.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_stem().is_some_and(|name| name == "tests") {
            continue;
        }
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

fn without_comments(code: &str) -> String {
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// What a file says to the compiler of the program: tests may know more.
fn code_of(file: &Path) -> String {
    let code = fs::read_to_string(file).unwrap();
    without_comments(code.split("#[cfg(test)]\nmod ").next().unwrap())
}

/// The first name of every path that begins with `crate::`, one brace deep.
fn parts_named(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for (at, start) in code.match_indices("crate::") {
        let rest = &code[at + start.len()..];
        match rest.strip_prefix('{') {
            Some(group) => named.extend(first_names(group)),
            None => named.extend(name_at(rest)),
        }
    }
    named.retain(|name| name.starts_with(char::is_lowercase));
    named
}

/// The name that begins each item of a brace, up to the brace that closes it.
fn first_names(group: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (mut depth, mut begins) = (0_usize, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && !c.is_whitespace() => {
                names.extend(name_at(&group[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

fn name_at(text: &str) -> Option<String> {
    let name: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}
