//! Events in, state and effects out.

use super::*;
use crate::library::Undone;

#[test]
fn the_first_article_opens_by_itself_and_is_not_read_yet() {
    let desk = Desk::new(160, 45);
    assert_eq!(desk.state.article(), Some(id(1)));
    assert!(!desk.state.list.selected_row().unwrap().read);
}

#[test]
fn choosing_an_article_opens_it_and_going_into_it_marks_it_read() {
    let mut desk = Desk::new(160, 45);
    desk.press("j").answer_article();
    assert_eq!(desk.state.article(), Some(id(2)));
    desk.take();
    desk.press("enter");
    assert_eq!(desk.state.focus, Pane::Reader);
    assert!(desk.take().contains(&Effect::Keep(Change::Read(id(2), true))));
}

#[test]
fn an_answer_to_a_question_no_longer_asked_is_dropped() {
    let mut desk = Desk::new(160, 45);
    desk.press("j");
    let old = desk.effects.iter().find_map(|effect| match effect {
        Effect::Ask(job, Question::Article { .. }) => Some(*job),
        _ => None,
    });
    desk.press("j");
    desk.answer(Answer::Article(old.unwrap(), Ok(Some(ArticleFound { stored: stored(2), place: Place::Unasked }))));
    assert_eq!(desk.state.article(), Some(id(1)));
    desk.answer_article();
    assert_eq!(desk.state.article(), Some(id(3)));
}

#[test]
fn panes_are_gone_through_with_tab_and_back_with_q() {
    let mut desk = Desk::new(160, 45);
    let mut seen = Vec::new();
    for _ in 0..4 {
        desk.press("tab");
        seen.push(desk.state.focus);
    }
    assert_eq!(seen, [Pane::Reader, Pane::Quotes, Pane::Sidebar, Pane::List]);
    desk.press("shift-tab");
    assert_eq!(desk.state.focus, Pane::Sidebar);
    desk.press("q");
    assert_eq!(desk.state.focus, Pane::Reader);
    desk.press("q");
    assert_eq!((desk.state.focus, &desk.state.ending), (Pane::List, &None));
    desk.press("q");
    assert_eq!(desk.state.ending, Some(Ending::Left));
}

#[test]
fn ctrl_c_leaves_at_once_from_anywhere() {
    for keys in ["ctrl-c", "tab ctrl-c", "c ctrl-c", "/ ctrl-c", "D ctrl-c", "B ctrl-c", "? ctrl-c", "z ctrl-c"] {
        let mut desk = Desk::new(160, 45);
        desk.press(keys);
        assert_eq!(desk.state.ending, Some(Ending::Left), "{keys}");
    }
}

#[test]
fn a_digit_filters_by_that_country_and_once_more_does_not() {
    let mut desk = Desk::new(160, 45);
    desk.press("2");
    assert_eq!(desk.asked_filter().countries, [code("KE")], "Somalia is mentioned more often");
    desk.press("1");
    assert_eq!(desk.asked_filter().countries, [code("KE"), code("SO")]);
    desk.press("2");
    assert_eq!(desk.asked_filter().countries, [code("SO")]);
    desk.press("0");
    assert!(desk.asked_filter().is_empty());
    desk.press("9");
    assert!(desk.notice().contains("no country 9"));
}

#[test]
fn a_story_opens_to_its_versions_and_the_list_comes_back() {
    let mut desk = Desk::new(160, 45);
    desk.press("v");
    assert_eq!(desk.notice(), "no other outlet has this story");
    desk.press("U").answer_list(3);
    desk.state.list.row_of(id(1)).unwrap().n_versions = 3;
    for back in ["v", "esc", "0"] {
        desk.press("v");
        let versions = desk.asked_filter();
        assert_eq!((versions.versions_of, versions.unread), (Some(id(1)), false));
        desk.press(back);
        let before = desk.asked_filter();
        assert_eq!((before.versions_of, before.unread), (None, true), "{back}");
    }
}

