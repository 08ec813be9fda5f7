//! What an earlier plan says, taken over; and the risks that show only while it is applied.

use super::reducer::{Deployment, Goal};
use super::stage::Stage;
use super::work::{Draft, Phase};
use crate::assembly::StackId;
use crate::cloud::StackStatus;
use crate::engine::{Exit, Moment, Problem};
use crate::plan::{ChangeSetPlan, Plan, Seen, StackPlan, Step};
use crate::risk::Risk;

impl Deployment {
    /// Whether a plan is for this assembly and not too old; before anything is asked.
    pub(super) fn plan_still_holds(&mut self, now: Moment) -> bool {
        let Goal::Apply(plan) = &self.goal else { return true };
        let refusal = if plan.assembly != self.run.assembly.digest {
            "the plan was made for another assembly"
        } else if plan.expires < now {
            "the plan has expired"
        } else if plan.stacks.iter().any(|stack| self.run.assembly.stack(&stack.stack).is_none()) {
            "the plan names a stack that the assembly does not have"
        } else {
            return true;
        };
        self.run.problem(Problem::new(Exit::Stale, refusal).help("make a new one with `ce plan`"));
        self.end_before_changes(now);
        false
    }

    /// Compares every stack with what the plan saw, then asks or goes on.
    pub(super) fn take_over(&mut self, now: Moment, plan: Plan) {
        for stack in &plan.stacks {
            self.take_over_stack(now, stack);
        }
        if !self.run.problems.is_empty() {
            return self.end_before_changes(now);
        }
        self.run.plan = Some(plan.clone());
        // While somebody is asked about it, nothing is planned beside it.
        self.stage = Stage::Deciding;
        self.decide(now, plan);
    }

    fn take_over_stack(&mut self, now: Moment, planned: &StackPlan) {
        let id = &planned.stack;
        let seen = self.existing(id).map(Seen::of);
        let work = self.work_mut(id);
        work.seen.clone_from(&planned.seen);
        work.risks.clone_from(&planned.risks);
        work.then.clone_from(&planned.then);
        work.status = seen.as_ref().map(|seen| seen.status);
        let ours = planned.step.change_set().map(|change_set| change_set.change_set.clone());
        let executed = ours.is_some() && seen.as_ref().is_some_and(|seen| seen.change_set == ours);
        if executed {
            return self.executed_by_earlier_run(now, planned);
        }
        if seen != planned.seen {
            let message = format!("stack `{}` is not as it was when the plan was made", planned.name);
            return self.run.problem(Problem::new(Exit::Stale, message).of(id).help("make a new plan with `ce plan`"));
        }
        match &planned.step {
            Step::Unchanged => self.work_mut(id).phase = Phase::Unchanged,
            Step::Delete => {
                let message = format!("the plan deletes stack `{}`", planned.name);
                self.run.problem(Problem::new(Exit::Usage, message).of(id).help("use `ce destroy`"));
            }
            Step::Later { because } => self.work_mut(id).phase = Phase::Later(because.clone()),
            Step::Create(change_set) | Step::Update(change_set) => self.take_over_draft(now, planned, change_set),
        }
    }

    fn take_over_draft(&mut self, now: Moment, planned: &StackPlan, change_set: &ChangeSetPlan) {
        let id = &planned.stack;
        let Ok(inputs) = self.inputs(id) else {
            let message = format!("what stack `{}` needs is gone", planned.name);
            return self.run.problem(Problem::new(Exit::Stale, message).of(id).help("make a new plan with `ce plan`"));
        };
        let name = change_set.change_set.split('/').nth(1).unwrap_or_default().to_owned();
        let draft = Draft {
            change_set: Some(change_set.change_set.clone()),
            arn: planned.arn.clone(),
            planned: Some(change_set.clone()),
            ..Draft::new(inputs, name, 1, now)
        };
        let work = self.work_mut(id);
        work.draft = Some(draft);
        work.phase = Phase::Drafted;
    }

    /// A run that died had begun, or done, what the plan says of this stack.
    fn executed_by_earlier_run(&mut self, now: Moment, planned: &StackPlan) {
        let id = &planned.stack;
        let Some(found) = self.existing(id).cloned() else { return };
        let change_set = found.change_set.clone().unwrap_or_default();
        if found.status.is_in_progress() {
            self.attach(now, id, &found, &change_set);
        } else if found.status.is_success() {
            let work = self.work_mut(id);
            work.attached = true;
            work.phase = Phase::Unchanged;
        } else {
            let message = format!("an earlier run of this plan left stack `{}` in `{}`", found.name, found.status);
            self.run.problem(
                Problem::new(failed_exit(found.status), message).of(id).help("make a new plan with `ce plan`"),
            );
        }
    }

    /// A change set that was made while applying: the risks must be among those that were agreed to.
    pub(super) fn check_agreement(&mut self, now: Moment, id: &StackId) {
        let known = |risk: &&Risk| {
            !self.agreed.iter().any(|agreed| {
                (agreed.class, &agreed.stack, &agreed.logical_id, agreed.consent)
                    == (risk.class, &risk.stack, &risk.logical_id, risk.consent)
            })
        };
        let more: Vec<Risk> = self.work(id).risks.iter().filter(known).cloned().collect();
        let digest = self.run.plan.as_ref().map(Plan::digest).unwrap_or_default();
        // The digest was agreed to without these.
        let open = self.run.options.approval.open(&self.run.options.ask, &format!("not {digest}"), &more);
        match open.first() {
            None => self.execute_held(now, id),
            Some(risk) => {
                let message = format!(
                    "stack `{}` would bring a risk that the plan did not show: {} of `{}`",
                    self.run.stack(id).name,
                    risk.class,
                    risk.id()
                );
                self.drop_draft(now, id);
                let help = "what was agreed to is done; plan again to see and agree to the rest";
                self.give_up(now, id, Problem::new(Exit::ApprovalNeeded, message).help(help));
            }
        }
    }
}

fn failed_exit(status: StackStatus) -> Exit {
    if status.is_rolled_back() { Exit::RolledBack } else { Exit::NeedsRepair }
}
