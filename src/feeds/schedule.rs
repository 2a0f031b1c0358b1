//! When a feed is asked again.

use std::{
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use chrono::{DateTime, Utc};

use crate::model::Feed;

/// After the first failure; it doubles with every further one.
const FIRST: Duration = Duration::from_secs(5 * 60);

/// However often it failed.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Whether a feed may be fetched: its server's wish counts always, our own patience unless the user asks by name.
pub(super) fn is_due(feed: &Feed, now: DateTime<Utc>, by_name: bool) -> bool {
    let passed = |at: Option<DateTime<Utc>>| at.is_none_or(|at| at <= now);
    passed(feed.barred) && (by_name || passed(feed.due))
}

/// When a feed that failed so many times in a row is tried again.
pub(super) fn after_failures(now: DateTime<Utc>, failures: u32) -> DateTime<Utc> {
    now + patience(failures, chance())
}

/// Doubling, up to a quarter more or less by chance, so that feeds that failed together do not come back together.
fn patience(failures: u32, chance: f64) -> Duration {
    let doubled = FIRST.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST);
    doubled.mul_f64(0.75 + chance / 2.0)
}

/// From 0 to 1.
fn chance() -> f64 {
    let random = RandomState::new().hash_one(0);
    f64::from(u32::try_from(random >> 32).unwrap_or(0)) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_doubles_up_to_a_day_and_differs_a_little() {
        let minutes = |failures, chance| patience(failures, chance).as_secs_f64() / 60.0;
        assert_eq!([1, 2, 3, 4].map(|failures| minutes(failures, 0.5)), [5.0, 10.0, 20.0, 40.0]);
        assert_eq!(minutes(30, 0.5), 24.0 * 60.0);
        assert_eq!((minutes(1, 0.0), minutes(1, 1.0)), (3.75, 6.25));
        let chances: Vec<f64> = (0..50).map(|_| chance()).collect();
        assert!(chances.iter().all(|chance| (0.0..=1.0).contains(chance)));
        assert!(chances.iter().any(|chance| *chance != chances[0]));
    }
}
