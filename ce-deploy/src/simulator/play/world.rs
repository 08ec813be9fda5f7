//! What outlives a run: the cloud, the disk, what earlier runs wrote down.

use std::sync::Arc;

use super::disk::Disk;
use super::driver::{Consent, Driver};
use super::run::{Command, Run, Stopped};
use super::scenario::Scenario;
use crate::assembly::Assembly;
use crate::engine::{Deployment, Exit, Moment, Options, Span};
use crate::journal::{self, Journal, TraceKey};
use crate::plan::{Approval, Plan};
use crate::simulator::Simulator;
use crate::simulator::fault::Active;

/// Between two runs.
const PAUSE: Span = Span::seconds(7);
/// So often a run that was killed is begun again.
const MOST_RUNS: usize = 6;
/// What the runs trace values with.
const KEY: TraceKey = TraceKey::new([0x5a; 32]);

/// What outlives a run.
pub(super) struct World {
    pub(super) simulator: Simulator,
    pub(super) awaits: Active,
    pub(super) now: Moment,
    pub(super) runs: Vec<Run>,
    disk: Disk,
    journal: String,
}

impl World {
    pub(super) fn new(simulator: Simulator, awaits: Active, now: Moment) -> Self {
        Self { simulator, awaits, now, runs: Vec::new(), disk: Disk::default(), journal: String::new() }
    }

    /// Brings stacks to what an assembly says; a run that is killed is begun again.
    pub(super) fn bring(&mut self, scenario: &Scenario, assembly: &Arc<Assembly>) {
        if !scenario.by_plan {
            return self.repeat(scenario, assembly, Command::Deploy, &|options| {
                Deployment::deploy(Arc::clone(assembly), scenario.judge.clone(), options)
            });
        }
        self.repeat(scenario, assembly, Command::Plan, &|options| {
            Deployment::plan(Arc::clone(assembly), scenario.judge.clone(), options)
        });
        // What is applied was a file in between.
        let made = self.runs.last().and_then(|run| run.outcome.as_ref()).filter(|ended| ended.exit == Exit::Done);
        let plan = made.and_then(|ended| Plan::read(&ended.plan.as_ref()?.to_json()).ok());
        if let Some(plan) = plan {
            self.repeat(scenario, assembly, Command::Apply, &|options| {
                Deployment::apply(Arc::clone(assembly), scenario.judge.clone(), plan.clone(), options)
            });
        }
    }

    fn repeat(
        &mut self,
        scenario: &Scenario,
        assembly: &Arc<Assembly>,
        command: Command,
        deployment: &dyn Fn(Options) -> Deployment,
    ) {
        for _ in 0..MOST_RUNS {
            let options = scenario.options.clone().journal(Journal::read(&self.journal)).trace_key(KEY);
            let run = self.run(scenario, assembly, command, deployment(options));
            self.now = run.ended + PAUSE;
            let killed = matches!(run.stopped, Some(Stopped::Killed | Stopped::DiskFull));
            self.runs.push(run);
            if !killed {
                break;
            }
        }
    }

    fn run(
        &mut self,
        scenario: &Scenario,
        assembly: &Arc<Assembly>,
        command: Command,
        mut deployment: Deployment,
    ) -> Run {
        let consent = match &scenario.agreed {
            Some(ids) => Consent::Agree(ids.iter().fold(Approval::default(), |all, id| all.destroy(id).replace(id))),
            None => Consent::Decline,
        };
        let driver = Driver::new(&mut self.simulator, &mut self.awaits, &mut self.disk, consent);
        let mut run = driver.run(&mut deployment, Arc::clone(assembly), command, self.now);
        run.plan = deployment.plan_so_far().cloned();
        // The last line may be torn; the next run does not append to it.
        if !run.journal.is_empty() && !run.journal.ends_with('\n') {
            run.journal.push('\n');
        }
        self.journal.push_str(&run.journal);
        if run.trimmed {
            self.journal = journal::trimmed(&self.journal);
        }
        run
    }
}
