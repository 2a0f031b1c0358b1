//! How long a server wants us to wait.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// A server may ask for a day of peace, not for more.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// What the header `Retry-After` says: seconds, or a time.
pub(super) fn after(value: &str) -> Option<Duration> {
    until(value, Utc::now())
}

fn until(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let wait = match value.trim().parse::<u64>() {
        Ok(seconds) => Duration::from_secs(seconds),
        Err(_) => {
            let at = DateTime::parse_from_rfc2822(value.trim()).ok()?;
            (at.with_timezone(&Utc) - now).to_std().unwrap_or_default()
        }
    };
    Some(wait.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_times_are_understood_and_bounded() {
        let now = "2025-08-04T10:00:00Z".parse().unwrap();
        for (value, seconds) in [
            ("120", Some(120)),
            ("Mon, 04 Aug 2025 10:05:00 GMT", Some(300)),
            ("Mon, 04 Aug 2025 09:00:00 GMT", Some(0)),
            ("999999999", Some(86_400)),
            ("soon", None),
            ("-5", None),
        ] {
            assert_eq!(until(value, now).map(|wait| wait.as_secs()), seconds, "{value}");
        }
    }
}
