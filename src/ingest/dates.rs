//! Dates as articles state them.

use chrono::{DateTime, Datelike as _, NaiveDate};

/// The date that `text` states, in one of the layouts news uses; `None` if it states none, or none of 1800 to 2100.
/// `04/08/2025` is refused, as nobody can tell whether it is April or August.
pub(super) fn parse(text: &str) -> Option<NaiveDate> {
    let text = text.trim().trim_end_matches('.');
    alone(text)
        .or_else(|| DateTime::parse_from_rfc2822(text).ok().map(|at| at.date_naive()))
        .or_else(|| in_words(text))
        .or_else(|| with_slashes(text))
        .filter(|date| (1800..=2100).contains(&date.year()))
}

/// The date `2025-08-04` (or `2025/08/04`, `20250804T…` is not) that `text` begins with.
pub(super) fn leading(text: &str) -> Option<NaiveDate> {
    let head = text.get(..10)?;
    let more = text[10..].chars().next();
    if more.is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let date =
        NaiveDate::parse_from_str(head, "%Y-%m-%d").or_else(|_| NaiveDate::parse_from_str(head, "%Y/%m/%d")).ok()?;
    (1800..=2100).contains(&date.year()).then_some(date)
}

/// `2025-08-04` with nothing but a time behind it.
fn alone(text: &str) -> Option<NaiveDate> {
    let date = leading(text)?;
    let rest = text[10..].trim_start_matches('T');
    rest.split(|c: char| !c.is_alphanumeric()).all(|word| word.is_empty() || is_time(word)).then_some(date)
}

/// A part of a time of day: digits, "am", a zone.
fn is_time(word: &str) -> bool {
    const WORDS: [&str; 12] = ["am", "pm", "utc", "gmt", "z", "est", "edt", "cet", "cest", "bst", "a", "p"];
    let lower = word.to_ascii_lowercase();
    WORDS.contains(&lower.as_str()) || word.trim_end_matches(['Z', 'z']).chars().all(|c| c.is_ascii_digit())
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lower = word.to_ascii_lowercase();
    DAYS.iter().any(|day| *day == lower || (lower.len() >= 3 && day.starts_with(&lower)))
}

/// "4 August 2025", "August 4, 2025", "Monday, Aug. 4, 2025 10:00", "4th of August 2025".
fn in_words(text: &str) -> Option<NaiveDate> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let at = words.iter().position(|word| month(word).is_some())?;
    let number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 4;
    let belongs = |word: &&str| -> bool {
        month(word).is_some() || is_weekday(word) || is_time(word) || number(word) || word.eq_ignore_ascii_case("of")
    };
    if !words.iter().all(belongs) {
        return None;
    }
    let day = |word: &&str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        (digits.len() <= 2).then(|| digits.parse::<u32>().ok()).flatten()
    };
    let year = |word: &&str| (word.len() == 4).then(|| word.parse::<i32>().ok()).flatten();
    let after = words.get(at + 1..)?;
    let before = words[..at].iter().rev().find(|w| !w.eq_ignore_ascii_case("of")).and_then(day);
    let (day, year) = match (before, after) {
        (Some(day), [next, ..]) if year(next).is_some() => (day, year(next)?),
        (_, [first, second, ..]) => (day(first)?, year(second)?),
        _ => return None,
    };
    NaiveDate::from_ymd_opt(year, month(words[at])?, day)
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const FULL: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_ascii_lowercase();
    let word = if word == "sept" { "sep" } else { &word };
    let position = MONTHS.iter().position(|m| *m == word).or_else(|| FULL.iter().position(|m| *m == word))?;
    u32::try_from(position + 1).ok()
}

/// "25/08/2025" or "8.25.2025", where one number can only be the day.
fn with_slashes(text: &str) -> Option<NaiveDate> {
    let numbers: Vec<u32> = text.split(['/', '.', '-']).map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
    let [a, b, year] = numbers.as_slice() else { return None };
    let year = i32::try_from(*year).ok().filter(|year| *year > 999)?;
    match (a, b) {
        (a, b) if a == b => NaiveDate::from_ymd_opt(year, *a, *b),
        (13..=31, 1..=12) => NaiveDate::from_ymd_opt(year, *b, *a),
        (1..=12, 13..=31) => NaiveDate::from_ymd_opt(year, *a, *b),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_layout_are_read_and_doubtful_ones_refused() {
        for text in [
            "2025-08-04",
            "2025-08-04T10:00:00Z",
            "2025/08/04",
            "4 August 2025",
            "August 4, 2025",
            "Aug. 4, 2025",
            "Monday, 4 August 2025 10:15",
            "4th of August 2025",
            "Mon, 04 Aug 2025 10:00:00 +0200",
            "Mon Aug 4 2025",
        ] {
            assert_eq!(parse(text).map(|d| d.to_string()).as_deref(), Some("2025-08-04"), "{text}");
        }
        assert_eq!(parse("25/08/2025").map(|d| d.to_string()).as_deref(), Some("2025-08-25"));
        for text in [
            "",
            "04/08/2025",
            "2025-13-04",
            "yesterday",
            "May",
            "2025-08-04 The ministers met",
            "Talks began on 4 August 2025",
            "1066-01-01",
            "20250804",
            "August",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
