//! Alarms that take an operation back.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Place;

/// Alarms that take an operation back, and for how long they are watched (`RollbackConfiguration`).
///
/// The service keeps it for every later operation of the stack, until it is told otherwise.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Guard {
    /// The alarms, at most five a stack; none leaves those that the stack has, an empty set takes them away.
    pub alarms: Option<BTreeSet<Alarm>>,
    /// How long they are watched after all resources are there, in minutes.
    pub minutes: Minutes,
}

/// At most so many alarms guard a stack. Source: API reference, `RollbackConfiguration.RollbackTriggers`.
pub const MOST_ALARMS: usize = 5;

/// An alarm of CloudWatch: its ARN, after `composite:` if it is made of other alarms.
///
/// ```
/// use ce_deploy::cloud::Alarm;
/// let alarm: Alarm = "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors".parse()?;
/// assert_eq!(alarm.place().region, "eu-west-1");
/// assert!("errors".parse::<Alarm>().is_err());
/// # Ok::<(), ce_deploy::cloud::NoAlarm>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Alarm {
    arn: String,
    composite: bool,
}

/// A text that names no alarm.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` is no ARN of an alarm; it looks like `arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME`")]
pub struct NoAlarm(String);

impl Alarm {
    /// Its ARN.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// Its type, `AWS::CloudWatch::Alarm` or `AWS::CloudWatch::CompositeAlarm`.
    pub fn type_name(&self) -> &'static str {
        if self.composite { "AWS::CloudWatch::CompositeAlarm" } else { "AWS::CloudWatch::Alarm" }
    }

    /// Where it is. It guards stacks of the same account and region.
    pub fn place(&self) -> Place {
        let part = |at| self.arn.split(':').nth(at).unwrap_or_default();
        Place::new(part(4), part(3))
    }

    /// An alarm as the service tells it.
    ///
    /// # Errors
    /// If it is no ARN of an alarm.
    pub fn of(arn: &str, type_name: &str) -> Result<Self, NoAlarm> {
        let alarm: Self = arn.parse()?;
        Ok(Self { composite: type_name.ends_with("CompositeAlarm"), ..alarm })
    }
}

impl FromStr for Alarm {
    type Err = NoAlarm;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (composite, arn) = text.strip_prefix("composite:").map_or((false, text), |arn| (true, arn));
        let parts: Vec<&str> = arn.splitn(7, ':').collect();
        match parts[..] {
            ["arn", partition, "cloudwatch", region, account, "alarm", name]
                if [partition, region, account, name].iter().all(|part| !part.is_empty()) =>
            {
                Ok(Self { arn: arn.to_owned(), composite })
            }
            _ => Err(NoAlarm(text.to_owned())),
        }
    }
}

impl fmt::Display for Alarm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.composite { "composite:" } else { "" }, self.arn)
    }
}

impl TryFrom<String> for Alarm {
    type Error = NoAlarm;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Alarm> for String {
    fn from(alarm: Alarm) -> Self {
        alarm.to_string()
    }
}

/// Minutes, from 0 to 180. Source: API reference, `RollbackConfiguration.MonitoringTimeInMinutes`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Minutes(u8);

/// More minutes than the service watches.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("write a number of minutes from 0 to 180")]
pub struct TooLong;

impl Minutes {
    /// How many.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Minutes {
    type Error = TooLong;

    fn try_from(minutes: u8) -> Result<Self, Self::Error> {
        if minutes <= 180 { Ok(Self(minutes)) } else { Err(TooLong) }
    }
}

impl FromStr for Minutes {
    type Err = TooLong;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<u8>().map_err(|_| TooLong).and_then(Self::try_from)
    }
}

impl From<Minutes> for u8 {
    fn from(minutes: Minutes) -> Self {
        minutes.0
    }
}

impl Guard {
    /// No alarms, and no time.
    pub fn nothing() -> Self {
        Self { alarms: Some(BTreeSet::new()), minutes: Minutes::default() }
    }

    /// The same, with nothing left as it is.
    #[must_use = "the stack is told nothing by it"]
    pub fn in_full(self) -> Self {
        Self { alarms: Some(self.alarms.unwrap_or_default()), ..self }
    }

    /// What a stack has after it is told this.
    #[must_use = "the stack is told nothing by it"]
    pub fn over(&self, before: &Self) -> Self {
        Self { alarms: self.alarms.clone().or_else(|| before.alarms.clone()), minutes: self.minutes }
    }

    /// Whether a stack that has this was told that.
    pub fn was_told(&self, told: &Self) -> bool {
        self.minutes == told.minutes
            && told.alarms.as_ref().is_none_or(|told| Some(told) == self.alarms.as_ref().or(Some(&BTreeSet::new())))
    }
}

#[cfg(test)]
mod tests {
    use super::{Alarm, Guard, Minutes};

    const ARN: &str = "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors:5xx";

    #[test]
    fn an_alarm_is_written_as_it_is_read() {
        for text in [ARN.to_owned(), format!("composite:{ARN}")] {
            let alarm: Alarm = text.parse().unwrap();
            assert_eq!((alarm.to_string(), alarm.arn()), (text, ARN));
            assert_eq!(Alarm::of(alarm.arn(), alarm.type_name()), Ok(alarm));
        }
        for wrong in
            ["", "errors", "arn:aws:sns:eu-west-1:111111111111:alarm:x", "arn:aws:cloudwatch:eu-west-1::alarm:"]
        {
            assert!(wrong.parse::<Alarm>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn there_are_180_minutes_at_most() {
        assert_eq!("180".parse::<Minutes>().map(Minutes::get), Ok(180));
        assert!("181".parse::<Minutes>().is_err() && "-1".parse::<Minutes>().is_err());
    }

    #[test]
    fn what_is_not_said_stays() {
        let before = Guard { alarms: Some([ARN.parse().unwrap()].into()), minutes: "5".parse().unwrap() };
        let only_time = Guard { alarms: None, minutes: "7".parse().unwrap() };
        let after = only_time.over(&before);
        assert_eq!((after.alarms.as_ref(), after.minutes.get()), (before.alarms.as_ref(), 7));
        assert!(after.was_told(&only_time) && !after.was_told(&before));
        assert_eq!(Guard::default().in_full(), Guard::nothing());
        assert!(Guard::default().was_told(&Guard::nothing()));
        assert_eq!(Guard::nothing().over(&before), Guard::nothing());
    }
}
