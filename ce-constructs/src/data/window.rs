//! When backups are taken and maintenance is done, in UTC.
//!
//! ```
//! use ce_constructs::data::{DailyWindow, WeeklyWindow};
//! const BACKUP: DailyWindow = DailyWindow::new("07:00-09:00");
//! const MAINTENANCE: WeeklyWindow = WeeklyWindow::new("sun:09:30-sun:10:30");
//! assert!(!MAINTENANCE.overlaps(BACKUP));
//! assert!("sun:08:30-sun:09:30".parse::<WeeklyWindow>().unwrap().overlaps(BACKUP));
//! ```
//!
//! A window says when work may begin, not when it is over.

use std::fmt;
use std::str::FromStr;

const DAY: u16 = 24 * 60;
const WEEK: u16 = 7 * DAY;
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A span of every day, `07:00-09:00`, in UTC; it may pass midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DailyWindow {
    start: u16,
    end: u16,
}

impl DailyWindow {
    /// The window of this text, `hh:mm-hh:mm`.
    ///
    /// # Panics
    /// If the text has another form or both times are the same; in a `const` that is a compile error. Text that is
    /// read at run time is parsed.
    #[track_caller]
    pub const fn new(text: &'static str) -> Self {
        match Self::read(text.as_bytes()) {
            Some(window) => window,
            None => panic!("a daily window has the form `hh:mm-hh:mm`, in UTC: 07:00-09:00"),
        }
    }

    const fn read(text: &[u8]) -> Option<Self> {
        if text.len() != 11 || text[5] != b'-' {
            return None;
        }
        let (start, end) = text.split_at(6);
        match (minutes(start), minutes(end)) {
            (Some(start), Some(end)) if start != end => Some(Self { start, end }),
            _ => None,
        }
    }

    /// How long it is.
    pub const fn minutes(self) -> u16 {
        (self.end + DAY - self.start) % DAY
    }
}

impl fmt::Display for DailyWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", Clock(self.start), Clock(self.end))
    }
}

/// A span of every week, `sun:09:30-sun:10:30`, in UTC; it may pass Sunday's midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WeeklyWindow {
    start: u16,
    end: u16,
}

impl WeeklyWindow {
    /// The window of this text, `ddd:hh:mm-ddd:hh:mm`.
    ///
    /// # Panics
    /// If the text has another form or both times are the same; in a `const` that is a compile error. Text that is
    /// read at run time is parsed.
    #[track_caller]
    pub const fn new(text: &'static str) -> Self {
        match Self::read(text.as_bytes()) {
            Some(window) => window,
            None => panic!("a weekly window has the form `ddd:hh:mm-ddd:hh:mm`, in UTC: sun:09:30-sun:10:30"),
        }
    }

    const fn read(text: &[u8]) -> Option<Self> {
        if text.len() != 19 || text[9] != b'-' {
            return None;
        }
        let (start, end) = text.split_at(10);
        match (minutes_of_week(start), minutes_of_week(end)) {
            (Some(start), Some(end)) if start != end => Some(Self { start, end }),
            _ => None,
        }
    }

    /// How long it is.
    pub const fn minutes(self) -> u16 {
        (self.end + WEEK - self.start) % WEEK
    }

    /// Whether the two have a minute in common on any day.
    pub fn overlaps(self, daily: DailyWindow) -> bool {
        (0..7).any(|day| {
            let start = day * DAY + daily.start;
            // One begins inside the other: distances on the circle of a week.
            let after = (start + WEEK - self.start) % WEEK;
            let before = (self.start + WEEK - start) % WEEK;
            after < self.minutes() || before < daily.minutes()
        })
    }
}

impl fmt::Display for WeeklyWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [start, end] = [self.start, self.end].map(|time| (DAYS[usize::from(time / DAY)], Clock(time % DAY)));
        write!(f, "{}:{}-{}:{}", start.0, start.1, end.0, end.1)
    }
}

struct Clock(u16);

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// The minutes since midnight of a text that begins with `hh:mm`.
const fn minutes(text: &[u8]) -> Option<u16> {
    if text[2] != b':' {
        return None;
    }
    match (two_digits(text[0], text[1]), two_digits(text[3], text[4])) {
        (Some(hour), Some(minute)) if hour < 24 && minute < 60 => Some(hour * 60 + minute),
        _ => None,
    }
}

/// The minutes since Monday's midnight of a text that begins with `ddd:hh:mm`.
const fn minutes_of_week(text: &[u8]) -> Option<u16> {
    if text[3] != b':' {
        return None;
    }
    let (_, time) = text.split_at(4);
    let mut day = 0;
    while day < 7 {
        let name = DAYS[day as usize].as_bytes();
        if text[0] == name[0] && text[1] == name[1] && text[2] == name[2] {
            return match minutes(time) {
                Some(minutes) => Some(day * DAY + minutes),
                None => None,
            };
        }
        day += 1;
    }
    None
}

const fn two_digits(tens: u8, ones: u8) -> Option<u16> {
    if tens.is_ascii_digit() && ones.is_ascii_digit() {
        Some((tens - b'0') as u16 * 10 + (ones - b'0') as u16)
    } else {
        None
    }
}

/// A text that is not a window.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not a {what}, like `{example}`")]
pub struct ParseWindowError {
    given: String,
    what: &'static str,
    example: &'static str,
}

impl FromStr for DailyWindow {
    type Err = ParseWindowError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ParseWindowError { given: text.to_owned(), what: "daily window in UTC", example: "07:00-09:00" };
        Self::read(text.as_bytes()).ok_or_else(error)
    }
}

impl FromStr for WeeklyWindow {
    type Err = ParseWindowError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let example = "sun:09:30-sun:10:30";
        let error = || ParseWindowError { given: text.to_owned(), what: "weekly window in UTC", example };
        Self::read(text.as_bytes()).ok_or_else(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_and_parse_are_inverse() {
        for text in ["07:00-09:00", "23:30-00:30"] {
            assert_eq!(text.parse::<DailyWindow>().map(|window| window.to_string()).as_deref(), Ok(text));
        }
        for text in ["sun:09:30-sun:10:30", "sun:23:30-mon:00:30"] {
            assert_eq!(text.parse::<WeeklyWindow>().map(|window| window.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "07:00", "07:00-07:00", "24:00-01:00", "07:60-08:00", "7:00-8:00", "07:00_08:00", "äöü"] {
            assert!(text.parse::<DailyWindow>().is_err(), "{text}");
        }
        for text in ["07:00-09:00", "sun:07:00-sun:07:00", "son:07:00-son:08:00", "Sun:07:00-Sun:08:00", "ääääääää"]
        {
            assert!(text.parse::<WeeklyWindow>().is_err(), "{text}");
        }
    }

    #[test]
    fn windows_that_pass_midnight_are_compared_on_the_circle() {
        let night = DailyWindow::new("23:30-00:30");
        assert_eq!(night.minutes(), 60);
        assert!(WeeklyWindow::new("mon:00:00-mon:01:00").overlaps(night));
        assert!(WeeklyWindow::new("sun:23:00-mon:00:00").overlaps(night));
        assert!(!WeeklyWindow::new("sun:22:30-sun:23:30").overlaps(night));
        assert!(!WeeklyWindow::new("mon:00:30-mon:01:30").overlaps(night));
    }
}
