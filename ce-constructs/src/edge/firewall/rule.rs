//! Rules of a web ACL.

use std::borrow::Cow;

use ce_cfn::wafv2::web_acl as shape;
use ce_synth::{Duration, PropMap};

use super::{ManagedRules, Statement};

/// What a rule does with requests that it finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RuleAction {
    /// They are refused with 403.
    #[default]
    Block,
    /// They are counted, and later rules decide.
    Count,
    /// They pass, and no later rule looks at them.
    Allow,
    /// The browser has to prove itself, unseen by its user.
    Challenge,
    /// The user has to solve a puzzle.
    Captcha,
}

#[derive(Clone)]
enum Kind {
    Managed(ManagedRules),
    Own(Statement, RuleAction),
    Rate { limit: u32, window: Duration, action: RuleAction, of: Option<Statement> },
}

/// A rule of a web ACL; rules are asked in the order they were added.
#[derive(Clone)]
#[must_use = "a rule does nothing until a firewall takes it"]
pub struct FirewallRule {
    name: Cow<'static, str>,
    kind: Kind,
}

impl FirewallRule {
    /// Requests that a statement holds for. The name is up to 128 letters, digits, hyphens and underscores.
    pub fn new(name: impl Into<Cow<'static, str>>, statement: Statement, action: RuleAction) -> Self {
        Self { name: name.into(), kind: Kind::Own(statement, action) }
    }

    /// A rule group that AWS maintains.
    pub fn managed(rules: ManagedRules) -> Self {
        Self { name: rules.name.clone(), kind: Kind::Managed(rules) }
    }

    /// Blocks an address while it sends more than `limit` requests, 10 to 2,000,000,000, in five minutes.
    pub fn rate_limit(name: impl Into<Cow<'static, str>>, limit: u32) -> Self {
        let kind = Kind::Rate { limit, window: Duration::minutes(5), action: RuleAction::Block, of: None };
        Self { name: name.into(), kind }
    }

    /// The time that a rate limit counts in: 1, 2, 5 or 10 minutes. Default: 5 minutes.
    pub fn window(mut self, time: Duration) -> Self {
        if let Kind::Rate { window, .. } = &mut self.kind {
            *window = time;
        }
        self
    }

    /// The requests that a rate limit counts. Default: all.
    pub fn only(mut self, statement: Statement) -> Self {
        if let Kind::Rate { of, .. } = &mut self.kind {
            *of = Some(statement);
        }
        self
    }

    /// Web ACL capacity units it uses.
    pub fn capacity(&self) -> u32 {
        match &self.kind {
            Kind::Managed(rules) => rules.capacity,
            Kind::Own(statement, _) => statement.capacity(),
            // Two for the limit, and those of what it counts.
            Kind::Rate { of, .. } => 2 + of.as_ref().map_or(0, Statement::capacity),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The limit and the window of a rate limit.
    pub(crate) const fn rate(&self) -> Option<(u32, Duration)> {
        match &self.kind {
            Kind::Rate { limit, window, .. } => Some((*limit, *window)),
            _ => None,
        }
    }

    pub(super) fn resource(&self, priority: u32) -> shape::Rule {
        let rule = shape::Rule::new()
            .name(self.name.clone())
            .priority(priority)
            .visibility_config(visibility(self.name.clone()));
        match &self.kind {
            Kind::Managed(rules) => rule
                .override_action(shape::OverrideAction::new().none(PropMap::new()))
                .statement(shape::Statement::new().managed_rule_group_statement(managed(rules))),
            Kind::Own(statement, action) => rule.action(own_action(*action)).statement(statement.value()),
            Kind::Rate { limit, window, action, of } => {
                let rate = shape::RateBasedStatement::new()
                    .limit(*limit)
                    .evaluation_window_sec(window.as_seconds())
                    .aggregate_key_type(shape::AggregateKeyType::IP)
                    .scope_down_statement(of.as_ref().map(Statement::value));
                rule.action(own_action(*action)).statement(shape::Statement::new().rate_based_statement(rate))
            }
        }
    }
}

fn managed(rules: &ManagedRules) -> shape::ManagedRuleGroupStatement {
    let count = || shape::RuleAction::new().count(shape::CountAction::new());
    let counted = |name: &Cow<'static, str>| shape::RuleActionOverride::new().name(name.clone()).action_to_use(count());
    let counted: Vec<_> = rules.counted.iter().map(counted).collect();
    shape::ManagedRuleGroupStatement::new()
        .vendor_name(rules.vendor.clone())
        .name(rules.name.clone())
        .version(rules.version.clone())
        .rule_action_overrides((!counted.is_empty()).then_some(counted))
}

fn own_action(action: RuleAction) -> shape::RuleAction {
    let rule = shape::RuleAction::new();
    match action {
        RuleAction::Block => rule.block(shape::BlockAction::new()),
        RuleAction::Count => rule.count(shape::CountAction::new()),
        RuleAction::Allow => rule.allow(shape::AllowAction::new()),
        RuleAction::Challenge => rule.challenge(shape::ChallengeAction::new()),
        RuleAction::Captcha => rule.captcha(shape::CaptchaAction::new()),
    }
}

/// Metrics and samples under a name.
pub(super) fn visibility(name: impl Into<Cow<'static, str>>) -> shape::VisibilityConfig {
    shape::VisibilityConfig::new()
        .cloud_watch_metrics_enabled(true)
        .sampled_requests_enabled(true)
        .metric_name(name.into())
}
