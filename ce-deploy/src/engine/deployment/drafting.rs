//! Change sets are made.

use super::inputs::Inputs;
use super::purpose::{DraftStep, Purpose};
use super::reducer::Deployment;
use super::stage::Stage;
use super::work::{Draft, Phase};
use crate::assembly::StackId;
use crate::cloud::{Answer, Call, ChangeSetRequest, ChangeSetType, Failure, FailureKind, Mode, Template, Token};
use crate::engine::{Exit, Moment, Problem, Span};
use crate::journal::{Entry, Made};
use crate::plan::Later;

/// Small change sets take a second; it is looked at once then, and from there on in the place's turn.
const FIRST_LOOK: Span = Span(1_050);

impl Deployment {
    pub(super) fn begin_drafting(&mut self, now: Moment) {
        self.stage = Stage::Drafting;
        self.ids_in(|phase| *phase == Phase::Read).iter().for_each(|id| self.draft(now, id));
        self.clean_leftovers(now);
    }

    /// Makes a change set for a stack, or says what it waits for.
    pub(super) fn draft(&mut self, now: Moment, id: &StackId) {
        if self.existing(id).is_some() && self.work(id).deployed.is_none() {
            self.work_mut(id).phase = Phase::Drafting;
            let call = Call::GetTemplate { stack: self.reference(id), change_set: None };
            return self.ask_draft(now, id, DraftStep::Before, call);
        }
        match self.inputs(id) {
            Ok(_) if self.shelve(now, id) => {}
            Ok(inputs) => self.draft_with(now, id, inputs, 1),
            Err(missing) if self.stage == Stage::Applying => {
                let Later::Output { stack, output } = missing else { return };
                let message = format!("stack `{stack}` has no output `{output}`, which `{id}` needs");
                self.give_up(now, id, Problem::new(Exit::Refused, message).help("look at the stack that makes it"));
            }
            Err(missing) => self.later(id, missing),
        }
    }

    pub(super) fn draft_with(&mut self, now: Moment, id: &StackId, inputs: Inputs, attempt: u32) {
        let name = self.name(id, &inputs, attempt);
        let made = self.made(id, &name);
        self.run.desk.record(&Entry::Making(made.clone()));
        self.made.insert(made);
        let request = self.request(id, &inputs, &name);
        let arn = self.existing(id).map(|stack| stack.id.clone());
        let draft = Draft { arn, fresh: true, ..Draft::new(inputs, name, attempt, now) };
        let work = self.work_mut(id);
        work.phase = Phase::Drafting;
        work.draft = Some(draft);
        self.ask_draft(now, id, DraftStep::Create, Call::CreateChangeSet(Box::new(request)));
    }

    pub(super) fn made(&self, id: &StackId, name: &str) -> Made {
        let stack = self.run.stack(id);
        Made {
            target: stack.target.clone(),
            stack: stack.name.clone(),
            change_set: name.to_owned(),
            new_stack: self.existing(id).is_none(),
        }
    }

    fn request(&self, id: &StackId, inputs: &Inputs, name: &str) -> ChangeSetRequest {
        let stack = self.run.stack(id);
        let work = self.work(id);
        let template = match (&work.shelf, &work.kept_template, &stack.template_url) {
            (Some(shelf), ..) => Template::Url(shelf.url()),
            (None, Some(kept), _) => Template::Body(kept.to_string()),
            (None, None, Some(url)) => Template::Url(url.clone()),
            (None, None, None) => Template::Body(stack.template.to_string()),
        };
        // Of what is not there nobody changed anything.
        let mode = match self.run.options.mode {
            Mode::RevertDrift if inputs.kind != ChangeSetType::Update => Mode::Standard,
            mode => mode,
        };
        ChangeSetRequest {
            stack: self.reference(id),
            name: name.to_owned(),
            kind: inputs.kind,
            template,
            parameters: inputs.parameters.clone(),
            // An import leaves them as they are.
            tags: Some(inputs.tags.clone()).filter(|tags| inputs.kind != ChangeSetType::Import || !tags.is_empty()),
            capabilities: work.facts.capabilities.clone(),
            role: stack.execution_role.clone(),
            notification_arns: stack.notification_arns.clone(),
            guard: self.guard(id),
            token: Token::of(name, &stack.name, "draft", 1),
            on_failure: None,
            include_nested: mode != Mode::RevertDrift && !self.is_adopting(id),
            imports: self.imports(id).to_vec(),
            mode,
            disable_rollback: self.leaves_failures(id),
        }
    }

