//! A cloud of a few hundred lines: stacks that take three seconds, change sets that take one.

use std::collections::BTreeMap;

use ce_deploy::cloud::{
    Action, Answer, Call, Change, ChangeSetAnswer, ChangeSetRequest, ChangeSetState, ChangeSetType, ExecutionState,
    Failure, Output, Place, Secret, Stack, StackEvent, StackRef, StackResource, StackStatus as S, Target, Template,
    Token,
};
use serde_json::Value;

/// What goes wrong with a call: given the call and how many came before it.
pub(crate) type Fault = Box<dyn FnMut(&Call, usize) -> Option<Failure>>;

pub(crate) struct Cloud {
    pub(crate) stacks: BTreeMap<(Place, String), Fake>,
    pub(crate) change_sets: BTreeMap<String, FakeChangeSet>,
    pub(crate) calls: Vec<(u64, Call)>,
    pub(crate) objects: BTreeMap<String, String>,
    pub(crate) fault: Fault,
    /// The same, but the call is carried out and only its answer is lost.
    pub(crate) lost: Fault,
    pub(crate) change_set_takes: u64,
    pub(crate) operation_takes: u64,
    /// How old the answers about stacks are.
    pub(crate) stale: u64,
    serial: u64,
}

#[derive(Clone)]
pub(crate) struct Fake {
    pub(crate) stack: Stack,
    pub(crate) template: String,
    pub(crate) events: Vec<StackEvent>,
    ends: Option<(u64, S)>,
    new: Option<(String, Vec<Output>)>,
    token: Option<Token>,
    past: Vec<(u64, Stack)>,
}

pub(crate) struct FakeChangeSet {
    pub(crate) request: ChangeSetRequest,
    pub(crate) template: String,
    pub(crate) stack: (Place, String),
    pub(crate) ready: u64,
    pub(crate) execution: ExecutionState,
    pub(crate) no_changes: bool,
    pub(crate) changes: Vec<Change>,
}

impl Cloud {
    pub(crate) fn new() -> Self {
        Self {
            stacks: BTreeMap::new(),
            change_sets: BTreeMap::new(),
            calls: Vec::new(),
            objects: BTreeMap::new(),
            fault: Box::new(|_, _| None),
            lost: Box::new(|_, _| None),
            change_set_takes: 1_000,
            operation_takes: 3_000,
            stale: 0,
            serial: 0,
        }
    }

    pub(crate) fn count(&self, is_it: impl Fn(&Call) -> bool) -> usize {
        self.calls.iter().filter(|(_, call)| is_it(call)).count()
    }

    pub(crate) fn status(&self, name: &str) -> Option<S> {
        self.stacks.iter().find(|((_, known), _)| known == name).map(|(_, fake)| fake.stack.status)
    }

    pub(crate) fn call(&mut self, now: u64, target: &Target, call: &Call) -> Result<Answer, Failure> {
        let number = self.calls.len();
        self.calls.push((now, call.clone()));
        self.settle(now);
        if let Some(failure) = (self.fault)(call, number) {
            return Err(failure);
        }
        let lost = (self.lost)(call, number);
        let answer = self.answer(now, target, call);
        lost.map_or(answer, Err)
    }

