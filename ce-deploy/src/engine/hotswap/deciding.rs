//! Whether every difference of every stack can be swapped.

use std::collections::{BTreeMap, BTreeSet};

use super::reducer::{Hotswap, Stage};
use super::work::Phase;
use crate::assembly::StackId;
use crate::cloud::{ParameterValue, Tag};
use crate::difference::Elsewhere;
use crate::engine::deployment::FOLLOWED;
use crate::engine::swap::Wish;
use crate::engine::{Case, Moment};
use crate::hotswap::{Obstacle, Question, decide};
use crate::risk::assess;

impl Hotswap {
    pub(super) fn begin_preparing(&mut self, now: Moment) {
        if self.stands_in_the_way() {
            return self.finish();
        }
        self.stage = Stage::Preparing;
        self.ids().iter().for_each(|id| self.decide(id));
        if self.is_refused() {
            return self.finish();
        }
        for id in self.ids() {
            let Some(arn) = self.run.found(&id).map(|found| found.id.clone()) else { continue };
            let work = self.work_mut(&id);
            let (aims, versions) = (work.aims.clone(), work.versions.take());
            if let Some((before, after)) = versions.filter(|_| !aims.is_empty()) {
                work.phase = Phase::Preparing;
                let schemas = self.schemas;
                self.run.prepare_swap(now, &id, Wish { arn, aims, before, after }, schemas);
            }
        }
    }

    fn decide(&mut self, id: &StackId) {
        let (stack, nothing) = (self.run.stack(id).clone(), BTreeMap::new());
        let (Some(found), Some(deployed)) = (self.run.found(id).cloned(), self.work(id).deployed.clone()) else {
            return;
        };
        let after = self.parameters(id);
        let case = Case {
            stack: &stack,
            found: Some(&found),
            deployed: Some(&deployed),
            nested: self.run.nested(id),
            before: &found.parameters,
            after: &after,
            changes: &nothing,
            // An output that changes is in the way of all.
            elsewhere: &Elsewhere::default(),
            deletes: false,
        };
        let difference = case.difference(self.schemas);
        let risks = assess(id, &stack.origins, &difference);
        let noted = self.noted.get(id).filter(|noted| noted.arn == found.id);
        let decision = decide(Question { stack: &stack, difference: &difference, risks: &risks, noted });
        let wanted: BTreeSet<(&str, &str)> =
            stack.tags.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let tags = found.tags.iter().filter(|tag| tag.key != FOLLOWED && !tag.key.starts_with("aws:"));
        let tags: BTreeSet<(&str, &str)> = tags.map(|Tag { key, value }| (key.as_str(), value.as_str())).collect();
        let work = self.work_mut(id);
        work.differs = decision.differs;
        work.aims = decision.aims;
        work.obstacles = decision.obstacles;
        work.versions = difference.before.zip(difference.after);
        if wanted != tags {
            work.obstacles.push(Obstacle::of_stack(id, "the tags of the stack change"));
        }
    }

    /// The parameters of a stack: those that somebody gave, and those that it has and nobody gives.
    fn parameters(&self, id: &StackId) -> Vec<ParameterValue> {
        let (stack, found) = (self.run.stack(id), self.run.found(id));
        let given = self.run.options.parameters.get(id).cloned().unwrap_or_default();
        let had = found.into_iter().flat_map(|found| &found.parameters);
        let kept = had.filter(|had| !given.contains_key(&had.key) && !stack.parameters.contains_key(&had.key));
        let kept = kept.map(|had| ParameterValue { key: had.key.clone(), value: None }).collect::<Vec<_>>();
        let given = given.into_iter().map(|(key, value)| ParameterValue { key, value: Some(value) });
        given.chain(kept).collect()
    }

    /// What is known only when the resources were read stands in the way too.
    pub(super) fn refused(&mut self, id: &StackId, logical_id: &str, why: String) {
        let stack = self.run.stack(id);
        let of = |aim: &&crate::hotswap::Aim| aim.logical_id == logical_id;
        let type_name = self.work(id).aims.iter().find(of).map(|aim| aim.type_name.clone()).unwrap_or_default();
        let origin = stack.origins.get(logical_id).cloned().unwrap_or_default();
        let logical_id = logical_id.to_owned();
        let obstacle = Obstacle { stack: id.clone(), logical_id, type_name, origin, why };
        let work = self.work_mut(id);
        work.obstacles.push(obstacle);
        work.phase = Phase::Over;
    }

    pub(super) fn is_refused(&self) -> bool {
        self.works.values().any(|work| !work.obstacles.is_empty())
    }
}
