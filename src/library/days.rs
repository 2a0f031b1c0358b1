//! Days as the numbers that stand in the file.

use chrono::{Datelike, NaiveDate};

/// The number of a day, counting 0001-01-01 as 1; 0 for undated, which sorts last when the newest is first. Nothing was
/// published before that day: an earlier one counts as undated.
pub(super) fn number(day: Option<NaiveDate>) -> i32 {
    day.map_or(0, |day| day.num_days_from_ce().max(0))
}

/// The day of a number.
pub(super) fn day(number: i32) -> Option<NaiveDate> {
    if number <= 0 { None } else { NaiveDate::from_num_days_from_ce_opt(number) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_again_and_the_undated_sort_below_all() {
        let today = NaiveDate::from_ymd_opt(2025, 8, 4);
        assert_eq!(day(number(today)), today);
        assert_eq!(day(number(None)), None);
        assert!(number(None) < number(NaiveDate::from_ymd_opt(1, 1, 1)));
    }
}
