//! `DescribeChangeSet`, `ListChangeSets`, and what early validation found.

use super::{ChangeSet, ChangeSetKey};
use crate::cloud::{
    Answer, ChangeSetAnswer, ChangeSetState, ExecutionState, Failure, Page, ParameterValue, Secret, StackRef,
};
use crate::simulator::place::PlaceKey;
use crate::simulator::service::Service;
use crate::simulator::stack::StackKey;
use crate::simulator::words::{no_such_change_set, no_such_stack};

impl Service {
    /// The change set that a call names: by name with its stack, or by ARN.
    pub(in crate::simulator) fn find_change_set(
        &self,
        place: PlaceKey,
        stack: &StackRef,
        name: &str,
    ) -> Result<ChangeSetKey, Failure> {
        if name.starts_with("arn:") {
            let is_it = |known: &ChangeSet| known.id == name && known.state != ChangeSetState::Deleted;
            let found = self.change_sets.iter().position(is_it).map(ChangeSetKey);
            let here = found.filter(|key| self.stack(self.change_set(*key).stack).place == place);
            return here.ok_or_else(|| no_such_change_set(name));
        }
        let stack = self.find_stack(place, stack).ok_or_else(|| no_such_stack(stack.as_str()))?;
        self.change_set_named(stack, name).ok_or_else(|| no_such_change_set(name))
    }

    pub(in crate::simulator) fn describe_change_set(&self, key: ChangeSetKey, page: &Page) -> Result<Answer, Failure> {
        let change_set = self.change_set(key);
        let (state, execution) = self.shown(change_set);
        let complete = state == change_set.state;
        let (changes, next) = if complete { self.page(&change_set.changes, page)? } else { (vec![], None) };
        Ok(Answer::ChangeSet(Box::new(ChangeSetAnswer {
            id: change_set.id.clone(),
            name: change_set.name.clone(),
            stack: self.stack(change_set.stack).id.clone(),
            state,
            reason: change_set.reason.clone().filter(|_| complete),
            execution,
            changes,
            parameters: shown_parameters(change_set),
            tags: change_set.goal.tags.clone(),
            guard: Some(change_set.goal.guard.clone()),
            next,
        })))
    }

    /// The states that a read shows: old ones for a while.
    fn shown(&self, change_set: &ChangeSet) -> (ChangeSetState, ExecutionState) {
        if change_set.since + self.settings.read_lag + self.more_lag > self.now {
            change_set.before
        } else {
            (change_set.state, change_set.execution)
        }
    }

    pub(in crate::simulator) fn list_change_sets(&self, stack: StackKey, page: &Page) -> Result<Answer, Failure> {
        let living = |change_set: &&ChangeSet| {
            let executed = matches!(change_set.execution, ExecutionState::Complete | ExecutionState::Failed);
            change_set.stack == stack && change_set.state != ChangeSetState::Deleted && !executed
        };
        let all: Vec<_> = self
            .change_sets
            .iter()
            .filter(living)
            .map(|change_set| (change_set.id.clone(), change_set.name.clone(), change_set.execution))
            .collect();
        let (items, next) = self.page(&all, page)?;
        Ok(Answer::ChangeSets(items, next))
    }

    pub(in crate::simulator) fn change_set_events(
        &self,
        place: PlaceKey,
        id: &str,
        page: &Page,
    ) -> Result<Answer, Failure> {
        let found = self.change_sets.iter().find(|known| known.id == id && self.stack(known.stack).place == place);
        let found = found.ok_or_else(|| no_such_change_set(id))?;
        let (items, next) = self.page(&found.findings, page)?;
        Ok(Answer::Events(items, next))
    }
}

fn shown_parameters(change_set: &ChangeSet) -> Vec<ParameterValue> {
    let Some(template) = &change_set.goal.template else { return vec![] };
    let shown = |(key, value): (&String, &String)| {
        let hidden = template.parameters.get(key).is_some_and(|parameter| parameter.no_echo);
        ParameterValue { key: key.clone(), value: Some(Secret::new(if hidden { "****" } else { value })) }
    };
    change_set.goal.given.iter().map(shown).collect()
}
