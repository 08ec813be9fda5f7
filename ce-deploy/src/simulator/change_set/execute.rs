//! `ExecuteChangeSet` and `DeleteChangeSet`.

use std::sync::Arc;

use super::ChangeSetKey;
use crate::cloud::{
    Answer, ChangeSetState, ChangeSetType, ExecutionState, Failure, Mode, OnFailure, StackStatus, Token,
};
use crate::simulator::operation::{Kind, Options, Order};
use crate::simulator::service::Service;
use crate::simulator::settings::RepeatedExecution;
use crate::simulator::stack::StackKey;
use crate::simulator::words::{self, invalid, wrong_state};

impl Service {
    /// Executes a change set.
    pub(in crate::simulator) fn execute_change_set(
        &mut self,
        key: ChangeSetKey,
        token: &Token,
        disable_rollback: bool,
        retain_except_on_create: bool,
    ) -> Result<Answer, Failure> {
        let change_set = self.change_set(key);
        let stack = change_set.stack;
        let execution = change_set.execution;
        let same_token = self.stack(stack).tokens.get(token.as_str()).is_some_and(|used| *used == change_set.id);
        if self.settings.repeated_execution == RepeatedExecution::Accepted && same_token {
            return Ok(Answer::Done);
        }
        let stays = disable_rollback || (change_set.mode == Mode::Express && change_set.disable_rollback);
        self.check_executable(key, stays)?;
        if disable_rollback && change_set.on_failure.is_some() {
            return Err(invalid("You cannot specify both OnStackFailure and DisableRollback"));
        }
        self.use_token(stack, token, &self.change_set(key).id.clone())?;
        debug_assert_eq!(execution, ExecutionState::Available);
        self.begin_execution(key, token, stays, retain_except_on_create);
        Ok(Answer::Done)
    }

    fn check_executable(&self, key: ChangeSetKey, stays: bool) -> Result<(), Failure> {
        let change_set = self.change_set(key);
        let refuse = |words: String| Err(Failure::answered("InvalidChangeSetStatus", words));
        if change_set.parent.is_some() {
            return refuse(format!(
                "ChangeSet [{}] belongs to a nested stack: execute the root change set",
                change_set.id
            ));
        }
        if change_set.state != ChangeSetState::Complete {
            let state = state_word(change_set.state);
            return refuse(format!(
                "ChangeSet [{}] cannot be executed in its current status of [{state}]",
                change_set.id
            ));
        }
        if change_set.execution != ExecutionState::Available {
            let state = execution_word(change_set.execution);
            return refuse(format!(
                "ChangeSet [{}] cannot be executed in its current execution status of [{state}]",
                change_set.id
            ));
        }
        let stack = self.stack(change_set.stack);
        if stack.is_failed() && !stays {
            return Err(invalid(words::only_without_rollback(stack)));
        }
        let ready = stack.status == StackStatus::ReviewInProgress || stack.status.takes_updates();
        if ready { Ok(()) } else { Err(wrong_state(stack, "updated")) }
    }

    fn begin_execution(&mut self, key: ChangeSetKey, token: &Token, stays: bool, retain_except_on_create: bool) {
        let change_set = self.change_set(key).clone();
        let stack = change_set.stack;
        let now = self.now;
        for (at, other) in self.change_sets.iter_mut().enumerate() {
            if other.stack == stack && at != key.0 && other.execution == ExecutionState::Available {
                other.turn(other.state, ExecutionState::Obsolete, now);
            }
        }
        self.turn_all(key, ExecutionState::InProgress);
        let kind = match change_set.kind {
            ChangeSetType::Import => Kind::Import,
            _ if self.stack(stack).status == StackStatus::ReviewInProgress => Kind::Create,
            _ => Kind::Update,
        };
        let options = Options {
            disable_rollback: stays && change_set.on_failure.is_none(),
            on_failure: change_set
                .on_failure
                .filter(|_| kind == Kind::Create || change_set.on_failure == Some(OnFailure::Nothing)),
            retain_except_on_create,
            mode: change_set.mode,
            change_set: Some(key),
            imported: change_set.imports.clone(),
            ..Options::default()
        };
        self.begin(stack, Order { kind, token: Some(token.clone()), goal: Arc::clone(&change_set.goal), options });
    }

