//! Ranges of days as people write them.

use chrono::{Days, Months, NaiveDate};

/// A range of days, both ends inclusive; `None` is open.
pub type Range = (Option<NaiveDate>, Option<NaiveDate>);

/// The range that `text` means: `2025-07-01..2025-08-04`, either end left out, `2025-08-04`, `2025-08`, `2025`, `today`,
/// `yesterday`, `last 7d` (or w, m, y). Nothing means every day. `None` if it means nothing.
pub fn parse(text: &str, today: NaiveDate) -> Option<Range> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Some((None, None));
    }
    if let Some(length) = text.strip_prefix("last").or_else(|| text.strip_prefix("past")) {
        return Some((Some(back(today, length.trim())?), Some(today)));
    }
    if let Some(first) = text.strip_prefix("since ") {
        return Some((Some(period(first.trim(), today)?.0), None));
    }
    if let Some(last) = text.strip_prefix("until ") {
        return Some((None, Some(period(last.trim(), today)?.1)));
    }
    let (first, last) = match text.split_once("..") {
        None => {
            let (first, last) = period(&text, today)?;
            return Some((Some(first), Some(last)));
        }
        Some((first, last)) => (first.trim(), last.trim()),
    };
    let first = if first.is_empty() { None } else { Some(period(first, today)?.0) };
    let last = if last.is_empty() { None } else { Some(period(last, today)?.1) };
    let reversed = first.zip(last).is_some_and(|(first, last)| first > last);
    if (first.is_none() && last.is_none()) || reversed { None } else { Some((first, last)) }
}

/// First and last day of a day, month or year.
fn period(text: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    match text {
        "today" => return Some((today, today)),
        "yesterday" => {
            let day = today.pred_opt()?;
            return Some((day, day));
        }
        _ => {}
    }
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some((day, day));
    }
    let mut parts = text.split('-');
    let year: i32 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let (first, months) = match (parts.next(), parts.next()) {
        (None, _) => (NaiveDate::from_ymd_opt(year, 1, 1)?, 12),
        (Some(month), None) => (NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1)?, 1),
        _ => return None,
    };
    Some((first, first.checked_add_months(Months::new(months))?.pred_opt()?))
}

/// The first day of the last `length`, today counted in.
fn back(today: NaiveDate, length: &str) -> Option<NaiveDate> {
    let unit_at = length.find(|c: char| !c.is_ascii_digit()).unwrap_or(length.len());
    let number: u32 = if unit_at == 0 { 1 } else { length[..unit_at].parse().ok()? };
    let first = match length[unit_at..].trim() {
        "" | "d" | "day" | "days" => return today.checked_sub_days(Days::new(u64::from(number).checked_sub(1)?)),
        "w" | "week" | "weeks" => today.checked_sub_days(Days::new(u64::from(number) * 7)),
        "m" | "month" | "months" => today.checked_sub_months(Months::new(number)),
        "y" | "year" | "years" => today.checked_sub_months(Months::new(number.checked_mul(12)?)),
        _ => None,
    };
    first?.succ_opt()
}

/// `range` as [`parse`] reads it.
pub fn format((first, last): Range) -> String {
    match (first, last) {
        (None, None) => String::new(),
        (Some(first), Some(last)) if first == last => first.to_string(),
        _ => {
            let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            format!("{}..{}", day(first), day(last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let today = NaiveDate::from_ymd_opt(2025, 8, 4).unwrap();
        let found = parse(text, today).map_or_else(|| "nothing".to_owned(), format);
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn people_write_dates_in_many_ways() {
        check("2025-07-01..2025-08-04", "2025-07-01..2025-08-04");
        check("2025-07-01..", "2025-07-01..");
        check("..2025-07", "..2025-07-31");
        check("2025-08-04", "2025-08-04");
        check("2025-02", "2025-02-01..2025-02-28");
        check("2024", "2024-01-01..2024-12-31");
        check("today", "2025-08-04");
        check("Yesterday", "2025-08-03");
        check("last 7d", "2025-07-29..2025-08-04");
        check("last week", "2025-07-29..2025-08-04");
        check("last 2 weeks", "2025-07-22..2025-08-04");
        check("last month", "2025-07-05..2025-08-04");
        check("since 2025-07", "2025-07-01..");
        check("until 2025-07", "..2025-07-31");
        check("", "");
    }

    #[test]
    fn what_means_nothing_is_refused() {
        for text in ["..", "soon", "2025-13", "2025-02-30", "2025-08-04..2025-07-01", "last few days", "last 0d", "25"]
        {
            check(text, "nothing");
        }
    }
}
