//! The web ACL.

use std::borrow::Cow;

use ce_cfn::ids;
use ce_cfn::wafv2::{self, web_acl as shape};
use ce_synth::{Scope, Value};

use super::rule::visibility;
use super::{BlockList, FirewallRule, ManagedRules, RuleAction, Statement, logging};
use crate::edge::OriginVerification;
use crate::edge::rules::{firewall_capacity, firewall_region, firewall_rule, global_region, plain_secret};
use crate::network::load_balancer::ApplicationLoadBalancer;
use crate::observe::log_encryption::LogEncryption;
use crate::observe::{LogGroup, Retention};
use crate::security::Key;

/// Builds a [`WebFirewall`] or a [`GlobalWebFirewall`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` or `build_global`"]
pub struct WebFirewallBuilder<'k> {
    rules: Vec<FirewallRule>,
    verification: Option<OriginVerification>,
    open_paths: Vec<Cow<'static, str>>,
    blocking: bool,
    logged: bool,
    retention: Option<Retention>,
    encryption: LogEncryption<'k>,
    redacted: Vec<Cow<'static, str>>,
    name: Option<Cow<'static, str>>,
}

impl<'k> WebFirewallBuilder<'k> {
    /// Asks these rules, in this order. Default: IP reputation, 2,000 requests in five minutes for each address, common
    /// threats, known bad inputs, SQL injection.
    pub fn rules(self, rules: impl IntoIterator<Item = FirewallRule>) -> Self {
        Self { rules: rules.into_iter().collect(), ..self }
    }

    /// Asks one more rule, after the others.
    pub fn rule(mut self, rule: FirewallRule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Blocks requests without the secret header that CloudFront adds; asked before all other rules.
    /// Default: requests may come past CloudFront.
    pub fn verify_origin(self, verification: &OriginVerification) -> Self {
        Self { verification: Some(verification.clone()), ..self }
    }

    /// Lets requests for exactly this path through without the secret header: health checks of Route 53 cannot send
    /// headers. Default: no path.
    pub fn verify_except(mut self, path: impl Into<Cow<'static, str>>) -> Self {
        self.open_paths.push(path.into());
        self
    }

    /// Blocks addresses as long as they are on a list, asked before all other rules; see [`BlockList`]. Default: there is
    /// no list.
    pub fn blocks_addresses(self) -> Self {
        Self { blocking: true, ..self }
    }

    /// Whether blocked and counted requests are logged. Default: true.
    pub fn logged(self, on: bool) -> Self {
        Self { logged: on, ..self }
    }

    /// How long logs are kept. Default: 90 days in production, 30 in staging, 14 in development.
    pub fn log_retention(self, retention: Retention) -> Self {
        Self { retention: Some(retention), ..self }
    }

    /// Encrypts logs with a key. Default: a key that the log groups of the stack share, `LogKey`.
    pub fn log_encrypted_by(self, key: &Key<'k>) -> Self {
        Self { encryption: LogEncryption::Key(*key), ..self }
    }

    /// Leaves the value of one more header out of the logs. Default: `authorization`, `cookie`, and the secret header
    /// of the origin.
    pub fn redact(mut self, header: impl Into<Cow<'static, str>>) -> Self {
        self.redacted.push(header.into());
        self
    }

    /// Names the web ACL, and its log group `aws-waf-logs-` with the name. Default: CloudFormation names the web ACL;
    /// the log group is named for the stack and the construct's path, because AWS WAF asks for that start of a name.
    pub fn named(self, name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Adds the web ACL, for load balancers of the stack's region.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> WebFirewall<'a> {
        let scope = scope.child(id);
        let list = |name| BlockList::regional(name, scope.region());
        WebFirewall { scope, acl: self.add(scope, shape::Scope::REGIONAL.text(), list) }
    }

    /// Adds the web ACL, for CloudFront: the stack has to be in us-east-1.
    #[track_caller]
    pub fn build_global<'a>(self, scope: Scope<'a>, id: &str) -> GlobalWebFirewall<'a> {
        global_region::check(scope, "a web ACL of CloudFront");
        let scope = scope.child(id);
        GlobalWebFirewall { scope, acl: self.add(scope, shape::Scope::CLOUDFRONT.text(), BlockList::global) }
    }

