//! `attache search` and `attache quotes`.

use crate::desk::{Desk, Ran, TALKS};

fn filled() -> Desk {
    let desk = Desk::new();
    desk.write("talks.txt", TALKS);
    desk.write(
        "gas.txt",
        " date 2025-08-05 \nSyria and Russia spoke about gas on Tuesday, without a result, in Moscow.\n",
    );
    desk.run("add talks.txt gas.txt", 0);
    desk
}

/// Runs a command whose query is one argument.
fn ask(desk: &Desk, command: &str, query: &str, code: i32) -> Ran {
    Ran::of(desk.attache(command).arg(query), code)
}

#[test]
fn articles_are_found_newest_first_in_every_form() {
    let desk = filled();
    let all = desk.run("search --format json *", 0).objects();
    let days: Vec<&str> = all.iter().map(|object| object["published"].as_str().unwrap()).collect();
    assert_eq!(days, ["2025-08-05", "2025-08-04"]);
    assert_eq!(desk.run("search", 0).out.lines().count(), 2);
    assert_eq!(desk.run("search --limit 1 --format json", 0).objects().len(), 1);
    let gas = ask(&desk, "search --format json", "country:Syria+RU gas", 0).objects();
    assert!(gas[0]["snippet"].as_str().unwrap().contains("«gas»"), "{gas:?}");
    assert!(gas[0]["source"].as_str().unwrap().ends_with("gas.txt"));
    let table = desk.run("search --format csv group:NATO", 0).out;
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let column = rows.headers().unwrap().iter().position(|name| name == "published").unwrap();
    let days: Vec<String> = rows.records().map(|row| row.unwrap()[column].to_owned()).collect();
    assert_eq!(days, ["2025-08-04"]);
    let text = desk.run("search door", 0).out;
    assert!(text.starts_with("2025-08-04  ") && text.contains("«door»"), "{text}");
}

#[test]
fn quotes_are_found_by_words_speaker_and_article() {
    let desk = filled();
    for query in ["door", "speaker:odhiambo", "role:\"foreign minister\" country:NO", "*", "says:\"nine years\""] {
        let [quote] = ask(&desk, "quotes --format json", query, 0).objects().try_into().unwrap();
        assert_eq!(quote["quote"], "We have waited nine years for this door,", "{query}");
        assert_eq!(quote["speaker"], "Amina Odhiambo", "{query}");
    }
    let text = desk.run("quotes door", 0).out;
    assert!(
        text.starts_with("“We have waited nine years for this door,”\n    — Amina Odhiambo, 2025-08-04, "),
        "{text}"
    );
    assert_eq!(desk.run("quotes gas", 1).out, "");
}

#[test]
fn the_exit_code_is_that_of_grep() {
    let desk = filled();
    desk.run("search gas", 0);
    assert_eq!(desk.run("search zebra", 1).out, "");
    let ran = ask(&desk, "search", "gas contry:SY", 2);
    assert_eq!(ran.out, "");
    assert!(
        ran.err.contains("\n  gas contry:SY\n      ^^^^^^^\n") && ran.err.contains("did you mean “country:”?"),
        "{}",
        ran.err
    );
    desk.write("no-library", "something else entirely, and long enough to be read as the head of a file".repeat(3));
    desk.run("search --library no-library gas", 2);
    desk.run("search --format xml gas", 2);
}

#[test]
fn a_search_is_kept_listed_run_and_forgotten() {
    let desk = filled();
    desk.run("search --save Gas gas country:RU", 0);
    assert_eq!(desk.run("search --list", 0).out, "Gas\t1 unread of 1\tgas country:RU\n");
    assert_eq!(desk.run("search --saved gas --format json", 0).objects().len(), 1);
    assert!(desk.run("search --saved oil", 2).err.contains("there is no watch “oil”"));
    desk.run("search --save Bad country:Nowhereland", 2);
    desk.run("search --remove Gas", 0);
    desk.run("search --remove Gas", 2);
    desk.run("search --list", 1);
}

#[test]
fn what_has_the_words_in_its_headline_can_come_first() {
    let desk = filled();
    desk.write("title.txt", "Title: Door\nDate: 2020-01-01\n\nNothing more was said of it that day in the capital.\n");
    desk.run("add title.txt", 0);
    let first = |arguments: &str| desk.run(arguments, 0).objects()[0]["published"].as_str().unwrap().to_owned();
    assert_eq!(first("search --format json door"), "2025-08-04");
    assert_eq!(first("search --format json --sort oldest *"), "2020-01-01");
    assert_eq!(first("search --format json --sort relevance --limit 1 door"), "2020-01-01");
}

#[test]
fn articles_are_tagged_found_by_their_tags_and_moved_with_them() {
    let desk = filled();
    desk.run("tag", 1);
    let ran = Ran::of(desk.attache("tag").args(["Gas talks", "gas"]), 0);
    assert!(ran.err.contains("gave the tag “Gas talks” to 1 article"), "{}", ran.err);
    Ran::of(desk.attache("tag").args(["gas talks", "gas"]), 1);
    assert_eq!(desk.run("tag", 0).out, "Gas talks\t1\n");
    let found = ask(&desk, "search --format json", "tag:\"GAS TALKS\"", 0).objects();
    assert_eq!(found[0]["tags"], serde_json::json!(["Gas talks"]));
    let moved = desk.run("library export", 0).out;
    desk.write("moved.jsonl", &moved);
    desk.run("library import moved.jsonl --library other.db", 0);
    assert_eq!(desk.run("tag --library other.db", 0).out, "Gas talks\t1\n");
    Ran::of(desk.attache("tag --remove").args(["gas talks", "*"]), 0);
    assert_eq!(desk.run("tag", 1).out, "");
    assert!(Ran::of(desk.attache("tag").args(["!", "*"]), 2).err.contains("cannot be a tag"));
    assert!(Ran::of(desk.attache("tag").arg("energy"), 2).err.contains("`*` is every article"));
    assert!(Ran::of(desk.attache("tag").args(["energy", "contry:SY"]), 2).err.contains("^^^^^^^"));
}
