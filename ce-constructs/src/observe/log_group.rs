//! Log groups.

use ce_cfn::{ids, logs};
use ce_synth::{IntoValue, Scope, Value};

use super::log_encryption::LogEncryption;
use super::{Metric, Retention, Statistic};
use crate::security::Key;

/// A log group of CloudWatch Logs.
///
/// ```
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::observe::{LogGroup, Retention};
/// # let app = App::new();
/// # let scope = app.stack("Shop", PROD);
/// let logs = LogGroup::builder().named("/shop/api").retention(Retention::days(30)).build(scope, "Logs");
/// let errors = logs.count("Errors", "{ $.level = \"error\" }", "Shop", "Errors");
/// errors.above(10.0).alarm(scope, "TooManyErrors");
/// ```
///
/// By default it keeps events for 90 days in production, 30 in staging, 14 in development, encrypted
/// with a key that all such groups of its stack share, `LogKey`.
/// What it does not do: take events; what writes to it needs permission.
#[derive(Clone, Copy)]
pub struct LogGroup<'a> {
    scope: Scope<'a>,
    group: logs::LogGroupRef<'a>,
}

/// Builder of a [`LogGroup`].
#[derive(Clone, Default)]
#[must_use = "a builder does nothing until `build`"]
pub struct LogGroupBuilder<'k> {
    name: Option<Value<String>>,
    retention: Option<Retention>,
    encryption: LogEncryption<'k>,
}

impl LogGroup<'_> {
    /// A log group.
    pub fn builder<'k>() -> LogGroupBuilder<'k> {
        LogGroupBuilder::default()
    }
}

impl<'k> LogGroupBuilder<'k> {
    /// Names the log group. Default: a name that CloudFormation makes.
    pub fn named(mut self, name: impl IntoValue<String>) -> Self {
        self.name = Some(name.into_value());
        self
    }

    /// How long events are kept. Default: [`Retention::of`] the tier.
    pub fn retention(mut self, retention: Retention) -> Self {
        self.retention = Some(retention);
        self
    }

    /// Encrypts events with a key, whose policy lets CloudWatch Logs of the account use it. Default: a key that the
    /// log groups of the stack share, `LogKey`.
    pub fn encrypted_by(self, key: &Key<'k>) -> Self {
        self.encryption(LogEncryption::Key(*key))
    }

    /// Leaves encryption to CloudWatch Logs and a key of its own, which costs nothing and nobody can take away.
    /// Default: a key that the log groups of the stack share, `LogKey`.
    pub fn encrypted_by_aws(self) -> Self {
        self.encryption(LogEncryption::Aws)
    }

    pub(crate) fn encryption(self, encryption: LogEncryption<'k>) -> Self {
        Self { encryption, ..self }
    }

    /// Adds the log group.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> LogGroup<'a> {
        let scope = scope.child(id);
        let key = self.encryption.key(scope);
        let retention = self.retention.unwrap_or_else(|| Retention::of(scope.environment().tier));
        let group =
            logs::LogGroup::new().log_group_name(self.name).retention_in_days(retention.as_days()).kms_key_id(key);
        LogGroup { scope, group: scope.add("Resource", group) }
    }
}

impl<'a> LogGroup<'a> {
    /// The log group's name.
    pub fn name(self) -> Value<ids::LogsLogGroup> {
        self.group.ref_()
    }

    /// The log group's ARN; it ends in `:*` and so stands for its streams too.
    pub fn arn(self) -> Value<ids::LogsLogGroupArn> {
        self.group.arn()
    }

    /// Counts the events that a filter pattern picks as a metric of your own: a metric filter.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html>
    #[track_caller]
    pub fn count(self, id: &str, pattern: impl IntoValue<String>, namespace: &str, name: &str) -> Metric {
        let transformation = logs::metric_filter::MetricTransformation::new()
            .metric_namespace(namespace)
            .metric_name(name)
            .metric_value("1")
            .default_value(0);
        let filter = logs::MetricFilter::new()
            .log_group_name(self.group)
            .filter_pattern(pattern)
            .metric_transformations([transformation]);
        self.scope.add(id, filter);
        Metric::new(namespace, name).statistic(Statistic::Sum)
    }

    /// The generated resource.
    pub fn group(self) -> logs::LogGroupRef<'a> {
        self.group
    }
}
