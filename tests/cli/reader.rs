//! `attache` where the reader cannot be shown: it never starts.

use crate::desk::{Desk, TALKS, is_empty};

#[test]
fn into_a_pipe_the_reader_is_not_started_and_extract_is_named() {
    let desk = Desk::new();
    desk.write("talks.txt", TALKS);
    for arguments in ["", "talks.txt", "--temp talks.txt"] {
        let ran = desk.run(arguments, 2);
        assert_eq!(ran.out, "");
        assert!(ran.err.contains("not a terminal") && ran.err.contains("attache extract"), "{}", ran.err);
    }
    assert!(is_empty(&desk.path("data")));
}

#[test]
fn a_slip_of_the_pen_is_no_path() {
    let ran = Desk::new().run("extrcat", 1);
    assert!(ran.err.contains("no file, folder or command `extrcat`"), "{}", ran.err);
}
