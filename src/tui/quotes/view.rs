//! Draws the quotes.

use ratatui::{buffer::Buffer, layout::Rect, style::Style, text::Span};

use crate::{
    config::Ink,
    model::Quote,
    tui::{
        layout::{inside, quote_height},
        reader::Document,
        state::{Pane, State},
        text::{fit, width},
        view::{Legend, frame_pane, mark_row, placeholder, scrollbar},
    },
};

/// Draws the quotes with their frame.
pub(in crate::tui) fn view(state: &State, rect: Rect, buffer: &mut Buffer) {
    let quotes = state.quotes_found();
    let cells = usize::from(rect.width);
    let right = match quotes.len() {
        0 => String::new(),
        n => format!("{} of {n}", state.quotes.selected + 1),
    };
    let foot = match &state.reader.document {
        // With two lines to each quote it stands there already.
        Some(document) if quote_height(state.panes().main.height) == 1 => {
            fit(&attribution(document, state.quotes.selected), cells.saturating_sub(6))
        }
        _ => String::new(),
    };
    let foot = if foot.is_empty() { Vec::new() } else { vec![Span::styled(foot, state.theme.style(Ink::Faint))] };
    let legend = Legend { title: vec![Span::raw("Quotes")], right, foot, foot_right: String::new() };
    frame_pane(state, Pane::Quotes, rect, legend, buffer);
    let inner = inside(rect);
    let Some(document) = state.reader.document.as_ref().filter(|_| !quotes.is_empty()) else {
        placeholder(state, inner, "no quotes", buffer);
        return;
    };
    let top = state.quotes.top;
    let height = quote_height(state.panes().main.height);
    let tops = (inner.y..inner.bottom()).step_by(usize::from(height));
    for ((index, quote), y) in quotes.iter().enumerate().skip(top).zip(tops) {
        let row = Rect { y, height: height.min(inner.bottom() - y), ..inner };
        if height == 1 {
            draw_flat(state, document, index, quote, row, buffer);
        } else {
            draw_tall(state, document, index, quote, row, buffer);
        }
        if index == state.quotes.selected {
            mark_row(state, Pane::Quotes, row, buffer);
        }
    }
    let shown = (top as u64, u64::from(inner.height / height), quotes.len() as u64);
    scrollbar(state, rect, shown, None, buffer);
}

/// Who said a quote, in which office, for which country.
fn attribution(document: &Document, quote_idx: usize) -> String {
    let Some(quote) = document.stored.annotations.quotes.get(quote_idx) else { return String::new() };
    let Some(speaker) = &quote.speaker else { return "speaker not named".to_owned() };
    let person = document.speaker(quote_idx);
    let country = person.and_then(|person| person.country).map(|code| {
        let countries = &document.stored.annotations.countries;
        countries.iter().find(|country| country.code == code).map_or(code.to_string(), |country| country.name.clone())
    });
    let parts = [Some(speaker.name.clone()), person.and_then(|person| person.role.clone()), country];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The bar left of the current quote, and the star right of it if it is bookmarked.
fn draw_signs(state: &State, index: usize, row: Rect, style: Style, buffer: &mut Buffer) {
    let current = index == state.quotes.selected;
    if current {
        for y in row.y..row.bottom() {
            buffer.set_stringn(row.x, y, "▌", 1, style);
        }
    }
    if state.quotes.bookmarks.get(index).copied().flatten().is_some() && row.width > 4 {
        buffer.set_stringn(row.right() - 2, row.y, "★", 1, state.theme.style(Ink::Starred));
    }
}

/// The words above, who said them below.
fn draw_tall(state: &State, document: &Document, index: usize, quote: &Quote, row: Rect, buffer: &mut Buffer) {
    let style = state.theme.speaker(document.speakers.get(index).copied().flatten());
    draw_signs(state, index, row, style, buffer);
    let room = usize::from(row.width).saturating_sub(5);
    let words = fit(&format!("“{}”", quote.cited(document.body())), room);
    buffer.set_stringn(row.x + 2, row.y, words, room, style);
    if row.height > 1 {
        let who = fit(&attribution(document, index), room);
        buffer.set_stringn(row.x + 2, row.y + 1, who, room, state.theme.style(Ink::Faint));
    }
}

/// The words on the left, who said them on the right.
fn draw_flat(state: &State, document: &Document, index: usize, quote: &Quote, row: Rect, buffer: &mut Buffer) {
    let cells = usize::from(row.width);
    let style = state.theme.speaker(document.speakers.get(index).copied().flatten());
    draw_signs(state, index, row, style, buffer);
    let room = cells.saturating_sub(5);
    let who = fit(&who(document, index, quote, room), room * 9 / 20);
    let who_cells = width(&who);
    let words = format!("“{}”", quote.cited(document.body()));
    buffer.set_stringn(row.x + 2, row.y, fit(&words, room.saturating_sub(who_cells + 2)), room, style);
    let x = row.right().saturating_sub(u16::try_from(who_cells + 3).unwrap_or(0));
    buffer.set_stringn(x.max(row.x), row.y, who, who_cells, state.theme.style(Ink::Faint));
}

/// Name, office where there is room, country.
fn who(document: &Document, index: usize, quote: &Quote, room: usize) -> String {
    let Some(speaker) = &quote.speaker else { return "?".to_owned() };
    let person = document.speaker(index);
    let country = person.and_then(|person| person.country).map(|code| code.to_string());
    let office = person.and_then(|person| person.role.clone()).filter(|_| room >= 70);
    let room = room * 9 / 20;
    // The name stays whole as long as possible; the office gives way first, the country last.
    let taken = width(&speaker.name) + country.as_ref().map_or(0, |country| width(country) + 3);
    let office = office.map(|office| fit(&office, room.saturating_sub(taken + 3))).filter(|office| width(office) >= 14);
    let name = fit(&speaker.name, room.saturating_sub(country.as_ref().map_or(0, |country| width(country) + 3)));
    [Some(name), office, country].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