    /// A change set and those of its nested stacks take a state of execution.
    fn turn_all(&mut self, key: ChangeSetKey, execution: ExecutionState) {
        let now = self.now;
        let change_set = self.change_set_mut(key);
        if change_set.state == ChangeSetState::Complete {
            change_set.turn(change_set.state, execution, now);
        }
        let nested: Vec<ChangeSetKey> = change_set.nested.values().copied().collect();
        nested.into_iter().for_each(|key| self.turn_all(key, execution));
    }

    /// Nested stacks that were made for a change set and never came to be.
    fn drop_reviewed(&mut self, key: ChangeSetKey) {
        let nested: Vec<ChangeSetKey> = self.change_set(key).nested.values().copied().collect();
        for key in nested {
            let stack = self.change_set(key).stack;
            if self.stack(stack).status == StackStatus::ReviewInProgress {
                self.bury(stack);
            } else {
                self.drop_reviewed(key);
            }
        }
    }

    /// Holds a token to one request.
    pub(in crate::simulator) fn use_token(
        &mut self,
        stack: StackKey,
        token: &Token,
        request: &str,
    ) -> Result<(), Failure> {
        let tokens = &mut self.stack_mut(stack).tokens;
        match tokens.get(token.as_str()) {
            Some(used) if used != request => Err(Failure::answered(
                "TokenAlreadyExistsException",
                format!("The client request token [{token}] has already been used for another request"),
            )),
            _ => {
                tokens.insert(token.as_str().to_owned(), request.to_owned());
                Ok(())
            }
        }
    }

    /// An operation ended: its change set was executed, and the others of the stack go.
    pub(in crate::simulator) fn close_change_set(&mut self, stack: StackKey, status: StackStatus) {
        let executed = self.stack(stack).change_set.filter(|key| self.change_set(*key).parent.is_none());
        if let Some(key) = executed.filter(|key| self.change_set(*key).execution == ExecutionState::InProgress) {
            let execution = if status.is_success() { ExecutionState::Complete } else { ExecutionState::Failed };
            self.turn_all(key, execution);
            self.drop_reviewed(key);
        }
        let obsolete = |change_set: &super::ChangeSet| {
            change_set.stack == stack && change_set.execution == ExecutionState::Obsolete && change_set.parent.is_none()
        };
        let gone: Vec<ChangeSetKey> =
            (0..self.change_sets.len()).map(ChangeSetKey).filter(|key| obsolete(self.change_set(*key))).collect();
        for key in gone {
            self.drop_change_set(key);
        }
    }

    /// Deletes a change set; one that is gone already is no failure.
    pub(in crate::simulator) fn delete_change_set(&mut self, key: ChangeSetKey) -> Result<Answer, Failure> {
        let change_set = self.change_set(key);
        if change_set.execution == ExecutionState::InProgress {
            let words = format!("ChangeSet [{}] cannot be deleted in status EXECUTE_IN_PROGRESS", change_set.id);
            return Err(Failure::answered("InvalidChangeSetStatus", words));
        }
        self.drop_change_set(key);
        Ok(Answer::Done)
    }
}

const fn state_word(state: ChangeSetState) -> &'static str {
    match state {
        ChangeSetState::InProgress => "CREATE_IN_PROGRESS",
        ChangeSetState::Complete => "CREATE_COMPLETE",
        ChangeSetState::Failed => "FAILED",
        ChangeSetState::Deleted => "DELETE_COMPLETE",
    }
}

const fn execution_word(state: ExecutionState) -> &'static str {
    match state {
        ExecutionState::Unavailable => "UNAVAILABLE",
        ExecutionState::Available => "AVAILABLE",
        ExecutionState::InProgress => "EXECUTE_IN_PROGRESS",
        ExecutionState::Complete => "EXECUTE_COMPLETE",
        ExecutionState::Failed => "EXECUTE_FAILED",
        ExecutionState::Obsolete => "OBSOLETE",
    }
}
