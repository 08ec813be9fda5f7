//! What the places have, where something is to be changed.

use std::collections::BTreeMap;

use super::purpose::Purpose;
use super::reducer::Deployment;
use super::stage::Stage;
use super::work::Phase;
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, Failure, FailureKind, Target};
use crate::engine::{Exit, Moment, Problem};

impl Deployment {
    pub(super) fn begin_preparing(&mut self, now: Moment) {
        self.stage = Stage::Preparing;
        let ids = self.to_change();
        self.run.gather_assets(&ids);
        let mut asked: BTreeMap<(Target, String), (u32, StackId)> = BTreeMap::new();
        for id in self.to_change() {
            if let Some(bootstrap) = &self.run.stack(&id).bootstrap {
                let key = (self.run.stack(&id).target.clone(), bootstrap.parameter.clone());
                let highest = asked.entry(key).or_insert((bootstrap.version, id.clone()));
                if bootstrap.version > highest.0 {
                    *highest = (bootstrap.version, id);
                }
            }
        }
        for ((target, name), (_, id)) in asked {
            self.run.ask(now, Purpose::Bootstrap(id), &target, Call::Parameter { name });
        }
        self.run.publishing.targets().iter().for_each(|target| self.run.check_identity(now, target));
    }

    pub(super) fn to_change(&self) -> Vec<StackId> {
        self.ids_in(|phase| matches!(phase, Phase::Read | Phase::Later(_)))
    }

    pub(super) fn took_bootstrap(&mut self, id: &StackId, result: Result<Answer, Failure>) {
        self.run.answered();
        let stack = self.run.stack(id);
        let Some(bootstrap) = stack.bootstrap.clone() else { return };
        let (place, wanted) = (stack.place.clone(), bootstrap.version);
        let parameter = bootstrap.parameter;
        let message = match result {
            Ok(Answer::Parameter(version)) => match version.trim().parse::<u32>() {
                Ok(version) if version >= wanted => return,
                Ok(version) => format!("`{place}` has bootstrap version {version}, and {wanted} is needed"),
                Err(_) => format!("parameter `{parameter}` of `{place}` is no version"),
            },
            Ok(_) => return self.run.problem(Problem::new(Exit::Bug, "the answer belongs to another question").of(id)),
            Err(failure) if failure.kind == FailureKind::NotFound => {
                format!("`{place}` is not bootstrapped: there is no parameter `{parameter}`")
            }
            Err(failure) => {
                let message = format!("the bootstrap version of `{place}` cannot be read: {failure}");
                return self.run.problem(Problem::failed(&failure, message).of(id));
            }
        };
        self.run.problem(Problem::new(Exit::Refused, message).of(id).help(format!("run `ce bootstrap {place}`")));
    }

    pub(super) fn after_preparing(&mut self, now: Moment) {
        if self.run.pending > 0 {
            return;
        }
        if self.may_go_on() { self.begin_publishing(now) } else { self.end_before_changes(now) }
    }

    fn begin_publishing(&mut self, now: Moment) {
        self.stage = Stage::Publishing;
        self.run.publish_gathered(now);
    }

    pub(super) fn after_publishing(&mut self, now: Moment) {
        if self.run.pending > 0 {
            return;
        }
        if self.may_go_on() { self.begin_drafting(now) } else { self.end_before_changes(now) }
    }
}
