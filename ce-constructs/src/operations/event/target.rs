//! What hears of an event.

use ce_cfn::{events, ids, lambda};
use ce_synth::{Duration, Expr, IntoValue, PropMap, Scope, Value};

use crate::observe::Topic;
use crate::observe::json_text::json_text;
use crate::operations::{AutomationDocument, rules};
use crate::security::Role;

/// What hears of an event, and what it is told.
///
/// ```
/// # use ce_constructs::observe::Topic;
/// # use ce_constructs::operations::EventTarget;
/// # use ce_constructs::security::Key;
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// # let key = Key::builder().build(stack, "Key");
/// # let topic = Topic::builder(&key).build(stack, "Oncall");
/// let short = EventTarget::topic(&topic).message("<title> in <region>", [("title", "$.detail.title"), ("region", "$.region")]);
/// # let _ = short;
/// ```
///
/// By default a topic, queue or function is told the whole event, a document is started without inputs, and EventBridge
/// tries for a day.
#[derive(Clone)]
#[must_use = "a target does nothing until a rule has it"]
pub struct EventTarget<'a> {
    kind: Kind<'a>,
    inputs: Vec<(String, Vec<Expr>)>,
    /// Parameters of a document, each with the JSON path of its value in the event.
    from_event: Vec<(String, String)>,
    message: Option<(String, Vec<(String, String)>)>,
    dead_letters: Option<Value<ids::SqsQueueArn>>,
    retry: Option<(u16, Duration)>,
}

