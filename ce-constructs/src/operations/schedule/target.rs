//! What a schedule does.

use ce_cfn::{ids, scheduler};
use ce_synth::value::partition;
use ce_synth::{Duration, Expr, IntoValue, PropMap, Scope, Value, join};

use crate::observe::Topic;
use crate::observe::json_text::json_text;
use crate::operations::{AutomationDocument, rules};
use crate::security::{Action, Role, Statement};

/// What a schedule tells or starts.
///
/// By default a topic is told nothing but that it is time, a document is started without inputs, and Scheduler tries
/// for a day.
#[derive(Clone)]
#[must_use = "a target does nothing until a schedule has it"]
pub struct ScheduleTarget<'a> {
    kind: Kind<'a>,
    inputs: Vec<(String, Vec<Expr>)>,
    message: Option<String>,
    dead_letters: Option<Value<ids::SqsQueueArn>>,
    retry: Option<(u16, Duration)>,
}

#[derive(Clone)]
enum Kind<'a> {
    Topic(Topic<'a>),
    Document(AutomationDocument<'a>),
    Function(Value<ids::LambdaFunctionArn>),
}

impl<'a> ScheduleTarget<'a> {
    fn of(kind: Kind<'a>) -> Self {
        let (inputs, message, dead_letters, retry) = Default::default();
        Self { kind, inputs, message, dead_letters, retry }
    }

    /// A topic.
    pub fn topic(topic: &Topic<'a>) -> Self {
        Self::of(Kind::Topic(*topic))
    }

    /// A runbook that is started.
    pub fn document(document: &AutomationDocument<'a>) -> Self {
        Self::of(Kind::Document(*document))
    }

    /// A Lambda function by its ARN.
    pub fn function(arn: impl IntoValue<ids::LambdaFunctionArn>) -> Self {
        Self::of(Kind::Function(arn.into_value()))
    }

    /// A parameter of the document and its values. Default: none.
    pub fn input<E: Into<Expr>>(mut self, parameter: impl Into<String>, values: impl IntoIterator<Item = E>) -> Self {
        self.inputs.push((parameter.into(), values.into_iter().map(Into::into).collect()));
        self
    }

    /// What a topic or function is told. Default: what Scheduler says of itself.
    pub fn message(mut self, text: impl Into<String>) -> Self {
        self.message = Some(text.into());
        self
    }

    /// The queue that keeps what could not be done; the schedule may send to it. Default: it is lost.
    pub fn dead_letters(mut self, queue: impl IntoValue<ids::SqsQueueArn>) -> Self {
        self.dead_letters = Some(queue.into_value());
        self
    }

    /// How often, and for how long, it is tried. Default: 185 times in a day.
    pub fn retry(mut self, attempts: u16, age: Duration) -> Self {
        self.retry = Some((attempts, age));
        self
    }

    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>) {
        rules::target_setting::check(scope, self.retry);
        match &self.kind {
            Kind::Topic(topic) => rules::target_place::check(scope, Some(topic.topic().scope())),
            Kind::Document(document) => {
                rules::target_place::check(scope, Some(document.scope()));
                let given: Vec<String> = self.inputs.iter().map(|(name, _)| name.clone()).collect();
                rules::document_input::check(scope, &document.scope().path(), &document.parameters(), &given);
            }
            Kind::Function(_) => {}
        }
    }

    /// Lets the schedule's role do it.
    #[track_caller]
    pub(super) fn permit(&self, role: Role<'_>) {
        match &self.kind {
            Kind::Topic(topic) => topic.allow_publish(&role),
            Kind::Document(document) => document.allow_start(&role),
            Kind::Function(arn) => {
                role.allow(Statement::allow([Action::new("lambda:InvokeFunction")]).on([arn.clone()]));
            }
        }
        if let Some(queue) = &self.dead_letters {
            role.allow(Statement::allow([Action::new("sqs:SendMessage")]).on([queue.clone()]));
        }
    }

    pub(super) fn property(&self, role: Role<'_>) -> scheduler::schedule::Target {
        let retry = self.retry.map(|(attempts, age)| {
            let policy = scheduler::schedule::RetryPolicy::new().maximum_retry_attempts(attempts);
            policy.maximum_event_age_in_seconds(age.as_seconds())
        });
        let dead_letters =
            self.dead_letters.clone().map(|queue| scheduler::schedule::DeadLetterConfig::new().arn(queue));
        scheduler::schedule::Target::new()
            .arn(self.arn())
            .role_arn(role.arn())
            .input(self.text())
            .retry_policy(retry)
            .dead_letter_config(dead_letters)
    }

    /// Scheduler starts documents by calling Systems Manager as anyone would: a "universal target".
    ///
    /// Source: <https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html>
    fn arn(&self) -> Value<String> {
        match &self.kind {
            Kind::Topic(topic) => topic.arn().into_value(),
            Kind::Document(_) => join!["arn:", partition(), ":scheduler:::aws-sdk:ssm:startAutomationExecution"],
            Kind::Function(arn) => arn.clone().into_value(),
        }
    }

    fn text(&self) -> Option<Value<String>> {
        let Kind::Document(document) = &self.kind else { return self.message.as_deref().map(IntoValue::into_value) };
        let mut request = PropMap::new();
        request.set("DocumentName", document.name().into_expr());
        if !self.inputs.is_empty() {
            let inputs = self.inputs.iter().map(|(name, values)| (name.clone(), Expr::List(values.clone())));
            request.set("Parameters", Expr::object(inputs));
        }
        Some(json_text(&request.into()))
    }
}

impl<'a> From<&Topic<'a>> for ScheduleTarget<'a> {
    fn from(topic: &Topic<'a>) -> Self {
        Self::topic(topic)
    }
}

impl<'a> From<&AutomationDocument<'a>> for ScheduleTarget<'a> {
    fn from(document: &AutomationDocument<'a>) -> Self {
        Self::document(document)
    }
}
