//! What was found.

use std::fmt;

/// What a service says about why something failed. The texts are its own: clean them before they reach a terminal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// The id, in the template, of what failed.
    pub cause: String,
    /// Who says it.
    pub source: Source,
    /// What, the most specific first; lines of a log in their order.
    pub lines: Vec<String>,
    /// Why there is not more.
    pub notes: Vec<Note>,
}

/// Who knows more than CloudFormation.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Source {
    /// ECS, of a service.
    Ecs,
    /// CloudWatch Logs.
    Log {
        /// The log group.
        group: String,
        /// The stream; the whole group without one.
        stream: Option<String>,
    },
    /// CloudTrail.
    Trail,
}

/// Why there is not more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Note {
    /// It is not there any more.
    Gone,
    /// Lines of logs were not asked for.
    Withheld,
    /// The caller may not do this action.
    Denied(&'static str),
    /// CloudTrail is not so far yet.
    NotYet,
    /// No answer came, or not in time.
    NoAnswer,
}

impl Source {
    /// As events and results have it.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Ecs => "ecs",
            Self::Log { .. } => "logs",
            Self::Trail => "cloudtrail",
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ecs => f.write_str("ECS"),
            Self::Log { group, stream: Some(stream) } => write!(f, "log {group} {stream}"),
            Self::Log { group, stream: None } => write!(f, "log {group}"),
            Self::Trail => f.write_str("CloudTrail"),
        }
    }
}

impl Note {
    /// As events and results have it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Withheld => "withheld",
            Self::Denied(_) => "denied",
            Self::NotYet => "not-yet",
            Self::NoAnswer => "no-answer",
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone => f.write_str("it is not there any more; `--no-rollback` leaves what failed"),
            Self::Withheld => f.write_str("`ce recover --evidence logs` shows the last lines; a secret may be in them"),
            Self::Denied(action) => write!(f, "`{action}` is not allowed; with it more would show"),
            Self::NotYet => f.write_str(
                "no refused call yet; they show up to a quarter of an hour late, and `ce recover` looks again",
            ),
            Self::NoAnswer => f.write_str("no answer in time"),
        }
    }
}
