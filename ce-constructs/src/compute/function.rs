//! Small functions for what services of AWS cannot do by themselves.

use std::fmt;

use ce_cfn::lambda::function::{Architectures, Code, Environment, LogFormat, LoggingConfig, VpcConfig};
use ce_cfn::{ids, lambda};
use ce_synth::{Duration, IntoValue, Scope, Size, Value};

use super::InlineCode;
use crate::observe::LogGroup;
use crate::security::{Action, Grantee, Key, Principal, Role, Statement, aws_managed_policy};

/// A Lambda function whose code stands in the template, with its role and its log group; `Copy`.
///
/// ```
/// # use ce_constructs::compute::{InlineCode, LambdaFunction};
/// # use ce_constructs::security::{Key, Rotation, Secret};
/// # use ce_synth::{Account, App, Duration, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// let rotator = LambdaFunction::builder(InlineCode::rsa_signing_key_rotation()).build(stack, "RotateTokens");
/// let key = Key::builder().build(stack, "Key");
/// let twice_a_year = Rotation::function(rotator.arn(), &rotator).every(Duration::days(182));
/// Secret::builder(&key).named("shop/prod/jwt").rotated(twice_a_year).build(stack, "Tokens");
/// # app.synth().unwrap();
/// ```
///
/// By default it runs on ARM with 256 MiB for at most 30 seconds, writes its log as JSON to a group of its own and may
/// do nothing else. It is for glue: what is larger than one file belongs in a service.
#[derive(Clone, Copy)]
pub struct LambdaFunction<'a> {
    scope: Scope<'a>,
    resource: lambda::FunctionRef<'a>,
    role: Role<'a>,
    logs: LogGroup<'a>,
}

impl fmt::Debug for LambdaFunction<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.scope.path())
    }
}

impl<'a> LambdaFunction<'a> {
    /// A function of this code.
    pub fn builder(code: InlineCode) -> LambdaFunctionBuilder<'a> {
        LambdaFunctionBuilder {
            code,
            name: None,
            description: None,
            timeout: Duration::seconds(30),
            memory: Size::mib(256),
            concurrency: None,
            environment: Vec::new(),
            key: None,
            subnets: Vec::new(),
            groups: Vec::new(),
        }
    }

    /// The function's ARN.
    pub fn arn(self) -> Value<ids::LambdaFunctionArn> {
        self.resource.arn()
    }

    /// The resource, for what this block does not set.
    pub fn function(self) -> lambda::FunctionRef<'a> {
        self.resource
    }

    /// Where it writes its log.
    pub fn logs(self) -> LogGroup<'a> {
        self.logs
    }

    /// Lets a service of AWS call it on behalf of one resource, by that resource's ARN.
    #[track_caller]
    pub fn allow_call(self, id: &str, service: &str, source_arn: impl IntoValue<String>) -> Self {
        let permission = lambda::Permission::new().action("lambda:InvokeFunction").function_name(self.arn());
        self.scope.add(id, permission.principal(service).source_arn(source_arn));
        self
    }
}

impl Grantee for LambdaFunction<'_> {
    fn role(&self) -> Role<'_> {
        self.role
    }
}

/// Settings of a [`LambdaFunction`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct LambdaFunctionBuilder<'a> {
    code: InlineCode,
    name: Option<String>,
    description: Option<String>,
    timeout: Duration,
    memory: Size,
    concurrency: Option<u16>,
    environment: Vec<(String, Value<String>)>,
    key: Option<Key<'a>>,
    subnets: Vec<Value<ids::Ec2Subnet>>,
    groups: Vec<Value<ids::Ec2SecurityGroup>>,
}

impl<'a> LambdaFunctionBuilder<'a> {
    /// The function's name, at most 64 letters, digits, `_` and `-`. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What it is for, at most 256 characters. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// How long a call may take, up to 15 minutes. Default: 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Its memory, 128 MiB to 10 GiB, and with it its share of a processor. Default: 256 MiB.
    pub fn memory(mut self, memory: Size) -> Self {
        self.memory = memory;
        self
    }

    /// How many calls may run at once, taken out of the account's quota. Default: what the account has left.
    pub fn reserved_concurrency(mut self, calls: u16) -> Self {
        self.concurrency = Some(calls);
        self
    }

    /// Sets an environment variable; everyone who may see the function can read it. Default: none.
    pub fn env(mut self, key: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.environment.push((key.into(), value.into_value()));
        self
    }

    /// Encrypts the environment variables and the log by a key of your own. Default: variables by a key of AWS, the log
    /// as [`LogGroup`] does.
    pub fn encrypted_by(mut self, key: &Key<'a>) -> Self {
        self.key = Some(*key);
        self
    }

    /// Runs it in subnets of yours, behind security groups. Default: outside your network.
    pub fn in_network<S: IntoValue<ids::Ec2Subnet>, G: IntoValue<ids::Ec2SecurityGroup>>(
        mut self,
        subnets: impl IntoIterator<Item = S>,
        groups: impl IntoIterator<Item = G>,
    ) -> Self {
        self.subnets.extend(subnets.into_iter().map(IntoValue::into_value));
        self.groups.extend(groups.into_iter().map(IntoValue::into_value));
        self
    }

    /// Adds the function, its role and its log group.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> LambdaFunction<'a> {
        let scope = scope.child(id);
        let logs = match &self.key {
            Some(key) => LogGroup::builder().encrypted_by(key),
            None => LogGroup::builder(),
        };
        let logs = logs.build(scope, "Logs");
        let role = self.role(scope, logs);
        let resource = scope.add("Resource", self.resource(role, logs));
        LambdaFunction { scope, resource, role, logs }
    }

    #[track_caller]
    fn role(&self, scope: Scope<'a>, logs: LogGroup<'a>) -> Role<'a> {
        let mut role = Role::builder(Principal::service("lambda.amazonaws.com"));
        if !self.subnets.is_empty() {
            // Interfaces know no resources before they are made, so the statement is AWS's own.
            role = role.managed_policy(aws_managed_policy("service-role/AWSLambdaENIManagementAccess"));
        }
        let role = role.build(scope, "Role");
        let write = [Action::new("logs:CreateLogStream"), Action::new("logs:PutLogEvents")];
        role.allow(Statement::allow(write).on([logs.arn()]));
        if let Some(key) = &self.key {
            key.grants().decrypt(&role);
        }
        role
    }

    fn resource(self, role: Role<'a>, logs: LogGroup<'a>) -> lambda::Function {
        let network = (!self.subnets.is_empty())
            .then(|| VpcConfig::new().subnet_ids(self.subnets).security_group_ids(self.groups));
        let environment = (!self.environment.is_empty()).then(|| Environment::new().variables(self.environment));
        lambda::Function::new()
            .function_name(self.name)
            .description(self.description)
            .runtime(self.code.language.runtime())
            .architectures([Architectures::ARM64])
            .handler("index.handler")
            .code(Code::new().zip_file(self.code.text))
            .role(role.arn())
            .timeout(self.timeout.as_seconds())
            .memory_size(i64::try_from(self.memory.as_mib()).unwrap_or(i64::MAX))
            .reserved_concurrent_executions(self.concurrency)
            .environment(environment)
            .kms_key_arn(self.key.map(Key::arn))
            .vpc_config(network)
            .logging_config(LoggingConfig::new().log_format(LogFormat::JSON).log_group(logs.name()))
    }
}
