//! Services wait for the listeners that route to their target groups.

use std::collections::{BTreeMap, BTreeSet};

use ce_cfn::{ecs, elasticloadbalancingv2 as elbv2};
use ce_synth::value::Token;
use ce_synth::{App, CfnResource, Deferred, Expr, NodeId, Placing, Resource, Tree};

use super::rules::{duplicate_priority, too_many_rules, unrouted_target_group};

/// What sends requests to target groups: the default action of a listener, or a rule.
#[derive(Clone, Copy)]
pub enum Forwarder<'a> {
    /// A listener, by its default action.
    Listener(elbv2::ListenerRef<'a>),
    /// A rule of a listener.
    Rule(elbv2::ListenerRuleRef<'a>),
}

impl<'a> Forwarder<'a> {
    pub(super) fn all(app: &'a App) -> Vec<Self> {
        let listeners = app.resources::<elbv2::Listener>().into_iter().map(Self::Listener);
        listeners.chain(app.resources::<elbv2::ListenerRule>().into_iter().map(Self::Rule)).collect()
    }

    pub(super) fn forwards_to(self, group: NodeId) -> bool {
        self.targets().contains(&group)
    }

    fn targets(self) -> BTreeSet<NodeId> {
        let actions = match self {
            Self::Listener(listener) => listener.peek("DefaultActions"),
            Self::Rule(rule) => rule.peek("Actions"),
        };
        actions.as_ref().map(nodes).unwrap_or_default()
    }

    fn node(self) -> NodeId {
        match self {
            Self::Listener(listener) => listener.node(),
            Self::Rule(rule) => rule.node(),
        }
    }

    /// Makes a resource of the same stack wait for it.
    fn hold_back<R: CfnResource>(self, resource: Resource<'a, R>) {
        match self {
            Self::Listener(listener) => resource.depends_on(*listener),
            Self::Rule(rule) => resource.depends_on(*rule),
        };
    }
}

/// The nodes that a value refers to.
pub(super) fn nodes(value: &Expr) -> BTreeSet<NodeId> {
    let mut found = BTreeSet::new();
    value.tokens(&mut |token| {
        if let Token::Ref(node) | Token::Att(node, _) = token {
            found.insert(*node);
        }
    });
    found
}

/// Placed once per app, whichever target group or rule comes first; so are the checks of what listeners became.
pub(super) struct ServicesWait;

impl Deferred for ServicesWait {
    fn key(&self, _: &Tree) -> String {
        "services wait for the listeners of their target groups".to_owned()
    }

    fn place(&self, app: &App, _: &mut Placing) {
        let mut routes: BTreeMap<NodeId, Vec<Forwarder<'_>>> = BTreeMap::new();
        for forwarder in Forwarder::all(app) {
            for group in forwarder.targets() {
                routes.entry(group).or_default().push(forwarder);
            }
        }
        for service in app.resources::<ecs::Service>() {
            let Some(balancers) = service.peek("LoadBalancers") else { continue };
            let home = service.scope().stack().node();
            let named = nodes(&balancers);
            for forwarder in named.iter().filter_map(|group| routes.get(group)).flatten() {
                // Between stacks, the order of stacks is what holds; a rule that the service names is waited for anyway.
                if app.scope(forwarder.node()).stack().node() == home && !named.contains(&forwarder.node()) {
                    forwarder.hold_back(*service);
                }
            }
        }
        app.check(duplicate_priority::check);
        app.check(too_many_rules::check);
        app.check(unrouted_target_group::check);
    }
}
