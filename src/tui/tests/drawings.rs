//! What the screen looks like.

use super::*;
use ratatui::style::Modifier;

/// The cell where `words` start on the screen.
fn find(buffer: &Buffer, words: &str) -> (u16, u16) {
    for y in 0..buffer.area.height {
        let line: String = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect();
        if let Some(at) = line.find(words) {
            return (u16::try_from(line[..at].chars().count()).unwrap(), y);
        }
    }
    panic!("{words} is not on the screen");
}

#[test]
fn every_pane_at_three_sizes() {
    for (width, height) in [(160, 45), (80, 24), (40, 10)] {
        for (pane, keys) in [("list", ""), ("reader", "tab"), ("quotes", "tab tab"), ("sidebar", "shift-tab")] {
            let mut desk = Desk::new(width, height);
            if !keys.is_empty() {
                desk.press(keys);
            }
            insta::assert_snapshot!(format!("{pane}_{width}x{height}"), desk.screen());
        }
    }
}

#[test]
fn every_overlay_at_80x24() {
    for (name, keys) in
        [("help", "?"), ("bookmarks", "B"), ("note", "tab b"), ("dates", "D"), ("find", "/"), ("zen", "z")]
    {
        let mut desk = Desk::new(80, 24);
        desk.answer(Answer::Bookmarks(Ok(vec![bookmark(2, 0, "call the embassy"), bookmark(1, 2, "")]), None));
        desk.press(keys);
        insta::assert_snapshot!(name, desk.screen());
    }
}

#[test]
fn a_quote_has_its_speakers_colour_and_the_current_one_more() {
    let desk = Desk::new(160, 45);
    let theme = &desk.state.theme;
    let buffer = desk.buffer();
    let style = |words: &str| buffer[find(&buffer, words)].style();
    assert_eq!(style("We have waited").fg, theme.style(Ink::Speaker1).fg);
    assert_eq!(style("We have waited").bg, theme.style(Ink::CurrentQuote).bg);
    assert!(style("We have waited").add_modifier.contains(Modifier::BOLD));
    assert_eq!(style("It opens in").fg, theme.style(Ink::Speaker1).fg);
    assert_ne!(style("It opens in").bg, theme.style(Ink::CurrentQuote).bg);
    assert_eq!(style("a small bridge").fg, theme.style(Ink::Speaker2).fg);
    assert_eq!(style("stand ready").fg, theme.style(Ink::Speaker3).fg);
}

#[test]
fn mentions_are_marked_and_the_chosen_ones_more() {
    let mut desk = Desk::new(160, 45);
    desk.press("shift-tab");
    let buffer = desk.buffer();
    let (x, y) = find(&buffer, "Somalia would");
    assert_eq!(buffer[(x, y)].style().bg, desk.state.theme.style(Ink::ChosenCurrent).bg);
    let (x, y) = find(&buffer, "Kenya said");
    assert!(buffer[(x, y)].style().add_modifier.contains(Modifier::UNDERLINED));
    let (x, y) = find(&buffer, "Amina Odhiambo of");
    assert!(buffer[(x, y)].style().add_modifier.contains(Modifier::BOLD));
}

#[test]
fn without_colour_nothing_has_any() {
    let mut desk = Desk::new(160, 45);
    desk.state.theme = Theme::builtin("mono").unwrap();
    let buffer = desk.buffer();
    for cell in &buffer.content {
        assert_eq!((cell.fg, cell.bg), (ratatui::style::Color::Reset, ratatui::style::Color::Reset));
    }
    let current = buffer[find(&buffer, "We have waited")].style();
    assert!(current.add_modifier.contains(Modifier::REVERSED | Modifier::BOLD));
}