    pub(super) fn ask_draft(&mut self, now: Moment, id: &StackId, step: DraftStep, call: Call) {
        let target = self.run.stack(id).target.clone();
        self.run.desk.ask(now, Purpose::Draft(id.clone(), step), &target, call);
    }

    pub(super) fn took_draft(&mut self, now: Moment, id: &StackId, step: DraftStep, result: Result<Answer, Failure>) {
        if self.work(id).phase != Phase::Drafting {
            return;
        }
        match (step, result) {
            (DraftStep::Before, Ok(Answer::Template(template))) => {
                self.work_mut(id).deployed = Some(template);
                self.draft(now, id);
            }
            (DraftStep::Shelve, result) => self.shelved(now, id, result.map(|_| ())),
            (DraftStep::Create, result) => self.created(now, id, result),
            (DraftStep::Stack, result) => self.took_stack(now, id, result),
            (DraftStep::Describe | DraftStep::Look, Ok(Answer::ChangeSet(change_set))) => {
                self.described(now, id, *change_set);
            }
            (DraftStep::Template(attempt), Ok(Answer::Template(template))) => {
                self.compared(now, id, attempt, &template)
            }
            (DraftStep::Events, result) => self.explained(now, id, result),
            (_, Ok(_)) => {
                let problem = Problem::new(Exit::Bug, "the answer belongs to another question");
                self.give_up(now, id, problem);
            }
            (DraftStep::Describe, Err(_)) if !self.reads_root(id) => {
                let next = self.work_mut(id).draft.as_mut().and_then(|draft| draft.changes.skip());
                self.read_on(now, id, next);
            }
            (_, Err(failure)) => self.draft_failed(now, id, &failure),
        }
    }

    fn created(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        match result {
            Ok(Answer::ChangeSetCreated { change_set, stack }) => {
                if let Some(draft) = &mut self.work_mut(id).draft {
                    draft.change_set = Some(change_set);
                    draft.arn = Some(stack);
                }
                self.run.desk.remind(now + FIRST_LOOK, Purpose::Draft(id.clone(), DraftStep::Look));
            }
            // An earlier run, or a try whose answer was lost, made it: its name says that it is what we want.
            Err(failure)
                if failure.may_be_done()
                    || matches!(failure.kind, FailureKind::AlreadyExists | FailureKind::TokenUsed) =>
            {
                self.look_at_draft(now, id);
            }
            Err(failure) if failure.kind == FailureKind::NothingToDo => self.nothing_to_do(now, id),
            Err(failure) if self.was_misled(id, &failure) && self.doubt(now, id) => {}
            Err(failure) => self.draft_failed(now, id, &failure),
            Ok(_) => {
                let problem = Problem::new(Exit::Bug, "the answer belongs to another question");
                self.give_up(now, id, problem);
            }
        }
    }

    pub(super) fn after_drafting(&mut self, now: Moment) {
        // An operation of an earlier run brought these here, and they are compared anew.
        self.ids_in(|phase| *phase == Phase::Read).iter().for_each(|id| self.draft(now, id));
        let waits =
            |phase: &Phase| matches!(phase, Phase::Drafting | Phase::Attached | Phase::Reading | Phase::Diagnosing);
        if !self.ids_in(waits).is_empty() {
            return;
        }
        if self.back.is_some() && !self.run.stopping {
            return self.decide_way_back(now);
        }
        if self.may_go_on() && !self.ids_in(|phase| *phase == Phase::Misled).is_empty() {
            return self.plan_anew(now);
        }
        if self.may_go_on() { self.begin_holding(now) } else { self.end_before_changes(now) }
    }
}