    #[track_caller]
    fn add<'a>(
        mut self,
        scope: Scope<'a>,
        acl_scope: &'static str,
        list: impl FnOnce(String) -> BlockList,
    ) -> wafv2::WebAclRef<'a> {
        if let Some(verification) = self.verification.clone() {
            plain_secret::check(scope, &verification);
            self.redacted.push(verification.header.clone());
            self.rules.insert(0, verified(verification, &self.open_paths));
        }
        let name = self.name.clone().unwrap_or_else(|| logging::path_name(scope).into());
        if self.blocking {
            self.rules.insert(0, list(format!("{name}-blocked")).add(scope));
        }
        firewall_rule::check(scope, &self.rules);
        firewall_capacity::check(scope, self.rules.iter().map(FirewallRule::capacity).sum());
        let rules: Vec<_> = (0..).zip(&self.rules).map(|(priority, rule)| rule.resource(priority)).collect();
        let acl = wafv2::WebAcl::new()
            .name(self.name.clone())
            .scope(acl_scope)
            .default_action(shape::DefaultAction::new().allow(shape::AllowAction::new()))
            .rules(rules)
            .visibility_config(visibility(name));
        let acl = scope.add("Resource", acl);
        if self.logged {
            let group = LogGroup::builder().encryption(self.encryption);
            let group = self.retention.map_or(group.clone(), |retention| group.retention(retention));
            logging::add(scope, acl, self.name.as_deref(), group, self.redacted);
        }
        acl
    }
}

/// Blocks what did not come through CloudFront, but for some paths.
fn verified(verification: OriginVerification, open_paths: &[Cow<'static, str>]) -> FirewallRule {
    let unverified = Statement::header_is(verification.header, verification.value).not();
    let statement =
        open_paths.iter().fold(unverified, |blocked, path| blocked.and(Statement::path_is(path.clone()).not()));
    FirewallRule::new("OriginVerification", statement, RuleAction::Block)
}

/// A web ACL for load balancers of one region.
#[derive(Clone, Copy)]
pub struct WebFirewall<'a> {
    scope: Scope<'a>,
    acl: wafv2::WebAclRef<'a>,
}

impl<'a> WebFirewall<'a> {
    /// A web ACL.
    pub fn builder<'k>() -> WebFirewallBuilder<'k> {
        WebFirewallBuilder {
            rules: vec![
                FirewallRule::managed(ManagedRules::IP_REPUTATION),
                FirewallRule::rate_limit("RateLimit", 2_000),
                FirewallRule::managed(ManagedRules::COMMON),
                FirewallRule::managed(ManagedRules::KNOWN_BAD_INPUTS),
                FirewallRule::managed(ManagedRules::SQL_INJECTION),
            ],
            verification: None,
            open_paths: Vec::new(),
            blocking: false,
            logged: true,
            retention: None,
            encryption: LogEncryption::Stack,
            redacted: vec!["authorization".into(), "cookie".into()],
            name: None,
        }
    }

    /// Puts it before a load balancer of the same region. A load balancer has one web ACL.
    #[track_caller]
    pub fn protect(self, balancer: &ApplicationLoadBalancer<'a>) -> wafv2::WebAclAssociationRef<'a> {
        let place = balancer.load_balancer().scope();
        firewall_region::check(self.acl.scope(), place);
        let association = wafv2::WebAclAssociation::new().resource_arn(balancer.arn()).web_acl_arn(self.acl.arn());
        place.add("Firewall", association)
    }

    /// Its ARN.
    pub fn arn(self) -> Value<ids::Wafv2WebAclArn> {
        self.acl.arn()
    }

    /// The addresses it blocks, if it has a list of them.
    pub fn block_list(self) -> Option<BlockList> {
        BlockList::of(self.scope, false)
    }

    /// The `AWS::WAFv2::WebACL`.
    pub const fn web_acl(self) -> wafv2::WebAclRef<'a> {
        self.acl
    }
}

/// A web ACL of us-east-1, for CloudFront: a type of its own, so that a regional one is no argument for a
/// [`Cdn`](crate::edge::Cdn).
#[derive(Clone, Copy)]
pub struct GlobalWebFirewall<'a> {
    scope: Scope<'a>,
    acl: wafv2::WebAclRef<'a>,
}

impl<'a> GlobalWebFirewall<'a> {
    /// Its ARN.
    pub fn arn(self) -> Value<ids::Wafv2WebAclArn> {
        self.acl.arn()
    }

    /// The addresses it blocks, if it has a list of them.
    pub fn block_list(self) -> Option<BlockList> {
        BlockList::of(self.scope, true)
    }

    /// The `AWS::WAFv2::WebACL`.
    pub const fn web_acl(self) -> wafv2::WebAclRef<'a> {
        self.acl
    }
}
