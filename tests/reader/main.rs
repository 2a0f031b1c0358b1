//! The whole job at a terminal: read, filter, bookmark, leave, come back, and find it all again.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![cfg(unix)]

mod feeds;
#[path = "../loopback/mod.rs"]
mod loopback;
mod terminal;

use terminal::{Desk, Screen};

const BORDER: &str = "\
Title: Kenya and Somalia to open a border post
Date: 2025-08-04
Source: Nairobi Ledger

Foreign Minister Amina Odhiambo of Kenya said on Monday that the border with Somalia would open in October. \
“We have waited nine years for this door,” Odhiambo told reporters in Nairobi.

“It opens in October, and whoever wants to walk through it may,” she added. “We will not close it again.”

Somalia's ambassador, Yusuf Warsame, called the plan “a small bridge with a large roof” and asked for more time. Kenya has \
paid for the road, and Kenya will pay for the gate.
";

const FISH: &str = "\
Title: Fishing talks resume in Reykjavik
Date: 2025-08-03
Source: Northern Wire

Iceland and Norway resumed their talks on mackerel on Sunday. “The fish do not read treaties,” said Norway's \
fisheries minister, Ragna Solheim.
";

const WATER: &str = "\
 date 2025-08-02 \
Ministers from Kenya and Uganda met in Kampala to discuss water. “A lake has no borders,” said Uganda's water \
minister, Joseph Okello.
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.article("border.txt", BORDER);
    desk.article("fish.txt", FISH);
    desk.article("water.txt", WATER);
    desk
}

/// Reads, filters by a digit and by the picker, steps through quotes, and bookmarks one with a note.
fn do_the_job(screen: &mut Screen) {
    screen.see("3 of 3").see("3 added").see("Nairobi Ledger · 4 Aug 2025 · ");
    // The articles, newest first; the second opens while one moves, and back.
    screen.type_keys("j").see("Northern Wire · 3 Aug 2025");
    screen.type_keys("k").see("Nairobi Ledger · 4 Aug 2025 · ");
    // Country 2 of the sidebar, and no longer.
    screen.type_keys("2").see("SO · 1 of 3");
    screen.type_keys("2").see("all · 3 of 3");
    // The picker finds by name.
    screen.type_keys("c").see("Countries").see("Eastern Africa");
    screen.type_keys("kenya\r").see("KE · 2 of 3");
    screen.type_keys("0").see("all · 3 of 3");
    // Into the text, to the second quote, and a bookmark with a note.
    screen.type_keys("\r").type_keys("]").see("2 of ");
    screen.type_keys("b").see("bookmarked");
    screen.type_keys("b").see("your words on this quote");
    screen.type_keys("ask the embassy").see("ask the embassy");
    screen.type_keys("\r").see("note kept");
}

fn find_it_again(screen: &mut Screen) {
    screen.see("3 of 3");
    screen.type_keys("B").see("Bookmarks 1 of 1").see("It opens in October").see("ask the embassy").see("Odhiambo");
    screen.type_keys("\r").see_no_more("Bookmarks 1 of 1").see("2 of ");
}

fn the_whole_job(size: (u16, u16)) {
    let desk = desk();
    let mut screen = desk.start_with_articles(size);
    do_the_job(&mut screen);
    screen.type_keys("q").type_keys("q");
    let (status, _) = screen.end();
    assert!(status.success(), "{status:?}");
    let mut screen = desk.start(size, &[]);
    find_it_again(&mut screen);
    screen.type_keys("Q");
    assert!(screen.end().0.success());
}

#[test]
fn a_bookmark_made_in_one_session_is_found_in_the_next() {
    the_whole_job((160, 45));
}

#[test]
fn the_same_on_a_small_terminal() {
    the_whole_job((80, 24));
}

#[test]
fn an_empty_library_shows_the_samples_and_says_how_to_add_articles() {
    let desk = Desk::new();
    let mut screen = desk.start((160, 45), &[]);
    screen.see("samples").see("attache FOLDER");
    screen.type_keys("\x03");
    assert!(screen.end().0.success());
}

#[test]
fn the_terminal_is_as_before_when_one_leaves() {
    let desk = desk();
    let mut screen = desk.start_with_articles((80, 24));
    screen.see("3 of 3");
    screen.type_keys("\x03");
    let (status, bytes) = screen.end();
    assert!(status.success());
    is_restored(&bytes);
}

#[test]
fn the_terminal_is_as_before_when_the_system_ends_the_program() {
    let desk = desk();
    for signal in ["TERM", "HUP"] {
        let screen = desk.start_with_articles((80, 24));
        screen.see("3 of 3");
        screen.kill(signal);
        let (status, bytes) = screen.end();
        assert!(!status.success());
        is_restored(&bytes);
    }
}

