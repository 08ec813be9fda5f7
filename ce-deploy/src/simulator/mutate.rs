//! Calls that begin operations on a stack that is there.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::operation::{Kind, Options, Order};
use super::place::PlaceKey;
use super::service::Service;
use super::stack::StackKey;
use super::words::{invalid, wrong_state};
use crate::cloud::{Answer, Failure, StackRef, StackStatus, Token};

impl Service {
    /// `DeleteStack`. A name that nobody has is no failure.
    pub(super) fn delete_stack(
        &mut self,
        place: PlaceKey,
        stack: &StackRef,
        token: &Token,
        retain: &[String],
        role: Option<&str>,
    ) -> Result<Answer, Failure> {
        let Some(key) = self.find_stack(place, stack).filter(|key| self.is_living(*key)) else {
            return Ok(Answer::Done);
        };
        let found = self.stack(key);
        if found.protected {
            let words = format!("Stack [{}] cannot be deleted while TerminationProtection is enabled", found.name);
            return Err(invalid(words));
        }
        if found.parent.is_some() {
            return Err(invalid(format!("Stack [{}] is nested: delete the stack around it", found.name)));
        }
        if found.status == StackStatus::DeleteInProgress {
            return Ok(Answer::Done);
        }
        if found.status.is_in_progress() && found.status != StackStatus::CreateInProgress {
            return Err(wrong_state(found, "deleted"));
        }
        if !retain.is_empty() && found.status != StackStatus::DeleteFailed {
            return Err(invalid(
                "Invalid operation on stack. Specify ResourcesToRetain only for stacks in DELETE_FAILED state",
            ));
        }
        self.use_token(key, token, "DeleteStack")?;
        self.begin_deletion(key, token, retain, role);
        Ok(Answer::Done)
    }

    fn begin_deletion(&mut self, key: StackKey, token: &Token, retain: &[String], role: Option<&str>) {
        let stack = self.stack_mut(key);
        if let Some(role) = role {
            stack.definition.role = Some(role.to_owned());
        }
        // A creation that is under way stops where it is.
        self.stop_for_deletion(key);
        let goal = Arc::new(self.stack(key).definition.clone());
        let skip: BTreeSet<String> = retain.iter().cloned().collect();
        let options = Options { skip, ..Options::default() };
        if let Some(reason) = self.export_in_use(key) {
            self.refuse_deletion(key, token, reason);
            return;
        }
        self.begin(key, Order { kind: Kind::Delete, token: Some(token.clone()), goal, options });
    }

    pub(super) fn cancel_update_stack(
        &mut self,
        place: PlaceKey,
        stack: &StackRef,
        token: &Token,
    ) -> Result<Answer, Failure> {
        let key = self.need_stack(place, stack)?;
        if self.stack(key).status != StackStatus::UpdateInProgress {
            let status = self.stack(key).status;
            return Err(invalid(format!("CancelUpdateStack cannot be called from current stack status {status}")));
        }
        self.use_token(key, token, "CancelUpdateStack")?;
        self.cancel_update(key);
        Ok(Answer::Done)
    }

    pub(super) fn continue_update_rollback(
        &mut self,
        place: PlaceKey,
        stack: &StackRef,
        token: &Token,
        skip: &[String],
    ) -> Result<Answer, Failure> {
        let key = self.need_stack(place, stack)?;
        let found = self.stack(key);
        if found.status != StackStatus::UpdateRollbackFailed {
            return Err(invalid(format!(
                "Stack:{} is in {} state and can not continue update rollback.",
                found.id, found.status
            )));
        }
        let request = format!("ContinueUpdateRollback {}", skip.join(" "));
        self.check_skip(key, skip)?;
        self.use_token(key, token, &request)?;
        self.begin_rollback(key, token, skip);
        Ok(Answer::Done)
    }

    /// Source: API reference: only resources that failed to roll back may be skipped.
    fn check_skip(&self, key: StackKey, skip: &[String]) -> Result<(), Failure> {
        for id in skip.iter().filter(|id| !id.contains('.')) {
            let resource = self.stack(key).resources.get(id);
            if resource.is_none_or(|resource| resource.status != "UPDATE_FAILED") {
                return Err(invalid(format!(
                    "The resource [{id}] is not in UPDATE_FAILED state and cannot be skipped"
                )));
            }
        }
        Ok(())
    }

    pub(super) fn rollback_stack(
        &mut self,
        place: PlaceKey,
        stack: &StackRef,
        token: &Token,
    ) -> Result<Answer, Failure> {
        let key = self.need_stack(place, stack)?;
        let found = self.stack(key);
        if !matches!(found.status, StackStatus::CreateFailed | StackStatus::UpdateFailed) {
            return Err(wrong_state(found, "rolled back"));
        }
        if found.express {
            // Source: aws-cdk-cli#1739.
            return Err(invalid(
                "RollbackStack is not supported for stacks that were last updated using EXPRESS deployment mode and are in a failed state",
            ));
        }
        self.use_token(key, token, "RollbackStack")?;
        self.begin_rollback(key, token, &[]);
        Ok(Answer::Done)
    }

    fn begin_rollback(&mut self, key: StackKey, token: &Token, skip: &[String]) {
        let goal = Arc::new(self.stack(key).definition.clone());
        let options = Options { skip: skip.iter().cloned().collect(), ..Options::default() };
        self.begin(key, Order { kind: Kind::Rollback, token: Some(token.clone()), goal, options });
    }

    pub(super) fn protect_stack(
        &mut self,
        place: PlaceKey,
        stack: &StackRef,
        protected: bool,
    ) -> Result<Answer, Failure> {
        let key = self.need_stack(place, stack)?;
        self.stack_mut(key).protected = protected;
        self.publish(key);
        Ok(Answer::Done)
    }
}
