//! Who a policy speaks of.

use std::borrow::Cow;

use ce_synth::value::{account_id, partition};
use ce_synth::{Account, Expr, IntoValue, Region, Value, join};

use super::Action;
use super::condition::Condition;

/// Who may do something: the other side of a trust policy or of a resource policy.
///
/// Conditions narrow it, as an external id or the source account do:
///
/// ```
/// use ce_constructs::security::Principal;
/// use ce_synth::Account;
/// const AUDITOR: Account = Account::new("222222222222");
/// let auditor = Principal::account(AUDITOR).external_id("claude-enhancer-audit");
/// let tasks = Principal::service("ecs-tasks.amazonaws.com").when("StringEquals", "aws:SourceAccount", AUDITOR.as_str());
/// # let _ = (auditor, tasks);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Principal {
    kind: PrincipalKind,
    pub(super) conditions: Vec<Condition>,
}

#[derive(Clone, Debug, PartialEq)]
enum PrincipalKind {
    Service(Cow<'static, str>),
    Aws(Value<String>),
    Federated(Value<String>, Federation),
    CanonicalUser(Value<String>),
    Anyone,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Federation {
    WebIdentity,
    Saml,
}

impl Principal {
    const fn of(kind: PrincipalKind) -> Self {
        Self { kind, conditions: Vec::new() }
    }

    /// A service of AWS by its principal's name, `ecs-tasks.amazonaws.com`.
    pub fn service(name: impl Into<Cow<'static, str>>) -> Self {
        Self::of(PrincipalKind::Service(name.into()))
    }

    /// A service whose principal is one of a region: `logs` is `logs.us-east-1.amazonaws.com`.
    pub fn regional_service(service: &str, region: Region) -> Self {
        Self::service(format!("{service}.{region}.amazonaws.com"))
    }

    /// Whoever another account lets use this: its root. Say an [`external_id`](Self::external_id) for third parties.
    pub fn account(account: Account) -> Self {
        Self::account_of(account.as_str())
    }

    /// Another account whose twelve digits are known at deployment only, as those of a parameter.
    pub fn account_of(id: impl IntoValue<String>) -> Self {
        Self::aws(join!["arn:", partition(), ":iam::", id, ":root"])
    }

    /// The account the stack is deployed to: whoever its own policies allow.
    pub fn own_account() -> Self {
        Self::account_of(account_id())
    }

    /// A role or user by its ARN.
    pub fn arn(arn: impl IntoValue<String>) -> Self {
        Self::aws(arn.into_value())
    }

    fn aws(principal: Value<String>) -> Self {
        Self::of(PrincipalKind::Aws(principal))
    }

    /// Tokens of an `OpenID` Connect provider, by the provider's ARN; narrow it by the token's `aud` and `sub`:
    ///
    /// ```
    /// use ce_constructs::security::Principal;
    /// const GITHUB: &str = "token.actions.githubusercontent.com";
    /// let pipeline = Principal::oidc("arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com")
    ///     .when("StringEquals", format!("{GITHUB}:aud"), "sts.amazonaws.com")
    ///     .when("StringLike", format!("{GITHUB}:sub"), "repo:example/shop:ref:refs/heads/main");
    /// # let _ = pipeline;
    /// ```
    pub fn oidc(provider: impl IntoValue<String>) -> Self {
        Self::of(PrincipalKind::Federated(provider.into_value(), Federation::WebIdentity))
    }

    /// Assertions of a SAML provider, by the provider's ARN.
    pub fn saml(provider: impl IntoValue<String>) -> Self {
        Self::of(PrincipalKind::Federated(provider.into_value(), Federation::Saml))
    }

    /// A canonical user id of S3, as `awslogsdelivery` has one.
    pub fn canonical_user(id: impl IntoValue<String>) -> Self {
        Self::of(PrincipalKind::CanonicalUser(id.into_value()))
    }

    /// Everyone, also without credentials: for statements that deny.
    pub fn anyone() -> Self {
        Self::of(PrincipalKind::Anyone)
    }

    /// Only those who say this external id, which keeps a third party from being used against you.
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html>
    /// Default: no external id.
    pub fn external_id(self, id: impl IntoValue<String>) -> Self {
        self.when("StringEquals", "sts:ExternalId", id)
    }

    /// Only when a condition holds: operator, condition key, value. Default: no condition.
    pub fn when(
        mut self,
        operator: &'static str,
        key: impl Into<Cow<'static, str>>,
        value: impl IntoValue<String>,
    ) -> Self {
        self.conditions.push(Condition::one(operator, key, value));
        self
    }

    /// Only when a condition holds for one of these values. Default: no condition.
    pub fn when_any<V: IntoValue<String>>(
        mut self,
        operator: &'static str,
        key: impl Into<Cow<'static, str>>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        self.conditions.push(Condition::any(operator, key, values));
        self
    }

    /// Whether this is everyone, and nothing narrows it.
    pub(crate) fn is_unrestricted(&self) -> bool {
        let everyone = match &self.kind {
            PrincipalKind::Anyone => true,
            PrincipalKind::Aws(arn) => arn.expr().as_text() == Some("*"),
            _ => false,
        };
        everyone && self.conditions.is_empty()
    }

    /// Whether it is whoever an identity provider knows.
    pub(super) fn is_federated(&self) -> bool {
        matches!(self.kind, PrincipalKind::Federated(..))
    }

    /// How it takes on a role.
    pub(super) fn assume_action(&self) -> Action {
        match &self.kind {
            PrincipalKind::Federated(_, Federation::WebIdentity) => Action::new("sts:AssumeRoleWithWebIdentity"),
            PrincipalKind::Federated(_, Federation::Saml) => Action::new("sts:AssumeRoleWithSAML"),
            _ => Action::new("sts:AssumeRole"),
        }
    }

    /// The key of a policy's `Principal` and the value below it.
    pub(super) fn entry(&self) -> (&'static str, Expr) {
        match &self.kind {
            PrincipalKind::Service(name) => ("Service", Expr::text(name.clone())),
            PrincipalKind::Aws(arn) => ("AWS", arn.clone().into_expr()),
            PrincipalKind::Federated(provider, _) => ("Federated", provider.clone().into_expr()),
            PrincipalKind::CanonicalUser(id) => ("CanonicalUser", id.clone().into_expr()),
            PrincipalKind::Anyone => ("AWS", Expr::from("*")),
        }
    }

    /// Whether it is everyone, which a policy writes without a kind.
    pub(super) fn is_anyone(&self) -> bool {
        self.kind == PrincipalKind::Anyone
    }
}
