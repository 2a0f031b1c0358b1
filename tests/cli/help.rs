//! `--help` and `--version`, and what wrong usage gives.

use crate::desk::Desk;

#[test]
fn help_of_the_program() {
    insta::assert_snapshot!(Desk::new().run("--help", 0).out);
}

#[test]
fn help_of_every_command_has_examples_that_the_program_understands() {
    let desk = Desk::new();
    for command in
        ["add", "bookmarks", "config", "dirs", "extract", "feed", "library", "quotes", "refresh", "search", "tag"]
    {
        let help = desk.run(&format!("{command} --help"), 0).out;
        let examples: Vec<&str> = help.lines().filter(|line| line.starts_with("  attache ")).collect();
        assert!(!examples.is_empty(), "{help}");
        for example in examples {
            let words = example.split('|').next().unwrap().split('>').next().unwrap();
            assert!(words.contains(command), "{example}");
        }
        insta::assert_snapshot!(format!("help_{command}"), help);
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(Desk::new().run("--version", 0).out, format!("attache {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_ends_with_2_and_says_so_on_standard_error() {
    let desk = Desk::new();
    for wrong in [
        "--no-such-flag",
        "extract --format json a.txt",
        "bookmarks --format xml",
        "config",
        "dirs --library a --temp",
        "add",
        "bookmarks --temp",
    ] {
        let ran = desk.run(wrong, 2);
        assert!(ran.out.is_empty() && !ran.err.is_empty(), "{wrong}: {}", ran.err);
    }
}

#[test]
fn options_stand_before_or_after_the_command() {
    let desk = Desk::new();
    let before = desk.run("--library mine.sqlite3 dirs", 0).out;
    assert_eq!(before, desk.run("dirs --library mine.sqlite3", 0).out);
    assert!(before.contains("library  mine.sqlite3"), "{before}");
}
