//! Settings of runbooks.

use ce_synth::{Document, Duration, IntoValue, Scope};

use super::{Runbook, RunbookStep, markdown, paragraph, rules};
use crate::operations::{AutomationDocument, DocumentParameter};

/// The folder of the assembly that runbooks lie in.
const FOLDER: &str = "runbooks";

/// Settings of a [`Runbook`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct RunbookBuilder {
    pub(super) title: String,
    pub(super) purpose: Option<Document>,
    pub(super) when: Option<Document>,
    pub(super) who: Option<String>,
    pub(super) takes: Option<Duration>,
    pub(super) before: Vec<Document>,
    pub(super) steps: Vec<(Option<String>, RunbookStep)>,
    pub(super) verification: Vec<RunbookStep>,
    pub(super) rollback: Vec<RunbookStep>,
    pub(super) others: Vec<String>,
    phase: Option<String>,
    file: Option<String>,
    document: Option<String>,
    parameters: Vec<DocumentParameter>,
}

impl RunbookBuilder {
    pub(super) fn new(title: String) -> Self {
        let (purpose, when, who, takes, before, steps) = Default::default();
        let (verification, rollback, others, phase, file, document, parameters) = Default::default();
        Self {
            title,
            purpose,
            when,
            who,
            takes,
            before,
            steps,
            verification,
            rollback,
            others,
            phase,
            file,
            document,
            parameters,
        }
    }

    /// What is reached by it. Default: nothing is said, which is a finding (`CE8602`).
    pub fn purpose(mut self, text: impl IntoValue<String>) -> Self {
        self.purpose = Some(paragraph::prose(text));
        self
    }

    /// When it is used. Default: nothing is said, which is a finding (`CE8602`).
    pub fn when(mut self, text: impl IntoValue<String>) -> Self {
        self.when = Some(paragraph::prose(text));
        self
    }

    /// Who goes through it. Default: nobody is said, which is a finding (`CE8602`).
    pub fn who(mut self, text: impl Into<String>) -> Self {
        self.who = Some(text.into());
        self
    }

    /// How long it takes. Default: nothing is said.
    pub fn takes(mut self, time: Duration) -> Self {
        self.takes = Some(time);
        self
    }

    /// What has to be so before it begins; called again, another thing. Default: nothing.
    pub fn before(mut self, text: impl IntoValue<String>) -> Self {
        self.before.push(paragraph::prose(text));
        self
    }

    /// Begins a phase: the steps that follow are of it. Default: steps are of no phase.
    pub fn phase(mut self, title: impl Into<String>) -> Self {
        self.phase = Some(title.into());
        self
    }

    /// A step, after those before. Default: none, which is a finding (`CE8601`).
    pub fn step(mut self, step: RunbookStep) -> Self {
        self.steps.push((self.phase.take(), step));
        self
    }

    /// A step before all others so far, of no phase. Default: the first one that was added.
    pub fn first(mut self, step: RunbookStep) -> Self {
        self.steps.insert(0, (None, step));
        self
    }

    /// How it is seen that it worked; called again, another way. Default: nothing is said, which is a finding (`CE8602`).
    pub fn verify(mut self, step: RunbookStep) -> Self {
        self.verification.push(step);
        self
    }

    /// How it is undone; called again, another step. Default: nothing is said, which is a finding (`CE8602`).
    pub fn roll_back(mut self, step: RunbookStep) -> Self {
        self.rollback.push(step);
        self
    }

    /// A runbook to read with this one, by its path; called again, another one. Default: none.
    pub fn see(mut self, other: &Runbook<'_>) -> Self {
        self.others.push(other.path().to_owned());
        self
    }

    /// The name of its file, without folder and ending. Default: its title in small letters, with hyphens for spaces.
    pub fn file(mut self, name: impl Into<String>) -> Self {
        self.file = Some(name.into());
        self
    }

    /// Makes a document of Systems Manager of this name as well, which goes through steps and verification, and pauses
    /// where a step has no action of its own. Default: none.
    pub fn automated(mut self, name: impl Into<String>) -> Self {
        self.document = Some(name.into());
        self
    }

    /// Something that whoever starts the document may say. Default: nothing.
    pub fn parameter(mut self, parameter: DocumentParameter) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// Adds the file, and the document.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> Runbook<'a> {
        let scope = scope.child(id);
        rules::check(scope, &self);
        let automation = self.document.as_ref().map(|name| self.automation(scope, name));
        let path = format!("{FOLDER}/{}.md", self.file_name());
        let start = automation.map(|document| markdown::start(document, &self.parameters));
        scope.file(&path, markdown::document(&self, scope, start));
        Runbook::new(path, automation)
    }

    fn file_name(&self) -> String {
        let spaced = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { ' ' };
        let words: String = self.title.chars().map(spaced).collect();
        self.file.clone().unwrap_or_else(|| words.split_whitespace().collect::<Vec<_>>().join("-"))
    }

    #[track_caller]
    fn automation<'a>(&self, scope: Scope<'a>, name: &str) -> AutomationDocument<'a> {
        let document = AutomationDocument::builder(self.title.clone()).named(name);
        let document =
            self.parameters.iter().cloned().fold(document, |document, parameter| document.parameter(parameter));
        let steps = self.steps.iter().map(|(_, step)| step).chain(&self.verification);
        let steps = steps.filter(|step| !step.people_alone);
        steps.fold(document, |document, step| document.step(step.automation())).build(scope, "Automation")
    }

    /// All its steps, also those that undo.
    pub(super) fn all_steps(&self) -> impl Iterator<Item = &RunbookStep> {
        self.steps.iter().map(|(_, step)| step).chain(&self.verification).chain(&self.rollback)
    }
}