#[test]
fn escape_in_the_list_clears_the_filter_and_never_leaves() {
    let mut desk = Desk::new(160, 45);
    desk.press("U");
    assert!(desk.asked_filter().unread);
    desk.press("esc");
    assert!(desk.asked_filter().is_empty());
    desk.press("esc");
    assert_eq!((desk.state.ending.as_ref(), desk.notice()), (None, "q leaves"));
}

#[test]
fn the_open_article_stays_open_when_the_filter_leaves_it_in() {
    let mut desk = Desk::new(160, 45);
    desk.press("j").answer_article();
    desk.take();
    desk.press("1").answer_list(2);
    assert!(!desk.take().iter().any(|effect| matches!(effect, Effect::Ask(_, Question::Article { .. }))));
    assert_eq!((desk.state.article(), desk.state.list.selected), (Some(id(2)), 1));
}

#[test]
fn an_article_that_the_filter_shuts_out_gives_way_to_one_it_leaves() {
    let mut desk = Desk::new(160, 45);
    desk.press("j j").answer_article();
    desk.press("U").answer_list(1).answer_article();
    assert_eq!((desk.state.article(), desk.state.list.selected), (Some(id(1)), 0));
}

#[test]
fn stepping_through_quotes_moves_the_text_and_the_text_moves_them() {
    let mut desk = Desk::new(80, 14);
    desk.press("tab");
    assert_eq!(desk.state.quotes.selected, 0);
    desk.press("] ] ]");
    assert_eq!(desk.state.quotes.selected, 3);
    let quote = desk.state.quotes_found()[3].extent().unwrap();
    assert!(desk.state.reader.visible().contains(&quote.start()), "the quote is in sight");
    assert!(desk.state.reader.top > 0);
    desk.press("]");
    assert_eq!((desk.state.quotes.selected, desk.notice()), (3, "this is the last quote"));
    desk.press("g");
    assert_eq!((desk.state.reader.top, desk.state.quotes.selected), (0, 0));
    desk.press("G");
    assert_eq!(desk.state.reader.progress(), "end");
    assert_ne!(desk.state.quotes.selected, 0, "the first quote is out of sight");
    desk.press("[ [ [ [");
    assert_eq!(desk.state.quotes.selected, 0);
}

#[test]
fn the_place_in_an_article_is_kept_and_found_again() {
    let mut desk = Desk::new(80, 12);
    desk.press("tab j j j j j");
    let kept = desk.take().into_iter().rev().find_map(|effect| match effect {
        Effect::Keep(Change::Position(article, position)) => Some((article, position)),
        _ => None,
    });
    let (article, position) = kept.unwrap();
    assert_eq!(article, id(1));
    assert_eq!(position, desk.state.reader.position());
    assert!(position > 0);
    desk.press("q j").answer_article().press("k");
    let job = desk.state.reader.waiting.unwrap();
    let stored = StoredArticle { position, ..stored(1) };
    desk.answer(Answer::Article(job, Ok(Some(ArticleFound { stored, place: Place::Unasked }))));
    assert_eq!(desk.state.reader.position(), position);
}

#[test]
fn a_narrower_screen_keeps_the_place() {
    let mut desk = Desk::new(160, 12);
    desk.press("tab z ctrl-d");
    let position = desk.state.reader.position();
    assert!(position > 0);
    desk.event(Event::Input(Input::Resize(40, 12)));
    let visible = desk.state.reader.visible();
    assert!(visible.contains(&position), "{position} is not in {visible:?}");
}

