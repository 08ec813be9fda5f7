//! How stacks are planned and deployed.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

use ce_deploy::cloud::{Alarm, Guard, Minutes, Mode, NoAlarm};
use ce_deploy::engine::{Concurrency, OnFailure, Span};
use ce_deploy::risk::RiskClass;
use clap::{Args, ValueEnum};

use super::{AskWord, Chosen, Looking};

#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Plan {
    #[command(flatten)]
    pub(crate) chosen: Chosen,
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    #[command(flatten)]
    pub(crate) guarding: Guarding,
    /// Write the plan to this file, for `ce apply`
    #[arg(long, short, hide_env = true, env = "CE_OUT", value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Compare templates without change sets: nothing is made in the account
    #[arg(long, hide_env = true, env = "CE_OFFLINE")]
    pub(crate) offline: bool,
    /// Compare with what is there, and put back what others changed too
    #[arg(long, hide_env = true, env = "CE_REVERT_DRIFT", conflicts_with = "offline")]
    pub(crate) revert_drift: bool,
    /// Show every risk and every new resource, however many
    #[arg(long, hide_env = true, env = "CE_FULL")]
    pub(crate) full: bool,
    /// End with exit code 2 if something would change
    #[arg(long, alias = "fail", hide_env = true, env = "CE_DETAILED_EXITCODE")]
    pub(crate) detailed_exitcode: bool,
    /// End with exit code 2 if there is such a risk, or `any` change
    #[arg(long, hide_env = true, env = "CE_FAIL_ON", value_name = "CLASSES", value_delimiter = ',')]
    pub(crate) fail_on: Vec<AskWord>,
}

#[derive(Args, Debug)]
pub(crate) struct Deploy {
    #[command(flatten)]
    pub(crate) chosen: Chosen,
    /// Compare with what is there, and put back what others changed too
    #[arg(long, hide_env = true, env = "CE_REVERT_DRIFT", conflicts_with = "mode")]
    pub(crate) revert_drift: bool,
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    #[command(flatten)]
    pub(crate) guarding: Guarding,
    #[command(flatten)]
    pub(crate) manner: Manner,
}

/// Alarms that take an operation back.
#[derive(Args, Debug, Clone, Default)]
pub(crate) struct Guarding {
    /// Take a stack back when this alarm of its account and region goes off; `composite:ARN` for a composite one, `none`
    /// to take alarms away; without it a stack keeps those it has
    #[arg(long, hide_env = true, env = "CE_GUARD_ALARM", value_name = "ARN", value_delimiter = ',')]
    pub(crate) guard_alarm: Vec<AlarmWord>,
    /// Watch the alarms for so many minutes more, at most 180
    #[arg(long, hide_env = true, env = "CE_GUARD_MINUTES", value_name = "MINUTES")]
    pub(crate) guard_minutes: Option<Minutes>,
}

/// An alarm, or `none`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum AlarmWord {
    None,
    Alarm(Alarm),
}

impl FromStr for AlarmWord {
    type Err = NoAlarm;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "none" { Ok(Self::None) } else { text.parse().map(Self::Alarm) }
    }
}

impl Guarding {
    /// What is said of alarms, if anything.
    pub(crate) fn guard(&self) -> Option<Guard> {
        let alarm = |word: &AlarmWord| match word {
            AlarmWord::None => None,
            AlarmWord::Alarm(alarm) => Some(alarm.clone()),
        };
        let alarms = (!self.guard_alarm.is_empty()).then(|| self.guard_alarm.iter().filter_map(alarm).collect());
        let said = alarms.is_some() || self.guard_minutes.is_some();
        said.then(|| Guard { alarms, minutes: self.guard_minutes.unwrap_or_default() })
    }
}

#[derive(Args, Debug)]
pub(crate) struct Apply {
    /// The plan that `ce plan --out` wrote
    pub(crate) plan: PathBuf,
    /// The folder of the assembly [default: the app's]
    pub(crate) assembly: Option<PathBuf>,
    /// The plan was made with `--revert-drift`: what is planned again on the way is so too
    #[arg(long, hide_env = true, env = "CE_REVERT_DRIFT", conflicts_with = "mode")]
    pub(crate) revert_drift: bool,
    #[command(flatten)]
    pub(crate) inputs: Inputs,
    #[command(flatten)]
    pub(crate) manner: Manner,
}

/// What stacks are given besides the assembly.
#[derive(Args, Debug, Clone, Default)]
pub(crate) struct Inputs {
    /// A value for a parameter, `Stack:Name=value`; without a stack for every stack that has it
    #[arg(long, short, value_name = "[STACK:]NAME=VALUE")]
    pub(crate) parameters: Vec<String>,
    /// Values for parameters: a JSON object of stacks, each an object of names and values
    #[arg(long, hide_env = true, env = "CE_PARAMS_FILE", value_name = "FILE")]
    pub(crate) params_file: Option<PathBuf>,
    /// Leave a stack alone though an output that it reads has another value
    #[arg(long, hide_env = true, env = "CE_NO_FOLLOW")]
    pub(crate) no_follow: bool,
}

