//! Rotation by the functions that AWS writes.

use ce_cfn::ids;
use ce_cfn::secretsmanager::rotation_schedule::HostedRotationLambda;
use ce_synth::value::joined;
use ce_synth::{IntoValue, Scope, Value};

use super::{Secret, rules};

/// A rotation function from the templates of Secrets Manager: CloudFormation makes the function, its role and its
/// permissions in a nested stack.
///
/// ```
/// use ce_constructs::network::{Network, SecurityGroup, Subnet, SubnetTier};
/// use ce_constructs::security::{HostedRotation, Rotation};
/// use ce_synth::Duration;
///
/// fn monthly(network: &impl Network, tasks: &SecurityGroup<'_>) -> Rotation {
///     let subnets = network.subnets(SubnetTier::Private);
///     let rotation = HostedRotation::postgres_single_user()
///         .in_subnets(subnets.iter().map(Subnet::id))
///         .in_groups([tasks.group()]);
///     Rotation::hosted(rotation).every(Duration::days(30))
/// }
/// ```
///
/// It must reach the database: give it the subnets and a group that the database lets in.
/// Source: <https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html>
#[derive(Clone, Debug)]
pub struct HostedRotation {
    kind: &'static str,
    name: Option<String>,
    superuser: Option<(Value<String>, Value<ids::KmsKeyArn>)>,
    subnets: Vec<Value<ids::Ec2Subnet>>,
    groups: Vec<Value<ids::Ec2SecurityGroup>>,
    excluded: Option<String>,
}

impl HostedRotation {
    /// The transform that makes functions of supported runtimes.
    /// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-secretsmanager.html>
    pub(super) const TRANSFORM: &str = "AWS::SecretsManager-2024-09-16";

    fn of(kind: &'static str) -> Self {
        Self { kind, name: None, superuser: None, subnets: Vec::new(), groups: Vec::new(), excluded: None }
    }

    fn alternating(kind: &'static str, superuser: &Secret<'_>) -> Self {
        Self { superuser: Some((superuser.locator().cast(), superuser.key().arn())), ..Self::of(kind) }
    }

    /// `PostgreSQL`: the user changes its own password.
    pub fn postgres_single_user() -> Self {
        Self::of("PostgreSQLSingleUser")
    }

    /// `PostgreSQL`: two users by turns, made by a superuser, so that one of them always works.
    pub fn postgres_alternating_users(superuser: &Secret<'_>) -> Self {
        Self::alternating("PostgreSQLMultiUser", superuser)
    }

    /// `MySQL`: the user changes its own password.
    pub fn mysql_single_user() -> Self {
        Self::of("MySQLSingleUser")
    }

    /// `MySQL`: two users by turns, made by a superuser, so that one of them always works.
    pub fn mysql_alternating_users(superuser: &Secret<'_>) -> Self {
        Self::alternating("MySQLMultiUser", superuser)
    }

    /// `MariaDB`: the user changes its own password.
    pub fn mariadb_single_user() -> Self {
        Self::of("MariaDBSingleUser")
    }

    /// `MariaDB`: two users by turns, made by a superuser, so that one of them always works.
    pub fn mariadb_alternating_users(superuser: &Secret<'_>) -> Self {
        Self::alternating("MariaDBMultiUser", superuser)
    }

    /// The function's name, at most 64 letters, digits, `_` and `-`. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The subnets the function runs in. Default: no network of yours.
    pub fn in_subnets<V: IntoValue<ids::Ec2Subnet>>(mut self, subnets: impl IntoIterator<Item = V>) -> Self {
        self.subnets.extend(subnets.into_iter().map(IntoValue::into_value));
        self
    }

    /// The security groups the function has. Default: the network's own.
    pub fn in_groups<V: IntoValue<ids::Ec2SecurityGroup>>(mut self, groups: impl IntoIterator<Item = V>) -> Self {
        self.groups.extend(groups.into_iter().map(IntoValue::into_value));
        self
    }

    /// The characters new passwords must not have. Default: those the template excludes, ``:/@"'\``.
    pub fn exclude(mut self, characters: impl Into<String>) -> Self {
        self.excluded = Some(characters.into());
        self
    }

    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>) {
        rules::rotation_network::check(scope, self.subnets.len(), self.groups.len());
    }

    pub(super) fn property(self, secret: &Secret<'_>) -> HostedRotationLambda {
        let (superuser, superuser_key) = self.superuser.unzip();
        HostedRotationLambda::new()
            .rotation_type(self.kind)
            .rotation_lambda_name(self.name)
            .kms_key_arn(secret.key().arn())
            .superuser_secret_arn(superuser)
            .superuser_secret_kms_key_arn(superuser_key)
            .vpc_subnet_ids(with_commas(self.subnets.into_iter().map(Value::cast)))
            .vpc_security_group_ids(with_commas(self.groups.into_iter().map(Value::cast)))
            .exclude_characters(self.excluded)
    }
}

/// The property takes one text, not a list.
fn with_commas(values: impl Iterator<Item = Value<String>>) -> Option<Value<String>> {
    let mut parts: Vec<Value<String>> = Vec::new();
    for value in values {
        if !parts.is_empty() {
            parts.push(",".into_value());
        }
        parts.push(value);
    }
    (!parts.is_empty()).then(|| joined(parts))
}
