//! When alarms together are one.

use ce_synth::value::joined;
use ce_synth::{IntoValue, Value};

use super::{Alarm, CompositeAlarm};

/// When alarms together are one: all of them, any of them, none.
///
/// ```
/// use ce_constructs::observe::{Alarm, AlarmCondition};
/// fn outage(errors: Alarm<'_>, slow: Alarm<'_>, deploying: Alarm<'_>) -> AlarmCondition {
///     let ill = AlarmCondition::any([errors, slow]);
///     AlarmCondition::all([ill, AlarmCondition::from(deploying).negated()])
/// }
/// ```
///
/// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html>
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a condition does nothing until a composite alarm has it"]
pub struct AlarmCondition(Node);

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Raised(Value<String>),
    Together(&'static str, Vec<AlarmCondition>),
    Not(Box<AlarmCondition>),
}

impl AlarmCondition {
    /// All of these hold.
    pub fn all<C: Into<Self>>(conditions: impl IntoIterator<Item = C>) -> Self {
        Self(Node::Together(" AND ", conditions.into_iter().map(Into::into).collect()))
    }

    /// Any of these holds.
    pub fn any<C: Into<Self>>(conditions: impl IntoIterator<Item = C>) -> Self {
        Self(Node::Together(" OR ", conditions.into_iter().map(Into::into).collect()))
    }

    /// This does not hold.
    pub fn negated(self) -> Self {
        Self(Node::Not(Box::new(self)))
    }

    /// How many alarms it looks at; none if a part of it looks at none.
    pub(super) fn size(&self) -> Option<usize> {
        match &self.0 {
            Node::Raised(_) => Some(1),
            Node::Not(inner) => inner.size(),
            Node::Together(_, parts) if parts.is_empty() => None,
            Node::Together(_, parts) => parts.iter().map(Self::size).sum(),
        }
    }

    /// As CloudWatch reads it: `(ALARM("a") OR ALARM("b"))`.
    pub(super) fn text(&self) -> Value<String> {
        let mut parts = Vec::new();
        self.write(&mut parts);
        joined(parts)
    }

    fn write(&self, parts: &mut Vec<Value<String>>) {
        match &self.0 {
            Node::Raised(name) => parts.extend(["ALARM(\"".into_value(), name.clone(), "\")".into_value()]),
            Node::Not(inner) => {
                parts.push("NOT ".into_value());
                inner.write(parts);
            }
            Node::Together(word, conditions) => {
                parts.push("(".into_value());
                for (place, condition) in conditions.iter().enumerate() {
                    if place > 0 {
                        parts.push((*word).into_value());
                    }
                    condition.write(parts);
                }
                parts.push(")".into_value());
            }
        }
    }
}

impl From<Alarm<'_>> for AlarmCondition {
    fn from(alarm: Alarm<'_>) -> Self {
        Self(Node::Raised(alarm.name().cast()))
    }
}

impl From<CompositeAlarm<'_>> for AlarmCondition {
    fn from(alarm: CompositeAlarm<'_>) -> Self {
        Self(Node::Raised(alarm.name().cast()))
    }
}
