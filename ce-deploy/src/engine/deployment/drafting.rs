//! Change sets: made, waited for, read, compared with what we sent.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::changes::ChangeList;
use super::inputs::Inputs;
use super::judge::{Case, Judgement};
use super::purpose::{DraftStep, Purpose};
use super::reducer::Deployment;
use super::stage::Stage;
use super::work::{Draft, Phase};
use crate::assembly::StackId;
use crate::cloud::{
    Answer, Call, Change, ChangeSetAnswer, ChangeSetRequest, ChangeSetState, ExecutionState, Failure, FailureKind,
    Mode, Page, ParameterValue, Tag, Template, Token,
};
use crate::digest::sha256;
use crate::engine::exit::exit_of;
use crate::engine::{End, Exit, Moment, OnFailure, Problem, Progress, Span};
use crate::journal::{Entry, Made};
use crate::plan::{ChangeSetPlan, Later};
use crate::risk::Risk;

/// Small change sets take a second; it is looked at once then, and from there on in the place's turn.
const FIRST_LOOK: Span = Span(1_050);
const LOOKS_APART: [Span; 5] = [Span(500), Span(750), Span(1_000), Span(2_000), Span(3_000)];
/// Longer than any change set was seen to take.
const PATIENCE: Span = Span::seconds(30 * 60);
const ATTEMPTS: u32 = 4;

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
            Ok(inputs) => self.draft_with(now, id, inputs, 1),
            Err(missing) if self.stage == Stage::Applying => {
                let Later::Output { stack, output } = missing else { return };
                let message = format!("stack `{stack}` has no output `{output}`, which `{id}` needs");
                self.give_up(now, id, Problem::new(Exit::Refused, message).help("look at the stack that makes it"));
            }
            Err(missing) => self.later(id, missing),
        }
    }

    fn later(&mut self, id: &StackId, missing: Later) {
        let risks = self.judge_offline(id);
        let work = self.work_mut(id);
        work.phase = Phase::Later(missing);
        work.risks = risks;
    }

    fn judge_offline(&self, id: &StackId) -> Vec<Risk> {
        self.judge_with(id, &[], &BTreeMap::new()).risks
    }

    fn judge_with(&self, id: &StackId, after: &[ParameterValue], changes: &BTreeMap<String, Vec<Change>>) -> Judgement {
        let work = self.work(id);
        let found = self.existing(id);
        let before = found.map(|stack| stack.parameters.as_slice()).unwrap_or_default();
        let (stack, deployed) = (self.stack(id), work.deployed.as_deref());
        self.judge.judge(&Case { stack, found, deployed, nested: &work.nested, before, after, changes, deletes: false })
    }

    fn draft_with(&mut self, now: Moment, id: &StackId, inputs: Inputs, attempt: u32) {
        let name = self.name(id, &inputs, attempt);
        let made = self.made(id, &name);
        self.desk.record(&Entry::Making(made.clone()));
        self.made.insert(made);
        let request = self.request(id, &inputs, &name);
        let draft = Draft {
            inputs,
            name,
            attempt,
            change_set: None,
            arn: self.existing(id).map(|stack| stack.id.clone()),
            since: now,
            looks: 0,
            changes: ChangeList::default(),
            reason: None,
            fresh: true,
            planned: None,
        };
        let work = self.work_mut(id);
        work.phase = Phase::Drafting;
        work.draft = Some(draft);
        self.ask_draft(now, id, DraftStep::Create, Call::CreateChangeSet(Box::new(request)));
    }

    pub(super) fn made(&self, id: &StackId, name: &str) -> Made {
        let stack = self.stack(id);
        Made {
            target: stack.target.clone(),
            stack: stack.name.clone(),
            change_set: name.to_owned(),
            new_stack: self.existing(id).is_none(),
        }
    }

    fn request(&self, id: &StackId, inputs: &Inputs, name: &str) -> ChangeSetRequest {
        let stack = self.stack(id);
        let template = match (&self.work(id).kept_template, &stack.template_url) {
            (Some(kept), _) => Template::Body(kept.to_string()),
            (None, Some(url)) => Template::Url(url.clone()),
            (None, None) => Template::Body(stack.template.to_string()),
        };
        ChangeSetRequest {
            stack: self.reference(id),
            name: name.to_owned(),
            kind: inputs.kind,
            template,
            parameters: inputs.parameters.clone(),
            tags: inputs.tags.clone(),
            capabilities: self.work(id).facts.capabilities.clone(),
            role: stack.execution_role.clone(),
            notification_arns: stack.notification_arns.clone(),
            token: Token::of(name, &stack.name, "draft", 1),
            on_failure: None,
            include_nested: self.options.mode != Mode::RevertDrift && !self.is_adopting(id),
            imports: self.imports(id).to_vec(),
            mode: self.options.mode,
        }
    }

    fn ask_draft(&mut self, now: Moment, id: &StackId, step: DraftStep, call: Call) {
        let target = self.stack(id).target.clone();
        self.desk.ask(now, Purpose::Draft(id.clone(), step), &target, call);
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
            (DraftStep::Create, result) => self.created(now, id, result),
            (DraftStep::Describe | DraftStep::Look, Ok(Answer::ChangeSet(change_set))) => {
                self.described(now, id, *change_set);
            }
            (DraftStep::Template, Ok(Answer::Template(template))) => self.compared(now, id, &template),
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

    /// Whether the changes of the stack itself are read, rather than those of a nested one.
    pub(super) fn reads_root(&self, id: &StackId) -> bool {
        self.work(id).draft.as_ref().is_none_or(|draft| draft.changes.at_root())
    }

    fn created(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        match result {
            Ok(Answer::ChangeSetCreated { change_set, stack }) => {
                if let Some(draft) = &mut self.work_mut(id).draft {
                    draft.change_set = Some(change_set);
                    draft.arn = Some(stack);
                }
                self.desk.remind(now + FIRST_LOOK, Purpose::Draft(id.clone(), DraftStep::Look));
            }
            // An earlier run, or an earlier try whose answer was lost, made it: its name says that it is what we want.
            Err(failure) if matches!(failure.kind, FailureKind::AlreadyExists | FailureKind::TokenUsed) => {
                self.look_at_draft(now, id);
            }
            Err(failure) if failure.kind == FailureKind::NothingToDo => self.nothing_to_do(now, id),
            Err(failure) => self.draft_failed(now, id, &failure),
            Ok(_) => {
                let problem = Problem::new(Exit::Bug, "the answer belongs to another question");
                self.give_up(now, id, problem);
            }
        }
    }

    pub(super) fn look_at_draft(&mut self, now: Moment, id: &StackId) {
        if self.work(id).phase == Phase::Drafting {
            self.describe(now, id);
        }
    }

    fn describe(&mut self, now: Moment, id: &StackId) {
        let stack = self.reference(id);
        let Some(draft) = self.work_mut(id).draft.as_mut() else { return };
        let change_set = draft.change_set.clone().unwrap_or_else(|| draft.name.clone());
        let (changes, call) = ChangeList::begin(stack, change_set);
        draft.changes = changes;
        self.ask_draft(now, id, DraftStep::Describe, call);
    }

    fn described(&mut self, now: Moment, id: &StackId, answer: ChangeSetAnswer) {
        let Some(draft) = &mut self.work_mut(id).draft else { return };
        if !draft.changes.at_root() {
            return self.described_nested(now, id, answer);
        }
        draft.change_set = Some(answer.id.clone());
        draft.arn = Some(answer.stack.clone());
        match answer.state {
            ChangeSetState::InProgress => self.look_again(now, id),
            ChangeSetState::Failed if answer.has_no_changes() => self.nothing_to_do(now, id),
            ChangeSetState::Failed => self.ask_why(now, id, answer.reason),
            ChangeSetState::Deleted => self.draft_anew(now, id),
            ChangeSetState::Complete => self.complete(now, id, answer),
        }
    }

    fn look_again(&mut self, now: Moment, id: &StackId) {
        let place = self.stack(id).place.clone();
        let Some(draft) = &mut self.work_mut(id).draft else { return };
        if now - draft.since > PATIENCE {
            let message = format!("change set `{}` is still not made", draft.name);
            return self.give_up(now, id, Problem::new(Exit::Unclassified, message));
        }
        let apart = LOOKS_APART[(draft.looks as usize).min(LOOKS_APART.len() - 1)];
        draft.looks += 1;
        let at = self.desk.next_look(&place, now + apart);
        self.desk.remind(at, Purpose::Draft(id.clone(), DraftStep::Look));
    }

    fn complete(&mut self, now: Moment, id: &StackId, answer: ChangeSetAnswer) {
        match answer.execution {
            ExecutionState::Available => {}
            // It is being made available.
            ExecutionState::Unavailable => return self.look_again(now, id),
            ExecutionState::InProgress | ExecutionState::Complete => return self.executed_before(now, id, &answer),
            ExecutionState::Failed | ExecutionState::Obsolete => return self.draft_anew(now, id),
        }
        if self.has_other_tags(id, &answer) {
            return self.draft_anew(now, id);
        }
        let next = self.work_mut(id).draft.as_mut().and_then(|draft| draft.changes.took(answer));
        self.read_on(now, id, next);
    }

    /// Whether somebody made a change set under our name: the template is compared later, tags are not part of it.
    fn has_other_tags(&self, id: &StackId, answer: &ChangeSetAnswer) -> bool {
        let Some(draft) = &self.work(id).draft else { return false };
        let sorted = |tags: &[Tag]| tags.iter().cloned().collect::<BTreeSet<_>>();
        !answer.tags.is_empty() && sorted(&answer.tags) != sorted(&draft.inputs.tags)
    }

    /// The change set of a nested stack may be worked out after that of its root.
    fn described_nested(&mut self, now: Moment, id: &StackId, answer: ChangeSetAnswer) {
        if answer.state == ChangeSetState::InProgress {
            return self.look_again(now, id);
        }
        let next = self.work_mut(id).draft.as_mut().and_then(|draft| draft.changes.took(answer));
        self.read_on(now, id, next);
    }

    /// Reads the next page or nested change set; then compares the template.
    fn read_on(&mut self, now: Moment, id: &StackId, next: Option<Call>) {
        let change_set = self.work(id).draft.as_ref().and_then(|draft| draft.change_set.clone());
        match next {
            Some(call) => self.ask_draft(now, id, DraftStep::Describe, call),
            None => {
                let call = Call::GetTemplate { stack: self.reference(id), change_set };
                self.ask_draft(now, id, DraftStep::Template, call);
            }
        }
    }

    /// A run that died executed it before we looked; what it does is waited for.
    fn executed_before(&mut self, now: Moment, id: &StackId, answer: &ChangeSetAnswer) {
        let mut found = crate::cloud::Stack::new(
            answer.stack.clone(),
            self.stack(id).name.clone(),
            crate::cloud::StackStatus::UpdateInProgress,
        );
        if self.existing(id).is_none() {
            found.status = crate::cloud::StackStatus::CreateInProgress;
        }
        self.attach(now, id, &found, &answer.id);
    }

    /// The change set of this name cannot be used: it is deleted and another made.
    fn draft_anew(&mut self, now: Moment, id: &StackId) {
        let Some(draft) = self.work(id).draft.clone() else { return };
        self.drop_draft(now, id);
        if draft.attempt < ATTEMPTS {
            self.draft_with(now, id, draft.inputs, draft.attempt + 1);
        } else {
            let message = format!("somebody else keeps working on stack `{}`", self.stack(id).name);
            self.give_up(now, id, Problem::new(Exit::Stale, message).help("try again when they are done"));
        }
    }

    fn compared(&mut self, now: Moment, id: &StackId, template: &str) {
        if !self.is_template(id, template) {
            let name = &self.stack(id).name;
            let message = format!("the service has another template for stack `{name}` than was sent");
            self.drop_draft(now, id);
            return self.give_up(now, id, Problem::new(Exit::Refused, message).help("nothing was executed"));
        }
        self.drafted(now, id, sha256(template));
    }

    /// Whether a text is the template that the stack is to have in this phase. The service may have written it anew.
    fn is_template(&self, id: &StackId, text: &str) -> bool {
        let wanted = self.work(id).kept_template.as_ref().unwrap_or(&self.stack(id).template);
        text == &**wanted || same_json(text, wanted)
    }

    fn drafted(&mut self, now: Moment, id: &StackId, template: String) {
        let capabilities = self.work(id).facts.capabilities.clone();
        let Some(draft) = &mut self.work_mut(id).draft else { return };
        let change_set = draft.change_set.clone().unwrap_or_default();
        draft.planned = Some(ChangeSetPlan {
            change_set: change_set.clone(),
            template,
            changes_digest: draft.changes.digest(),
            changes: draft.changes.root().to_vec(),
            nested: draft.changes.nested(),
            capabilities,
        });
        let (parameters, changes) = (draft.inputs.parameters.clone(), draft.changes.all().clone());
        let judgement = self.judge_with(id, &parameters, &changes);
        let changes = changes.values().map(Vec::len).sum();
        self.tell(now, Progress::ChangeSet { stack: id.clone(), change_set, changes });
        let work = self.work_mut(id);
        work.risks = judgement.risks;
        work.disagreements = judgement.disagreements;
        work.phase = Phase::Drafted;
        if self.stage == Stage::Applying {
            self.go_on_with(now, id);
        }
    }

    fn go_on_with(&mut self, now: Moment, id: &StackId) {
        match self.blocked(id).into_iter().next() {
            None => self.check_agreement(now, id),
            Some(problem) => {
                self.drop_draft(now, id);
                self.give_up(now, id, problem);
            }
        }
    }

    fn nothing_to_do(&mut self, now: Moment, id: &StackId) {
        self.drop_draft(now, id);
        let work = self.work_mut(id);
        work.draft = None;
        work.phase = Phase::Unchanged;
        if self.stage == Stage::Applying {
            self.unchanged(now, id);
        }
    }

    /// Early validation says more than the change set's own reason.
    fn ask_why(&mut self, now: Moment, id: &StackId, reason: Option<String>) {
        let Some(draft) = &mut self.work_mut(id).draft else { return };
        draft.reason = Some(reason.unwrap_or_default());
        let change_set = draft.change_set.clone().unwrap_or_default();
        let call = Call::DescribeChangeSetEvents { change_set, page: Page::first() };
        self.ask_draft(now, id, DraftStep::Events, call);
    }

    fn explained(&mut self, now: Moment, id: &StackId, result: Result<Answer, Failure>) {
        let reason = self.work(id).draft.as_ref().and_then(|draft| draft.reason.clone()).unwrap_or_default();
        let mut message = format!("the change set for stack `{}` could not be made: {reason}", self.stack(id).name);
        if let Ok(Answer::Events(events, _)) = result {
            let said = events.iter().rev().filter_map(|event| Some((&event.logical_id, event.reason.as_ref()?)));
            let origins = &self.stack(id).origins;
            for (logical_id, reason) in said {
                let at = origins.get(logical_id).and_then(|origin| origin.source.as_ref());
                let at = at.map(|at| format!(" ({at})")).unwrap_or_default();
                write!(message, "; `{logical_id}`{at}: {reason}").ok();
            }
        }
        self.drop_draft(now, id);
        self.give_up(now, id, Problem::new(Exit::Refused, message).help("nothing was executed; mend the template"));
    }

    fn draft_failed(&mut self, now: Moment, id: &StackId, failure: &Failure) {
        let name = &self.stack(id).name;
        let message = match failure.kind {
            FailureKind::InProgress => format!("somebody else works on stack `{name}`: {failure}"),
            _ => format!("a change set for stack `{name}` could not be made: {failure}"),
        };
        self.give_up(now, id, Problem::new(exit_of(failure), message));
    }

    /// A stack cannot be brought on; while applying, others are.
    pub(super) fn give_up(&mut self, now: Moment, id: &StackId, problem: Problem) {
        self.problem(problem.of(id));
        self.over(now, id, End::NotBegun);
        if self.stage == Stage::Applying && self.options.on_failure == OnFailure::Stop {
            self.stopping = true;
        }
    }

    /// Deletes a change set that is not needed.
    pub(super) fn drop_draft(&mut self, now: Moment, id: &StackId) {
        let Some(draft) = self.work(id).draft.as_ref() else { return };
        let made = self.made(id, &draft.name);
        // An empty stack goes with its change set, at the end.
        if !made.new_stack {
            self.made.remove(&made);
            self.clean(now, made);
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
        if self.may_go_on() { self.begin_deciding(now) } else { self.end_before_changes(now) }
    }
}

fn same_json(one: &str, other: &str) -> bool {
    let read = |text| serde_json::from_str::<serde_json::Value>(text).ok();
    read(one).is_some_and(|one| Some(one) == read(other))
}
