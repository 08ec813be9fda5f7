//! What is there.

use std::collections::{BTreeMap, BTreeSet};

use super::{Routine, Run};
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, FailureKind, Page, StackRef, Target};
use crate::engine::{Exit, Moment, Problem};

impl<P: From<Routine>> Run<P> {
    /// Looks at stacks. A place with one stack of interest is not listed: it may have thousands.
    pub(in crate::engine) fn survey(&mut self, now: Moment, of_interest: BTreeSet<StackId>) {
        let mut targets: BTreeMap<Target, Vec<StackId>> = BTreeMap::new();
        for id in &of_interest {
            targets.entry(self.stack(id).target.clone()).or_default().push(id.clone());
        }
        self.of_interest = of_interest;
        for (target, ids) in targets {
            match &ids[..] {
                [id] => self.survey_one(now, id),
                _ => self.survey_all(now, &target, Page::first()),
            }
        }
    }

    fn survey_all(&mut self, now: Moment, target: &Target, page: Page) {
        self.ask(now, Routine::Survey(target.clone()).into(), target, Call::DescribeStacks { stack: None, page });
    }

    fn survey_one(&mut self, now: Moment, id: &StackId) {
        let stack = self.stack(id);
        let (target, stack) = (stack.target.clone(), StackRef::name(&stack.name));
        let call = Call::DescribeStacks { stack: Some(stack), page: Page::first() };
        self.ask(now, Routine::SurveyOne(id.clone()).into(), &target, call);
    }

    /// Stacks that were looked at.
    pub(in crate::engine) fn of_interest(&self) -> &BTreeSet<StackId> {
        &self.of_interest
    }

    /// It is time to look again at a stack that the stage waits for.
    pub(super) fn look_again(&mut self, now: Moment, id: &StackId) {
        self.answered();
        self.survey_one(now, id);
    }

    fn of_interest_at(&self, target: &Target) -> Vec<StackId> {
        self.of_interest.iter().filter(|id| self.stack(id).target == *target).cloned().collect()
    }

    pub(super) fn took_survey(&mut self, now: Moment, target: &Target, result: Result<Answer, Failure>) {
        self.answered();
        match result {
            Ok(Answer::Stacks(stacks, rest)) => {
                for id in self.of_interest_at(target) {
                    if let Some(found) = stacks.iter().find(|found| found.name == self.stack(&id).name) {
                        self.stacks.insert(id, Some(found.clone()));
                    }
                }
                if let Some(page) = rest {
                    self.survey_all(now, target, page);
                }
            }
            Err(failure) if failure.kind == FailureKind::Denied => {
                self.of_interest_at(target).iter().for_each(|id| self.survey_one(now, id));
            }
            Ok(_) => self.problem(Problem::new(Exit::Bug, "the answer belongs to another question")),
            Err(failure) => {
                let message = format!("the stacks of `{}` cannot be listed: {failure}", target.place);
                self.problem(Problem::failed(&failure, message));
            }
        }
    }

    pub(super) fn took_one(&mut self, id: &StackId, result: Result<Answer, Failure>) {
        self.answered();
        match result {
            Ok(Answer::Stacks(stacks, _)) => {
                self.stacks.insert(id.clone(), stacks.into_iter().next());
            }
            Err(failure) if failure.kind == FailureKind::NotFound => {
                self.stacks.insert(id.clone(), None);
            }
            Ok(_) => self.problem(Problem::new(Exit::Bug, "the answer belongs to another question").of(id)),
            Err(failure) => {
                let message = format!("stack `{}` cannot be looked at: {failure}", self.stack(id).name);
                self.problem(Problem::failed(&failure, message).of(id));
            }
        }
    }
}
