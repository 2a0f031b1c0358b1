//! Typing a query: what is offered, what is wrong with it; keeping it as a watch; tags.

use super::*;
use crate::{
    library::{Names, Watch},
    tui::{
        effect::WatchWish,
        event::Watching,
        overlay::{Mistake, Prompt},
        watches::WatchRow,
    },
};

impl Desk {
    fn prompt(&self) -> &Prompt {
        match &self.state.overlay {
            Some(Overlay::Prompt(prompt)) => prompt,
            other => panic!("no prompt but {other:?}"),
        }
    }

    fn offered(&self) -> Vec<&str> {
        self.prompt().completion.offers.iter().map(|offer| offer.words.as_str()).collect()
    }

    /// Answers the last question for names, which must be for these.
    fn answer_names(&mut self, names: Names, typed: &str, known: &[&str]) -> &mut Self {
        let asked = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Ask(job, Question::Names(names, typed)) => Some((*job, *names, typed.clone())),
            _ => None,
        });
        let (job, asked, begins) = asked.expect("names were asked for");
        assert_eq!((asked, begins.as_str()), (names, typed));
        self.answer(Answer::Names(job, Ok(known.iter().map(|name| (*name).to_owned()).collect())))
    }

    fn count_watches(&mut self, watches: &[(&str, &str, u64)]) -> &mut Self {
        let row = |(name, query, n_unread): &(&str, &str, u64)| WatchRow {
            watch: Watch { name: (*name).to_owned(), query: (*query).to_owned() },
            query: crate::tui::filtering::read(query).map_err(|error| error.to_string()),
            n_unread: Some(*n_unread),
        };
        self.event(Event::Watching(Watching::Counted(watches.iter().map(row).collect())))
    }
}

#[test]
fn keys_and_their_values_are_offered_while_one_types() {
    let mut desk = Desk::new(160, 45);
    desk.press("/").write("ice cou");
    assert_eq!(desk.offered(), ["country:"]);
    desk.press("tab");
    assert_eq!(desk.prompt().line.text(), "ice country:");
    desk.write("ken");
    assert_eq!(desk.offered(), ["KE"]);
    desk.press("tab");
    assert_eq!(desk.prompt().line.text(), "ice country:KE");
    assert_eq!(desk.offered(), [""; 0]);
    // What was put in is looked for, like what is typed.
    assert_eq!(desk.asked_filter().query.to_string(), "ice country:KE");
    desk.write(" is:");
    assert_eq!(desk.offered(), ["unread", "read", "starred"]);
    desk.press("down down enter");
    assert_eq!(desk.prompt().line.text(), "ice country:KE is:read");
    desk.press("enter");
    assert!(desk.state.overlay.is_none());
    assert_eq!(desk.state.filter.query.to_string(), "ice country:KE is:read");
}

#[test]
fn names_are_offered_once_the_library_has_found_them() {
    let mut desk = Desk::new(160, 45);
    desk.press("/").write("speaker:od");
    assert_eq!(desk.offered(), [""; 0]);
    desk.answer_names(Names::Speakers, "od", &["Amina Odhiambo", "Odile"]);
    assert_eq!(desk.offered(), ["\"Amina Odhiambo\"", "Odile"]);
    desk.press("tab").write(" source:\"nairobi l");
    assert_eq!(desk.prompt().line.text(), "speaker:\"Amina Odhiambo\" source:\"nairobi l");
    desk.answer_names(Names::Sources, "nairobi l", &["Nairobi Ledger"]).press("tab");
    assert_eq!(desk.prompt().line.text(), "speaker:\"Amina Odhiambo\" source:\"Nairobi Ledger\"");
    // An answer that comes after one has typed on is dropped.
    desk.write(" tag:e");
    let late = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Ask(job, Question::Names(Names::Tags, _)) => Some(*job),
        _ => None,
    });
    desk.write("n");
    desk.answer(Answer::Names(late.unwrap(), Ok(vec!["economy".to_owned()])));
    assert_eq!(desk.offered(), [""; 0]);
}

#[test]
fn all_keys_are_offered_when_asked_for_and_nothing_unasked() {
    let mut desk = Desk::new(160, 45);
    desk.press("/");
    assert_eq!(desk.offered(), [""; 0]);
    desk.press("tab");
    assert!(desk.offered().contains(&"says:") && desk.offered().len() > 10);
    desk.write("gas ");
    assert_eq!(desk.offered(), [""; 0]);
}

#[test]
fn carets_stand_under_a_mistake_and_say_what_was_expected() {
    let mut desk = Desk::new(100, 30);
    desk.press("/").write("ice is:unred");
    assert_eq!(
        desk.prompt().error,
        Some(Mistake { message: "there is no “unred”: did you mean “unread”?".to_owned(), at: Some((7, 5)) })
    );
    let screen = desk.screen();
    let lines: Vec<&str> = screen.lines().collect();
    let [line, under] = [lines[28], lines[29]];
    let at = |line: &str, words: &str| line.split(words).next().unwrap().chars().count();
    assert_eq!(at(line, "unred"), at(under, "^^^^^"), "{line}\n{under}");
    assert!(under.contains("did you mean “unread”?"), "{under}");
    // A message that does not fit beside the carets stands above the line.
    desk.press("ctrl-u").write("\"not\" ice contry:SY");
    let screen = desk.screen();
    let lines: Vec<&str> = screen.lines().collect();
    assert!(lines[29].contains("^^^^^^^") && !lines[29].contains("key"), "{screen}");
    assert!(lines[26].contains("there is no key “contry”: did you mean “country:”?"), "{screen}");
    for (width, height) in [(60, 10), (20, 5), (9, 3), (3, 2), (1, 1)] {
        desk.event(Event::Input(Input::Resize(width, height))).screen();
    }
}

