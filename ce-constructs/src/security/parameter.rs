//! Plain configuration in Parameter Store.

use ce_cfn::{ids, ssm};
use ce_synth::value::{account_id, partition};
use ce_synth::{IntoValue, Scope, Value, join};

use super::{Action, Grantee, Statement, rules};

const READ: [Action; 2] = [Action::new("ssm:GetParameter"), Action::new("ssm:GetParameters")];

/// A value of Parameter Store that everyone in the account may know: a feature flag, a limit, an endpoint.
///
/// ```
/// # use ce_constructs::security::Parameter;
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// Parameter::builder("/shop/prod/limits/orders", "500").build(stack, "OrderLimit");
/// Parameter::flag("/shop/prod/features/gift-cards", false).build(stack, "GiftCards");
/// # app.synth().unwrap();
/// ```
///
/// `SecureString` parameters do not exist here: CloudFormation cannot make them, and their text would stand in the
/// template. What is secret is a [`Secret`](super::Secret).
#[derive(Clone)]
pub struct Parameter<'a> {
    name: String,
    parameter: ssm::ParameterRef<'a>,
}

impl<'a> Parameter<'a> {
    /// A parameter with a name, `/shop/prod/limits/orders`, and a value.
    pub fn builder(name: impl Into<String>, value: impl IntoValue<String>) -> ParameterBuilder {
        ParameterBuilder { name: name.into(), value: value.into_value(), description: None, pattern: None }
    }

    /// A switch: `true` or `false`, and nothing else can be put.
    pub fn flag(name: impl Into<String>, on: bool) -> ParameterBuilder {
        Self::builder(name, if on { "true" } else { "false" }).pattern("^(true|false)$")
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its ARN.
    pub fn arn(&self) -> Value<ids::SsmParameterArn> {
        let region = self.parameter.scope().region().as_str();
        let slash = if self.name.starts_with('/') { "" } else { "/" };
        join!["arn:", partition(), ":ssm:", region, ":", account_id(), ":parameter", slash, &self.name].cast()
    }

    /// The resource, for what this block does not set.
    pub fn parameter(&self) -> ssm::ParameterRef<'a> {
        self.parameter
    }

    /// Lets someone read it.
    #[track_caller]
    pub fn grant_read(&self, grantee: &(impl Grantee + ?Sized)) {
        grantee.role().allow(Statement::allow(READ).on([self.arn()]));
    }
}

/// Settings of a [`Parameter`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct ParameterBuilder {
    name: String,
    value: Value<String>,
    description: Option<String>,
    pattern: Option<String>,
}

impl ParameterBuilder {
    /// What it is for, at most 1,024 characters. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// The regular expression a new value must match. Default: any value.
    pub fn pattern(mut self, pattern: impl Into<String>) -> Self {
        self.pattern = Some(pattern.into());
        self
    }

    /// Adds the parameter.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> Parameter<'a> {
        let scope = scope.child(id);
        rules::parameter_value::check(scope, &self.name, &self.value);
        let resource = ssm::Parameter::new()
            .name(&self.name)
            .type_("String")
            .value(self.value)
            .description(self.description)
            .allowed_pattern(self.pattern);
        Parameter { name: self.name, parameter: scope.add("Resource", resource) }
    }
}
