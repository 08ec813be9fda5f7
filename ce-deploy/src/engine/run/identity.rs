//! Whose accounts these are.

use std::collections::BTreeSet;

use super::{Routine, Run};
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, Target};
use crate::engine::{Exit, Moment, Problem};

impl<P: From<Routine>> Run<P> {
    pub(in crate::engine) fn check_identities(&mut self, now: Moment, ids: &[StackId]) {
        let targets: BTreeSet<Target> = ids.iter().map(|id| self.stack(id).target.clone()).collect();
        targets.iter().for_each(|target| self.check_identity(now, target));
    }

    /// Asks once whose account a target is.
    pub(in crate::engine) fn check_identity(&mut self, now: Moment, target: &Target) {
        if self.identities.insert(target.clone()) {
            self.ask(now, Routine::Identity(target.clone()).into(), target, Call::Identity);
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
                    Problem::failed(&failure, format!("`{place}` cannot be reached as {whom}: {failure}"))
                        .help("look at the credentials, and at who may assume the role"),
                );
            }
        }
    }
}
