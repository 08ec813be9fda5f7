//! `CreateChangeSet`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{ChangeSet, ChangeSetKey, capabilities};
use crate::cloud::{
    self, Answer, ChangeSetRequest, ChangeSetState, ChangeSetType, ExecutionState, Failure, Mode, ParameterValue,
    StackRef, StackStatus,
};
use crate::engine::Span;
use crate::simulator::fault::FaultKind;
use crate::simulator::place::PlaceKey;
use crate::simulator::service::{Service, Task};
use crate::simulator::stack::{Definition, StackKey};
use crate::simulator::template::{Template, limits, partition};
use crate::simulator::words::{invalid, no_such_stack, only_express, wrong_state};

impl Service {
    pub(in crate::simulator) fn create_change_set(
        &mut self,
        place: PlaceKey,
        request: &ChangeSetRequest,
    ) -> Result<Answer, Failure> {
        let existing = self.find_stack(place, &request.stack);
        if let Some(found) = existing.and_then(|stack| self.change_set_named(stack, &request.name)) {
            let change_set = self.change_set(found);
            if change_set.token == request.token {
                return Ok(created(change_set, self));
            }
            let words = format!("ChangeSet {} already exists", request.name);
            return Err(Failure::answered("AlreadyExistsException", words));
        }
        self.check_stack_for(existing, request)?;
        let template = self.requested_template(existing, &request.template)?;
        let goal = self.goal_of(place, existing, request, &template)?;
        goal.template.as_deref().map_or(Ok(()), |template| capabilities::check(template, &request.capabilities))?;
        let stack = match existing {
            Some(stack) => stack,
            None => self.review_stack(place, request)?,
        };
        let key = self.add_change_set(stack, request, goal);
        let slow = self.faults.one(FaultKind::SlowChangeSet).map(|seconds| Span::seconds(seconds.into()));
        let span = slow.unwrap_or(self.settings.times.change_set);
        self.note_operation_of_change_set(stack);
        self.after(span, Task::ChangeSet(key));
        Ok(created(self.change_set(key), self))
    }

    fn check_stack_for(&self, existing: Option<StackKey>, request: &ChangeSetRequest) -> Result<(), Failure> {
        let Some(stack) = existing.map(|key| self.stack(key)) else {
            let makes = request.kind != ChangeSetType::Update && !request.stack.is_id();
            return if makes { Ok(()) } else { Err(no_such_stack(request.stack.as_str())) };
        };
        if stack.is_failed() && stack.express && request.mode != Mode::Express {
            return Err(invalid(only_express(stack)));
        }
        let reviewed = stack.status == StackStatus::ReviewInProgress;
        match request.kind {
            ChangeSetType::Create if !reviewed => Err(invalid(format!(
                "Stack [{}] already exists and cannot be created again with the changeSet [{}].",
                stack.name, request.name
            ))),
            ChangeSetType::Update if reviewed || !stack.status.takes_updates() => Err(wrong_state(stack, "updated")),
            ChangeSetType::Import if !reviewed && !stack.status.takes_updates() => Err(wrong_state(stack, "updated")),
            _ => Ok(()),
        }
    }

    fn review_stack(&mut self, place: PlaceKey, request: &ChangeSetRequest) -> Result<StackKey, Failure> {
        if self.place(place).names.len() >= self.settings.stacks {
            return Err(Failure::answered("LimitExceededException", "Limit for stack has been exceeded"));
        }
        let key = self.new_stack(place, request.stack.as_str(), StackStatus::ReviewInProgress);
        self.set_status(key, StackStatus::ReviewInProgress, Some("User Initiated".to_owned()));
        Ok(key)
    }

    /// The template that a request names.
    pub(in crate::simulator) fn requested_template(
        &mut self,
        existing: Option<StackKey>,
        template: &cloud::Template,
    ) -> Result<Arc<Template>, Failure> {
        let read = match template {
            cloud::Template::Body(text) if text.len() > limits::BODY => {
                return Err(invalid(
                    "1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200",
                ));
            }
            cloud::Template::Body(text) => self.library.read(text),
            cloud::Template::Url(url) => {
                let text = self.template_at(url).map_err(invalid)?;
                self.library.read(&text)
            }
            cloud::Template::Previous => {
                let previous = existing.and_then(|stack| self.stack(stack).definition.template.clone());
                return previous.ok_or_else(|| invalid("Previous template is not available"));
            }
        };
        read.map_err(invalid)
    }