#[test]
fn a_search_is_kept_as_a_watch_opened_and_forgotten() {
    let mut desk = Desk::new(160, 45);
    desk.press("W");
    assert_eq!(desk.notice(), "search or filter first: a watch keeps what you look for");
    desk.press("/").write("ice").press("enter U").take();
    desk.press("W").write("Ice").press("enter");
    let kept = Watch { name: "Ice".to_owned(), query: "is:unread ice*".to_owned() };
    assert!(desk.take().contains(&Effect::Watches(WatchWish::Keep(kept.clone()))));
    desk.count_watches(&[("Ice", "is:unread ice*", 1234), ("Quiet", "country:IS", 0)]).press("0");
    let screen = desk.screen();
    assert!(screen.contains("Watches 2") && screen.contains("Ice") && screen.contains("1,234"), "{screen}");
    // The sidebar begins at what the article mentions; the watches are above.
    desk.press("l l l k k");
    assert!(desk.state.sidebar.selected_item().unwrap().is_watch());
    desk.press("k k enter");
    assert_eq!(desk.state.focus, Pane::List);
    assert_eq!(desk.asked_filter().to_query().to_string(), "is:unread ice*");
    desk.press("W");
    assert_eq!(desk.prompt().line.text(), "Ice");
    desk.press("esc shift-tab d");
    assert!(desk.take().contains(&Effect::Watches(WatchWish::Forget("Ice".to_owned()))));
    desk.press("p");
    assert!(desk.take().contains(&Effect::Watches(WatchWish::Keep(kept))));
}

#[test]
fn only_watches_are_deleted_in_the_sidebar() {
    let mut desk = Desk::new(160, 45);
    desk.press("shift-tab d");
    assert_eq!(desk.notice(), "only a watch can be deleted here");
    assert_eq!(desk.take(), []);
}

#[test]
fn a_watch_that_cannot_be_read_says_why() {
    let mut desk = Desk::new(160, 45);
    desk.count_watches(&[("Old", "contry:SY", 0)]).press("shift-tab g enter");
    assert!(desk.notice().starts_with("the watch “Old” cannot be read: there is no key “contry”"), "{}", desk.notice());
    assert!(desk.state.filter.is_empty());
}

#[test]
fn the_open_article_is_tagged_with_tags_that_are_known() {
    let mut desk = Desk::new(160, 45);
    desk.press("t").write("energy, gr");
    desk.answer_names(Names::Tags, "gr", &["Grain deal"]).press("tab enter");
    let tags = vec!["energy".to_owned(), "Grain deal".to_owned()];
    assert!(desk.effects.contains(&Effect::Keep(Change::Tags(id(1), tags.clone()))));
    let asked = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Ask(job, Question::Article { .. }) => Some(*job),
        _ => None,
    });
    let found = ArticleFound { stored: StoredArticle { tags, ..stored(1) }, place: Place::Unasked };
    desk.answer(Answer::Article(asked.unwrap(), Ok(Some(found))));
    let screen = desk.screen();
    assert!(screen.contains("#energy · #Grain deal") && screen.contains("Tags 2"), "{screen}");
    // A tag of the sidebar filters, and the same key again takes it away.
    desk.press("shift-tab g enter");
    assert_eq!(desk.asked_filter().query.to_string(), "tag:energy");
    desk.press("enter");
    assert!(desk.asked_filter().is_empty());
    desk.press("t");
    assert_eq!(desk.prompt().line.text(), "energy, Grain deal, ");
}

#[test]
fn a_first_page_is_shown_at_once_and_the_rest_follows_without_moving_anything() {
    let mut desk = Desk::with_articles(160, 45, 200);
    desk.press("/").write("talk").press("enter");
    let asked = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Ask(job, Question::List { .. }) => Some(*job),
        _ => None,
    });
    let page = |n: i64, at_least| ListPage {
        counts: Counts { matching: n as u64, unread_matching: 0, total: 200, at_least },
        found: (!at_least).then_some(150),
        offset: 0,
        rows: (1..=n.min(80)).map(row).collect(),
    };
    desk.answer(Answer::List(asked.unwrap(), Ok(page(50, true))));
    assert!(desk.screen().contains("50+ of 200"), "{}", desk.screen());
    desk.press("j j");
    let selected = desk.state.list.selected;
    desk.answer(Answer::List(asked.unwrap(), Ok(page(120, false))));
    assert!(desk.screen().contains("120 of 200"), "{}", desk.screen());
    assert_eq!((desk.state.list.selected, desk.state.list.awaits_rest), (selected, None));
    // It comes once.
    desk.answer(Answer::List(asked.unwrap(), Ok(page(7, false))));
    assert!(desk.screen().contains("120 of 200"));
}
