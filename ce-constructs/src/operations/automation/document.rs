//! Runbooks.

use ce_cfn::{ids, ssm};
use ce_synth::value::{account_id, joined, partition, region};
use ce_synth::{Expr, IntoValue, Scope, Value, join};

use super::AutomationDocumentBuilder;
use crate::security::{Action, Grantee, Role, Statement, own_arn};

pub(super) const PASS_ROLE: Action = Action::new("iam:PassRole");
pub(super) const START: Action = Action::new("ssm:StartAutomationExecution");

/// A runbook: a document of Systems Manager Automation, and the role it acts with; `Copy`.
///
/// ```
/// # use ce_constructs::operations::{ApiCall, ApiOperation, AutomationDocument, DocumentParameter, Step, parameter};
/// # use ce_constructs::security::{Principal, Role};
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// # let pipeline = Role::builder(Principal::service("codepipeline.amazonaws.com")).build(stack, "Pipeline");
/// const STOP: ApiOperation = ApiOperation::new("ecs:StopTask");
/// let tasks = ["arn:aws:ecs:eu-west-1:111111111111:task/shop/*"];
/// let stop = ApiCall::new(STOP).on(tasks).input("cluster", "shop").input("task", parameter("Task"));
/// let runbook = AutomationDocument::builder("Stops a task")
///     .named("shop-stop-task")
///     .parameter(DocumentParameter::text("Task"))
///     .step(Step::call("StopTask", stop))
///     .build(stack, "StopTask");
/// runbook.allow_start(&pipeline);
/// # app.synth().unwrap();
/// ```
///
/// By default it acts with a role of its own, which may make the calls of its steps on what they name, and a change of
/// the document becomes a new version.
///
/// Source: <https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-documents.html>
#[derive(Clone, Copy)]
pub struct AutomationDocument<'a> {
    document: ssm::DocumentRef<'a>,
    role: Role<'a>,
}

impl<'a> AutomationDocument<'a> {
    /// A runbook that says what it does.
    pub fn builder(description: impl Into<String>) -> AutomationDocumentBuilder<'a> {
        AutomationDocumentBuilder::new(description.into())
    }

    pub(super) fn new(document: ssm::DocumentRef<'a>, role: Role<'a>) -> Self {
        Self { document, role }
    }

    /// The document's name.
    pub fn name(self) -> Value<ids::SsmDocument> {
        self.document.ref_()
    }

    /// The ARN of its default version, as what starts it takes it.
    pub fn definition_arn(self) -> Value<String> {
        own_arn("ssm", join!["automation-definition/", self.name(), ":$DEFAULT"])
    }

    /// The role it acts with.
    pub fn acts_as(self) -> Role<'a> {
        self.role
    }

    /// The resource, for what this block does not set.
    pub fn document(self) -> ssm::DocumentRef<'a> {
        self.document
    }

    /// The scope of the document and of what belongs to it.
    pub fn scope(self) -> Scope<'a> {
        self.document.scope()
    }

    /// Lets something start it, and hand it its role.
    #[track_caller]
    pub fn allow_start(self, grantee: &(impl Grantee + ?Sized)) {
        let role = grantee.role();
        role.allow(Statement::allow([START]).on(startable(&self.name().cast())));
        let pass = Statement::allow([PASS_ROLE]).on([self.role.arn()]);
        role.allow(pass.when("StringEquals", "iam:PassedToService", "ssm.amazonaws.com"));
    }

    /// Its parameters, and whether each must be given.
    pub(in crate::operations) fn parameters(self) -> Vec<(String, bool)> {
        let Some(Expr::Object(parameters)) = self.document.peek("Content.parameters") else { return Vec::new() };
        parameters.iter().map(|(name, body)| (name.to_owned(), body.at("default").is_none())).collect()
    }
}

/// IAM checks the definition with its version; newer requests name the document itself.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html>
pub(super) fn startable(name: &Value<String>) -> [Value<String>; 2] {
    let own = || {
        ["arn:".into_value(), partition(), ":ssm:".into_value(), region(), ":".into_value(), account_id()].into_iter()
    };
    let versions = own().chain([":automation-definition/".into_value(), name.clone(), ":*".into_value()]);
    let document = own().chain([":document/".into_value(), name.clone()]);
    [joined(versions), joined(document)]
}
