//! Whose accounts these are, and what is there.

use std::collections::{BTreeMap, BTreeSet};

use super::purpose::Purpose;
use super::reducer::{Errand, Stage};
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, FailureKind, Page, StackRef, Target};
use crate::engine::exit::exit_of;
use crate::engine::{Exit, Moment, Problem};

impl Errand {
    pub(super) fn begin_checking(&mut self, now: Moment) {
        self.stage = Stage::Checking;
        let targets: BTreeSet<Target> = self.ids().iter().map(|id| self.stack(id).target.clone()).collect();
        for target in targets {
            self.ask(now, Purpose::Identity(target.clone()), &target, Call::Identity);
        }
    }

    pub(super) fn took_identity(&mut self, target: &Target, result: Result<Answer, Failure>) {
        self.pending = self.pending.saturating_sub(1);
        let place = &target.place;
        match result {
            Ok(Answer::Identity { account, .. }) if account == place.account => {}
            Ok(Answer::Identity { account, .. }) => {
                let message = format!("the credentials for `{place}` belong to account `{account}`");
                self.problem(Problem::new(Exit::NotAllowed, message).help("choose another profile or role"));
            }
            Ok(_) => self.problem(Problem::new(Exit::Bug, "the answer belongs to another question")),
            Err(failure) => {
                let message = format!("`{place}` cannot be reached: {failure}");
                self.problem(Problem::new(exit_of(&failure), message).help("look at the credentials and the role"));
            }
        }
    }

    /// A place with one stack of interest is not listed: it may have thousands.
    pub(super) fn begin_surveying(&mut self, now: Moment) {
        if self.stands_in_the_way() {
            return self.finish();
        }
        self.stage = Stage::Surveying;
        let mut targets: BTreeMap<Target, Vec<StackId>> = BTreeMap::new();
        for id in self.ids() {
            targets.entry(self.stack(&id).target.clone()).or_default().push(id);
        }
        for (target, ids) in targets {
            match &ids[..] {
                [id] => self.survey_one(now, id),
                _ => self.survey(now, &target, Page::first()),
            }
        }
    }

    fn survey(&mut self, now: Moment, target: &Target, page: Page) {
        self.ask(now, Purpose::Survey(target.clone()), target, Call::DescribeStacks { stack: None, page });
    }

    fn survey_one(&mut self, now: Moment, id: &StackId) {
        let stack = self.stack(id);
        let (target, name) = (stack.target.clone(), StackRef::name(&stack.name));
        let call = Call::DescribeStacks { stack: Some(name), page: Page::first() };
        self.ask(now, Purpose::SurveyOne(id.clone()), &target, call);
    }

    pub(super) fn took_survey(&mut self, now: Moment, target: &Target, result: Result<Answer, Failure>) {
        self.pending = self.pending.saturating_sub(1);
        let here: Vec<StackId> = self.ids().into_iter().filter(|id| self.stack(id).target == *target).collect();
        match result {
            Ok(Answer::Stacks(stacks, rest)) => {
                for id in here {
                    if let Some(found) = stacks.iter().find(|found| found.name == self.stack(&id).name) {
                        self.subject_mut(&id).found = Some(found.clone());
                    }
                }
                if let Some(page) = rest {
                    self.survey(now, target, page);
                }
            }
            Err(failure) if failure.kind == FailureKind::Denied => {
                here.iter().for_each(|id| self.survey_one(now, id));
            }
            Ok(_) => self.problem(Problem::new(Exit::Bug, "the answer belongs to another question")),
            Err(failure) => {
                let message = format!("the stacks of `{}` cannot be listed: {failure}", target.place);
                self.problem(Problem::new(exit_of(&failure), message));
            }
        }
    }

    pub(super) fn took_one(&mut self, id: &StackId, result: Result<Answer, Failure>) {
        self.pending = self.pending.saturating_sub(1);
        match result {
            Ok(Answer::Stacks(stacks, _)) => self.subject_mut(id).found = stacks.into_iter().next(),
            Err(failure) if failure.kind == FailureKind::NotFound => {}
            Ok(_) => self.problem(Problem::new(Exit::Bug, "the answer belongs to another question").of(id)),
            Err(failure) => {
                let message = format!("stack `{}` cannot be looked at: {failure}", self.stack(id).name);
                self.problem(Problem::new(exit_of(&failure), message).of(id));
            }
        }
    }
}
