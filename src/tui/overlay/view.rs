//! Draws what lies over the panes.

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
    text::{Line, Span},
    widgets::{Block, BorderType, Borders, Clear, Widget},
};

use crate::{
    config::{Command, Ink, Scope},
    model::{Bookmark, CountryMatch},
    tui::{
        feeds,
        filtering::{self, Wanted},
        layout::inside,
        state::{Notice, State},
        text::{clean, fit, grouped, how_many, pad, width},
        view::{lay_over, placeholder, scrollbar},
    },
};

use super::{
    BookmarksView, HelpView, Note, NoteFor, Overlay, Picked, Picker,
    help::KEY_CELLS,
    help_lines,
    prompt_view::{draw_input, draw_prompt},
};

/// Lines of one bookmark in the view of all.
const BOOKMARK_LINES: u16 = 4;

/// Draws an overlay; answers where the cursor stands, if one types in it.
pub(in crate::tui) fn view(state: &State, overlay: &Overlay, frame: &mut Frame<'_>) -> Option<Position> {
    match overlay {
        Overlay::Help(view) => draw_help(state, view, frame.buffer_mut()),
        Overlay::Messages(top) => draw_messages(state, *top, frame.buffer_mut()),
        Overlay::Bookmarks(view) => draw_bookmarks(state, view, frame.buffer_mut()),
        Overlay::Feeds(view) => feeds::draw_feeds(state, view, frame.buffer_mut()),
        Overlay::Offers(view) => feeds::draw_offers(state, view, frame.buffer_mut()),
        Overlay::Note(note) => draw_note(state, note, frame),
        Overlay::Prompt(prompt) => return draw_prompt(state, prompt, frame.buffer_mut()),
        Overlay::Picker(picker) => return draw_picker(state, picker, frame.buffer_mut()),
    }
    None
}