    fn answer(&mut self, now: u64, target: &Target, call: &Call) -> Result<Answer, Failure> {
        let place = &target.place;
        match call {
            Call::Identity => {
                Ok(Answer::Identity { account: place.account.clone(), arn: "arn:aws:iam::1:user/me".into() })
            }
            Call::Parameter { .. } => Ok(Answer::Parameter("30".into())),
            Call::DescribeStacks { stack: None, .. } => {
                let here =
                    self.stacks.iter().filter(|((at, _), fake)| at == place && fake.stack.status != S::DeleteComplete);
                Ok(Answer::Stacks(here.map(|(_, fake)| fake.seen(now, self.stale)).collect(), None))
            }
            Call::DescribeStacks { stack: Some(stack), .. } => {
                let stale = self.stale;
                Ok(Answer::Stacks(vec![self.find(place, stack)?.seen(now, stale)], None))
            }
            Call::DescribeStackEvents { stack, .. } => {
                let events = self.find(place, stack)?.events.iter().rev().cloned().collect();
                Ok(Answer::Events(events, None))
            }
            Call::DescribeChangeSetEvents { .. } => Ok(Answer::Events(Vec::new(), None)),
            Call::ListStackResources { .. } => Ok(Answer::Resources(Vec::<StackResource>::new(), None)),
            Call::GetTemplate { change_set: Some(arn), .. } => {
                self.change_sets.get(arn).map(|set| Answer::Template(set.template.clone())).ok_or_else(gone)
            }
            Call::GetTemplate { stack, .. } => Ok(Answer::Template(self.find(place, stack)?.template.clone())),
            Call::CreateChangeSet(request) => self.create(now, place, request),
            Call::DescribeChangeSet { change_set, .. } => self.describe(now, change_set),
            Call::ListChangeSets { .. } => Ok(Answer::ChangeSets(Vec::new(), None)),
            Call::ExecuteChangeSet { change_set, token, .. } => self.execute(now, change_set, token),
            Call::DeleteChangeSet { change_set, .. } => {
                self.change_sets.retain(|arn, set| arn != change_set && set.request.name != *change_set);
                Ok(Answer::Done)
            }
            Call::DeleteStack { stack, token, .. } => self.delete(now, place, stack, token),
            Call::CancelUpdateStack { stack, .. } => {
                let fake = self.find_mut(place, stack)?;
                fake.go(now, S::UpdateRollbackInProgress, None);
                fake.ends = Some((now + 1_000, S::UpdateRollbackComplete));
                fake.new = None;
                Ok(Answer::Done)
            }
            Call::ProtectStack { stack, protected } => {
                self.find_mut(place, stack)?.stack.termination_protection = *protected;
                Ok(Answer::Done)
            }
            Call::HeadObject { key, .. } => {
                let found =
                    self.objects.get(key).map(|sha256| Answer::Object { sha256: Some(sha256.clone()), bytes: 1 });
                found.ok_or_else(|| Failure::answered("NoSuchKey", ""))
            }
            Call::PutObject { key, sha256, .. } => {
                self.objects.insert(key.clone(), sha256.clone());
                Ok(Answer::Done)
            }
            other => Err(Failure::answered("ValidationError", format!("not here: {other:?}"))),
        }
    }

    fn find(&self, place: &Place, stack: &StackRef) -> Result<&Fake, Failure> {
        let is_it = |((at, name), fake): &(&(Place, String), &Fake)| {
            at == place
                && (fake.stack.id == stack.as_str()
                    || (name == stack.as_str() && fake.stack.status != S::DeleteComplete))
        };
        let missing = || Failure::answered("ValidationError", format!("Stack with id {stack} does not exist"));
        self.stacks.iter().find(is_it).map(|(_, fake)| fake).ok_or_else(missing)
    }

    fn find_mut(&mut self, place: &Place, stack: &StackRef) -> Result<&mut Fake, Failure> {
        let name = self.find(place, stack)?.stack.name.clone();
        Ok(self.stacks.get_mut(&(place.clone(), name)).expect("it is there"))
    }

    fn create(&mut self, now: u64, place: &Place, request: &ChangeSetRequest) -> Result<Answer, Failure> {
        let template = match &request.template {
            Template::Body(body) => body.clone(),
            Template::Url(url) => format!("{{\"Url\":\"{url}\"}}"),
            Template::Previous => self.find(place, &request.stack)?.template.clone(),
        };
        if self.change_sets.values().any(|set| set.request.name == request.name) {
            return Err(Failure::answered("AlreadyExistsException", "ChangeSet already exists"));
        }
        self.serial += 1;
        if request.kind == ChangeSetType::Create && self.find(place, &request.stack).is_err() {
            let name = request.stack.as_str().to_owned();
            let arn = format!("arn:aws:cloudformation:{}:{}:stack/{name}/{}", place.region, place.account, self.serial);
            let stack = Stack::new(arn, &name, S::ReviewInProgress);
            self.stacks.insert((place.clone(), name), Fake::new(stack));
        }
        let found = self.find(place, &request.stack)?;
        if found.stack.status.is_in_progress() {
            let words = format!("Stack:{} is in {} state and can not be updated.", found.stack.id, found.stack.status);
            return Err(Failure::answered("ValidationError", words));
        }
        let key = (place.clone(), found.stack.name.clone());
        let arn = format!(
            "arn:aws:cloudformation:{}:{}:changeSet/{}/{}",
            place.region, place.account, request.name, self.serial
        );
        let values = |fake: &Fake| fake.stack.parameters.clone();
        let asked = merged(&values(found), &request.parameters);
        let no_changes = found.template == template && asked == values(found) && found.stack.tags == request.tags;
        let changes = changes(&found.template, &template);
        let answer = Answer::ChangeSetCreated { change_set: arn.clone(), stack: found.stack.id.clone() };
        let set = FakeChangeSet {
            request: request.clone(),
            template,
            stack: key,
            ready: now + self.change_set_takes,
            execution: ExecutionState::Available,
            no_changes,
            changes,
        };
        self.change_sets.insert(arn, set);
        Ok(answer)
    }

