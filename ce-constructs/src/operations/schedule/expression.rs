//! Times at which something is done.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::cron::is_cron;

/// Times at which something is done, again and again or once: what schedules, rules and backup plans take.
///
/// ```
/// use ce_constructs::operations::ScheduleExpression;
/// const NIGHTLY: ScheduleExpression = ScheduleExpression::daily(3, 0);
/// const REVIEW: ScheduleExpression = ScheduleExpression::cron("0 9 1 * ? *"); // checked by the compiler
/// assert_eq!(NIGHTLY.to_string(), "cron(0 3 * * ? *)");
/// assert_eq!("rate(1 day)".parse(), Ok(ScheduleExpression::every_days(1)));
/// assert!("cron(0 3 * * *)".parse::<ScheduleExpression>().is_err());
/// ```
///
/// Source: <https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html>
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ScheduleExpression(Times);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Times {
    Cron(Cow<'static, str>),
    Clock { minute: u8, hour: u8, day: Day },
    Rate(u32, Unit),
    At(Cow<'static, str>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Day {
    Every,
    OfWeek(u8),
    OfMonth(u8),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Unit {
    Minute,
    Hour,
    Day,
}

impl ScheduleExpression {
    /// Six fields: minutes, hours, day of the month, month, day of the week, year. One of the two days is `?`.
    ///
    /// # Panics
    /// If they are not; in a `const` that is a compile error. Text that is read at run time is parsed.
    #[track_caller]
    pub const fn cron(fields: &'static str) -> Self {
        assert!(is_cron(fields.as_bytes()), "cron has six fields, one of the two days is `?`, like \"0 3 * * ? *\"");
        Self(Times::Cron(Cow::Borrowed(fields)))
    }

    #[track_caller]
    const fn clock(hour: u8, minute: u8, day: Day) -> Self {
        assert!(hour < 24 && minute < 60, "a time of the day is 0:00 to 23:59");
        Self(Times::Clock { minute, hour, day })
    }

    /// Once a day.
    ///
    /// # Panics
    /// If it is no time of the day; in a `const` that is a compile error.
    #[track_caller]
    pub const fn daily(hour: u8, minute: u8) -> Self {
        Self::clock(hour, minute, Day::Every)
    }

    /// Once a week; 1 is Sunday, 7 is Saturday.
    ///
    /// # Panics
    /// If it is no day of the week or time of the day; in a `const` that is a compile error.
    #[track_caller]
    pub const fn weekly(day: u8, hour: u8, minute: u8) -> Self {
        assert!(1 <= day && day <= 7, "a day of the week is 1 (Sunday) to 7 (Saturday)");
        Self::clock(hour, minute, Day::OfWeek(day))
    }

    /// Once a month; the 29th to the 31st are left out in months that lack them.
    ///
    /// # Panics
    /// If it is no day of a month or time of the day; in a `const` that is a compile error.
    #[track_caller]
    pub const fn monthly(day: u8, hour: u8, minute: u8) -> Self {
        assert!(1 <= day && day <= 31, "a day of the month is 1 to 31");
        Self::clock(hour, minute, Day::OfMonth(day))
    }

    #[track_caller]
    const fn rate(count: u32, unit: Unit) -> Self {
        assert!(count > 0, "a rate is one or more minutes, hours or days");
        Self(Times::Rate(count, unit))
    }

    /// Every so many minutes, from when it is made.
    ///
    /// # Panics
    /// If it is none; in a `const` that is a compile error.
    #[track_caller]
    pub const fn every_minutes(count: u32) -> Self {
        Self::rate(count, Unit::Minute)
    }

    /// Every so many hours, from when it is made.
    ///
    /// # Panics
    /// If it is none; in a `const` that is a compile error.
    #[track_caller]
    pub const fn every_hours(count: u32) -> Self {
        Self::rate(count, Unit::Hour)
    }

    /// Every so many days, from when it is made.
    ///
    /// # Panics
    /// If it is none; in a `const` that is a compile error.
    #[track_caller]
    pub const fn every_days(count: u32) -> Self {
        Self::rate(count, Unit::Day)
    }

    /// Once, at `2026-11-27T06:00:00`. Only schedules of EventBridge Scheduler know it.
    ///
    /// # Panics
    /// If it is no such time; in a `const` that is a compile error. Text that is read at run time is parsed.
    #[track_caller]
    pub const fn at(time: &'static str) -> Self {
        assert!(is_time(time.as_bytes()), "a time is like \"2026-11-27T06:00:00\"");
        Self(Times::At(Cow::Borrowed(time)))
    }

    /// Whether it is a time, not a rate: only then a time zone says something.
    pub const fn is_of_clock(&self) -> bool {
        !matches!(self.0, Times::Rate(..))
    }

    /// Whether it happens once.
    pub const fn is_once(&self) -> bool {
        matches!(self.0, Times::At(_))
    }

    /// Whether it is written with cron's fields.
    pub const fn is_cron(&self) -> bool {
        matches!(self.0, Times::Cron(_) | Times::Clock { .. })
    }
}

/// Digits where a time has digits, and its signs between them.
const fn is_time(text: &[u8]) -> bool {
    const FORM: &[u8] = b"0000-00-00T00:00:00";
    if text.len() != FORM.len() {
        return false;
    }
    let mut place = 0;
    while place < FORM.len() {
        let fits = if FORM[place] == b'0' { text[place].is_ascii_digit() } else { text[place] == FORM[place] };
        if !fits {
            return false;
        }
        place += 1;
    }
    true
}

impl fmt::Display for ScheduleExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Times::Cron(fields) => write!(f, "cron({fields})"),
            Times::Clock { minute, hour, day: Day::Every } => write!(f, "cron({minute} {hour} * * ? *)"),
            Times::Clock { minute, hour, day: Day::OfWeek(day) } => write!(f, "cron({minute} {hour} ? * {day} *)"),
            Times::Clock { minute, hour, day: Day::OfMonth(day) } => write!(f, "cron({minute} {hour} {day} * ? *)"),
            Times::Rate(count, unit) => {
                let unit = match unit {
                    Unit::Minute => "minute",
                    Unit::Hour => "hour",
                    Unit::Day => "day",
                };
                write!(f, "rate({count} {unit}{})", if *count == 1 { "" } else { "s" })
            }
            Times::At(time) => write!(f, "at({time})"),
        }
    }
}

