//! Feeds on the screen.

use std::num::NonZeroI64;

use super::*;
use crate::{
    feeds::{Done, Progress, Refreshed},
    library::FeedCounts,
    model::{Feed, FeedId},
    tui::{
        effect::FeedWish,
        event::Feeding,
        feeds::{FeedLine, FeedRow},
    },
};

fn feed_id(n: i64) -> FeedId {
    FeedId(NonZeroI64::new(n).unwrap())
}

fn feed(n: i64, name: &str, group: &str) -> FeedRow {
    let feed = Feed {
        id: feed_id(n),
        address: format!("https://courier.example/{n}.xml"),
        name: name.to_owned(),
        named: false,
        groups: if group.is_empty() { Vec::new() } else { vec![group.to_owned()] },
        site: None,
        full_text: None,
        etag: None,
        last_modified: None,
        succeeded: Some("2025-08-04T10:00:00Z".parse().unwrap()),
        error: None,
        failures: 0,
        due: None,
        barred: None,
    };
    FeedRow { feed, counts: FeedCounts { articles: 120, unread: 7 } }
}

fn three() -> Vec<FeedRow> {
    let mut failing = feed(2, "Lakes Weekly", "Africa");
    failing.feed.error =
        Some("https://courier.example/2.xml: the server answers 500: it is in trouble itself".to_owned());
    vec![feed(1, "Accra Courier", "Africa"), failing, feed(3, "Nordic Wire", "")]
}

impl Desk {
    fn feeding(&mut self, feeding: Feeding) -> &mut Self {
        self.event(Event::Feeding(Box::new(feeding)))
    }

    fn wishes(&mut self) -> Vec<FeedWish> {
        let wish = |effect| if let Effect::Feeds(wish) = effect { Some(wish) } else { None };
        // Whoever opens the view looks.
        self.take().into_iter().filter_map(wish).filter(|wish| *wish != FeedWish::Look).collect()
    }
}

fn progress(done: usize, added: usize, refreshed: Vec<(i64, Done)>) -> Feeding {
    let refreshed = refreshed
        .into_iter()
        .map(|(n, done)| Refreshed { feed: feed_id(n), name: format!("feed {n}"), done })
        .collect();
    Feeding::Under(Progress { done, total: 3, added, updated: 0, refreshed })
}

#[test]
fn feeds_stand_in_their_groups_and_those_without_come_last() {
    let mut desk = Desk::new(80, 24);
    desk.feeding(Feeding::Known(three()));
    let lines: Vec<String> = desk
        .state
        .feeds
        .lines()
        .iter()
        .map(|line| match line {
            FeedLine::Group(name) => format!("[{name}]"),
            FeedLine::Feed(row) => row.feed.name.clone(),
        })
        .collect();
    assert_eq!(lines, ["[Africa]", "Accra Courier", "Lakes Weekly", "[no group]", "Nordic Wire"]);
}

#[test]
fn one_key_refreshes_all_and_the_same_key_stops() {
    let mut desk = Desk::new(120, 30);
    desk.feeding(Feeding::Known(three())).press("R");
    assert_eq!(desk.wishes(), [FeedWish::Refresh(None)]);
    desk.feeding(Feeding::Began(3)).feeding(progress(1, 12, vec![(1, Done::Read { added: 12, updated: 0 })]));
    assert!(desk.screen().contains("refreshing 1 of 3 · 12 new"), "{}", desk.screen());
    desk.press("R");
    assert_eq!(desk.wishes(), [FeedWish::Stop]);
    assert!(desk.screen().contains("stopping 1 of 3"), "{}", desk.screen());
    desk.feeding(Feeding::Ended);
    assert!(desk.state.feeds.running.is_none());
}

#[test]
fn an_article_with_other_words_than_before_says_so() {
    let mut desk = Desk::new(160, 45);
    let mut changed = stored(1);
    changed.changed = Some("2025-08-05T12:00:00Z".parse().unwrap());
    desk.state.reader.document = Some(reader::Document::new(changed, 60));
    assert!(desk.screen().contains("4 Aug 2025 · changed 5 Aug 2025"), "{}", desk.screen());
}

#[test]
fn a_key_that_comes_before_the_feeds_are_known_is_obeyed() {
    let mut desk = Desk::new(80, 24);
    desk.press("R");
    assert_eq!(desk.wishes(), [FeedWish::Refresh(None)]);
}

#[test]
fn new_articles_appear_and_the_chosen_one_stays() {
    let mut desk = Desk::with_articles(120, 30, 30);
    desk.press("j j").answer_article();
    let open = desk.state.article();
    desk.take();
    desk.feeding(Feeding::Began(3)).feeding(progress(1, 0, vec![(1, Done::Unchanged)]));
    assert!(desk.take().is_empty(), "nothing new, nothing asked");
    desk.feeding(progress(2, 5, vec![(2, Done::Read { added: 5, updated: 0 })]));
    let seek = desk.effects.iter().find_map(|effect| match effect {
        Effect::Ask(_, Question::List { seek, .. }) => *seek,
        _ => None,
    });
    assert_eq!(seek, open);
    desk.answer_list(35);
    assert_eq!((desk.state.article(), desk.state.list.selected_row().map(|row| row.id)), (open, open));
}

