//! The plan, and who agrees.

use super::inputs::Inputs;
use super::reducer::{Deployment, Goal};
use super::stage::Stage;
use super::work::Phase;
use crate::assembly::StackId;
use crate::engine::{Action, Exit, Moment, PlannedStep, Problem, Progress, Question};
use crate::plan::{Ask, Decision, Plan, Seen, StackPlan, Step};
use crate::risk::Risk;

impl Deployment {
    pub(super) fn begin_deciding(&mut self, now: Moment) {
        self.stage = Stage::Deciding;
        let stacks: Vec<StackPlan> = self.ids().iter().map(|id| self.planned(id)).collect();
        self.tell_planned(now, &stacks);
        let plan = Plan::new(&self.run.assembly.digest, now + self.run.options.lifetime, stacks);
        self.run.plan = Some(plan.clone());
        let blocked: Vec<Problem> = self.ids().iter().flat_map(|id| self.blocked(id)).collect();
        if !blocked.is_empty() {
            blocked.into_iter().for_each(|problem| self.run.problem(problem));
            return self.end_before_changes(now);
        }
        if self.goal == Goal::Plan { self.end_with_plan(now, &plan) } else { self.decide(now, plan) }
    }

    pub(super) fn tell_planned(&mut self, now: Moment, stacks: &[StackPlan]) {
        for stack in stacks {
            let step = match &stack.step {
                Step::Unchanged if self.work(&stack.stack).facts.is_empty => PlannedStep::Empty,
                Step::Unchanged => PlannedStep::Unchanged,
                Step::Create(_) => PlannedStep::Create,
                Step::Update(_) => PlannedStep::Update,
                Step::Later { .. } => PlannedStep::Later,
                Step::Delete => PlannedStep::Delete,
            };
            self.run.tell(now, Progress::Planned { stack: stack.stack.clone(), step });
        }
    }

    pub(super) fn planned(&self, id: &StackId) -> StackPlan {
        let (stack, work) = (self.run.stack(id), self.work(id));
        let found = self.existing(id);
        let inputs = work.draft.as_ref().map(|draft| draft.inputs.clone()).or_else(|| self.inputs(id).ok());
        let change_set = work.draft.as_ref().and_then(|draft| draft.planned.clone());
        let step = match (&work.phase, change_set) {
            (Phase::Drafted, Some(change_set)) if found.is_none() => Step::Create(change_set),
            (Phase::Drafted, Some(change_set)) => Step::Update(change_set),
            (Phase::Drafted, None) if work.goes => Step::Delete,
            (Phase::Later(because), _) => Step::Later { because: because.clone() },
            _ => Step::Unchanged,
        };
        let published = step.changes_something();
        StackPlan {
            stack: id.clone(),
            name: stack.name.clone(),
            target: stack.target.clone(),
            arn: self.arn(id),
            seen: found.map(Seen::of),
            template: stack.template_digest.clone(),
            parameters: inputs.as_ref().map(|inputs| inputs.fingerprints(&stack.name)).unwrap_or_default(),
            tags: inputs.as_ref().map(Inputs::tags_digest).unwrap_or_default(),
            assets: if published { stack.assets.clone() } else { Vec::new() },
            needs: self.order.waits_for(id).cloned().collect(),
            step,
            protect: self.protection(id),
            guard: self.guard(id).filter(|_| published),
            then: work.then.clone(),
            follows: self.followed_outputs(id),
            hotswapped: self.swapped_resources(id),
            risks: work.risks.clone(),
            disagreements: work.disagreements.clone(),
        }
    }

    /// Whether protection against deletion is to be set or lifted.
    pub(super) fn protection(&self, id: &StackId) -> Option<bool> {
        let wanted = self.run.stack(id).termination_protection.filter(|_| !self.work(id).facts.is_empty)?;
        let is = self.existing(id).is_some_and(|stack| stack.termination_protection);
        (wanted != is).then_some(wanted)
    }

    /// Goes on if nothing is to be agreed to, and asks otherwise.
    pub(super) fn decide(&mut self, now: Moment, plan: Plan) {
        // A stage that ends while somebody is asked is no reason to ask again.
        if self.asked.is_some() {
            return;
        }
        let digest = plan.digest();
        if self.run.options.approval.is_for_another(&digest) {
            let message = "the approval is for another plan";
            let help = format!("this one is `sha256:{digest}`");
            self.run.problem(Problem::new(Exit::ApprovalNeeded, message).help(help));
            return self.end_before_changes(now);
        }
        let open = self.open(&plan);
        if open.is_empty() && !self.asks_any(&plan) {
            return self.agree(now, &plan);
        }
        self.asked = Some(plan.clone());
        self.run.desk.act(Action::Ask(Box::new(Question { plan, open })));
    }

    fn asks_any(&self, plan: &Plan) -> bool {
        let agreed = self.run.options.approval.covers_digest(&plan.digest());
        self.run.options.ask == Ask::Any && plan.changes_something() && !agreed
    }

    fn open(&self, plan: &Plan) -> Vec<Risk> {
        self.run.options.approval.open(&self.run.options.ask, &plan.digest(), plan.risks())
    }

    pub(super) fn decided(&mut self, now: Moment, decision: Decision) {
        let Some(plan) = self.asked.take() else { return };
        match decision {
            Decision::Approved(approval) => {
                self.run.options.approval = self.run.options.approval.clone().and(approval);
                let missing = self.open(&plan);
                if missing.is_empty() {
                    // Time has passed: what was compared before is compared again.
                    self.works
                        .values_mut()
                        .filter_map(|work| work.draft.as_mut())
                        .for_each(|draft| draft.fresh = false);
                    return self.agree(now, &plan);
                }
                self.not_agreed(now, &plan, &missing);
            }
            Decision::Declined => {
                let missing = self.open(&plan);
                self.not_agreed(now, &plan, &missing);
            }
        }
    }

    fn not_agreed(&mut self, now: Moment, plan: &Plan, missing: &[Risk]) {
        if self.back.is_some() {
            return self.leave_unagreed(now, plan, missing);
        }
        let digest = plan.digest();
        let message = match missing {
            [] => "the changes were not agreed to".to_owned(),
            [one] => format!("this was not agreed to: {} of `{}`", one.class, one.id()),
            [one, rest @ ..] => {
                format!("this was not agreed to: {} of `{}`, and {} more", one.class, one.id(), rest.len())
            }
        };
        let help = format!("`--approve sha256:{digest}` agrees to this very plan; name what holds data beside it");
        self.run.problem(Problem::new(Exit::ApprovalNeeded, message).help(help));
        self.end_before_changes(now);
    }

    pub(super) fn agree(&mut self, now: Moment, plan: &Plan) {
        self.agreed = plan.risks().cloned().collect();
        self.stage = Stage::Applying;
        self.begin_applying(now);
    }
}
