//! Deleting stacks.

use std::collections::{BTreeMap, BTreeSet};

use super::purpose::Before;
use super::reducer::{Errand, Stage};
use super::subject::Phase;
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure};
use crate::difference::Elsewhere;
use crate::digest::sha256;
use crate::engine::run::Nested;
use crate::engine::watch::Kind;
use crate::engine::{Action, Case, End, Exit, Moment, PlannedStep, Problem, Progress, Question};
use crate::plan::{Approval, Ask, Plan, Seen, StackPlan, Step};
use crate::risk::Risk;

impl Errand {
    /// The template tells what is deleted, what stays, and what would be lost.
    pub(super) fn look_to_destroy(&mut self, now: Moment, id: &StackId) {
        let Some(found) = self.run.found(id).cloned() else { return self.over(now, id, End::Unchanged) };
        self.subject_mut(id).status = Some(found.status);
        if found.termination_protection {
            let message = format!("stack `{}` refuses to be deleted", found.name);
            let help = "set its termination protection to false, deploy that, and try again";
            return self.run.problem(Problem::new(Exit::Refused, message).of(id).help(help));
        }
        if found.status.is_in_progress() {
            let message = format!("stack `{}` is in `{}`", found.name, found.status);
            let help = "wait for it with `ce attach`, or look with `ce status`";
            return self.run.problem(Problem::new(Exit::Stale, message).of(id).help(help));
        }
        let call = Call::GetTemplate { stack: self.reference(id), change_set: None };
        self.ask_before(now, id, Before::Template, call);
    }

    pub(super) fn took_template(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        match result {
            Ok(Answer::Template(template)) => {
                let root = Nested::root(self.reference(id).as_str());
                self.run.read_nested(now, id, &root, &template);
                self.subject_mut(id).deployed = Some(template);
                self.subject_mut(id).phase = Phase::Ready;
            }
            Ok(_) => self.run.problem(Problem::new(Exit::Bug, "the answer belongs to another question").of(id)),
            Err(failure) => {
                let message = format!("the template of stack `{}` cannot be read: {failure}", self.run.stack(id).name);
                self.run.problem(Problem::failed(&failure, message).of(id));
            }
        }
    }

    /// A deletion is always asked about, unless this very plan was agreed to.
    pub(super) fn ask_to_destroy(&mut self, now: Moment) {
        let ready: Vec<StackId> = self.ids().into_iter().filter(|id| self.subject(id).phase == Phase::Ready).collect();
        for id in &ready {
            self.subject_mut(id).risks = self.judge(id);
        }
        let stacks: Vec<StackPlan> = ready.iter().map(|id| self.planned(id)).collect();
        for id in &ready {
            self.run.tell(now, Progress::Planned { stack: id.clone(), step: PlannedStep::Delete });
        }
        let plan = Plan::new(&self.run.assembly.digest, now + self.run.options.lifetime, stacks);
        self.run.plan = Some(plan.clone());
        let open = self.run.options.approval.open(&self.run.options.ask, &plan.digest(), plan.risks());
        let agreed = self.run.options.ask == Ask::Never || self.run.options.approval.covers_digest(&plan.digest());
        if ready.is_empty() || (open.is_empty() && agreed) {
            self.stage = Stage::Working;
        } else {
            self.run.desk.act(Action::Ask(Box::new(Question { plan, open })));
        }
    }

    /// What is lost with a stack, nested stacks with it.
    fn judge(&self, id: &StackId) -> Vec<Risk> {
        let (subject, found) = (self.subject(id), self.run.found(id));
        let case = Case {
            stack: self.run.stack(id),
            found,
            deployed: subject.deployed.as_deref(),
            nested: self.run.nested(id),
            before: found.map(|found| found.parameters.as_slice()).unwrap_or_default(),
            after: &[],
            changes: &BTreeMap::new(),
            elsewhere: &Elsewhere::default(),
            deletes: true,
        };
        self.judge.judge(&case).risks
    }

    fn planned(&self, id: &StackId) -> StackPlan {
        let (stack, subject) = (self.run.stack(id), self.subject(id));
        StackPlan {
            stack: id.clone(),
            name: stack.name.clone(),
            target: stack.target.clone(),
            arn: self.run.found(id).map(|found| found.id.clone()),
            seen: self.run.found(id).map(Seen::of),
            template: stack.template_digest.clone(),
            parameters: BTreeMap::new(),
            tags: sha256(""),
            assets: Vec::new(),
            needs: self.order.waits_for(id).cloned().collect(),
            step: Step::Delete,
            protect: None,
            guard: None,
            then: None,
            hotswapped: Vec::new(),
            risks: subject.risks.clone(),
            follows: BTreeSet::new(),
            disagreements: Vec::new(),
        }
    }

    pub(super) fn agreed(&mut self, _now: Moment, approval: Approval) {
        let Some(plan) = self.run.plan.clone() else { return };
        self.run.options.approval = self.run.options.approval.clone().and(approval);
        if self.run.options.approval.open(&self.run.options.ask, &plan.digest(), plan.risks()).is_empty() {
            self.stage = Stage::Working;
        } else {
            self.not_agreed();
        }
    }

    pub(super) fn not_agreed(&mut self) {
        self.run
            .problem(Problem::new(Exit::ApprovalNeeded, "the deletion was not agreed to").help("nothing was deleted"));
        self.finish();
    }

    pub(super) fn begin_destroying(&mut self, now: Moment, id: &StackId) {
        let token = self.token(id, "delete");
        let role = self.run.stack(id).execution_role.clone();
        let call = Call::DeleteStack { stack: self.reference(id), token: token.clone(), retain: Vec::new(), role };
        self.begin(now, id, Kind::Delete, &token, call);
    }
}