#[test]
fn b_bookmarks_the_quote_and_b_again_writes_its_note() {
    let mut desk = Desk::new(160, 45);
    desk.press("tab ]");
    desk.take();
    desk.press("b");
    let new = desk.take().into_iter().find_map(|effect| match effect {
        Effect::Keep(Change::AddBookmark(new)) => Some(*new),
        _ => None,
    });
    let new: NewBookmark = new.unwrap();
    assert_eq!(new.quote, "It opens in October … Whoever wants to walk through it may.");
    assert_eq!((new.speaker.as_deref(), new.role.as_deref()), (Some("Amina Odhiambo"), Some("Foreign Minister")));
    assert_eq!(new.country, Some(code("KE")));
    assert_eq!(new.anchor.exact, new.anchor.position.of(BODY));
    assert!(new.anchor.prefix.ends_with("Friday.\n\n“") && new.anchor.prefix.chars().count() == 32);
    let made = bookmark(7, 1, "");
    desk.answer(Answer::Bookmarks(Ok(vec![made.clone()]), Some(made.id)));
    assert!(desk.notice().starts_with("bookmarked"));
    desk.press("b").write("call the embassy").press("enter");
    assert!(desk.take().contains(&Effect::Keep(Change::Note(made.id, "call the embassy".to_owned()))));
    assert!(desk.state.overlay.is_none());
}

#[test]
fn escape_leaves_a_note_as_it_was() {
    let mut desk = Desk::new(160, 45);
    let made = bookmark(7, 0, "as it was");
    desk.answer(Answer::Bookmarks(Ok(vec![made]), None));
    desk.press("tab b").write("changed").press("esc");
    assert!(!desk.take().iter().any(|effect| matches!(effect, Effect::Keep(Change::Note(..)))));
}

#[test]
fn a_bookmark_is_deleted_and_brought_back() {
    let mut desk = Desk::new(160, 45);
    let (first, second) = (bookmark(2, 1, ""), bookmark(1, 0, ""));
    desk.answer(Answer::Bookmarks(Ok(vec![first.clone(), second.clone()]), None));
    desk.press("B j d");
    assert!(desk.take().contains(&Effect::Keep(Change::RemoveBookmark(second.id))));
    desk.answer(Answer::Bookmarks(Ok(vec![first]), None));
    desk.press("u");
    assert!(desk.take().contains(&Effect::Keep(Change::RestoreBookmark(second.id))));
}

#[test]
fn an_article_is_removed_the_next_one_opens_and_it_can_be_brought_back() {
    let mut desk = Desk::new(160, 45);
    desk.press("d");
    let done = desk.take();
    assert_eq!(done[0], Effect::Keep(Change::RemoveArticle(id(1))));
    assert!(
        done.iter()
            .any(|effect| matches!(effect, Effect::Ask(_, Question::Article { id: next, .. }) if *next == id(2)))
    );
    assert!(
        done.iter().any(|effect| matches!(effect, Effect::Ask(_, Question::List { seek, .. }) if *seek == Some(id(2))))
    );
    assert_eq!(desk.notice(), "removed · p brings it back");
    desk.press("p");
    assert!(desk.take().contains(&Effect::Keep(Change::Undo)));
    desk.answer(Answer::Undone(Some(Undone { articles: 1, bookmarks: 0 }), Vec::new()));
    assert_eq!(desk.notice(), "1 article brought back");
    assert!(desk.take().iter().any(|effect| matches!(effect, Effect::Ask(_, Question::List { .. }))));
    desk.answer(Answer::Undone(None, Vec::new()));
    assert_eq!(desk.notice(), "nothing to bring back");
}

#[test]
fn what_is_older_than_the_config_keeps_it_is_told_and_nothing_is_done() {
    let mut desk = Desk::new(160, 45);
    desk.event(Event::Adding(Adding::Expired(12)));
    assert_eq!(desk.notice(), "12 articles older than your config keeps them · attache library prune");
    assert_eq!(desk.take(), []);
}

#[test]
fn enter_on_a_bookmark_jumps_to_its_words() {
    let mut desk = Desk::new(80, 14);
    let kept = bookmark(1, 3, "");
    desk.answer(Answer::Bookmarks(Ok(vec![kept.clone()]), None));
    desk.press("B enter").answer_article();
    assert_eq!((desk.state.focus, desk.state.quotes.selected), (Pane::Reader, 3));
    assert!(desk.state.reader.visible().contains(&kept.anchor.position.start()));
}

