//! Steps of runbooks.

use ce_cfn::ids;
use ce_synth::{Duration, Expr, IntoValue, ListOf, PropMap, Scope, Value};

use super::step_action::StepAction;
use super::{ApiCall, Choice, Script, ValueType, references};
use crate::observe::Topic;
use crate::operations::rules;
use crate::security::Statement;

/// What happens when a step fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnFailure {
    /// The runbook ends as failed.
    Abort,
    /// It goes on with the next step.
    Continue,
    /// It goes on with a step of its own.
    Step(String),
}

impl OnFailure {
    fn text(&self) -> String {
        match self {
            Self::Abort => "Abort".to_owned(),
            Self::Continue => "Continue".to_owned(),
            Self::Step(name) => format!("step:{name}"),
        }
    }
}

/// A step of an [`AutomationDocument`](super::AutomationDocument).
///
/// ```
/// use ce_constructs::operations::{ApiCall, ApiOperation, OnFailure, ValueType, Step};
/// use ce_synth::Duration;
/// const DESCRIBE: ApiOperation = ApiOperation::new("elasticache:DescribeReplicationGroups");
/// let group = ["arn:aws:elasticache:us-east-1:111111111111:replicationgroup:sessions"];
/// let describe = || ApiCall::new(DESCRIBE).on(group).input("ReplicationGroupId", "sessions");
/// let status = Step::call("ReadStatus", describe()).output("Status", "$.ReplicationGroups[0].Status", ValueType::Text);
/// let wait = Step::wait_for("WaitForGroup", describe(), "$.ReplicationGroups[0].Status", ["available"])
///     .timeout(Duration::hours(2))
///     .on_failure(OnFailure::Continue);
/// # let _ = (status, wait);
/// ```
///
/// By default a step is followed by the next one of the document, is tried once, and its failure ends the runbook.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a step does nothing until it is given to a document"]
pub struct Step {
    name: String,
    action: StepAction,
    description: Option<String>,
    on_failure: Option<OnFailure>,
    on_cancel: Option<OnFailure>,
    next: Option<String>,
    end: bool,
    timeout: Option<Duration>,
    attempts: Option<u8>,
    critical: bool,
    outputs: Vec<(String, String, ValueType)>,
}

impl Step {
    fn new(name: impl Into<String>, action: StepAction) -> Self {
        let (description, on_failure, on_cancel, next, timeout, attempts, outputs) = Default::default();
        let name = name.into();
        Self {
            name,
            action,
            description,
            on_failure,
            on_cancel,
            next,
            end: false,
            timeout,
            attempts,
            critical: true,
            outputs,
        }
    }

    /// Calls a service of AWS.
    pub fn call(name: impl Into<String>, call: ApiCall) -> Self {
        Self::new(name, StepAction::Call(call))
    }

    /// Calls a service of AWS until a property of its answer, by its JSON path, has one of some values; for an hour if
    /// no [`timeout`](Self::timeout) is said.
    pub fn wait_for<V: Into<String>>(
        name: impl Into<String>,
        call: ApiCall,
        selector: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        Self::new(name, StepAction::WaitFor(call, selector.into(), values.into_iter().map(Into::into).collect()))
    }

    /// Calls a service of AWS and fails if a property of its answer, by its JSON path, has none of some values.
    pub fn assert_that<V: Into<String>>(
        name: impl Into<String>,
        call: ApiCall,
        selector: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        Self::new(name, StepAction::Assert(call, selector.into(), values.into_iter().map(Into::into).collect()))
    }

    /// Waits; at most seven days.
    pub fn sleep(name: impl Into<String>, time: Duration) -> Self {
        Self::new(name, StepAction::Sleep(time))
    }

    /// Waits until somebody says to go on: what a runbook leaves to people.
    pub fn pause(name: impl Into<String>) -> Self {
        Self::new(name, StepAction::Pause)
    }

    /// Waits until somebody approves, who is told by a topic; for seven days if no [`timeout`](Self::timeout) is said.
    /// Approvers are ARNs of roles or users; one of them is enough.
    pub fn approve<V: IntoValue<String>>(
        name: impl Into<String>,
        topic: &Topic<'_>,
        message: impl Into<String>,
        approvers: impl IntoIterator<Item = V>,
    ) -> Self {
        Self::approve_by(name, topic, message, approvers, 1)
    }

    /// Waits until that many approve.
    pub fn approve_by<V: IntoValue<String>>(
        name: impl Into<String>,
        topic: &Topic<'_>,
        message: impl Into<String>,
        approvers: impl IntoIterator<Item = V>,
        minimum: usize,
    ) -> Self {
        let approvers = approvers.into_iter().map(IntoValue::into_value).collect();
        let (publishing, topic) = (topic.publishing(), topic.arn().into_value());
        Self::new(name, StepAction::Approve { topic, publishing, message: message.into(), approvers, minimum })
    }

    /// Goes on with the step of the first choice that fits; with the next step if none does.
    pub fn branch(name: impl Into<String>, choices: impl IntoIterator<Item = Choice>) -> Self {
        Self::new(name, StepAction::Branch { choices: choices.into_iter().collect(), default: None })
    }

    /// Goes on with the step of the first choice that fits; with another one if none does.
    pub fn branch_or(
        name: impl Into<String>,
        choices: impl IntoIterator<Item = Choice>,
        default: impl Into<String>,
    ) -> Self {
        Self::new(name, StepAction::Branch { choices: choices.into_iter().collect(), default: Some(default.into()) })
    }

