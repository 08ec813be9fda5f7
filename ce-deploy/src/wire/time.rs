//! Times as text.

use jiff::Timestamp;

/// `2026-01-01T00:00:00Z`, from milliseconds since 1970; the end of time if they are too many.
pub(super) fn iso(milliseconds: u64) -> String {
    timestamp(milliseconds).strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// `Thu, 01 Jan 2026 00:00:00 GMT`, as headers write it.
pub(super) fn http(milliseconds: u64) -> String {
    timestamp(milliseconds).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

fn timestamp(milliseconds: u64) -> Timestamp {
    i64::try_from(milliseconds).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    #[test]
    fn times_are_written_as_services_do() {
        assert_eq!(super::iso(1_767_225_600_001), "2026-01-01T00:00:00.001Z");
        assert_eq!(super::http(1_767_225_600_001), "Thu, 01 Jan 2026 00:00:00 GMT");
        assert!(super::iso(u64::MAX).starts_with("9999-"));
    }
}
