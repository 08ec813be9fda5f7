//! One sentence of a policy.

use std::borrow::Cow;

use ce_synth::{Expr, IntoValue, PropMap, Scope, Value};

use super::condition::Condition;
use super::{Action, Principal};

/// What is allowed or denied, on what, to whom, and when.
///
/// ```
/// use ce_constructs::security::{Action, Statement};
/// let read = Statement::allow([Action::new("s3:GetObject")])
///     .on(["arn:aws:s3:::uploads/*"])
///     .when("StringEquals", "aws:ResourceAccount", "111111111111");
/// # let _ = read;
/// ```
///
/// It does nothing until it is given to [`Role::allow`](super::Role::allow) or to a resource that has a policy.
/// Actions with a wildcard, and all resources (`*`), are a finding (`CE5101`, `CE5102`) unless a reason is written.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a statement does nothing until it is given to a role or to a resource's policy"]
pub struct Statement {
    effect: Effect,
    sid: Option<String>,
    actions: Vec<Action>,
    resources: Vec<Value<String>>,
    principals: Vec<Principal>,
    conditions: Vec<Condition>,
    reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    Allow,
    Deny,
}

impl Statement {
    fn new(effect: Effect, actions: impl IntoIterator<Item = Action>) -> Self {
        let mut actions: Vec<_> = actions.into_iter().collect();
        actions.sort();
        actions.dedup();
        let (resources, principals, conditions) = Default::default();
        Self { effect, sid: None, actions, resources, principals, conditions, reason: None }
    }

    /// Allows actions.
    pub fn allow(actions: impl IntoIterator<Item = Action>) -> Self {
        Self::new(Effect::Allow, actions)
    }

    /// Denies actions, whatever else allows them.
    pub fn deny(actions: impl IntoIterator<Item = Action>) -> Self {
        Self::new(Effect::Deny, actions)
    }

    /// The ARNs it is about; called again, it adds. Default: none, which a role's policy needs (`CE5103`).
    pub fn on<V: IntoValue<String>>(mut self, resources: impl IntoIterator<Item = V>) -> Self {
        self.resources.extend(resources.into_iter().map(IntoValue::into_value));
        self
    }

    /// Whom it is about, in the policy of a resource; called again, it adds. Default: nobody, as in a role's policy.
    pub fn principal(mut self, principal: Principal) -> Self {
        self.conditions.extend(principal.conditions.iter().cloned());
        self.principals.push(principal);
        self
    }

    /// Only when a condition holds: operator, condition key, value. Default: always.
    pub fn when(
        mut self,
        operator: &'static str,
        key: impl Into<Cow<'static, str>>,
        value: impl IntoValue<String>,
    ) -> Self {
        self.conditions.push(Condition::one(operator, key, value));
        self
    }

    /// Only when a condition holds for one of these values. Default: always.
    pub fn when_any<V: IntoValue<String>>(
        mut self,
        operator: &'static str,
        key: impl Into<Cow<'static, str>>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        self.conditions.push(Condition::any(operator, key, values));
        self
    }

    /// Names the statement, in letters and digits; a named statement is never merged with another. Default: no name.
    pub fn sid(mut self, sid: impl Into<String>) -> Self {
        self.sid = Some(sid.into());
        self
    }

    /// Says why a wildcard is right here, as for actions that know no resources. Default: a wildcard is a finding.
    pub fn with_wildcard_reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Its actions, sorted.
    pub fn actions(&self) -> &[Action] {
        &self.actions
    }

    /// The resources it is about.
    pub fn resources(&self) -> &[Value<String>] {
        &self.resources
    }

    /// Whom it is about.
    pub fn principals(&self) -> &[Principal] {
        &self.principals
    }

    /// Whether it allows.
    pub fn is_allow(&self) -> bool {
        self.effect == Effect::Allow
    }

    /// Why its wildcards are right.
    pub fn wildcard_reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// Its tests.
    pub(super) fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Records what is wrong with it, as a statement of an identity's policy.
    #[track_caller]
    pub(crate) fn check_for_identity(&self, scope: Scope<'_>) {
        super::rules::check_statement(self, scope);
        super::rules::wildcard_resource::check(self, scope);
        super::rules::statement_without_resource::check(self, scope);
    }

    /// Records what is wrong with it, as a statement of a resource's policy.
    #[track_caller]
    pub(crate) fn check_for_resource(&self, scope: Scope<'_>) {
        super::rules::check_statement(self, scope);
        super::rules::public_statement::check(self, scope);
    }

    /// The object in a policy document.
    pub(crate) fn into_expr(self) -> Expr {
        let effect = if self.is_allow() { "Allow" } else { "Deny" };
        let actions = self.actions.iter().map(|action| Expr::text(action.as_str().to_owned()));
        Expr::object([
            ("Sid", self.sid.map_or(Expr::Null, Expr::from)),
            ("Effect", effect.into()),
            ("Principal", principal_object(&self.principals)),
            ("Action", one_or_list(actions.collect())),
            ("Resource", one_or_list(self.resources.into_iter().map(Value::into_expr).collect())),
            ("Condition", Condition::object(&self.conditions)),
        ])
    }
}

/// IAM takes one text or a list of them.
pub(super) fn one_or_list(mut items: Vec<Expr>) -> Expr {
    match items.len() {
        0 => Expr::Null,
        1 => items.remove(0),
        _ => Expr::List(items),
    }
}

fn principal_object(principals: &[Principal]) -> Expr {
    if principals.is_empty() {
        return Expr::Null;
    }
    if principals.iter().any(Principal::is_anyone) {
        return "*".into();
    }
    let mut kinds: Vec<(&'static str, Vec<Expr>)> = Vec::new();
    for principal in principals {
        let (kind, value) = principal.entry();
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, values)) if values.contains(&value) => {}
            Some((_, values)) => values.push(value),
            None => kinds.push((kind, vec![value])),
        }
    }
    let mut object = PropMap::new();
    for (kind, values) in kinds {
        object.set(kind, one_or_list(values));
    }
    object.into()
}