/// The last of these switches must be the one that gives the terminal back.
fn is_restored(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for (taken, given_back) in [
        ("\x1b[?1049h", "\x1b[?1049l"),
        ("\x1b[?25l", "\x1b[?25h"),
        ("\x1b[?1000h", "\x1b[?1000l"),
        ("\x1b[?2004h", "\x1b[?2004l"),
    ] {
        assert!(text.rfind(taken).is_some(), "{taken:?} was never sent");
        assert!(text.rfind(taken) < text.rfind(given_back), "{given_back:?} is not the last word");
    }
}

#[test]
fn a_kill_after_a_bookmark_loses_nothing() {
    let desk = desk();
    let mut screen = desk.start_with_articles((160, 45));
    do_the_job(&mut screen);
    screen.kill("KILL");
    assert!(!screen.end().0.success());
    let mut screen = desk.start((160, 45), &[]);
    find_it_again(&mut screen);
    screen.type_keys("Q");
    assert!(screen.end().0.success());
}

#[test]
fn a_kill_while_articles_are_added_leaves_a_sound_library() {
    let desk = Desk::new();
    for n in 0..1500 {
        // Each with words of its own: copies would be one story.
        let own: String = (0..90).map(|word| format!("gate{n}x{word} ")).collect();
        desk.article(&format!("{n}.txt"), BORDER.replace("nine years", &format!("{n} years {own}")));
    }
    let screen = desk.start_with_articles((80, 24));
    // On a very fast machine all is in before the first drawing; then this shows less, but still the truth.
    screen.see_one_of(&["adding ", "1,500 of 1,500"]);
    screen.kill("KILL");
    screen.end();
    let mut screen = desk.start_with_articles((80, 24));
    screen.see("1,500 of 1,500");
    screen.type_keys("Q");
    assert!(screen.end().0.success());
}

#[test]
fn nothing_in_an_article_acts_on_the_terminal() {
    let desk = Desk::new();
    desk.article(
        "evil.txt",
        "Title: Red \x1b[31malert\x1b[0m\nDate: 2025-08-01\n\nThe note said \x1b]0;pwned\x07 and \x1b[2J and \x1b[6n. \
         “This \x1b[5mblinks\x1b[0m,” President Jane Doe of France said. \x1b]52;c;cHduZWQ=\x07 End\u{202e}dne\u{202c}.\n",
    );
    let mut screen = desk.start_with_articles((160, 45));
    screen.see("1 of 1").see("blinks");
    screen.type_keys("\r").type_keys("b").see("bookmarked");
    screen.type_keys("B").see("Bookmarks 1 of 1");
    let bytes = screen.bytes();
    for evil in ["\x1b]0;", "\x1b[2J and", "\x1b[6n", "\x1b]52;", "\x1b[5m", "\x07", "\u{202e}"] {
        let found = bytes.windows(evil.len()).any(|window| window == evil.as_bytes());
        assert!(!found, "{evil:?} reached the terminal");
    }
    screen.type_keys("\x03");
    assert!(screen.end().0.success());
}

#[test]
fn the_terminal_may_change_its_size_at_any_time() {
    let desk = desk();
    let mut screen = desk.start_with_articles((160, 45));
    screen.see("3 of 3").see("Mentioned").see("Quotes");
    screen.resize((40, 10));
    screen.see_no_more("Quotes").see("3 of 3");
    screen.resize((1, 1));
    screen.resize((80, 24));
    screen.see("Quotes").see("3 of 3");
    screen.type_keys("\x03");
    assert!(screen.end().0.success());
}

#[test]
fn the_shell_may_stop_and_continue_the_program() {
    let desk = desk();
    for stop in ["by signal", "by key"] {
        let mut screen = desk.start_with_articles((80, 24));
        screen.see("3 of 3");
        match stop {
            "by signal" => screen.kill("TSTP"),
            _ => drop(screen.type_keys("\x1a")),
        }
        screen.see_no_more("3 of 3").stops();
        screen.kill("CONT");
        screen.see("3 of 3");
        screen.type_keys("\x0c").type_keys("?").see("Keys in the list");
        screen.type_keys("\x03");
        assert!(screen.end().0.success());
    }
}

#[test]
fn articles_are_read_from_a_pipe_while_the_keys_come_from_the_terminal() {
    let desk = desk();
    let shell = std::path::Path::new("-c");
    let command = format!("cat '{}' | '{}' -", desk.path("press/fish.txt").display(), env!("CARGO_BIN_EXE_attache"));
    let mut screen = desk.start_program("/bin/sh", (80, 24), &[shell, std::path::Path::new(&command)]);
    screen.see("1 of 1").see("Fishing talks");
    screen.type_keys("q");
    assert!(screen.end().0.success());
}