/// A place in the middle of the screen, of at most that size.
pub(in crate::tui) fn middle(area: Rect, width: u16, height: u16) -> Rect {
    let (width, height) = (width.min(area.width), height.min(area.height));
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

/// A frame over whatever was there; answers the place inside it.
pub(in crate::tui) fn window(state: &State, rect: Rect, title: &str, foot: &str, buffer: &mut Buffer) -> Rect {
    Clear.render(rect, buffer);
    buffer.set_style(rect, state.theme.style(Ink::Text).patch(state.theme.style(Ink::Overlay)));
    let mut block = Block::new()
        .borders(Borders::ALL)
        .border_type(BorderType::Thick)
        .border_style(state.theme.style(Ink::FocusedBorder))
        .title_top(Line::styled(format!(" {title} "), state.theme.style(Ink::FocusedTitle)));
    if !foot.is_empty() {
        let foot = fit(foot, usize::from(rect.width).saturating_sub(4));
        block = block.title_bottom(Line::styled(format!(" {foot} "), state.theme.style(Ink::Faint)));
    }
    block.render(rect, buffer);
    inside(rect)
}

/// `Tab include · Esc cancel`, with the keys as they are bound.
pub(in crate::tui) fn key_words(state: &State, scope: Scope, commands: &[(Command, &str)]) -> String {
    let words = commands.iter().filter_map(|(command, words)| {
        let key = *state.config.keys.keys_for(scope, *command).first()?;
        Some(format!("{key} {words}"))
    });
    words.collect::<Vec<_>>().join(" · ")
}

fn picker_rect(state: &State) -> Rect {
    let main = state.panes().main;
    // As long as the whole list needs, so that it does not jump while one types.
    let n_items = match &state.overlay {
        Some(Overlay::Picker(Picker { items: Some(items), .. })) => u16::try_from(items.len()).unwrap_or(u16::MAX),
        _ => u16::MAX,
    };
    middle(main, 64, n_items.saturating_add(4).clamp(9, 28).min(main.height.saturating_sub(2).max(5)))
}

/// Lines of a page of the picker.
pub(in crate::tui) fn picker_page(state: &State) -> usize {
    usize::from(inside(picker_rect(state)).height.saturating_sub(2))
}

fn draw_picker(state: &State, picker: &Picker, buffer: &mut Buffer) -> Option<Position> {
    let rect = picker_rect(state);
    let (title, all_or_any) = match picker.picked {
        Picked::Countries => ("Countries", state.filter.country_match),
        Picked::Officials => ("Officials", state.filter.people_match),
    };
    let all_or_any = if all_or_any == CountryMatch::All { "all of" } else { "any of" };
    let foot = key_words(
        state,
        Scope::Picker,
        &[
            (Command::Include, "with"),
            (Command::Exclude, "without"),
            (Command::AllOrAny, "all/any"),
            (Command::Accept, "done"),
            (Command::Cancel, "cancel"),
        ],
    );
    let inner = window(state, rect, &format!("{title}: {all_or_any} them"), &foot, buffer);
    if inner.is_empty() {
        return None;
    }
    let cells = usize::from(inner.width);
    let cursor =
        draw_input(state, "", picker.line.text(), picker.line.cursor_cells(), Rect { height: 1, ..inner }, buffer);
    let count = how_many(state.list.counts);
    let x = inner.right().saturating_sub(u16::try_from(width(&count)).unwrap_or(0));
    buffer.set_stringn(x.max(inner.x), inner.y, &count, cells, state.theme.style(Ink::Filter));
    let rows = Rect { y: inner.y + 2.min(inner.height), height: inner.height.saturating_sub(2), ..inner };
    let Some(items) = &picker.items else {
        placeholder(state, rows, "looking …", buffer);
        return cursor;
    };
    if picker.shown.is_empty() {
        let nothing = if items.is_empty() { "none in the library yet" } else { "nothing of that name" };
        placeholder(state, rows, nothing, buffer);
    }
    for ((at, &index), y) in picker.shown.iter().enumerate().skip(picker.top).zip(rows.y..rows.bottom()) {
        let item = &items[index];
        let row = Rect { y, height: 1, ..rows };
        let (sign, ink) = match filtering::wanted(&state.filter, &item.choice) {
            Wanted::Include => ("✓", Ink::Include),
            Wanted::Exclude => ("✗", Ink::Exclude),
            Wanted::Either => (" ", Ink::Text),
        };
        let count = grouped(item.n_articles);
        let label_cells = (cells.saturating_sub(4 + count.len()) * 11 / 20).max(4);
        let style = state.theme.style(ink);
        buffer.set_stringn(row.x, y, sign, cells, style);
        buffer.set_stringn(row.x + 2, y, pad(&item.label, label_cells), cells.saturating_sub(2), style);
        let detail_cells = cells.saturating_sub(label_cells + 5 + count.len());
        let x = row.x + 3 + u16::try_from(label_cells).unwrap_or(0);
        if x < row.right() {
            buffer.set_stringn(x, y, fit(&item.detail, detail_cells), detail_cells, state.theme.style(Ink::Faint));
        }
        let x = row.right().saturating_sub(u16::try_from(count.len()).unwrap_or(0));
        buffer.set_stringn(x.max(row.x), y, &count, cells, state.theme.style(Ink::Faint));
        if at == picker.selected {
            lay_over(state, Ink::FocusedSelected, row, buffer);
        }
    }
    let shown = (picker.top as u64, u64::from(rows.height), picker.shown.len() as u64);
    scrollbar(state, rect, shown, None, buffer);
    cursor
}

fn draw_note(state: &State, note: &Note, frame: &mut Frame<'_>) {
    let NoteFor { bookmark, .. } = note.of;
    let known = state.bookmarks.iter().find(|known| known.id == bookmark);
    let rect = middle(state.panes().main, 72, 12);
    let foot = key_words(
        state,
        Scope::Note,
        &[(Command::Accept, "keep"), (Command::NewLine, "new line"), (Command::Cancel, "cancel")],
    );
    let inner = window(state, rect, "Note", &foot, frame.buffer_mut());
    if inner.height < 3 || inner.width < 4 {
        return;
    }
    let quote = known.map(|known| format!("“{}”", known.quote)).unwrap_or_default();
    let quote_lines = wrapped(&quote, usize::from(inner.width).saturating_sub(2), usize::from(inner.height / 3).max(1));
    let faint = state.theme.style(Ink::Faint);
    for (line, y) in quote_lines.iter().zip(inner.y..) {
        frame.buffer_mut().set_stringn(inner.x + 1, y, line, usize::from(inner.width) - 1, faint);
    }
    let above = u16::try_from(quote_lines.len()).unwrap_or(1) + 1;
    let editor = Rect {
        x: inner.x + 1,
        y: inner.y + above,
        width: inner.width.saturating_sub(2),
        height: inner.height.saturating_sub(above),
    };
    if editor.is_empty() {
        return;
    }
    let mut text = note.text.clone();
    text.set_style(state.theme.style(Ink::Text));
    text.set_placeholder_text("your words on this quote");
    text.set_placeholder_style(faint);
    frame.render_widget(&text, editor);
}

/// At most `n` lines of `cells`, the last one cut if there is more.
fn wrapped(words: &str, cells: usize, n: usize) -> Vec<String> {
    let words = clean(words);
    let lines = textwrap::wrap(&words, cells.max(4));
    let mut shown: Vec<String> = lines.iter().take(n).map(|line| fit(line, cells)).collect();
    if lines.len() > n
        && let Some(last) = shown.last_mut()
    {
        *last = fit(&format!("{last} …"), cells);
        if !last.ends_with('…') {
            last.push('…');
        }
    }
    shown
}

fn bookmarks_rect(state: &State) -> Rect {
    let main = state.panes().main;
    middle(main, 110, main.height)
}

/// Bookmarks on one page of their view.
pub(in crate::tui) fn bookmarks_page(state: &State) -> usize {
    usize::from(inside(bookmarks_rect(state)).height / BOOKMARK_LINES).max(1)
}

fn draw_bookmarks(state: &State, view: &BookmarksView, buffer: &mut Buffer) {
    let rect = bookmarks_rect(state);
    let foot = key_words(
        state,
        Scope::Bookmarks,
        &[
            (Command::Open, "go there"),
            (Command::EditNote, "note"),
            (Command::Delete, "delete"),
            (Command::Undo, "undo"),
            (Command::CopyQuote, "copy"),
            (Command::Back, "back"),
        ],
    );
    let title = match state.bookmarks.len() {
        0 => "Bookmarks".to_owned(),
        n => format!("Bookmarks {} of {}", view.selected + 1, grouped(n as u64)),
    };
    let inner = window(state, rect, &title, &foot, buffer);
    if state.bookmarks.is_empty() {
        let key = state.config.keys.keys_for(Scope::Reader, Command::Bookmark);
        let key = key.first().map(ToString::to_string).unwrap_or_default();
        placeholder(state, inner, &format!("no bookmarks yet · {key} on a quote makes one"), buffer);
        return;
    }
    let page = bookmarks_page(state);
    // Whole pages: where one is follows from the chosen bookmark alone.
    let top = view.selected / page * page;
    let tops = (inner.y..inner.bottom()).step_by(usize::from(BOOKMARK_LINES));
    for ((at, bookmark), y) in state.bookmarks.iter().enumerate().skip(top).take(page).zip(tops) {
        let place = Rect { y, height: BOOKMARK_LINES.min(inner.bottom() - y), ..inner };
        draw_bookmark(state, bookmark, place, buffer);
        if at == view.selected {
            let lines = Rect { height: place.height.min(BOOKMARK_LINES - 1), ..place };
            lay_over(state, Ink::FocusedSelected, lines, buffer);
        }
    }
    scrollbar(state, rect, (top as u64, page as u64, state.bookmarks.len() as u64), None, buffer);
}

/// Quote; who in which office for which country; article and note.
fn draw_bookmark(state: &State, bookmark: &Bookmark, place: Rect, buffer: &mut Buffer) {
    let cells = usize::from(place.width).saturating_sub(2);
    let mut put = |line: u16, words: &str, style: Style| {
        if line < place.height {
            buffer.set_stringn(place.x + 1, place.y + line, fit(words, cells), cells, style);
        }
    };
    put(0, &format!("“{}”", bookmark.quote), state.theme.style(Ink::Speaker1));
    let country = bookmark.country.map(|code| code.to_string());
    let who = [bookmark.speaker.clone(), bookmark.role.clone(), country];
    let who = who.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let note = if bookmark.note.is_empty() { String::new() } else { format!("  ✎ {}", bookmark.note) };
    let who = if who.is_empty() { "speaker not named".to_owned() } else { who };
    let who = if note.is_empty() { who } else { fit(&who, cells.saturating_sub(width(&note).min(cells / 2))) };
    put(1, &format!("{who}{note}"), state.theme.style(Ink::Text));
    let day = bookmark.published.map_or_else(|| "undated".to_owned(), |day| state.day(day));
    let outlet = bookmark
        .outlet
        .clone()
        .unwrap_or_else(|| bookmark.source.rsplit(['/', '\\']).next().unwrap_or(&bookmark.source).to_owned());
    let gone = if bookmark.article.is_none() { " · article removed" } else { "" };
    put(2, &format!("{day} · {outlet} · {}{gone}", bookmark.headline), state.theme.style(Ink::Faint));
}

fn help_rect(state: &State, n_lines: usize) -> Rect {
    let main = state.panes().main;
    let columns = if main.width >= 116 { 2 } else { 1 };
    let lines = u16::try_from(n_lines.div_ceil(columns)).unwrap_or(u16::MAX).saturating_add(2);
    middle(main, if columns == 2 { 116 } else { 64 }, lines)
}

/// Lines of the help page, and how many of them show at a time.
pub(in crate::tui) fn help_size(state: &State, view: &HelpView) -> (usize, usize) {
    let n_lines = help_lines(&state.config.keys, view.scope).len();
    let rect = help_rect(state, n_lines);
    let columns = if rect.width >= 116 { 2 } else { 1 };
    (n_lines.div_ceil(columns), usize::from(inside(rect).height))
}

fn draw_help(state: &State, view: &HelpView, buffer: &mut Buffer) {
    let lines = help_lines(&state.config.keys, view.scope);
    let rect = help_rect(state, lines.len());
    let place = match view.scope {
        Scope::List => "in the list",
        Scope::Reader => "in the text",
        Scope::Quotes => "in the quotes",
        Scope::Sidebar => "in the sidebar",
        Scope::Bookmarks => "in the bookmarks",
        Scope::Feeds => "in the feeds",
        _ => "anywhere",
    };
    let foot = key_words(state, Scope::Anywhere, &[(Command::Back, "back"), (Command::Down, "down")]);
    let inner = window(state, rect, &format!("Keys {place}"), &foot, buffer);
    let columns: u16 = if rect.width >= 116 { 2 } else { 1 };
    let per_column = lines.len().div_ceil(usize::from(columns));
    let column_width = inner.width / columns;
    for (at, (keys, help)) in lines.iter().enumerate() {
        let column = u16::try_from(at / per_column.max(1)).unwrap_or(0);
        let Some(line) = (at % per_column.max(1)).checked_sub(view.top) else { continue };
        let Some(y) = u16::try_from(line).ok().map(|line| inner.y + line).filter(|&y| y < inner.bottom()) else {
            continue;
        };
        let place = Rect { x: inner.x + column * column_width, y, width: column_width, height: 1 };
        let words = Line::from(vec![
            Span::styled(format!(" {}", pad(keys, KEY_CELLS)), state.theme.style(Ink::Key)),
            Span::styled(format!(" {help}"), state.theme.style(Ink::Text)),
        ]);
        words.render(place, buffer);
    }
    let (n_lines, height) = help_size(state, view);
    scrollbar(state, rect, (view.top as u64, height as u64, n_lines as u64), None, buffer);
}

fn messages_rect(state: &State) -> Rect {
    let main = state.panes().main;
    middle(main, 100, main.height.saturating_sub(2).max(3))
}

/// The messages as lines of the view, the last one first.
fn message_lines(state: &State) -> Vec<(String, Ink)> {
    let cells = usize::from(inside(messages_rect(state)).width).saturating_sub(2).max(4);
    let lines = |notice: &Notice| {
        let ink = if notice.error { Ink::Error } else { Ink::Message };
        wrapped(&notice.text, cells, 8).into_iter().map(|line| (line, ink)).collect::<Vec<_>>()
    };
    state.messages.iter().rev().flat_map(lines).collect()
}

/// Lines of all messages, and how many of them show at a time.
pub(in crate::tui) fn messages_size(state: &State) -> (usize, usize) {
    (message_lines(state).len(), usize::from(inside(messages_rect(state)).height))
}

fn draw_messages(state: &State, top: usize, buffer: &mut Buffer) {
    let rect = messages_rect(state);
    let foot = key_words(state, Scope::Anywhere, &[(Command::Back, "back"), (Command::Down, "down")]);
    let inner = window(state, rect, "Messages, the last one first", &foot, buffer);
    let lines = message_lines(state);
    if lines.is_empty() {
        placeholder(state, inner, "nothing was said yet", buffer);
    }
    for ((line, ink), y) in lines.iter().skip(top).zip(inner.y..inner.bottom()) {
        buffer.set_stringn(inner.x + 1, y, line, usize::from(inner.width).saturating_sub(1), state.theme.style(*ink));
    }
    scrollbar(state, rect, (top as u64, u64::from(inner.height), lines.len() as u64), None, buffer);
}