#[test]
fn a_bookmark_whose_wording_is_gone_says_so() {
    let mut desk = Desk::new(160, 45);
    desk.answer(Answer::Bookmarks(Ok(vec![bookmark(1, 3, "")]), None));
    desk.press("B enter");
    let job = desk.state.reader.waiting.unwrap();
    desk.answer(Answer::Article(job, Ok(Some(ArticleFound { stored: stored(1), place: Place::Gone }))));
    assert!(desk.notice().contains("no longer in the text"));
}

#[test]
fn the_picker_finds_countries_and_filters_by_several_at_once() {
    let mut desk = Desk::new(160, 45);
    desk.press("c");
    let job = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Ask(job, Question::Countries) => Some(*job),
        _ => None,
    });
    let country = |short: &str, name: &str, region: &str| CountryListed {
        count: CountryCount { code: code(short), name: name.to_owned(), n_articles: 3 },
        region: region.to_owned(),
    };
    let all = vec![
        country("KE", "Kenya", "Eastern Africa"),
        country("SO", "Somalia", "Eastern Africa"),
        country("IS", "Iceland", "Northern Europe"),
    ];
    desk.answer(Answer::Countries(job.unwrap(), Ok(all)));
    desk.write("icel").press("tab");
    assert_eq!(desk.asked_filter().countries, [code("IS")]);
    desk.press("backspace backspace backspace backspace").write("eastern").press("down shift-tab enter");
    let filter = desk.asked_filter();
    assert_eq!((filter.countries.as_slice(), filter.without.as_slice()), (&[code("IS")][..], &[code("SO")][..]));
    assert!(desk.state.overlay.is_none());
    desk.press("c").press("ctrl-x").press("esc");
    assert_eq!(desk.state.filter, filter, "Esc puts the filter back");
}

#[test]
fn who_types_faster_than_the_picker_fills_gets_the_best_match() {
    let mut desk = Desk::new(160, 45);
    desk.press("c").write("som").press("enter");
    let job = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Ask(job, Question::Countries) => Some(*job),
        _ => None,
    });
    let country = |short: &str, name: &str| CountryListed {
        count: CountryCount { code: code(short), name: name.to_owned(), n_articles: 3 },
        region: String::new(),
    };
    desk.answer(Answer::Countries(job.unwrap(), Ok(vec![country("KE", "Kenya"), country("SO", "Somalia")])));
    assert_eq!(desk.asked_filter().countries, [code("SO")]);
    assert!(desk.state.overlay.is_none());
}

#[test]
fn enter_in_the_picker_takes_the_chosen_line() {
    let mut desk = Desk::new(160, 45);
    desk.press("O");
    let job = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Ask(job, Question::Officials) => Some(*job),
        _ => None,
    });
    let official = |name: &str| OfficialCount { name: name.to_owned(), role: None, country: None, n_articles: 1 };
    desk.answer(Answer::Officials(job.unwrap(), Ok(vec![official("Amina Odhiambo"), official("Yusuf Warsame")])));
    desk.write("wars").press("enter");
    assert_eq!(desk.asked_filter().people, ["Yusuf Warsame"]);
    assert!(desk.state.overlay.is_none());
}

#[test]
fn dates_are_typed_as_people_write_them() {
    let mut desk = Desk::new(160, 45);
    desk.press("D").write("soon").press("enter");
    assert!(matches!(&desk.state.overlay, Some(Overlay::Prompt(prompt)) if prompt.error.is_some()));
    desk.press("ctrl-u").write("last 7d").press("enter");
    let filter = desk.asked_filter();
    assert_eq!(
        (filter.since, filter.until),
        (NaiveDate::from_ymd_opt(2025, 7, 30), NaiveDate::from_ymd_opt(2025, 8, 5))
    );
}

