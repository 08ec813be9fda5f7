//! How an operation begins.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::running::Options;
use super::{Kind, Phase, Running};
use crate::cloud::{Mode, StackStatus, Token};
use crate::simulator::service::Service;
use crate::simulator::stack::{Definition, Stable, StackKey};

/// What is to be done.
#[derive(Clone, Debug)]
pub(in crate::simulator) struct Order {
    pub(in crate::simulator) kind: Kind,
    pub(in crate::simulator) token: Option<Token>,
    pub(in crate::simulator) goal: Arc<Definition>,
    pub(in crate::simulator) options: Options,
}

impl Service {
    /// Begins an operation; whether the stack's state allows it was asked before.
    pub(in crate::simulator) fn begin(&mut self, key: StackKey, order: Order) {
        let Order { kind, token, goal, options } = order;
        let operation = self.note_operation(key, operation_word(kind));
        let run = self.serial();
        self.remember_stable(key, kind);
        let (phase, status) = self.first_phase(key, kind);
        let now = self.now;
        let stack = self.stack_mut(key);
        let cleanup = std::mem::take(&mut stack.leftovers);
        if phase == Phase::Forward {
            stack.change_set = options.change_set;
            stack.express = options.mode == Mode::Express;
            stack.definition = Definition::clone(&goal);
            if kind != Kind::Create {
                stack.updated = Some(now);
            }
        }
        stack.running = Some(Running {
            run,
            kind,
            phase,
            token,
            operation,
            goal,
            steps: Vec::new(),
            busy: 0,
            failed: Vec::new(),
            cleanup,
            held: false,
            watched: false,
            imports: BTreeSet::new(),
            options,
        });
        self.set_status(key, status, Some("User Initiated".to_owned()));
        match self.alarmed(key) {
            Some(reason) => self.give_up(key, Some(reason)),
            None => self.enter_phase(key, phase),
        }
    }

    fn first_phase(&self, key: StackKey, kind: Kind) -> (Phase, StackStatus) {
        match kind {
            Kind::Create => (Phase::Forward, StackStatus::CreateInProgress),
            Kind::Update => (Phase::Forward, StackStatus::UpdateInProgress),
            Kind::Import => (Phase::Forward, StackStatus::ImportInProgress),
            Kind::Delete => (Phase::Delete, StackStatus::DeleteInProgress),
            Kind::Rollback => self.way_back(key),
        }
    }

    /// The last state in which everything was as it should be, before it is left.
    fn remember_stable(&mut self, key: StackKey, kind: Kind) {
        let stack = self.stack_mut(key);
        let leaves_good_state = matches!(kind, Kind::Update | Kind::Import)
            && !matches!(
                stack.status,
                StackStatus::UpdateFailed | StackStatus::CreateFailed | StackStatus::ReviewInProgress
            );
        if leaves_good_state {
            stack.stable = Some(Arc::new(Stable {
                definition: stack.definition.clone(),
                resources: stack.resources.clone(),
                outputs: stack.outputs.clone(),
                imports: stack.imports.clone(),
            }));
        }
    }

    /// Which way back there is: to the last good state, or to nothing.
    fn way_back(&self, key: StackKey) -> (Phase, StackStatus) {
        match self.stack(key).stable {
            Some(_) => (Phase::Back, StackStatus::UpdateRollbackInProgress),
            None => (Phase::Delete, StackStatus::RollbackInProgress),
        }
    }
}

/// As `LastOperations` names it. Source: the enum `OperationType` of the service model.
const fn operation_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Create => "CREATE_STACK",
        Kind::Update | Kind::Import => "UPDATE_STACK",
        Kind::Delete => "DELETE_STACK",
        Kind::Rollback => "ROLLBACK",
    }
}
