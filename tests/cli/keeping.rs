//! `attache library`.

use std::fs;

use crate::desk::{Desk, Ran, TALKS};

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("press/a.txt", TALKS).write("press/b.txt", TALKS.replace("Monday", "Tuesday"));
    desk.run("add --library l.sqlite3 press", 0);
    desk
}

#[test]
fn a_sound_library_is_called_sound_and_one_that_contradicts_itself_is_mended() {
    let desk = desk();
    assert_eq!(desk.run("library check --library l.sqlite3", 0).out, "l.sqlite3 is sound: 2 articles, 0 bookmarks\n");
    let file = desk.path("work/l.sqlite3");
    let on = rusqlite::Connection::open(&file).unwrap();
    on.execute_batch("UPDATE total SET n = 9; DELETE FROM mention; UPDATE body SET annotations = x'00'").unwrap();
    drop(on);
    let said = desk.run("library check --library l.sqlite3", 1).out;
    assert!(said.contains("the total of articles is wrong\n") && said.contains("`attache library repair`"), "{said}");
    let said = desk.run("library repair --library l.sqlite3", 0).out;
    assert!(said.contains("2 articles annotated anew"), "{said}");
    desk.run("library check -q --library l.sqlite3", 0);
}

#[test]
fn of_a_damaged_library_what_can_be_read_goes_into_a_new_one() {
    let desk = desk();
    let file = desk.path("work/l.sqlite3");
    let mut bytes = fs::read(&file).unwrap();
    let root = "SELECT rootpage FROM sqlite_schema WHERE name = 'mention'";
    let page: u32 = rusqlite::Connection::open(&file).unwrap().query_row(root, [], |row| row.get(0)).unwrap();
    let end = page as usize * 4096;
    bytes[end - 4096..end].fill(0xa5);
    fs::write(&file, &bytes).unwrap();
    let ran = desk.run("library repair --library l.sqlite3", 0);
    assert!(ran.out.contains("2 articles and 0 bookmarks saved"), "{}", ran.out);
    assert!(ran.err.contains("l-repaired.sqlite3") && ran.err.contains("was left as it is"), "{}", ran.err);
    assert!(fs::read(&file).unwrap() == bytes);
    desk.run("library check --library l-repaired.sqlite3", 0);
    // A second time the new file is in the way, and is left as it is too.
    assert!(desk.run("library repair --library l.sqlite3", 1).err.contains("l-repaired.sqlite3 exists already"));
    desk.run("library repair --library l.sqlite3 --into other.sqlite3", 0);
}

#[test]
fn a_backup_is_a_library_and_overwrites_only_by_force() {
    let desk = desk();
    desk.run("library backup --library l.sqlite3 copy.sqlite3", 0);
    assert_eq!(
        desk.run("library check --library copy.sqlite3", 0).out,
        "copy.sqlite3 is sound: 2 articles, 0 bookmarks\n"
    );
    let ran = desk.run("library backup --library l.sqlite3 copy.sqlite3", 1);
    assert_eq!(ran.err, "attache: copy.sqlite3 exists already; name another file\n");
    desk.run("library backup --library l.sqlite3 --force copy.sqlite3", 0);
    desk.run("library backup --library l.sqlite3 --force l.sqlite3", 1);
}

#[test]
fn an_export_can_be_imported_from_a_file_or_a_pipe() {
    let desk = desk();
    let lines = desk.run("library export --library l.sqlite3", 0);
    assert_eq!(lines.objects()[0]["attache"], "library");
    assert_eq!(lines.objects()[1]["article"]["annotations"]["people"][0]["name"], "Amina Odhiambo");
    desk.write("news.jsonl", &lines.out);
    assert_eq!(desk.run("library import --library n.sqlite3 news.jsonl", 0).out, "2 articles and 0 bookmarks added\n");
    let again = Ran::of(desk.attache("library import --library n.sqlite3 -").write_stdin(lines.out.as_bytes()), 0);
    assert_eq!(again.out, "0 articles and 0 bookmarks added, 2 already there\n");
    assert_eq!(desk.run("library export --library n.sqlite3", 0).out, lines.out);
    desk.write("bad.jsonl", format!("{}nonsense\n", lines.out));
    let ran = desk.run("library import --library n.sqlite3 bad.jsonl", 1);
    assert!(ran.err.starts_with("attache: bad.jsonl, line 4: no object of JSON"), "{}", ran.err);
    assert!(desk.run("library import --library n.sqlite3 press/a.txt", 1).err.contains("press/a.txt is no export"));
}

#[test]
fn compacting_says_how_large_the_file_was_and_is() {
    let said = desk().run("library compact --library l.sqlite3", 0).out;
    assert!(said.contains(" MB before, ") && said.ends_with(" MB now\n"), "{said}");
}

#[test]
fn a_library_that_does_not_exist_is_not_made() {
    let desk = Desk::new();
    for command in ["check", "repair", "compact", "backup x", "export"] {
        let ran = desk.run(&format!("library {command} --library none.sqlite3"), 1);
        assert!(ran.err.contains("there is no library at none.sqlite3"), "{}", ran.err);
    }
    desk.run("library import --library none.sqlite3 missing.jsonl", 1);
    assert!(!desk.path("work/none.sqlite3").exists());
    desk.run("library check --temp", 2);
}

#[test]
fn old_articles_go_only_after_they_were_shown_and_come_back() {
    let desk = desk();
    assert!(desk.run("library prune --library l.sqlite3", 0).err.starts_with("all articles are kept: "));
    desk.write("c.toml", "[library]\nkeep_days = 30\n");
    let shown = desk.run("library prune --library l.sqlite3 --config c.toml", 0);
    assert_eq!(shown.out.lines().count(), 2);
    assert!(shown.out.starts_with("2025-08-04  a.txt  Kenya and Norway agreed"), "{}", shown.out);
    assert_eq!(shown.err, "2 articles would go; `attache library prune --yes` removes them\n");
    assert!(desk.run("library check --library l.sqlite3", 0).out.contains("2 articles"));
    let gone = desk.run("library prune --yes --library l.sqlite3 --config c.toml", 0);
    assert_eq!((gone.out, gone.err.split(';').next()), (shown.out, Some("2 articles removed")));
    assert!(desk.run("library check --library l.sqlite3", 0).out.contains(" 0 articles"));
    assert_eq!(desk.run("library undo --library l.sqlite3", 0).out, "2 articles brought back\n");
    assert!(desk.run("library check --library l.sqlite3", 0).out.contains("2 articles"));
    assert_eq!(desk.run("library undo --library l.sqlite3", 1).out, "nothing was removed in the last 14 days\n");
}

#[test]
fn wrong_rules_are_named_with_their_line() {
    let desk = desk();
    desk.write("c.toml", "[library]\nkeep_days = \"long\"\n");
    assert!(desk.run("library prune --library l.sqlite3 --config c.toml", 2).err.contains("c.toml, line 2"));
    desk.write("c.toml", "[[library.keep]]\nsource = \"x\"\nday = 3\n");
    assert!(desk.run("library prune --library l.sqlite3 --config c.toml", 2).err.contains("c.toml, line "));
}