#[derive(Clone)]
enum Kind<'a> {
    Topic(Topic<'a>),
    Document(AutomationDocument<'a>),
    Function(Value<ids::LambdaFunctionArn>),
    Queue(Value<ids::SqsQueueArn>),
}

impl<'a> EventTarget<'a> {
    fn of(kind: Kind<'a>) -> Self {
        let (inputs, from_event, message, dead_letters, retry) = Default::default();
        Self { kind, inputs, from_event, message, dead_letters, retry }
    }

    /// A topic; it lets EventBridge publish by default.
    pub fn topic(topic: &Topic<'a>) -> Self {
        Self::of(Kind::Topic(*topic))
    }

    /// A runbook that is started.
    pub fn document(document: &AutomationDocument<'a>) -> Self {
        Self::of(Kind::Document(*document))
    }

    /// A Lambda function by its ARN; the rule may invoke it.
    pub fn function(arn: impl IntoValue<ids::LambdaFunctionArn>) -> Self {
        Self::of(Kind::Function(arn.into_value()))
    }

    /// A queue by its ARN; its policy must let `events.amazonaws.com` send.
    pub fn queue(arn: impl IntoValue<ids::SqsQueueArn>) -> Self {
        Self::of(Kind::Queue(arn.into_value()))
    }

    /// A parameter of the document and its values. Default: none.
    pub fn input<E: Into<Expr>>(mut self, parameter: impl Into<String>, values: impl IntoIterator<Item = E>) -> Self {
        self.inputs.push((parameter.into(), values.into_iter().map(Into::into).collect()));
        self
    }

    /// A parameter of the document whose value is a part of the event, by its JSON path; an empty text where the event has
    /// no such part. Default: none.
    pub fn input_from(mut self, parameter: impl Into<String>, path: impl Into<String>) -> Self {
        self.from_event.push((parameter.into(), path.into()));
        self
    }

    /// A text with `<name>` for parts of the event, each by its JSON path. Default: the whole event.
    pub fn message<N: Into<String>, P: Into<String>>(
        mut self,
        template: impl Into<String>,
        parts: impl IntoIterator<Item = (N, P)>,
    ) -> Self {
        let parts = parts.into_iter().map(|(name, path)| (name.into(), path.into())).collect();
        self.message = Some((template.into(), parts));
        self
    }

    /// The queue that keeps what could not be delivered. Its policy must let `events.amazonaws.com` send. Default: it is
    /// lost.
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
                let of_event = self.from_event.iter().map(|(name, _)| name);
                let given: Vec<String> = self.inputs.iter().map(|(name, _)| name).chain(of_event).cloned().collect();
                rules::document_input::check(scope, &document.scope().path(), &document.parameters(), &given);
            }
            Kind::Function(_) | Kind::Queue(_) => {}
        }
    }

    /// Whether it is reached with a role.
    pub(super) fn needs_role(&self) -> bool {
        matches!(self.kind, Kind::Document(_))
    }

    /// Lets the rule reach it.
    #[track_caller]
    pub(super) fn permit(&self, rule: events::RuleRef<'_>, scope: Scope<'_>, id: &str, starter: Option<Role<'_>>) {
        match (&self.kind, starter) {
            (Kind::Document(document), Some(starter)) => document.allow_start(&starter),
            (Kind::Function(function), _) => {
                let permission = lambda::Permission::new()
                    .action("lambda:InvokeFunction")
                    .function_name(function.clone())
                    .principal("events.amazonaws.com")
                    .source_arn(rule.arn());
                scope.add(&format!("{id}Permission"), permission);
            }
            _ => {}
        }
    }

    pub(super) fn property(&self, id: &str, role: Option<Role<'_>>) -> events::rule::Target {
        let arn: Value<String> = match &self.kind {
            Kind::Topic(topic) => topic.arn().into_value(),
            Kind::Document(document) => document.definition_arn(),
            Kind::Function(arn) => arn.clone().into_value(),
            Kind::Queue(arn) => arn.clone().into_value(),
        };
        let retry = self.retry.map(|(attempts, age)| {
            events::rule::RetryPolicy::new()
                .maximum_retry_attempts(attempts)
                .maximum_event_age_in_seconds(age.as_seconds())
        });
        let dead_letters = self.dead_letters.clone().map(|queue| events::rule::DeadLetterConfig::new().arn(queue));
        events::rule::Target::new()
            .id(id)
            .arn(arn)
            .role_arn(role.filter(|_| self.needs_role()).map(Role::arn))
            .input(self.inputs())
            .input_transformer(self.transformer())
            .retry_policy(retry)
            .dead_letter_config(dead_letters)
    }

    /// What a document is told, where nothing of it is of the event.
    fn inputs(&self) -> Option<Value<String>> {
        let fixed = !self.inputs.is_empty() && self.from_event.is_empty();
        fixed.then(|| json_text(&Expr::object(self.fixed_inputs())))
    }

    fn fixed_inputs(&self) -> impl Iterator<Item = (String, Expr)> + '_ {
        self.inputs.iter().map(|(name, values)| (name.clone(), Expr::List(values.clone())))
    }

    /// What is made of the event: the parameters of a document, or a text, which is a JSON text of its own.
    fn transformer(&self) -> Option<events::rule::InputTransformer> {
        let (template, parts) = if self.from_event.is_empty() {
            let (template, parts) = self.message.as_ref()?;
            (Value::from_expr(Expr::text(template.clone()).to_json().into()), parts)
        } else {
            let quoted = |(name, _): &(String, String)| (name.clone(), Expr::list([Expr::text(format!("<{name}>"))]));
            let all = self.fixed_inputs().chain(self.from_event.iter().map(quoted));
            (json_text(&Expr::object(all)), &self.from_event)
        };
        let mut paths = PropMap::new();
        for (name, path) in parts {
            paths.set(name.clone(), path.clone().into());
        }
        Some(events::rule::InputTransformer::new().input_paths_map(Expr::from(paths)).input_template(template))
    }
}

impl<'a> From<&Topic<'a>> for EventTarget<'a> {
    fn from(topic: &Topic<'a>) -> Self {
        Self::topic(topic)
    }
}

impl<'a> From<&AutomationDocument<'a>> for EventTarget<'a> {
    fn from(document: &AutomationDocument<'a>) -> Self {
        Self::document(document)
    }
}
