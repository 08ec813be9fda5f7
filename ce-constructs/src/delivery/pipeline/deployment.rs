//! The jobs of a target.

use ce_synth::Duration;

use super::{Deployer, Target, Task, checks};
use crate::delivery::{Job, JobStep};

/// Jobs in order, and the one that what follows waits for.
pub(super) struct Chain<'t> {
    target: &'t Target,
    deployer: &'t Deployer,
    pub(super) jobs: Vec<(String, Job)>,
    pub(super) last: Vec<String>,
}

impl<'t> Chain<'t> {
    /// The jobs of a target, after those of the targets before it and other ones.
    pub(super) fn of(before: &[Target], target: &'t Target, deployer: &'t Deployer, after: &[String]) -> Self {
        let mut chain = Self { target, deployer, jobs: Vec::new(), last: after.to_vec() };
        chain.approvals(before.iter().all(|other| other.approvals.is_empty()));
        chain.heed_freeze();
        for task in &target.before {
            chain.task(task);
        }
        let deploy = format!("deploy_{}", target.key());
        // It needs what it waits for anyway, so that a reader sees the way and a failure there is one here.
        let previous = before.last().map(|target| format!("deploy_{}", target.key()));
        let job = previous.into_iter().fold(chain.deploy(), Job::needs).needs("synth");
        chain.push(deploy.clone(), job);
        chain.watch(&deploy);
        for task in &target.after {
            chain.task(task);
        }
        chain
    }

    /// A job after the last ones, under the target's condition.
    fn push(&mut self, id: String, job: Job) {
        let job = self.last.iter().fold(job, |job, last| job.needs(last));
        let job = match self.target.promotion.condition() {
            Some(condition) => job.when(condition),
            None => job,
        };
        self.last = vec![id.clone()];
        self.jobs.push((id, job));
    }

    fn approvals(&mut self, first: bool) {
        let key = if first { String::new() } else { format!("{}_", self.target.key()) };
        for (number, approval) in self.target.approvals.iter().enumerate() {
            let id = format!("approve_{key}{}", number + 1);
            let step = JobStep::run("Approved", "echo \"approved for $GITHUB_SHA\"");
            let job =
                Job::new().named(format!("Approval {}", number + 1)).environment(approval.environment()).step(step);
            // GitHub waits up to thirty days for the approval itself; the job only writes it down.
            self.push(id, job.timeout(Duration::minutes(5)));
        }
    }

    /// Before anything is done, migrations neither.
    fn heed_freeze(&mut self) {
        let Some(freeze) = &self.target.freeze else { return };
        let job = freeze.job(self.sign_in()).environment(&self.target.name).timeout(Duration::minutes(5));
        self.push(format!("heed_freeze_{}", self.target.key()), job);
    }

    fn task(&mut self, task: &Task) {
        let job = self.task_job(task);
        self.push(task.id().to_owned(), job);
    }

    fn task_job(&self, task: &Task) -> Job {
        if !task.acts() {
            return task.job([]);
        }
        task.job([self.sign_in()]).environment(&self.target.name)
    }

    fn sign_in(&self) -> JobStep {
        JobStep::sign_in(&self.target.role, self.target.environment.region)
    }

    fn deploy(&self) -> Job {
        let (target, folder) = (self.target, self.target.folder());
        let summary = "exec > >(tee -a \"$GITHUB_STEP_SUMMARY\") 2>&1";
        let diff = format!("{summary}\necho '```'\n{}\necho '```'\n", self.deployer.diff(&folder, &target.stacks));
        Job::new()
            .named(format!("Deploy to {}", target.name))
            .environment(&target.name)
            .concurrency(target.queue())
            .timeout(Duration::hours(2))
            .step(checks::take_assemblies())
            .step(self.sign_in())
            .step(JobStep::run("Show the change", diff))
            .step(JobStep::run("Deploy", self.deployer.deploy(&folder, &target.stacks, &target.execution)))
    }

    fn watch(&mut self, deploy: &str) {
        let Some(watch) = &self.target.watch else { return };
        let id = format!("watch_{}", self.target.key());
        let job = Job::new()
            .named(format!("Watch {}", self.target.name))
            .environment(&self.target.name)
            .timeout(Duration::minutes(watch.minutes() + 15))
            .step(self.sign_in())
            .step(JobStep::run("Watch the alarms", watch.script()));
        self.push(id.clone(), job);
        if let Some(rollback) = &self.target.rollback {
            let failed = format!("failure() && needs.{id}.result == 'failure'");
            let job = self.task_job(rollback).needs(deploy).needs(&id).when(failed);
            self.jobs.push((rollback.id().to_owned(), job));
        }
    }
}
