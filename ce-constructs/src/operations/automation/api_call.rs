//! Calls of AWS services.

use ce_cfn::ids;
use ce_synth::{Expr, IntoValue, PropMap, Value};

use super::ApiOperation;
use crate::security::Statement;

/// A call of an AWS service in a runbook: the operation, its inputs, and what it acts on.
///
/// ```
/// use ce_constructs::operations::{ApiCall, ApiOperation, parameter};
/// const CREATE: ApiOperation = ApiOperation::new("elasticache:CreateSnapshot");
/// let snapshot = ApiCall::new(CREATE)
///     .on(["arn:aws:elasticache:us-east-1:111111111111:replicationgroup:sessions"])
///     .input("ReplicationGroupId", "sessions")
///     .input("SnapshotName", parameter("SnapshotName"));
/// # let _ = snapshot;
/// ```
///
/// The runbook's role may make this call on these resources; a call that says none is a finding (`CE5103`).
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a call does nothing until it is a step of a document"]
pub struct ApiCall {
    operation: ApiOperation,
    inputs: PropMap,
    resources: Vec<Value<String>>,
    reason: Option<String>,
    passed: Vec<(Value<ids::IamRoleArn>, &'static str)>,
    also: Vec<Statement>,
}

impl ApiCall {
    /// A call of an operation.
    pub fn new(operation: ApiOperation) -> Self {
        let (resources, passed, also) = Default::default();
        Self { operation, inputs: PropMap::new(), resources, reason: None, passed, also }
    }

    /// The ARNs of what it acts on; called again, it adds. Default: none.
    pub fn on<V: IntoValue<String>>(mut self, resources: impl IntoIterator<Item = V>) -> Self {
        self.resources.extend(resources.into_iter().map(IntoValue::into_value));
        self
    }

    /// Lets it act on everything, for a reason, as for operations that know no resources. Default: only on what is named.
    pub fn on_everything(mut self, reason: impl Into<String>) -> Self {
        self.resources = vec!["*".into_value()];
        self.reason = Some(reason.into());
        self
    }

    /// An input of the operation, as its API reference names it. Default: none.
    pub fn input(mut self, name: &'static str, value: impl Into<Expr>) -> Self {
        self.inputs.set(name, value.into());
        self
    }

    /// A role that the call hands to a service, as `StartBackupJob` does to `backup.amazonaws.com`. Default: none.
    pub fn passing(mut self, role: impl IntoValue<ids::IamRoleArn>, to: &'static str) -> Self {
        self.passed.push((role.into_value(), to));
        self
    }

    /// What else the operation needs to be allowed. Default: the action of its own name.
    pub fn needing(mut self, statement: Statement) -> Self {
        self.also.push(statement);
        self
    }

    /// The operation.
    pub fn operation(&self) -> &ApiOperation {
        &self.operation
    }

    /// The `inputs` of a step.
    pub(super) fn inputs(&self) -> PropMap {
        let mut inputs = PropMap::new();
        inputs.set("Service", Expr::text(self.operation.service().to_owned()));
        inputs.set("Api", Expr::text(self.operation.name().to_owned()));
        for (name, value) in self.inputs.iter() {
            inputs.set(name.to_owned(), value.clone());
        }
        inputs
    }

    /// What the runbook's role must be allowed.
    pub(super) fn statements(&self) -> Vec<Statement> {
        let mut own = Statement::allow(self.operation.actions()).on(self.resources.clone());
        if let Some(reason) = &self.reason {
            own = own.with_wildcard_reason(reason.clone());
        }
        let mut all = vec![own];
        for (role, service) in &self.passed {
            let pass = Statement::allow([super::document::PASS_ROLE]).on([role.clone()]);
            all.push(pass.when("StringEquals", "iam:PassedToService", *service));
        }
        all.extend(self.also.iter().cloned());
        all
    }
}
