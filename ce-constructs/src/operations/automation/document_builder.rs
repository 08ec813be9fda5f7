//! Settings of runbooks.

use ce_cfn::ssm;
use ce_cfn::ssm::document::{DocumentFormat, DocumentType, UpdateMethod};
use ce_synth::value::{account_id, partition};
use ce_synth::{Scope, join};

use super::{AutomationDocument, DocumentParameter, Step, content};
use crate::operations::rules;
use crate::security::{Principal, Role};

/// Settings of an [`AutomationDocument`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct AutomationDocumentBuilder<'a> {
    description: String,
    name: Option<String>,
    parameters: Vec<DocumentParameter>,
    steps: Vec<Step>,
    outputs: Vec<String>,
    role: Option<Role<'a>>,
    target_type: Option<String>,
}

impl<'a> AutomationDocumentBuilder<'a> {
    pub(super) fn new(description: String) -> Self {
        let (name, parameters, steps, outputs, role, target_type) = Default::default();
        Self { description, name, parameters, steps, outputs, role, target_type }
    }

    /// The document's name, 3 to 128 letters, digits, `-`, `_` and `.`. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Something that whoever starts it may say. Default: nothing.
    pub fn parameter(mut self, parameter: DocumentParameter) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// A step, after the ones before. Default: none, which is a finding (`CE8303`).
    pub fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// Shows an output of a step as one of the document: `CountShards.Count`. Default: none.
    pub fn output(mut self, step: &str, name: &str) -> Self {
        self.outputs.push(format!("{step}.{name}"));
        self
    }

    /// Acts with a role that is there already, and lets it do what the steps need. It must trust
    /// `ssm.amazonaws.com`. Default: a role of its own.
    pub fn runs_as(mut self, role: &Role<'a>) -> Self {
        self.role = Some(*role);
        self
    }

    /// The type of resource it is for, `/AWS::ElastiCache::ReplicationGroup`. Default: any.
    pub fn target_type(mut self, kind: impl Into<String>) -> Self {
        self.target_type = Some(kind.into());
        self
    }

    /// Adds the document and its role.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> AutomationDocument<'a> {
        let scope = scope.child(id);
        self.check(scope);
        let role = self
            .role
            .unwrap_or_else(|| Role::builder(automation()).described(format!("Runbook {id}")).build(scope, "Role"));
        for step in &self.steps {
            for statement in step.statements() {
                role.allow(statement);
            }
        }
        let body = content::content(&self.description, role, &self.parameters, &self.steps, &self.outputs);
        rules::document_size::check(scope, &body);
        let document = ssm::Document::new()
            .name(self.name)
            .document_type(DocumentType::AUTOMATION)
            .document_format(DocumentFormat::JSON)
            .target_type(self.target_type)
            .update_method(UpdateMethod::NEW_VERSION)
            .content(body);
        AutomationDocument::new(scope.add("Resource", document), role)
    }

    #[track_caller]
    fn check(&self, scope: Scope<'_>) {
        rules::document_name::check(scope, self.name.as_deref());
        let names: Vec<&str> = self.steps.iter().map(Step::name).collect();
        rules::step_name::check(scope, &names);
        rules::document_size::check_steps(scope, names.len());
        rules::step_reference::check(scope, &self.parameters, &self.steps, &self.outputs);
        for step in &self.steps {
            step.check(scope);
        }
    }
}

/// Automation, when it runs runbooks of this account.
///
/// Source: <https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-iam.html>
fn automation() -> Principal {
    let executions = join!["arn:", partition(), ":ssm:*:", account_id(), ":automation-execution/*"];
    Principal::service("ssm.amazonaws.com").when("StringEquals", "aws:SourceAccount", account_id()).when(
        "ArnLike",
        "aws:SourceArn",
        executions,
    )
}