    fn describe(&self, now: u64, change_set: &str) -> Result<Answer, Failure> {
        let is_it = |(arn, set): &(&String, &FakeChangeSet)| *arn == change_set || set.request.name == change_set;
        let (arn, set) = self.change_sets.iter().find(is_it).ok_or_else(gone)?;
        let (state, execution) = match (now >= set.ready, set.no_changes) {
            (false, _) => (ChangeSetState::InProgress, ExecutionState::Unavailable),
            (true, true) => (ChangeSetState::Failed, ExecutionState::Unavailable),
            (true, false) => (ChangeSetState::Complete, set.execution),
        };
        Ok(Answer::ChangeSet(Box::new(ChangeSetAnswer {
            id: arn.clone(),
            name: set.request.name.clone(),
            stack: self.stacks[&set.stack].stack.id.clone(),
            state,
            reason: set.no_changes.then(|| "The submitted information didn't contain changes.".into()),
            execution,
            changes: set.changes.clone(),
            parameters: Vec::new(),
            tags: Vec::new(),
            next: None,
        })))
    }

    fn execute(&mut self, now: u64, arn: &str, token: &Token) -> Result<Answer, Failure> {
        let set = self.change_sets.get_mut(arn).ok_or_else(gone)?;
        if set.execution != ExecutionState::Available {
            let words = format!("ChangeSet [{arn}] cannot be executed in its current status of [EXECUTE_COMPLETE]");
            return Err(Failure::answered("InvalidChangeSetStatus", words));
        }
        set.execution = ExecutionState::Complete;
        let (key, template, request) = (set.stack.clone(), set.template.clone(), set.request.clone());
        for (other, set) in &mut self.change_sets {
            if set.stack == key && other != arn {
                set.execution = ExecutionState::Obsolete;
            }
        }
        let outputs = self.outputs(&key.0, &template);
        let fake = self.stacks.get_mut(&key).expect("it is there");
        let fails = template.contains("\"Fails\"");
        let creates = fake.stack.status == S::ReviewInProgress;
        fake.past.push((now, fake.stack.clone()));
        fake.stack.parameters = merged(&fake.stack.parameters, &request.parameters);
        fake.stack.tags = request.tags;
        fake.stack.change_set = Some(arn.to_owned());
        fake.stack.updated = Some(now);
        fake.token = Some(token.clone());
        fake.new = (!fails).then_some((template, outputs));
        let (begins, ends) = match (creates, fails) {
            (true, false) => (S::CreateInProgress, S::CreateComplete),
            (true, true) => (S::CreateInProgress, S::RollbackComplete),
            (false, false) => (S::UpdateInProgress, S::UpdateComplete),
            (false, true) => (S::UpdateInProgress, S::UpdateRollbackComplete),
        };
        fake.go(now, begins, None);
        if fails {
            fake.event(now + 10, "Fails", Some("fails-1"), "CREATE_FAILED", Some("it was made to fail"));
        }
        fake.ends = Some((now + self.operation_takes, ends));
        Ok(Answer::Done)
    }

    fn delete(&mut self, now: u64, place: &Place, stack: &StackRef, token: &Token) -> Result<Answer, Failure> {
        let takes = self.operation_takes;
        let Ok(fake) = self.find_mut(place, stack) else { return Ok(Answer::Done) };
        if fake.stack.termination_protection {
            return Err(Failure::answered("ValidationError", "it has termination protection"));
        }
        fake.token = Some(token.clone());
        fake.go(now, S::DeleteInProgress, None);
        fake.ends = Some((now + takes, S::DeleteComplete));
        Ok(Answer::Done)
    }