/// A text that says no times.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a schedule: expected `cron(0 3 * * ? *)`, `rate(1 day)` or `at(2026-11-27T06:00:00)`")]
pub struct ParseScheduleExpressionError(String);

impl FromStr for ScheduleExpression {
    type Err = ParseScheduleExpressionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let inside = |kind: &str| text.strip_prefix(kind)?.strip_prefix('(')?.strip_suffix(')');
        let cron = inside("cron")
            .filter(|fields| is_cron(fields.as_bytes()))
            .map(|fields| Times::Cron(fields.to_owned().into()));
        let at = || inside("at").filter(|time| is_time(time.as_bytes())).map(|time| Times::At(time.to_owned().into()));
        let times = cron.or_else(|| inside("rate").and_then(rate)).or_else(at);
        times.map(Self).ok_or_else(|| ParseScheduleExpressionError(text.to_owned()))
    }
}

fn rate(text: &str) -> Option<Times> {
    let (count, unit) = text.split_once(' ')?;
    let count = count.parse().ok().filter(|count| *count > 0)?;
    let unit = match (unit, count) {
        ("minute", 1) | ("minutes", 2..) => Unit::Minute,
        ("hour", 1) | ("hours", 2..) => Unit::Hour,
        ("day", 1) | ("days", 2..) => Unit::Day,
        _ => return None,
    };
    Some(Times::Rate(count, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_and_parse_agree() {
        let all = [
            ScheduleExpression::daily(23, 59),
            ScheduleExpression::weekly(1, 0, 0),
            ScheduleExpression::monthly(31, 5, 7),
            ScheduleExpression::every_minutes(1),
            ScheduleExpression::every_hours(12),
            ScheduleExpression::every_days(7),
            ScheduleExpression::at("2026-11-27T06:00:00"),
            ScheduleExpression::cron("0/15 8-17 ? * MON-FRI *"),
        ];
        for expression in all {
            let again = expression.to_string().parse::<ScheduleExpression>().map(|again| again.to_string());
            assert_eq!(again, Ok(expression.to_string()));
        }
    }

    #[test]
    fn what_is_no_schedule_is_refused() {
        for text in [
            "",
            "cron()",
            "rate(0 days)",
            "rate(1 days)",
            "rate(2 day)",
            "rate(1 week)",
            "at(2026-11-27)",
            "0 3 * * ? *",
        ] {
            assert!(text.parse::<ScheduleExpression>().is_err(), "{text}");
        }
    }
}
