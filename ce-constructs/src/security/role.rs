//! Roles: what services, accounts and pipelines act as.

use std::fmt;

use ce_cfn::{iam, ids};
use ce_synth::{App, CfnResource, Duration, Expr, IntoValue, ListOf, NodeId, ResourceId, Scope, Value};

use super::statement::Statement;
use super::{Principal, document, rules};

/// The scope and the resource of the policy that grants collect in.
const POLICY: &str = "DefaultPolicy";

/// The property of the policy that grants are written to.
const DOCUMENT: &str = "PolicyDocument";

/// A role and the policy its grants collect in; `Copy`.
#[derive(Clone, Copy)]
pub struct Role<'a> {
    scope: Scope<'a>,
    role: iam::RoleRef<'a>,
}

impl fmt::Debug for Role<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.scope.path())
    }
}

impl<'a> Role<'a> {
    /// A role that `trusted` may take on.
    pub fn builder(trusted: Principal) -> RoleBuilder {
        RoleBuilder {
            trusted: vec![trusted],
            name: None,
            path: None,
            description: None,
            managed: Vec::new(),
            boundary: None,
            max_session: None,
        }
    }

    /// The role's ARN.
    pub fn arn(self) -> Value<ids::IamRoleArn> {
        self.role.arn()
    }

    /// The role's name.
    pub fn name(self) -> Value<ids::IamRole> {
        self.role.ref_()
    }

    /// The resource, for what this block does not set.
    pub fn role(self) -> iam::RoleRef<'a> {
        self.role
    }

    /// The policy that grants collect in, once there is one. What acts with the role from its first moment on must
    /// wait for it: a reference to the role alone does not say so.
    pub fn policy(self) -> Option<iam::PolicyRef<'a>> {
        self.scope.find::<iam::Policy>(&format!("{POLICY}/Resource"))
    }

    /// Adds a statement to the role's one policy, which is made at the first. It is a resource of its own, so that
    /// neither the role nor what it is allowed to use wait for each other.
    #[track_caller]
    pub fn allow(self, statement: Statement) -> Self {
        statement.check_for_identity(self.scope);
        let policy = match self.policy() {
            Some(policy) => policy,
            None => self.make_policy(),
        };
        let (mut before, mut after) = (0, 0);
        policy.update(|policy| {
            let mut properties = policy.into_properties();
            if properties.get(DOCUMENT).is_none() {
                properties.set(DOCUMENT, document::document([]));
            }
            if let Some(document) = properties.get_mut(DOCUMENT) {
                before = document::size(document);
                document::push(document, statement);
                after = document::size(document);
            }
            iam::Policy::from_properties(properties)
        });
        rules::policy_size::check_inline(self.scope, before, after);
        self
    }

    pub(super) fn keep(self) -> KeptRole {
        KeptRole { scope: self.scope.node(), role: self.role.id() }
    }

    #[track_caller]
    fn make_policy(self) -> iam::PolicyRef<'a> {
        let policy = iam::Policy::new().policy_name(POLICY).roles([self.role]);
        self.scope.child(POLICY).add("Resource", policy.policy_document(document::document([])))
    }
}

/// A role without its app's lifetime, for settings that hold one.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeptRole {
    scope: NodeId,
    role: ResourceId<iam::Role>,
}

impl KeptRole {
    pub(super) fn in_app(self, app: &App) -> Role<'_> {
        Role { scope: app.scope(self.scope), role: app.resource(self.role) }
    }
}

/// Settings of a [`Role`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct RoleBuilder {
    trusted: Vec<Principal>,
    name: Option<String>,
    path: Option<String>,
    description: Option<String>,
    managed: Vec<Value<ids::IamManagedPolicyArn>>,
    boundary: Option<Value<ids::IamManagedPolicyArn>>,
    max_session: Option<Duration>,
}

impl RoleBuilder {
    /// Lets another principal take the role on too. Default: the one it was made for.
    pub fn trusts(mut self, principal: Principal) -> Self {
        self.trusted.push(principal);
        self
    }

    /// The role's name, 1 to 64 letters, digits and `+=,.@_-`. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The path of the role, `/service/`. Default: `/`.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// What it is for, at most 1,000 characters. Default: no description.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// Attaches a managed policy; [`aws_managed_policy`](super::aws_managed_policy) names those of AWS. Default: none.
    pub fn managed_policy(mut self, arn: impl IntoValue<ids::IamManagedPolicyArn>) -> Self {
        self.managed.push(arn.into_value());
        self
    }

    /// The managed policy that bounds what the role can be allowed. Default: none.
    pub fn permissions_boundary(mut self, arn: impl IntoValue<ids::IamManagedPolicyArn>) -> Self {
        self.boundary = Some(arn.into_value());
        self
    }

    /// How long one session of the role may last, 1 to 12 hours. Default: one hour, as IAM does.
    pub fn max_session(mut self, length: Duration) -> Self {
        self.max_session = Some(length);
        self
    }

    /// Adds the role.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> Role<'a> {
        let scope = scope.child(id);
        let name = rules::role_name::checked(scope, self.name);
        let max_session = rules::session_length::checked(scope, self.max_session);
        rules::managed_policy_count::check(scope, self.managed.len());
        for principal in &self.trusted {
            rules::condition_operator::check(scope, &principal.conditions);
            rules::open_trust::check(scope, principal);
        }
        let managed: Option<Value<ListOf<ids::IamManagedPolicyArn>>> =
            (!self.managed.is_empty()).then(|| self.managed.into_value());
        let resource = iam::Role::new()
            .assume_role_policy_document(trust(&self.trusted))
            .role_name(name)
            .path(self.path)
            .description(self.description)
            .managed_policy_arns(managed)
            .permissions_boundary(self.boundary)
            .max_session_duration(max_session.map(Duration::as_seconds));
        Role { scope, role: scope.add("Resource", resource) }
    }
}

/// One statement for each principal, so that the conditions of one do not narrow another.
fn trust(trusted: &[Principal]) -> Expr {
    let statement = |principal: &Principal| Statement::allow([principal.assume_action()]).principal(principal.clone());
    document::document(trusted.iter().map(statement))
}
