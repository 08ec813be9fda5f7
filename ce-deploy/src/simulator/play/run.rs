//! A run of the engine, as it was seen from outside.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assembly::{Assembly, StackId};
use crate::cloud::{FailureKind, Output, Place, StackStatus};
use crate::engine::{Moment, Outcome, Progress, Question};
use crate::plan::{Decision, Plan};
use crate::simulator::Fault;

/// A run of the engine, as it was seen from outside.
#[derive(Clone, Debug)]
pub struct Run {
    /// What it was told to do.
    pub command: Command,
    /// What was deployed.
    pub assembly: Arc<Assembly>,
    /// When it began.
    pub began: Moment,
    /// When it ended or was killed.
    pub ended: Moment,
    /// What it came to; none if it was killed, or did not end.
    pub outcome: Option<Outcome>,
    /// Why it ended before its time.
    pub stopped: Option<Stopped>,
    /// What it told.
    pub told: Vec<(Moment, Progress)>,
    /// The calls it made.
    pub sent: Vec<Sent>,
    /// The questions it asked.
    pub asked: Vec<Question>,
    /// What was decided, and when it was told so.
    pub decided: Vec<(Moment, Decision)>,
    /// The plan it made, also if it was killed; none if it came to none.
    pub plan: Option<Plan>,
    /// The file of outputs before it and after it; none if there is none yet.
    pub outputs_before: Option<String>,
    /// See [`Run::outputs_before`].
    pub outputs: Option<String>,
    /// The lines it recorded.
    pub journal: String,
    /// Whether the journal was trimmed at the end.
    pub trimmed: bool,
    /// Faults of the program itself that struck.
    pub struck: Vec<Fault>,
    /// Events it was told.
    pub steps: usize,
    /// How each stack was when the run ended.
    pub left: BTreeMap<StackId, Left>,
}

impl Run {
    /// Nothing has happened yet.
    pub(super) fn new(command: Command, assembly: Arc<Assembly>, began: Moment, outputs: Option<String>) -> Self {
        Self {
            command,
            assembly,
            began,
            ended: began,
            outcome: None,
            stopped: None,
            told: Vec::new(),
            sent: Vec::new(),
            asked: Vec::new(),
            decided: Vec::new(),
            plan: None,
            outputs_before: outputs,
            outputs: None,
            journal: String::new(),
            trimmed: false,
            struck: Vec::new(),
            steps: 0,
            left: BTreeMap::new(),
        }
    }
}

/// How a run left a stack.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Left {
    /// Its state; none if it is not there.
    pub status: Option<StackStatus>,
    /// Whether it is as the assembly says.
    pub as_wanted: bool,
    /// Its outputs.
    pub outputs: Vec<Output>,
    /// Logical ids of its resources that hold data and that its policy does not hold.
    pub unheld: Vec<String>,
}

/// What a run was told to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Command {
    /// To plan, ask and apply.
    Deploy,
    /// To plan.
    Plan,
    /// To apply a plan.
    Apply,
}

/// Why a run ended before its time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stopped {
    /// It was killed.
    Killed,
    /// The disk was full when it had something to write.
    DiskFull,
    /// Nothing was left to happen, and it had not ended.
    Starved,
    /// It took more steps than a run may.
    Endless,
}

/// A call that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sent {
    /// When.
    pub at: Moment,
    /// Where.
    pub place: Place,
    /// The API.
    pub api: &'static str,
    /// How it failed; none if it did not.
    pub failure: Option<FailureKind>,
}
