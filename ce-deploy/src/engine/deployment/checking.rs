//! Whose accounts these are.

use std::collections::BTreeSet;

use super::purpose::Purpose;
use super::reducer::Deployment;
use super::stage::Stage;
use crate::cloud::{Answer, Call, Failure, Target};
use crate::engine::exit::exit_of;
use crate::engine::{Exit, Moment, Problem};

impl Deployment {
    pub(super) fn begin_checking(&mut self, now: Moment) {
        self.stage = Stage::Checking;
        if !self.plan_still_holds(now) {
            return;
        }
        let targets: BTreeSet<Target> = self.ids().iter().map(|id| self.stack(id).target.clone()).collect();
        targets.iter().for_each(|target| self.check_identity(now, target));
    }

    /// Asks once whose account a target is.
    pub(super) fn check_identity(&mut self, now: Moment, target: &Target) {
        if self.identities.insert(target.clone()) {
            self.ask(now, Purpose::Identity(target.clone()), target, Call::Identity);
        }
    }

    pub(super) fn took_identity(&mut self, target: &Target, result: Result<Answer, Failure>) {
        self.answered();
        let place = &target.place;
        match result {
            Ok(Answer::Identity { account, .. }) if account == place.account => {}
            Ok(Answer::Identity { account, .. }) => self.problem(
                Problem::new(Exit::NotAllowed, format!("the credentials for `{place}` belong to account `{account}`"))
                    .help("choose another profile or role; nothing was changed"),
            ),
            Ok(_) => self.problem(Problem::new(Exit::Bug, "the answer belongs to another question")),
            Err(failure) => {
                let whom =
                    target.role.as_deref().map_or_else(|| "yourself".to_owned(), |role| format!("role `{role}`"));
                self.problem(
                    Problem::new(exit_of(&failure), format!("`{place}` cannot be reached as {whom}: {failure}"))
                        .help("look at the credentials, and at who may assume the role"),
                );
            }
        }
    }

    pub(super) fn after_checking(&mut self, now: Moment) {
        if self.pending > 0 {
            return;
        }
        if self.may_go_on() { self.begin_surveying(now) } else { self.end_before_changes(now) }
    }
}