    /// Runs a command document, by its name, on instances.
    pub fn run_command(
        name: impl Into<String>,
        document: impl IntoValue<String>,
        instances: impl IntoValue<ListOf<String>>,
        parameters: PropMap,
    ) -> Self {
        let (document, instances) = (document.into_value(), instances.into_value());
        Self::new(name, StepAction::RunCommand { document, instances, parameters })
    }

    /// Runs Python.
    pub fn script(name: impl Into<String>, script: Script) -> Self {
        Self::new(name, StepAction::Script(script))
    }

    /// Invokes a Lambda function, by its ARN, with a payload.
    pub fn invoke(
        name: impl Into<String>,
        function: impl IntoValue<ids::LambdaFunctionArn>,
        payload: impl Into<Expr>,
    ) -> Self {
        let function: Value<ids::LambdaFunctionArn> = function.into_value();
        Self::new(name, StepAction::Invoke { function: function.cast(), payload: payload.into() })
    }

    /// Runs another runbook, by its name, and waits for it.
    pub fn start(name: impl Into<String>, document: impl IntoValue<String>, parameters: PropMap) -> Self {
        Self::new(name, StepAction::Start { document: document.into_value(), parameters })
    }

    /// What it is for, in words for whoever reads along. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// What happens when it fails. Default: [`OnFailure::Abort`].
    pub fn on_failure(mut self, what: OnFailure) -> Self {
        self.on_failure = Some(what);
        self
    }

    /// What happens when somebody stops the runbook in this step. Default: [`OnFailure::Abort`].
    pub fn on_cancel(mut self, what: OnFailure) -> Self {
        self.on_cancel = Some(what);
        self
    }

    /// The step that follows. Default: the next one of the document.
    pub fn next(mut self, step: impl Into<String>) -> Self {
        self.next = Some(step.into());
        self
    }

    /// Ends the runbook after this step. Default: it goes on.
    pub fn end(mut self) -> Self {
        self.end = true;
        self
    }

    /// How long it may take. Default: as long as its action may.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.timeout = Some(time);
        self
    }

    /// How often it is tried, 1 to 10 times. Default: once.
    pub fn attempts(mut self, count: u8) -> Self {
        self.attempts = Some(count);
        self
    }

    /// Does not make the runbook a failed one when it fails. Default: it does.
    pub fn not_critical(mut self) -> Self {
        self.critical = false;
        self
    }

    /// Keeps a part of its answer, by its JSON path, for later steps; [`output`](super::output) is its value there.
    /// Default: what its action leaves.
    pub fn output(mut self, name: impl Into<String>, selector: impl Into<String>, kind: ValueType) -> Self {
        self.outputs.push((name.into(), selector.into(), kind));
        self
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(in crate::operations) fn statements(&self) -> Vec<Statement> {
        self.action.statements()
    }

    /// Whether it has an output of this name; actions leave some of their own, so that only a call's are known.
    pub(in crate::operations) fn may_have_output(&self, name: &str) -> bool {
        let listed = self.outputs.iter().any(|(known, ..)| known == name);
        listed || !matches!(self.action, StepAction::Call(_)) || name == "Output"
    }

    /// Every step it may go on with.
    pub(in crate::operations) fn next_steps(&self) -> Vec<&str> {
        let mut steps = self.action.next_steps();
        steps.extend(self.next.as_deref());
        for what in [&self.on_failure, &self.on_cancel] {
            if let Some(OnFailure::Step(step)) = what {
                steps.push(step);
            }
        }
        steps
    }

    /// The parameters and outputs it uses.
    pub(in crate::operations) fn references(&self) -> Vec<String> {
        let mut found = Vec::new();
        references::collect(&self.action.inputs().into(), &mut found);
        found
    }

    #[track_caller]
    pub(in crate::operations) fn check(&self, scope: Scope<'_>) {
        rules::step_time::check(scope, &self.name, self.timeout, self.attempts);
        match &self.action {
            StepAction::Sleep(time) => rules::step_time::check_sleep(scope, &self.name, *time),
            StepAction::Approve { approvers, minimum, .. } => {
                rules::approval::check(scope, &self.name, approvers.len(), *minimum);
            }
            _ => {}
        }
    }

    pub(super) fn property(&self) -> Expr {
        let mut step = PropMap::new();
        step.set("name", self.name.clone().into());
        step.set("action", self.action.name().into());
        step.set("description", optional(self.description.clone()));
        step.set("timeoutSeconds", self.timeout.map_or(Expr::Null, |time| i64::from(time.as_seconds()).into()));
        step.set("maxAttempts", self.attempts.map_or(Expr::Null, |count| i64::from(count).into()));
        step.set("onFailure", optional(self.on_failure.as_ref().map(OnFailure::text)));
        step.set("onCancel", optional(self.on_cancel.as_ref().map(OnFailure::text)));
        step.set("isCritical", if self.critical { Expr::Null } else { false.into() });
        step.set("inputs", self.action.inputs().into());
        step.set("outputs", self.output_list());
        step.set("nextStep", optional(self.next.clone()));
        step.set("isEnd", if self.end { true.into() } else { Expr::Null });
        step.into()
    }

    fn output_list(&self) -> Expr {
        if self.outputs.is_empty() {
            return Expr::Null;
        }
        let output = |(name, selector, kind): &(String, String, ValueType)| {
            Expr::object([
                ("Name", name.clone().into()),
                ("Selector", selector.clone().into()),
                ("Type", kind.name().into()),
            ])
        };
        Expr::List(self.outputs.iter().map(output).collect())
    }
}

fn optional(text: Option<String>) -> Expr {
    text.map_or(Expr::Null, Expr::from)
}