#[test]
fn a_feed_that_fails_is_told_until_it_does_no_longer() {
    let mut desk = Desk::new(120, 30);
    desk.feeding(Feeding::Known(three()));
    desk.state.notice = None;
    assert!(desk.screen().contains("! 1 feed failing F"), "{}", desk.screen());
    desk.feeding(Feeding::Began(3)).feeding(progress(1, 0, vec![(3, Done::Failed("not a feed".to_owned()))]));
    assert_eq!(desk.state.feeds.n_failing(), 2);
    assert!(desk.state.messages.iter().any(|notice| notice.error && notice.text == "feed 3: not a feed"));
    desk.feeding(progress(2, 0, vec![(2, Done::Unchanged)])).feeding(Feeding::Ended);
    let mut known = three();
    known[1].feed.error = None;
    desk.feeding(Feeding::Known(known));
    assert!(!desk.screen().contains("failing"), "{}", desk.screen());
}

#[test]
fn in_the_view_of_feeds_one_is_refreshed_removed_and_looked_into() {
    let mut desk = Desk::new(100, 30);
    desk.feeding(Feeding::Known(three())).press("F");
    insta::assert_snapshot!("feeds", desk.screen());
    desk.press("j r");
    assert_eq!(desk.wishes(), [FeedWish::Refresh(Some(feed_id(2)))]);
    assert!(
        desk.screen().contains("failed: https://courier.example/2.xml: the server answers 500"),
        "{}",
        desk.screen()
    );
    desk.press("d");
    assert!(desk.wishes().is_empty() && desk.notice().contains("at the next press"), "{}", desk.notice());
    desk.press("j k d");
    assert!(desk.wishes().is_empty(), "another key in between takes the question back");
    desk.press("d");
    assert_eq!(desk.wishes(), [FeedWish::Unsubscribe(feed_id(2))]);
    desk.press("G");
    assert!(desk.screen().contains("https://courier.example/3.xml"));
    desk.press("k k k k k k");
    assert!(desk.screen().contains("https://courier.example/1.xml"), "headings are passed over");
    desk.press("q");
    assert!(desk.state.overlay.is_none());
}

#[test]
fn feeds_are_picked_from_the_list_and_nothing_is_fetched_before() {
    let mut desk = Desk::new(100, 30);
    desk.feeding(Feeding::Known(Vec::new())).press("R F");
    assert!(desk.wishes().is_empty());
    assert!(matches!(desk.state.overlay, Some(Overlay::Offers(_))), "without feeds there are some to pick from");
    insta::assert_snapshot!("offers", desk.screen());
    desk.press("j j");
    assert!(desk.wishes().is_empty());
    desk.press("enter");
    let wishes = desk.wishes();
    let [FeedWish::Subscribe(new)] = wishes.as_slice() else { panic!("{wishes:?}") };
    assert_eq!((new.groups.as_slice(), new.named), (["World".to_owned()].as_slice(), true));
    let mut row = feed(9, &new.name, "World");
    row.feed.address.clone_from(&new.address);
    desk.feeding(Feeding::Known(vec![row])).press("enter");
    assert!(desk.wishes().is_empty() && desk.notice().contains("already"), "{}", desk.notice());
    desk.press("q");
    assert!(matches!(desk.state.overlay, Some(Overlay::Feeds(_))));
}

#[test]
fn an_address_is_typed_and_its_feed_looked_for() {
    let mut desk = Desk::new(100, 30);
    desk.feeding(Feeding::Known(three())).press("F +").write("www.example.org").press("enter");
    assert_eq!(desk.wishes(), [FeedWish::Find("www.example.org".to_owned())]);
    desk.feeding(Feeding::Said { message: "a page that names no feeds".to_owned(), error: true });
    assert_eq!(desk.notice(), "a page that names no feeds");
}

#[test]
fn the_first_articles_of_a_feed_take_the_place_of_the_samples() {
    let mut desk = Desk::new(100, 30);
    desk.state.samples = true;
    desk.feeding(Feeding::Began(1)).feeding(progress(1, 5, vec![(1, Done::Read { added: 5, updated: 0 })]));
    assert_eq!(desk.take(), [Effect::LeaveSamples]);
    desk.answer(Answer::Opened(Opened { saved: None, bookmarks: Vec::new(), samples: false, adding: false }));
    desk.answer_list(3).answer_article();
    assert_eq!(desk.state.article(), Some(id(1)));
}