#[test]
fn no_byte_of_an_article_reaches_the_terminal_that_could_act_there() {
    let mut desk = Desk::new(160, 45);
    desk.press("j");
    let job = desk.state.reader.waiting.unwrap();
    let evil = "\u{1b}[31mred\u{1b}]0;title\u{7} \u{9b}2J\u{202e}evil\u{202c} tab\there \u{85} end";
    let mut article = stored(2);
    article.article.body = evil.to_owned();
    article.article.title = Some(evil.to_owned());
    article.article.outlet = Some(evil.to_owned());
    article.annotations = Annotations {
        quotes: vec![Quote {
            spans: vec![Span::new(evil, 0..evil.len()).unwrap()],
            kind: QuoteKind::Direct,
            speaker: Some(Speaker { name: evil.to_owned(), person: Some(0), mention: Span::new(evil, 0..1).unwrap() }),
            cue: None,
            confidence: 1.0,
        }],
        people: vec![Person {
            name: evil.to_owned(),
            role: Some(evil.to_owned()),
            country: None,
            official: true,
            mentions: vec![Span::new(evil, 0..4).unwrap()],
        }],
        countries: vec![Country { code: code("XX"), name: evil.to_owned(), mentions: vec![] }],
        organizations: vec![Organization { name: evil.to_owned(), mentions: vec![] }],
    };
    desk.answer(Answer::Article(job, Ok(Some(ArticleFound { stored: article, place: Place::Unasked }))));
    let mut kept = bookmark(1, 0, evil);
    kept.quote = evil.to_owned();
    kept.headline = evil.to_owned();
    desk.answer(Answer::Bookmarks(Ok(vec![kept]), None));
    for keys in ["tab", "tab", "tab", "B", "e"] {
        desk.press(keys);
        for cell in &desk.buffer().content {
            let harmful = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!cell.symbol().chars().any(harmful), "{:?}", cell.symbol());
        }
    }
}

#[test]
fn wide_and_combining_characters_keep_the_frame_whole() {
    let mut desk = Desk::new(80, 24);
    desk.press("j");
    let job = desk.state.reader.waiting.unwrap();
    let mut article = stored(2);
    article.annotations = Annotations::default();
    article.article.title = Some("大馬士革會談 e\u{301}e\u{301}e\u{301} وزیر خارجه 👩‍👩‍👧".to_owned());
    article.article.body =
        format!("{}\n\n{}\n\nوزیر خارجه گفت\n\n{}", "大馬士革".repeat(40), "e\u{301}".repeat(100), "x".repeat(300));
    desk.answer(Answer::Article(job, Ok(Some(ArticleFound { stored: article, place: Place::Unasked }))));
    let buffer = desk.buffer();
    for y in 1..15 {
        assert!(matches!(buffer[(79, y)].symbol(), "│" | "▐" | "┃"), "line {y}: {:?}", buffer[(79, y)].symbol());
    }
}

#[test]
fn the_status_line_says_which_filter_is_on_and_what_it_leaves() {
    let mut desk = Desk::new(80, 24);
    desk.press("1 U").answer_list(2);
    assert!(desk.screen().contains("SO · unread · 2 of 3"), "{}", desk.screen());
}

#[test]
fn a_screen_that_shrinks_before_it_says_so_breaks_nothing() {
    let desk = Desk::new(160, 45);
    let mut terminal = Terminal::new(TestBackend::new(40, 10)).unwrap();
    terminal.draw(|frame| view(&desk.state, frame)).unwrap();
}

#[test]
fn a_digit_stands_beside_the_first_nine_countries_only() {
    let mut article = stored(1);
    for n in 0..12u8 {
        let short = format!("X{}", char::from(b'A' + n));
        article.annotations.countries.push(Country { code: code(&short), name: short.clone(), mentions: Vec::new() });
    }
    let document = reader::Document::new(article, 80);
    let rows = sidebar::rows(&[], Some(&document), &Filter::default(), &std::collections::BTreeMap::new());
    let digits: Vec<Option<usize>> = rows
        .iter()
        .filter_map(sidebar::Row::item)
        .filter(|item| matches!(item.choice, sidebar::Choice::Country(_)))
        .map(|item| item.digit)
        .collect();
    assert_eq!(digits.len(), 14);
    assert_eq!(digits[..9], (1..=9).map(Some).collect::<Vec<_>>());
    assert!(digits[9..].iter().all(Option::is_none));
}
