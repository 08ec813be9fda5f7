//! What was done on whose behalf, for who looks at a run afterwards.

use crate::cloud::{Call, StackStatus, Token};
use crate::engine::Moment;
use crate::simulator::gate::api;
use crate::simulator::place::PlaceKey;
use crate::simulator::service::Service;
use crate::simulator::stack::{Resource, StackKey};

/// A request that the service took and that changes something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Deed {
    /// When.
    pub at: Moment,
    /// The API, `ExecuteChangeSet`.
    pub api: &'static str,
    /// The stack's ARN.
    pub stack: String,
    /// The change set's ARN, where it is about one.
    pub change_set: Option<String>,
    /// The token of the operation.
    pub token: Option<Token>,
    /// Whether it came as a call; somebody else's deeds do not.
    pub called: bool,
    /// Where a change set was executed: resources that held data and that the stack's policy did not hold.
    pub unheld: Vec<String>,
}

/// A request about a stack that ce itself was working on just then.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clash {
    /// When.
    pub at: Moment,
    /// The API.
    pub api: &'static str,
    /// The stack's ARN.
    pub stack: String,
    /// The stack's state.
    pub status: StackStatus,
}

/// A resource that held data and is no more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loss {
    /// When.
    pub at: Moment,
    /// The ARN of the outermost stack it was in.
    pub stack: String,
    /// Its logical id, dotted where it was in a nested stack.
    pub logical_id: String,
    /// Its type.
    pub type_name: String,
    /// Its id in the service.
    pub physical_id: String,
    /// The token of the operation that deleted it.
    pub token: Option<Token>,
}

impl Service {
    /// Writes down that a resource was deleted, if it held data and the operation did not make it itself. What is in a
    /// nested stack is written down for itself.
    pub(super) fn note_loss(&mut self, key: StackKey, logical: &str, resource: &Resource) {
        if resource.nested.is_some() || !resource.was_complete {
            return;
        }
        let token = self.stack(key).running.as_ref().and_then(|running| running.token.clone());
        let stateful = self.schemas.find(&resource.type_name).is_some_and(|schema| schema.stateful);
        let Some(physical_id) = resource.physical.clone().filter(|_| stateful && !resource.gone) else { return };
        if resource.made_by.is_some() && resource.made_by == token {
            return;
        }
        let logical_id = self.path(key).map_or_else(|| logical.to_owned(), |path| format!("{path}.{logical}"));
        let stack = self.stack(self.root(key)).id.clone();
        let type_name = resource.type_name.clone();
        self.losses.push(Loss { at: self.now, stack, logical_id, type_name, physical_id, token });
    }

    /// The dotted logical id of a nested stack; none of one that is not nested.
    pub(super) fn path(&self, key: StackKey) -> Option<String> {
        let (parent, logical) = self.stack(key).parent.as_ref()?;
        Some(self.path(*parent).map_or_else(|| logical.clone(), |path| format!("{path}.{logical}")))
    }

    /// Looks at a call before it is answered: does it run into an operation that ce began?
    pub(super) fn look_for_clash(&mut self, place: PlaceKey, call: &Call) {
        let (Call::ExecuteChangeSet { stack, .. }
        | Call::DeleteStack { stack, .. }
        | Call::RollbackStack { stack, .. }) = call
        else {
            return;
        };
        let Some(key) = self.find_stack(place, stack) else { return };
        let found = self.stack(key);
        let Some(running) = &found.running else { return };
        let executed = running.options.change_set.map(|key| self.change_set(key).id.clone());
        // The same request again, because its answer was lost, is no clash.
        let same = match call {
            Call::ExecuteChangeSet { change_set, .. } => executed.as_ref() == Some(change_set),
            Call::DeleteStack { token, .. } | Call::RollbackStack { token, .. } => {
                running.token.as_ref() == Some(token)
            }
            _ => false,
        };
        if running.token.as_ref().is_some_and(Token::is_of_ce) && !same {
            let clash = Clash { at: self.now, api: api(call), stack: found.id.clone(), status: found.status };
            self.clashes.push(clash);
        }
    }

    /// Writes down that a call was taken.
    pub(super) fn note_deed(&mut self, place: PlaceKey, call: &Call, unheld: Vec<String>) {
        let (stack, change_set, token) = match call {
            Call::ExecuteChangeSet { stack, change_set, token, .. } => (stack, Some(change_set.clone()), Some(token)),
            Call::DeleteStack { stack, token, .. }
            | Call::CancelUpdateStack { stack, token }
            | Call::ContinueUpdateRollback { stack, token, .. }
            | Call::RollbackStack { stack, token, .. } => (stack, None, Some(token)),
            Call::CreateChangeSet(request) => {
                let made = self.find_change_set(place, &request.stack, &request.name).ok();
                (&request.stack, made.map(|key| self.change_set(key).id.clone()), Some(&request.token))
            }
            _ => return,
        };
        let Some(key) = self.find_stack(place, stack) else { return };
        let deed = Deed {
            at: self.now,
            api: api(call),
            stack: self.stack(key).id.clone(),
            change_set,
            token: token.cloned(),
            called: true,
            unheld,
        };
        self.deeds.push(deed);
    }
}