#[test]
fn the_list_is_searched_while_one_types() {
    let mut desk = Desk::new(160, 45);
    desk.press("/").write("ice");
    assert_eq!(desk.asked_filter().text, "ice");
    desk.press("esc");
    assert!(desk.asked_filter().is_empty());
    desk.press("/").write("ice").press("enter");
    assert_eq!(desk.state.filter.text, "ice");
}

#[test]
fn the_list_is_searched_with_the_language_of_queries() {
    let mut desk = Desk::new(160, 45);
    desk.press("/").write("ice country:Kenya");
    assert_eq!(desk.asked_filter().query.to_string(), "ice country:KE");
    desk.write(" is:unred");
    // A mistake stops neither the typing nor what was understood before, and Enter does not take it.
    let mistake = |desk: &Desk| match &desk.state.overlay {
        Some(Overlay::Prompt(prompt)) => prompt.error.clone().map(|mistake| mistake.message),
        _ => None,
    };
    assert_eq!(mistake(&desk).as_deref(), Some("there is no “unred”: did you mean “unread”?"));
    desk.press("enter");
    assert!(mistake(&desk).is_some());
    desk.press("backspace backspace").write("ead").press("enter");
    assert_eq!(desk.state.filter.query.to_string(), "ice country:KE is:unread");
    desk.press("/");
    let Some(Overlay::Prompt(prompt)) = &desk.state.overlay else { panic!("a prompt") };
    assert_eq!(prompt.line.text(), "ice country:KE is:unread");
    desk.press("esc");
    assert_eq!(desk.state.filter.query.to_string(), "ice country:KE is:unread");
}

#[test]
fn the_text_is_searched_and_stepped_through() {
    let mut desk = Desk::new(160, 45);
    desk.press("tab /").write("border").press("enter");
    let search = desk.state.reader.search.as_ref().unwrap();
    assert_eq!((search.hits.len(), search.current), (2, Some(0)));
    desk.press("n");
    assert_eq!(desk.notice(), "match 2 of 2");
    desk.press("n");
    assert_eq!(desk.notice(), "match 1 of 2");
    desk.press("N");
    assert_eq!(desk.notice(), "match 2 of 2");
    desk.press("esc");
    assert!(desk.state.reader.search.is_none());
    desk.press("/").write("nowhere at all").press("enter");
    assert!(desk.notice().contains("is not in this text"));
}

#[test]
fn the_sidebar_highlights_steps_and_filters() {
    let mut desk = Desk::new(160, 45);
    desk.press("shift-tab j");
    assert_eq!(desk.state.sidebar.choice, Some(sidebar::Choice::Country(code("KE"))));
    desk.press("n");
    assert_eq!(desk.notice(), "mention 2 of 2");
    desk.press("enter");
    assert_eq!(desk.asked_filter().countries, [code("KE")]);
    desk.press("G enter");
    assert_eq!(desk.asked_filter().organizations, ["African Union"]);
}

#[test]
fn a_quote_is_copied_with_who_said_it_and_where() {
    let mut desk = Desk::new(160, 45);
    desk.press("tab y");
    let copied = desk.take().into_iter().find_map(|effect| match effect {
        Effect::Copy(text) => Some(text),
        _ => None,
    });
    assert_eq!(
        copied.unwrap(),
        "“We have waited nine years for this door,” — Amina Odhiambo, Foreign Minister (KE), “Kenya and Somalia to \
         open a border post”, Nairobi Ledger, 4 August 2025, https://example.org/border"
    );
}

#[test]
fn only_addresses_of_the_web_are_opened() {
    let mut desk = Desk::new(160, 45);
    desk.press("o");
    assert!(desk.take().contains(&Effect::OpenLink("https://example.org/border".to_owned())));
    desk.state.reader.document.as_mut().unwrap().stored.article.url = Some("file:///etc/passwd".to_owned());
    desk.press("o");
    assert!(!desk.take().iter().any(|effect| matches!(effect, Effect::OpenLink(_))));
}

