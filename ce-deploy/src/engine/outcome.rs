//! What a run came to.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::exit::exit_of;
use super::{Exit, Report};
use crate::assembly::{Assembly, Stack, StackId};
use crate::cloud::{Failure, FailureKind, Output, StackStatus};
use crate::plan::Plan;

/// What a run came to. Its texts hold no secret; outputs may, and are hidden.
#[derive(Clone, PartialEq, Debug)]
pub struct Outcome {
    /// The exit code.
    pub exit: Exit,
    /// What became of each stack.
    pub stacks: BTreeMap<StackId, StackOutcome>,
    /// Why it ended so, the root cause first; empty when all went well.
    pub problems: Vec<Problem>,
    /// The plan, where one was made.
    pub plan: Option<Box<Plan>>,
}

impl Outcome {
    /// The outputs of every stack that is as the assembly says, by the stack's name, as JSON: the text of the file that
    /// `--outputs` writes. The values may be secret.
    pub fn outputs(&self, assembly: &Assembly) -> String {
        let of = |stack: &Stack| {
            let ended =
                self.stacks.get(&stack.id).filter(|ended| matches!(ended.end, End::Changed | End::Unchanged))?;
            let outputs = ended.outputs.iter().map(|output| (output.key.clone(), output.value.reveal().into()));
            Some((stack.name.clone(), Value::Object(outputs.collect())))
        };
        let all: Map<String, Value> = assembly.stacks.iter().filter_map(of).collect();
        format!("{:#}\n", Value::Object(all))
    }
}

/// What became of a stack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StackOutcome {
    /// How it ended.
    pub end: End,
    /// Its ARN, where there is one.
    pub arn: Option<String>,
    /// Its state when it was last seen.
    pub status: Option<StackStatus>,
    /// Its outputs; only where it is as the assembly says.
    pub outputs: Vec<Output>,
    /// What was found out about it, where that was the errand.
    pub report: Option<Report>,
}

/// How a stack ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum End {
    /// It already was as the assembly says.
    Unchanged,
    /// It is now as the assembly says.
    Changed,
    /// It is gone, as was wanted.
    Deleted,
    /// It failed and was put back.
    RolledBack,
    /// It was changed or made, and is again what it was before, because another stack failed.
    PutBack,
    /// It failed and stays so.
    Failed,
    /// It was not begun, because this one failed.
    Skipped(StackId),
    /// It was not begun.
    NotBegun,
    /// Its operation goes on without us.
    Detached,
}

/// Something that stands in the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The stack, where it is about one.
    pub stack: Option<StackId>,
    /// What it makes of the run.
    pub exit: Exit,
    /// What is wrong.
    pub message: String,
    /// The next thing to do.
    pub help: Option<String>,
}

impl Problem {
    /// A problem of the whole run.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { stack: None, exit, message: message.into(), help: None }
    }

    /// A call that failed, with what to do about such a failure.
    pub(crate) fn failed(failure: &Failure, message: impl Into<String>) -> Self {
        Self { help: help_for(failure).map(str::to_owned), ..Self::new(exit_of(failure), message) }
    }

    /// Which stack it is about. Default: none.
    pub fn of(self, stack: &StackId) -> Self {
        Self { stack: Some(stack.clone()), ..self }
    }

    /// The next thing to do. Default: none.
    pub fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }
}

/// What helps where credentials, the clock or the way to AWS are at fault; what a refusal means depends on what was asked.
fn help_for(failure: &Failure) -> Option<&'static str> {
    use FailureKind as K;
    match failure.kind {
        K::Expired => Some("get new credentials and run the same again: it goes on with what was begun"),
        K::Denied => Some("`ce doctor` says which permissions are missing"),
        K::ClockSkew => Some("set this machine's clock"),
        K::NoAnswer | K::Garbled | K::Unavailable | K::Throttled => {
            Some("run the same again: it goes on with what was begun")
        }
        _ => None,
    }
}