    /// Values of outputs: texts, or read from other stacks.
    fn outputs(&self, place: &Place, template: &str) -> Vec<Output> {
        let template: Value = serde_json::from_str(template).expect("it is there");
        let value = |output: &Value| match &output["Value"] {
            Value::String(text) => text.clone(),
            other => {
                let read = &other["Fn::GetStackOutput"];
                let stack =
                    &self.stacks[&(place.clone(), read["StackName"].as_str().expect("it is there").to_owned())].stack;
                let output =
                    stack.outputs.iter().find(|output| output.key == read["OutputName"].as_str().expect("it is there"));
                output.expect("it is there").value.reveal().to_owned()
            }
        };
        let outputs = template["Outputs"].as_object().cloned().unwrap_or_default();
        outputs
            .iter()
            .map(|(key, output)| Output { key: key.clone(), value: Secret::new(value(output)), export: None })
            .collect()
    }

    fn settle(&mut self, now: u64) {
        for fake in self.stacks.values_mut() {
            if let Some((at, status)) = fake.ends.filter(|(at, _)| *at <= now) {
                fake.ends = None;
                if let Some((template, outputs)) = fake.new.take() {
                    fake.template = template;
                    fake.stack.outputs = outputs;
                }
                fake.go(at, status, None);
            }
        }
    }
}

impl Fake {
    pub(crate) fn new(stack: Stack) -> Self {
        Self {
            stack,
            template: String::new(),
            events: Vec::new(),
            ends: None,
            new: None,
            token: None,
            past: Vec::new(),
        }
    }

    fn go(&mut self, at: u64, status: S, reason: Option<&str>) {
        self.past.push((at, self.stack.clone()));
        self.stack.status = status;
        let (name, id) = (self.stack.name.clone(), self.stack.id.clone());
        self.event(at, &name, Some(&id), status.as_str(), reason);
    }

    fn event(&mut self, at: u64, logical: &str, physical: Option<&str>, status: &str, reason: Option<&str>) {
        self.events.push(StackEvent {
            id: format!("{}-{}", self.stack.name, self.events.len()),
            stack: self.stack.id.clone(),
            logical_id: logical.to_owned(),
            physical_id: physical.map(str::to_owned),
            type_name: "AWS::Test::Thing".into(),
            status: status.to_owned(),
            reason: reason.map(str::to_owned),
            at,
            token: self.token.clone(),
            operation: None,
            detailed_status: None,
        });
    }

    /// The stack as an answer of a certain age shows it.
    fn seen(&self, now: u64, stale: u64) -> Stack {
        let then = now.saturating_sub(stale);
        let later = self.past.iter().find(|(until, _)| stale > 0 && *until > then);
        later.map_or_else(|| self.stack.clone(), |(_, past)| past.clone())
    }
}

fn merged(
    old: &[ce_deploy::cloud::ParameterValue],
    new: &[ce_deploy::cloud::ParameterValue],
) -> Vec<ce_deploy::cloud::ParameterValue> {
    let value = |wanted: &ce_deploy::cloud::ParameterValue| {
        let previous = old.iter().find(|old| old.key == wanted.key).and_then(|old| old.value.clone());
        wanted.value.clone().or(previous)
    };
    new.iter()
        .map(|wanted| ce_deploy::cloud::ParameterValue { key: wanted.key.clone(), value: value(wanted) })
        .collect()
}

fn changes(old: &str, new: &str) -> Vec<Change> {
    let resources = |text: &str| {
        serde_json::from_str::<Value>(text).ok().and_then(|template| template["Resources"].as_object().cloned())
    };
    let (old, new) = (resources(old).unwrap_or_default(), resources(new).unwrap_or_default());
    let change = |id: &String, action| Change {
        action,
        logical_id: id.clone(),
        physical_id: None,
        type_name: "AWS::Test::Thing".into(),
        replacement: None,
        policy_action: None,
        details: Vec::new(),
        nested: None,
    };
    let removed = old.keys().filter(|id| !new.contains_key(*id)).map(|id| change(id, Action::Remove));
    let added = new.iter().filter(|(id, _)| !old.contains_key(*id)).map(|(id, _)| change(id, Action::Add));
    let changed = new
        .iter()
        .filter(|(id, is)| old.get(*id).is_some_and(|was| was != *is))
        .map(|(id, _)| change(id, Action::Modify));
    removed.chain(added).chain(changed).collect()
}

fn gone() -> Failure {
    Failure::answered("ChangeSetNotFound", "ChangeSet does not exist")
}
