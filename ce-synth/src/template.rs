//! The other sections of a template: parameters, outputs, conditions.

use crate::scope::Scope;
use crate::tree::{NodeId, NodeKind, ParameterNode};
use crate::value::{Expr, Function, Id, IntoValue, ListOf, PropMap, Token, Value};

/// A template parameter, of type `String` if not said otherwise.
///
/// ```
/// use ce_synth::Parameter;
/// let domain = Parameter::text().description("the site's domain").pattern("[a-z.]+").default("example.com");
/// ```
#[derive(Clone, Debug)]
#[must_use = "a parameter does nothing until it is added with `scope.parameter(id, ..)`"]
pub struct Parameter {
    body: PropMap,
    kept_from: Option<Expr>,
}

impl Parameter {
    fn of(kind: &'static str) -> Self {
        Self { body: PropMap::new().with::<String>("Type", kind), kept_from: None }
    }

    /// A text.
    pub fn text() -> Self {
        Self::of("String")
    }

    /// A number.
    pub fn number() -> Self {
        Self::of("Number")
    }

    /// A list of texts, given with commas.
    pub fn text_list() -> Self {
        Self::of("CommaDelimitedList")
    }

    /// An AWS-specific type, such as `AWS::EC2::VPC::Id` or `AWS::SSM::Parameter::Value<String>`.
    pub fn aws(kind: &'static str) -> Self {
        Self::of(kind)
    }

    /// The value when none is given. Default: one must be given.
    pub fn default(mut self, value: impl IntoValue<String>) -> Self {
        self.body = self.body.with("Default", value);
        self
    }

    /// What it is for, at most 4,000 characters. Default: no description.
    pub fn description(mut self, text: &str) -> Self {
        self.body = self.body.with::<String>("Description", text);
        self
    }

    /// The regular expression that the whole value must match. Default: any value.
    pub fn pattern(mut self, pattern: &str) -> Self {
        self.body = self.body.with::<String>("AllowedPattern", pattern);
        self
    }

    /// The values that may be given. Default: any.
    pub fn allowed<const N: usize>(mut self, values: [&str; N]) -> Self {
        self.body = self.body.with::<ListOf<String>>("AllowedValues", values);
        self
    }

    /// What is said when a value does not fit. Default: CloudFormation's own words.
    pub fn constraint_description(mut self, text: &str) -> Self {
        self.body = self.body.with::<String>("ConstraintDescription", text);
        self
    }

    /// The bounds of a text's length in characters. Default: none.
    pub fn length(mut self, least: u32, most: u32) -> Self {
        self.body = self.body.with::<i64>("MinLength", least).with::<i64>("MaxLength", most);
        self
    }

    /// Hides the value in every answer of CloudFormation. Default: it is shown.
    pub fn no_echo(mut self) -> Self {
        self.body = self.body.with::<bool>("NoEcho", true);
        self
    }

    /// Says where the deployer takes the value from: an output or resource of another stack, at first deployment;
    /// later CloudFormation keeps the last value, so this stack can be changed while the other is out of reach.
    /// Default: the value is given by whoever deploys.
    pub fn kept_from<T>(mut self, source: &Value<T>) -> Self {
        self.kept_from = Some(source.expr().clone());
        self
    }

    pub(crate) fn into_node(self) -> ParameterNode {
        ParameterNode { body: self.body, kept_from: self.kept_from }
    }
}

/// A handle to a parameter.
#[derive(Clone, Copy)]
pub struct ParameterRef<'a> {
    scope: Scope<'a>,
}

impl<'a> ParameterRef<'a> {
    pub(crate) fn of(scope: Scope<'a>) -> Self {
        Self { scope }
    }

    /// Its value, as any type: the caller vouches for it.
    pub fn value<T>(self) -> Value<T> {
        Value::from_expr(Token::Ref(self.scope.node()).into())
    }

    /// Its node.
    pub fn node(self) -> NodeId {
        self.scope.node()
    }
}

impl IntoValue<String> for ParameterRef<'_> {
    fn into_value(self) -> Value<String> {
        self.value()
    }
}

impl<I: Id> IntoValue<I> for ParameterRef<'_> {
    fn into_value(self) -> Value<I> {
        self.value()
    }
}

/// A handle to an output, for its settings.
#[derive(Clone, Copy)]
pub struct Output<'a> {
    pub(crate) scope: Scope<'a>,
}

impl Output<'_> {
    fn change(self, change: impl FnOnce(&mut crate::tree::OutputNode)) -> Self {
        let mut tree = self.scope.app().tree.borrow_mut();
        if let NodeKind::Output(output) = &mut tree.nodes[self.scope.node().index as usize].kind {
            change(output);
        }
        drop(tree);
        self
    }

    /// What it is. Default: no description.
    pub fn described(self, text: impl Into<String>) -> Self {
        self.change(|output| output.description = Some(text.into()))
    }

    /// Exports it under a name that is unique in the account and region. Default: not exported.
    pub fn exported_as(self, name: impl IntoValue<String>) -> Self {
        let name = name.into_value().into_expr();
        self.change(|output| output.export = Some(name))
    }

    /// Makes it exist only when a condition holds. Default: it always exists.
    pub fn when(self, condition: NodeId) -> Self {
        self.change(|output| output.condition = Some(condition.index))
    }
}

/// What a condition tests.
///
/// ```
/// use ce_synth::{Parameter, Test};
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Audit", PROD);
/// let recorder = stack.parameter("Recorder", Parameter::text().allowed(["yes", "no"]).default("yes"));
/// let wanted = stack.condition("RecorderWanted", Test::equals(recorder, "yes"));
/// ```
#[derive(Clone, Debug)]
pub struct Test(Expr);

impl Test {
    fn of(function: Function, arguments: Vec<Expr>) -> Self {
        Self(Token::Call(function, Expr::List(arguments)).into())
    }

    /// `Fn::Equals`: two texts are the same.
    pub fn equals(left: impl IntoValue<String>, right: impl IntoValue<String>) -> Self {
        Self::of(Function::Equals, vec![left.into_value().into_expr(), right.into_value().into_expr()])
    }

    /// `Fn::Not`.
    #[allow(clippy::should_implement_trait)]
    pub fn not(self) -> Self {
        Self::of(Function::Not, vec![self.0])
    }

    /// `Fn::And`: this and another.
    pub fn and(self, other: Self) -> Self {
        Self::of(Function::And, vec![self.0, other.0])
    }

    /// `Fn::Or`: this or another.
    pub fn or(self, other: Self) -> Self {
        Self::of(Function::Or, vec![self.0, other.0])
    }

    /// Another condition of the stack.
    pub fn condition(node: NodeId) -> Self {
        Self(Token::Call(Function::Condition, Token::LogicalId(node).into()).into())
    }

    pub(crate) fn into_expr(self) -> Expr {
        self.0
    }
}
