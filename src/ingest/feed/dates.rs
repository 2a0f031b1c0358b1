//! Dates as feeds write them.

use chrono::{DateTime, Datelike as _, Days, NaiveDate};

use super::super::dates;

/// Names of months that feeds write in the language of their articles, by their first letters.
const MONTHS: &[(&str, &str)] = &[
    ("janv", "jan"),
    ("fév", "feb"),
    ("fev", "feb"),
    ("feb", "feb"),
    ("märz", "mar"),
    ("mär", "mar"),
    ("mrz", "mar"),
    ("mars", "mar"),
    ("marz", "mar"),
    ("avr", "apr"),
    ("abr", "apr"),
    ("apr", "apr"),
    ("maio", "may"),
    ("mayo", "may"),
    ("magg", "may"),
    ("mai", "may"),
    ("mei", "may"),
    ("juin", "jun"),
    ("junho", "jun"),
    ("junio", "jun"),
    ("juni", "jun"),
    ("giu", "jun"),
    ("juil", "jul"),
    ("julho", "jul"),
    ("julio", "jul"),
    ("juli", "jul"),
    ("lug", "jul"),
    ("août", "aug"),
    ("aout", "aug"),
    ("ago", "aug"),
    ("augu", "aug"),
    ("sept", "sep"),
    ("sett", "sep"),
    ("set", "sep"),
    ("okt", "oct"),
    ("otto", "oct"),
    ("ott", "oct"),
    ("out", "oct"),
    ("octo", "oct"),
    ("octu", "oct"),
    ("dez", "dec"),
    ("déc", "dec"),
    ("dic", "dec"),
    ("ene", "jan"),
    ("gen", "jan"),
    ("янв", "jan"),
    ("фев", "feb"),
    ("мар", "mar"),
    ("апр", "apr"),
    ("мая", "may"),
    ("май", "may"),
    ("июн", "jun"),
    ("июл", "jul"),
    ("авг", "aug"),
    ("сен", "sep"),
    ("окт", "oct"),
    ("ноя", "nov"),
    ("дек", "dec"),
    // Dutch, Danish, Swedish, Norwegian
    ("mrt", "mar"),
    ("maj", "may"),
    ("des", "dec"),
    // Turkish
    ("oca", "jan"),
    ("şub", "feb"),
    ("nis", "apr"),
    ("haz", "jun"),
    ("tem", "jul"),
    ("ağu", "aug"),
    ("eyl", "sep"),
    ("eki", "oct"),
    ("kas", "nov"),
    ("ara", "dec"),
    // Polish
    ("sty", "jan"),
    ("lut", "feb"),
    ("kwi", "apr"),
    ("cze", "jun"),
    ("lip", "jul"),
    ("sie", "aug"),
    ("wrz", "sep"),
    ("paź", "oct"),
    ("lis", "nov"),
    ("gru", "dec"),
    // Indonesian
    ("agu", "aug"),
    // Arabic, as it is written in Egypt and the Gulf
    ("يناير", "jan"),
    ("فبراير", "feb"),
    ("مارس", "mar"),
    ("أبريل", "apr"),
    ("ابريل", "apr"),
    ("مايو", "may"),
    ("يونيو", "jun"),
    ("يوليو", "jul"),
    ("أغسطس", "aug"),
    ("اغسطس", "aug"),
    ("سبتمبر", "sep"),
    ("أكتوبر", "oct"),
    ("اكتوبر", "oct"),
    ("نوفمبر", "nov"),
    ("ديسمبر", "dec"),
];

/// The day that `text` states, as the feed's own clock has it.
pub(in crate::ingest) fn parse(text: &str) -> Option<NaiveDate> {
    let text: String = text.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
    let text: String = text.chars().map(western_digit).collect();
    if text.len() > 80 {
        return None;
    }
    dates::parse(&text)
        .or_else(|| dates::leading(&text))
        .or_else(|| as_number(&text))
        .or_else(|| with_signs(&text))
        .or_else(|| with_dots(&text))
        .or_else(|| in_words(&text))
        .filter(|date| (1800..=2100).contains(&date.year()))
}

/// A day to believe: not the zero of a computer's clock, and not in the future.
pub(in crate::ingest) fn believable(date: NaiveDate, today: NaiveDate) -> Option<NaiveDate> {
    let zero = NaiveDate::from_ymd_opt(1970, 1, 1)?;
    let tomorrow = today.checked_add_days(Days::new(1))?;
    (date != zero && date.succ_opt() != Some(zero) && date <= tomorrow).then_some(date)
}

/// Seconds or milliseconds since 1970, or `20250804T100000Z`.
fn as_number(text: &str) -> Option<NaiveDate> {
    if let Some(day) = text.get(..8).filter(|day| day.bytes().all(|b| b.is_ascii_digit()))
        && (text.len() == 8 || text[8..].starts_with(['T', ' ']))
    {
        return NaiveDate::parse_from_str(day, "%Y%m%d").ok();
    }
    let number: i64 = text.parse().ok()?;
    let seconds = if text.len() >= 12 { number / 1000 } else { number };
    (text.len() >= 9).then(|| DateTime::from_timestamp(seconds, 0)).flatten().map(|at| at.date_naive())
}