/// Who agrees, and how it is carried out.
#[derive(Args, Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Manner {
    /// Which risks are asked about: classes, `any` change, or `never`; loss of data is always asked about
    #[arg(long, hide_env = true, env = "CE_REQUIRE_APPROVAL", value_name = "CLASSES", value_delimiter = ',')]
    pub(crate) require_approval: Vec<AskWord>,
    /// Agree to all risks of a class; loss of data is agreed to by name
    #[arg(long, hide_env = true, env = "CE_YES_FOR", value_name = "CLASS", value_delimiter = ',')]
    pub(crate) yes_for: Vec<RiskClass>,
    /// Agree to the plan with this digest
    #[arg(long, hide_env = true, env = "CE_APPROVE", value_name = "sha256:DIGEST")]
    pub(crate) approve: Option<String>,
    /// Agree to the deletion of this resource, `Stack.Resource`
    #[arg(long, value_name = "ID")]
    pub(crate) allow_destroy: Vec<String>,
    /// Agree to the replacement of this resource, `Stack.Resource`
    #[arg(long, value_name = "ID")]
    pub(crate) allow_replace: Vec<String>,
    /// Show every risk and every new resource, however many
    #[arg(long, hide_env = true, env = "CE_FULL")]
    pub(crate) full: bool,
    /// How many stacks are worked on at once: `auto` or a number
    #[arg(long, hide_env = true, env = "CE_CONCURRENCY", default_value = "auto", value_parser = concurrency)]
    pub(crate) concurrency: Concurrency,
    /// What a failure does to the other stacks
    #[arg(long, hide_env = true, env = "CE_ON_FAILURE", default_value = "continue", value_name = "WHAT")]
    pub(crate) on_failure: Failing,
    /// Whether CloudFormation waits until everything is stable
    #[arg(long, hide_env = true, env = "CE_MODE", default_value = "standard", value_name = "MODE")]
    pub(crate) mode: Speed,
    /// Leave what was made when something fails
    #[arg(long, hide_env = true, env = "CE_NO_ROLLBACK")]
    pub(crate) no_rollback: bool,
    /// Leave stack policies alone, with which CloudFormation itself holds what holds data
    #[arg(long, hide_env = true, env = "CE_NO_STACK_POLICY")]
    pub(crate) no_stack_policy: bool,
    /// Begin, and do not wait
    #[arg(long, hide_env = true, env = "CE_DETACH")]
    pub(crate) detach: bool,
    /// Stop waiting after this time, such as 90m or 2h; what was begun goes on
    #[arg(long, hide_env = true, env = "CE_TIMEOUT", default_value = "4h", value_parser = span, value_name = "TIME")]
    pub(crate) timeout: Span,
    /// Write the outputs of all stacks to this file, as JSON
    #[arg(long, alias = "outputs-file", hide_env = true, env = "CE_OUTPUTS", value_name = "FILE")]
    pub(crate) outputs: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) looking: Looking,
}

/// What a failure does to others.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Failing {
    /// Those that do not need the failed one are deployed
    #[default]
    Continue,
    /// Nothing new is begun
    Stop,
    /// Nothing new is begun, and what was changed is put back; what was made is deleted
    RollbackAll,
}

impl From<Failing> for OnFailure {
    fn from(failing: Failing) -> Self {
        match failing {
            Failing::Continue => Self::Continue,
            Failing::Stop => Self::Stop,
            Failing::RollbackAll => Self::RollbackAll,
        }
    }
}

/// How CloudFormation works.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Speed {
    /// It waits until every resource is stable
    #[default]
    Standard,
    /// It goes on as soon as a resource is configured
    Express,
}

impl From<Speed> for Mode {
    fn from(speed: Speed) -> Self {
        match speed {
            Speed::Standard => Self::Standard,
            Speed::Express => Self::Express,
        }
    }
}

fn concurrency(text: &str) -> Result<Concurrency, String> {
    if text == "auto" {
        return Ok(Concurrency::Auto);
    }
    text.parse::<NonZeroUsize>().map(Concurrency::AtMost).map_err(|_| "write `auto`, or a number from 1".to_owned())
}

/// A length of time: `30s`, `90m`, `2h`.
pub(super) fn span(text: &str) -> Result<Span, String> {
    let wrong = || "write a number and `s`, `m` or `h`, such as 90m".to_owned();
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(wrong)?;
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        _ => return Err(wrong()),
    };
    number.checked_mul(seconds).filter(|seconds| *seconds < 1_000_000_000).map(Span::seconds).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::{AlarmWord, Guarding, Span, concurrency, span};

    #[test]
    fn what_is_not_said_of_alarms_is_not_sent() {
        let words = |words: &[&str]| words.iter().map(|word| word.parse::<AlarmWord>().unwrap()).collect();
        let guard = |alarms: &[&str], minutes: Option<&str>| {
            let minutes = minutes.map(|minutes| minutes.parse().unwrap());
            let guarding = Guarding { guard_alarm: words(alarms), guard_minutes: minutes };
            guarding.guard().map(|guard| (guard.alarms.map(|alarms| alarms.len()), guard.minutes.get()))
        };
        let alarm = "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors";
        assert_eq!(guard(&[], None), None);
        assert_eq!(guard(&[], Some("5")), Some((None, 5)));
        assert_eq!(guard(&[alarm], None), Some((Some(1), 0)));
        assert_eq!(guard(&["none"], None), Some((Some(0), 0)));
    }

    #[test]
    fn lengths_and_numbers() {
        assert_eq!(span("90m"), Ok(Span::seconds(5_400)));
        for wrong in ["", "m", "90", "9d", "-1s", "99999999999999999999h", "9ä"] {
            assert!(span(wrong).is_err(), "{wrong}");
        }
        assert!(concurrency("0").is_err() && concurrency("3").is_ok());
    }
}
