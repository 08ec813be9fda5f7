//! Refactoring: resources move between stacks untouched.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::place::PlaceKey;
use super::service::{Service, Task};
use super::template::Template;
use super::words::invalid;
use crate::cloud::{Answer, Failure, RefactorState, StackRef, StackStatus};

/// A refactoring.
#[derive(Clone, Debug)]
pub(super) struct Refactor {
    id: String,
    place: PlaceKey,
    state: RefactorState,
    executing: bool,
    stacks: Vec<(String, Arc<Template>)>,
    moves: Vec<([String; 2], [String; 2])>,
    creates: bool,
}

impl Service {
    pub(super) fn create_refactor(
        &mut self,
        place: PlaceKey,
        stacks: &[(String, String)],
        moves: &[([String; 2], [String; 2])],
        creates: bool,
    ) -> Result<Answer, Failure> {
        if !(2..=5).contains(&stacks.len()) {
            return Err(invalid("Stack refactor must have between 2 and 5 stack definitions"));
        }
        let mut read = Vec::new();
        for (name, text) in stacks {
            read.push((name.clone(), self.library.read(text).map_err(invalid)?));
        }
        let id = self.uuid();
        self.refactors.push(Refactor {
            id: id.clone(),
            place,
            state: RefactorState::InProgress,
            executing: false,
            stacks: read,
            moves: moves.to_vec(),
            creates,
        });
        let span = self.settings.times.change_set;
        self.after(span, Task::Refactor(self.refactors.len() - 1));
        Ok(Answer::RefactorCreated(id))
    }

    pub(super) fn describe_refactor(&self, id: &str) -> Result<Answer, Failure> {
        self.find_refactor(id).map(|at| Answer::Refactor(self.refactors[at].state.clone()))
    }

    pub(super) fn execute_refactor(&mut self, id: &str) -> Result<Answer, Failure> {
        let at = self.find_refactor(id)?;
        if self.refactors[at].state != RefactorState::Ready {
            return Err(invalid(format!("Stack refactor {id} is not in a state that can be executed")));
        }
        self.refactors[at].state = RefactorState::InProgress;
        self.refactors[at].executing = true;
        let span = self.settings.times.change_set;
        self.after(span, Task::Refactor(at));
        Ok(Answer::Done)
    }

    fn find_refactor(&self, id: &str) -> Result<usize, Failure> {
        let missing =
            || Failure::answered("StackRefactorNotFoundException", format!("Stack refactor {id} does not exist"));
        self.refactors.iter().position(|refactor| refactor.id == id).ok_or_else(missing)
    }

    pub(super) fn refactor_goes_on(&mut self, at: usize) {
        let refactor = self.refactors[at].clone();
        let checked = self.check_refactor(&refactor);
        self.refactors[at].state = match checked {
            Err(reason) => RefactorState::Failed(reason),
            Ok(()) if !refactor.executing => RefactorState::Ready,
            Ok(()) => {
                self.move_resources(&refactor);
                RefactorState::Complete
            }
        };
    }

    /// Source: user guide, "Stack refactoring": nothing is added, deleted or changed, and no stack becomes empty.
    fn check_refactor(&self, refactor: &Refactor) -> Result<(), String> {
        let names = &self.place(refactor.place).names;
        for (name, template) in &refactor.stacks {
            let found = names.get(name).map(|key| self.stack(*key));
            if found.is_none() && !refactor.creates {
                return Err(format!("Stack [{name}] does not exist"));
            }
            if found.is_some_and(|stack| stack.status.is_in_progress()) {
                return Err(format!("Stack [{name}] is in progress"));
            }
            let mut expected: BTreeSet<String> =
                found.into_iter().flat_map(|stack| stack.resources.keys().cloned()).collect();
            for (from, _) in &refactor.moves {
                if from[0] == *name && !expected.remove(&from[1]) {
                    return Err(format!("Resource {} does not exist in stack {name}", from[1]));
                }
            }
            expected.extend(refactor.moves.iter().filter(|(_, to)| to[0] == *name).map(|(_, to)| to[1].clone()));
            let declared: BTreeSet<String> = template.resources.keys().cloned().collect();
            if declared != expected {
                return Err(format!("Resources of stack {name} are added or removed by more than the mappings"));
            }
        }
        Ok(())
    }

    fn move_resources(&mut self, refactor: &Refactor) {
        let mut moved = BTreeMap::new();
        for (from, to) in &refactor.moves {
            let key = self.place(refactor.place).names.get(&from[0]).copied();
            let taken = key.and_then(|key| self.stack_mut(key).resources.shift_remove(&from[1]));
            if let Some(resource) = taken {
                moved.insert(to.clone(), resource);
            }
        }
        for (name, template) in &refactor.stacks {
            let known = self.find_stack(refactor.place, &StackRef::name(name));
            let key = known.unwrap_or_else(|| self.new_stack(refactor.place, name, StackStatus::CreateInProgress));
            let stack = self.stack_mut(key);
            for (logical, declaration) in &template.resources {
                if let Some(resource) = moved.remove(&[name.clone(), logical.clone()]) {
                    stack.resources.insert(logical.clone(), resource);
                }
                if let Some(resource) = stack.resources.get_mut(logical) {
                    resource.needs.clone_from(&declaration.needs);
                }
            }
            stack.definition.template = Some(Arc::clone(template));
            let status = if known.is_some() { StackStatus::UpdateComplete } else { StackStatus::CreateComplete };
            self.set_status(key, status, None);
        }
    }
}
