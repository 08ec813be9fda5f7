//! What is looked at when every service is finished.

use std::collections::BTreeMap;

use ce_cfn::{ecs, iam};
use ce_synth::value::Token;
use ce_synth::{App, Deferred, Expr, NodeId, Placing, Tree};

use super::rules;

/// Adds the checks of services to an app, once however many services there are.
pub(super) fn defer(app: &App) {
    app.defer(ServicesFinished);
}

struct ServicesFinished;

impl Deferred for ServicesFinished {
    fn key(&self, _: &Tree) -> String {
        "services of ECS are finished".to_owned()
    }

    fn place(&self, app: &App, _: &mut Placing) {
        wait_for_policies(app);
        app.check(rules::rollout_deadlock::check);
        app.check(rules::scaling_policy::check);
    }
}

/// A task needs what its roles allow from its first moment on, and a reference to a role does not wait for the policy
/// that grants collect in.
fn wait_for_policies(app: &App) {
    let mut policies: BTreeMap<NodeId, Vec<iam::PolicyRef<'_>>> = BTreeMap::new();
    for policy in app.resources::<iam::Policy>() {
        for role in references(policy.peek("Roles").as_ref()) {
            policies.entry(role).or_default().push(policy);
        }
    }
    let mut roles: BTreeMap<NodeId, Vec<NodeId>> = BTreeMap::new();
    for task in app.resources::<ecs::TaskDefinition>() {
        let both = ["TaskRoleArn", "ExecutionRoleArn"].map(|role| references(task.peek(role).as_ref()));
        roles.insert(task.node(), both.concat());
    }
    for service in app.resources::<ecs::Service>() {
        let tasks = references(service.peek("TaskDefinition").as_ref());
        let home = service.scope().stack().node();
        let of_tasks = tasks.iter().filter_map(|task| roles.get(task)).flatten();
        for policy in of_tasks.filter_map(|role| policies.get(role)).flatten() {
            let mentions_service = references(policy.peek("PolicyDocument").as_ref()).contains(&service.node());
            if policy.scope().stack().node() == home && !mentions_service {
                service.depends_on(**policy);
            }
        }
    }
}

/// The nodes that a value refers to.
pub(super) fn references(value: Option<&Expr>) -> Vec<NodeId> {
    let mut found = Vec::new();
    if let Some(value) = value {
        value.tokens(&mut |token| {
            if let Token::Ref(node) | Token::Att(node, _) = token {
                found.push(*node);
            }
        });
    }
    found
}