#[test]
fn what_the_screen_keeps_brings_it_back() {
    let mut desk = Desk::new(160, 45);
    desk.press("j").answer_article().press("U S").press("tab");
    let saved = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Keep(Change::Screen(saved)) => Some((**saved).clone()),
        _ => None,
    });
    let saved = saved.unwrap();
    let json = serde_json::to_string(&saved).unwrap();
    let saved: saved::Saved = serde_json::from_str(&json).unwrap();
    assert_eq!((saved.article, saved.focus, saved.sort), (Some(id(2)), Pane::Reader, Some(Sort::DateAscending)));
    assert!(saved.filter.unread);
    let mut again = Desk::new(160, 45);
    again.answer(Answer::Opened(Opened { saved: Some(saved), bookmarks: vec![], samples: false, adding: false }));
    assert_eq!((again.state.focus, again.state.filter.unread), (Pane::Reader, true));
    assert!(matches!(
        again.effects.iter().rev().find(|effect| matches!(effect, Effect::Ask(_, Question::Article { .. }))),
        Some(Effect::Ask(_, Question::Article { id: article, .. })) if *article == id(2)
    ));
}

#[test]
fn nothing_of_the_samples_is_kept() {
    let mut desk = Desk::new(160, 45);
    desk.answer(Answer::Opened(Opened { saved: None, bookmarks: vec![], samples: true, adding: false }));
    desk.effects.clear();
    desk.press("U tab j");
    assert!(
        !desk.effects.iter().any(|effect| matches!(effect, Effect::Keep(Change::Screen(_) | Change::Position(..))))
    );
}

#[test]
fn only_what_is_about_to_be_seen_is_asked_for() {
    let mut desk = Desk::with_articles(160, 45, 100_000);
    assert!(desk.state.list.rows.len() < 200);
    desk.press("j j j");
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::Ask(_, Question::List { .. }))));
    desk.press("G").answer_list(100_000);
    assert_eq!(desk.state.list.selected, 99_999);
    assert_eq!(desk.state.list.selected_row().unwrap().id, id(100_000));
    desk.answer_article();
    assert_eq!(desk.state.article(), Some(id(100_000)));
}

#[test]
fn new_articles_do_not_move_what_one_reads() {
    let mut desk = Desk::new(160, 45);
    desk.press("j").answer_article();
    desk.event(Event::Adding(Adding::Under(10, 40)));
    assert_eq!(desk.state.activity.as_deref(), Some("adding 10 of 40"));
    desk.answer_list(30);
    assert_eq!((desk.state.article(), desk.state.list.counts.matching), (Some(id(2)), 30));
    desk.event(Event::Adding(Adding::Done { message: "40 added".to_owned(), refused: Vec::new() }));
    assert_eq!((desk.notice(), &desk.state.activity), ("40 added", &None));
}

#[test]
fn no_key_at_any_size_breaks_anything() {
    let config = Config::default();
    let keys: Vec<Key> =
        crate::config::Scope::ALL.iter().flat_map(|&scope| config.keys.bindings(scope)).map(|(key, _)| *key).collect();
    assert!(keys.len() > 60);
    let codes = "qQ?jkgG lhn N]b[mByYosuASzcOD*0123456789/eduxf".chars();
    for (width, height) in [(1, 1), (2, 2), (5, 3), (20, 6), (40, 10), (60, 14), (80, 24), (100, 30)] {
        let mut desk = Desk::new(width, height);
        desk.answer(Answer::Bookmarks(Ok(vec![bookmark(1, 3, "note")]), None));
        for c in codes.clone() {
            for opener in ["", "tab", "tab tab", "shift-tab", "c", "/", "D", "B", "?", "B e", "z"] {
                if !opener.is_empty() {
                    desk.press(opener);
                }
                desk.write(&c.to_string());
                desk.press("down enter");
                let _ = desk.draw();
                desk.press("esc esc esc");
                desk.state.ending = None;
            }
        }
    }
}