/// The digit that an Arabic, Persian or wide one stands for.
fn western_digit(c: char) -> char {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        '\u{966}'..='\u{96f}' => 0x966,
        '\u{ff10}'..='\u{ff19}' => 0xff10,
        _ => return c,
    };
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}

/// `2025年8月4日` and `2025년 8월 4일`.
fn with_signs(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.split_once(['年', '년'])?;
    let (month, rest) = rest.split_once(['月', '월'])?;
    let day = rest.split(['日', '일']).next()?;
    let year = year.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.trim().parse().ok()?, day.trim().parse().ok()?)
}

/// `4.8.2025`, where dots say that the day comes first, and `2025.08.04`; a time may stand behind either.
fn with_dots(text: &str) -> Option<NaiveDate> {
    let word = text.split([' ', ',', 'T']).next()?.trim_end_matches('.');
    let numbers: Vec<&str> = word.split('.').collect();
    let [first, month, last] = numbers.as_slice() else { return None };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    let is_number =
        |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let layout = year.len() == 4 && is_number(year, 4) && is_number(month, 2) && is_number(day, 2);
    layout.then(|| NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)).flatten()
}

/// A day, a month in words and a year among whatever else there is: "lun., 4 août 2025 24:00 MSK", "04-Aug-25".
fn in_words(text: &str) -> Option<NaiveDate> {
    let lower = text.to_lowercase();
    let words = || lower.split([' ', ',', '-', '/', '.']).filter(|word| !word.is_empty() && !word.contains(':'));
    let numbers: Vec<_> =
        words().filter_map(|word| word.parse::<u32>().ok().map(|number| (number, word.len()))).take(2).collect();
    let (day, year) = match numbers.as_slice() {
        [(year, 4), (day, _)] | [(day, ..=2), (year, 4)] => (*day, *year),
        [(day, ..=2), (year, 2)] => (*day, if *year < 70 { 2000 + year } else { 1900 + year }),
        _ => return None,
    };
    // The last one: "mar." before it may be a Tuesday.
    let month = words().filter_map(english_month).next_back()?;
    dates::parse(&format!("{day} {month} {year}"))
}

fn english_month(word: &str) -> Option<&'static str> {
    const ENGLISH: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let foreign = MONTHS.iter().find(|(start, _)| word.starts_with(start)).map(|(_, month)| *month);
    foreign.or_else(|| ENGLISH.into_iter().find(|month| word.starts_with(month)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layout_seen_in_feeds_is_read() {
        for text in [
            "Mon, 04 Aug 2025 10:00:00 +0200",
            "Mon, 04 Aug 2025 10:00:00 GMT",
            "Monday, 4 August 2025 24:00:00 EST",
            "Mon, 4 Aug 2025 9:05 PDT",
            "Thurs, 04 Aug 2025 10:00:00 MSK",
            "2025-08-04T10:00:00Z",
            "2025-08-04T10:00:00.000+0000",
            "2025-08-04T10:00:00.123456-03:00[America/Sao_Paulo]",
            "2025-08-04 10:00:00 UTC",
            "2025-08-04",
            "20250804T100000Z",
            "20250804",
            "1754301600",
            "1754301600000",
            "Aug 4, 2025 10:00 AM ICT",
            "04-Aug-2025",
            "04 Aug 25 10:00 +0000",
            "lun., 4 août 2025 10:00:00 +0200",
            "Mo, 04 Aug 2025 10:00:00 +0200",
            "lunes, 4 de agosto de 2025",
            "Пн, 04 авг 2025 10:00:00 +0300",
            "  Mon,  04\n Aug 2025\t10:00:00 ",
            "2025-08-04T10:00:00 +02:00",
            "2025-08-04T10:00+02:00",
            "2025-08-04T24:00:00Z",
            "Monday, August 4, 2025 - 10:00",
            "Mon, 4th Aug 2025 10:00:00 GMT",
            "Mon Aug  4 10:00:00 UTC 2025",
            "Mon, 04 August 2025 10:00:00 Europe/Paris",
            "2025/08/04 10:00:00",
            "4.8.2025",
            "04.08.2025 10:00",
            "2025.08.04 10:00",
            "2025年8月4日",
            "2025年08月04日 10:00",
            "2025년 8월 4일",
            "4 Ağustos 2025",
            "Pon, 4 sie 2025 10:00:00 +0200",
            "Sen, 04 Agu 2025 10:00:00 +0700",
            "man, 04 aug 2025 10:00:00 +0200",
            "٤ أغسطس ٢٠٢٥",
            "Aug 04 2025",
            "04 Aug, 2025",
        ] {
            assert_eq!(parse(text).map(|d| d.to_string()).as_deref(), Some("2025-08-04"), "{text:?}");
        }
        for text in [
            "",
            "soon",
            "10:00",
            "Aug 2025",
            "04/08/2025",
            "31.2.2025",
            "1.2.3",
            "0000-00-00 00:00:00",
            "-1",
            "99999999999999999999",
        ] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_clock_that_was_never_set_and_the_future_are_no_dates() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2025-08-04");
        assert_eq!(believable(day("2025-08-05"), today), Some(day("2025-08-05")));
        for text in ["1970-01-01", "1969-12-31", "2999-01-01", "2025-08-06"] {
            assert_eq!(believable(day(text), today), None, "{text}");
        }
    }
}
