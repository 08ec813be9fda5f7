//! Policies that roles share.

use ce_cfn::{iam, ids};
use ce_synth::value::partition;
use ce_synth::{Scope, Value, join};

use super::{Statement, document, rules};

/// The ARN of a policy that AWS manages, by its path and name: `service-role/AmazonECSTaskExecutionRolePolicy`.
pub fn aws_managed_policy(name: &str) -> Value<ids::IamManagedPolicyArn> {
    join!["arn:", partition(), ":iam::aws:policy/", name].cast()
}

/// A policy of your own that several roles can have, and that can bound roles.
///
/// ```
/// # use ce_constructs::security::{Action, ManagedPolicy, Principal, Role, Statement};
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// let read = Statement::allow([Action::new("s3:GetObject")]).on(["arn:aws:s3:::shop-assets/*"]);
/// let policy = ManagedPolicy::builder([read]).build(stack, "ReadAssets");
/// Role::builder(Principal::service("ecs-tasks.amazonaws.com")).managed_policy(policy.arn()).build(stack, "Tasks");
/// # app.synth().unwrap();
/// ```
#[derive(Clone, Copy)]
pub struct ManagedPolicy<'a> {
    policy: iam::ManagedPolicyRef<'a>,
}

impl<'a> ManagedPolicy<'a> {
    /// A policy of these statements.
    pub fn builder(statements: impl IntoIterator<Item = Statement>) -> ManagedPolicyBuilder {
        ManagedPolicyBuilder { statements: statements.into_iter().collect(), name: None, description: None }
    }

    /// The policy's ARN.
    pub fn arn(self) -> Value<ids::IamManagedPolicyArn> {
        self.policy.ref_()
    }

    /// The resource, for what this block does not set.
    pub fn policy(self) -> iam::ManagedPolicyRef<'a> {
        self.policy
    }
}

/// Settings of a [`ManagedPolicy`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct ManagedPolicyBuilder {
    statements: Vec<Statement>,
    name: Option<String>,
    description: Option<String>,
}

impl ManagedPolicyBuilder {
    /// The policy's name. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// What it is for; a change replaces the policy. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// Adds the policy.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> ManagedPolicy<'a> {
        let scope = scope.child(id);
        for statement in &self.statements {
            statement.check_for_identity(scope);
        }
        let document = document::document(self.statements);
        rules::policy_size::check_managed(scope, document::size(&document));
        let policy = iam::ManagedPolicy::new().policy_document(document);
        let policy = policy.managed_policy_name(self.name).description(self.description);
        ManagedPolicy { policy: scope.add("Resource", policy) }
    }
}