#[test]
fn until_one_chooses_the_newest_article_is_the_one_to_see() {
    let mut desk = Desk::new(160, 45);
    desk.event(Event::Adding(Adding::Under(10, 40)));
    let asked = desk.take().into_iter().find_map(|effect| match effect {
        Effect::Ask(job, Question::List { seek, index, .. }) => Some((job, seek, index)),
        _ => None,
    });
    let (job, seek, index) = asked.unwrap();
    assert_eq!((seek, index), (None, 0));
    let counts = Counts { matching: 2, unread_matching: 2, total: 2, at_least: false };
    let page = ListPage { counts, found: None, offset: 0, rows: vec![row(2), row(1)] };
    desk.answer(Answer::List(job, Ok(page))).answer_article();
    assert_eq!(desk.state.article(), Some(id(2)));
}

#[test]
fn what_was_refused_and_why_can_be_read_later() {
    let mut desk = Desk::new(80, 24);
    let refused = vec!["press/a.bin is not text".to_owned(), "press/b.bin is not text".to_owned()];
    desk.event(Event::Adding(Adding::Done { message: "4 added, 2 refused · M tells why".to_owned(), refused }));
    desk.press("j M");
    let screen = desk.screen();
    assert!(screen.contains("press/a.bin is not text") && screen.contains("4 added, 2 refused"), "{screen}");
    desk.press("q");
    assert!(desk.state.overlay.is_none());
}

#[test]
fn the_mouse_goes_to_panes_and_chooses() {
    use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
    let mut desk = Desk::new(160, 45);
    let mut mouse = |kind, column, row| {
        desk.event(Event::Input(Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })));
    };
    let click = MouseEventKind::Down(MouseButton::Left);
    mouse(click, 5, 3);
    desk.answer_article();
    assert_eq!((desk.state.focus, desk.state.article()), (Pane::List, Some(id(2))));
    let quotes = desk.state.panes().quotes.unwrap();
    let mut mouse = |kind, column, row| {
        desk.event(Event::Input(Input::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE })));
    };
    mouse(click, quotes.x + 3, quotes.y + 3);
    assert_eq!((desk.state.focus, desk.state.quotes.selected), (Pane::Quotes, 1));
    let sidebar = desk.state.panes().sidebar.unwrap();
    for expected in [0, 1] {
        let event =
            MouseEvent { kind: click, column: sidebar.x + 5, row: sidebar.y + 3, modifiers: KeyModifiers::NONE };
        desk.event(Event::Input(Input::Mouse(event)));
        assert_eq!(desk.state.filter.countries.len(), expected, "a second click filters");
    }
}

#[test]
fn the_order_is_kept_only_when_it_was_chosen() {
    let mut desk = Desk::new(160, 45);
    desk.press("tab");
    assert_eq!(desk.state.kept.sort, None);
    desk.press("S");
    assert_eq!(desk.state.kept.sort, Some(Sort::DateAscending));
}

#[test]
fn a_list_that_holds_less_than_was_counted_is_not_asked_for_for_ever() {
    let mut desk = Desk::new(160, 45);
    desk.press("U");
    let mut n_asked = 0;
    for _ in 0..5 {
        let job = desk.take().into_iter().find_map(|effect| match effect {
            Effect::Ask(job, Question::List { .. }) => Some(job),
            _ => None,
        });
        let Some(job) = job else { break };
        n_asked += 1;
        let counts = Counts { matching: 50, unread_matching: 50, total: 50, at_least: false };
        let page = ListPage { counts, found: Some(0), offset: 0, rows: vec![row(1)] };
        desk.answer(Answer::List(job, Ok(page)));
    }
    assert_eq!(n_asked, 2);
}