    fn goal_of(
        &self,
        place: PlaceKey,
        existing: Option<StackKey>,
        request: &ChangeSetRequest,
        template: &Arc<Template>,
    ) -> Result<Definition, Failure> {
        let before = existing.map(|stack| &self.stack(stack).definition);
        let given = given_parameters(&request.parameters, before)?;
        let parameters = self.complete_parameters(place, template, &given).map_err(invalid)?;
        let given = parameters_with_defaults(template, given);
        let pseudo =
            existing.map_or_else(|| self.pseudo_of_new(place, request.stack.as_str()), |key| self.pseudo(key, &[]));
        let template = template.extended(&parameters, &pseudo).map_err(invalid)?;
        let kept_role = || before.and_then(|before| before.role.clone());
        let kept_topics = || before.map(|before| before.notification_arns.clone()).unwrap_or_default();
        let kept_tags = || before.map(|before| before.tags.clone()).unwrap_or_default();
        let kept_guard = before.map(|before| before.guard.clone()).unwrap_or_default();
        Ok(Definition {
            template: Some(template),
            given,
            parameters,
            tags: request.tags.clone().unwrap_or_else(kept_tags),
            role: request.role.clone().or_else(kept_role),
            notification_arns: request.notification_arns.clone().unwrap_or_else(kept_topics),
            guard: request.guard.as_ref().map_or_else(|| kept_guard.clone(), |guard| guard.over(&kept_guard)),
        })
    }

    fn add_change_set(&mut self, stack: StackKey, request: &ChangeSetRequest, goal: Definition) -> ChangeSetKey {
        let id = self.change_set_arn(stack, &request.name);
        let now = self.now;
        let state = (ChangeSetState::InProgress, ExecutionState::Unavailable);
        self.change_sets.push(ChangeSet {
            id,
            name: request.name.clone(),
            stack,
            kind: request.kind,
            goal: Arc::new(goal),
            state: state.0,
            reason: None,
            execution: state.1,
            since: now,
            before: state,
            changes: Vec::new(),
            token: request.token.clone(),
            on_failure: request.on_failure,
            include_nested: request.include_nested,
            imports: request.imports.clone(),
            mode: request.mode,
            disable_rollback: request.disable_rollback,
            findings: Vec::new(),
            nested: BTreeMap::new(),
            parent: None,
        });
        ChangeSetKey(self.change_sets.len() - 1)
    }

    pub(in crate::simulator) fn change_set_arn(&mut self, stack: StackKey, name: &str) -> String {
        let uuid = self.uuid();
        let place = &self.place(self.stack(stack).place).place;
        let partition = partition(&place.region);
        format!("arn:{partition}:cloudformation:{}:{}:changeSet/{name}/{uuid}", place.region, place.account)
    }

    pub(in crate::simulator) fn change_set(&self, key: ChangeSetKey) -> &ChangeSet {
        &self.change_sets[key.0]
    }

    pub(in crate::simulator) fn change_set_mut(&mut self, key: ChangeSetKey) -> &mut ChangeSet {
        &mut self.change_sets[key.0]
    }

    /// The living change set of a stack with this name.
    pub(super) fn change_set_named(&self, stack: StackKey, name: &str) -> Option<ChangeSetKey> {
        let is_it = |change_set: &ChangeSet| {
            change_set.stack == stack && change_set.name == name && change_set.state != ChangeSetState::Deleted
        };
        self.change_sets.iter().rposition(is_it).map(ChangeSetKey)
    }

    /// The stack that a call names: by name a living one, by ARN any.
    pub(in crate::simulator) fn find_stack(&self, place: PlaceKey, stack: &StackRef) -> Option<StackKey> {
        if !stack.is_id() {
            return self.place(place).names.get(stack.as_str()).copied();
        }
        let is_it = |known: &crate::simulator::stack::Stack| known.place == place && known.id == stack.as_str();
        self.stacks.iter().rposition(is_it).map(StackKey)
    }

    fn note_operation_of_change_set(&mut self, stack: StackKey) {
        let id = self.uuid();
        let kind = "CREATE_CHANGESET".to_owned();
        self.stack_mut(stack).operations.push(cloud::Operation { kind, id });
    }
}

fn created(change_set: &ChangeSet, service: &Service) -> Answer {
    Answer::ChangeSetCreated { change_set: change_set.id.clone(), stack: service.stack(change_set.stack).id.clone() }
}

/// Values as given; one without a value is what it was.
pub(in crate::simulator) fn given_parameters(
    parameters: &[ParameterValue],
    before: Option<&Definition>,
) -> Result<BTreeMap<String, String>, Failure> {
    let mut given = BTreeMap::new();
    for parameter in parameters {
        let kept = || before.and_then(|before| before.given.get(&parameter.key).cloned());
        let value = parameter.value.as_ref().map(|value| value.reveal().to_owned()).or_else(kept);
        let missing = || {
            invalid(format!(
                "Invalid input for parameter key {}. Cannot specify usePreviousValue as true for a parameter key not in the previous template",
                parameter.key
            ))
        };
        given.insert(parameter.key.clone(), value.ok_or_else(missing)?);
    }
    Ok(given)
}

/// What the stack shows as its parameters: also those that were left to their default.
pub(in crate::simulator) fn parameters_with_defaults(
    template: &Template,
    mut given: BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    for (name, parameter) in &template.parameters {
        if let Some(default) = &parameter.default {
            given.entry(name.clone()).or_insert_with(|| default.clone());
        }
    }
    given
}
