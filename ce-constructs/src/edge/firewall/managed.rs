//! Rule groups that AWS maintains.

use std::borrow::Cow;

/// A rule group of AWS WAF's managed rules, with the capacity it uses.
///
/// Source: <https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html>
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a rule group does nothing until a firewall takes it"]
pub struct ManagedRules {
    pub(super) name: Cow<'static, str>,
    pub(super) vendor: Cow<'static, str>,
    pub(super) capacity: u32,
    pub(super) counted: Vec<Cow<'static, str>>,
    pub(super) version: Option<Cow<'static, str>>,
}

impl ManagedRules {
    const fn aws(name: &'static str, capacity: u32) -> Self {
        Self { name: Cow::Borrowed(name), vendor: Cow::Borrowed("AWS"), capacity, counted: Vec::new(), version: None }
    }

    /// Common threats, cross-site scripting among them: `AWSManagedRulesCommonRuleSet`, 700 units. Blocks bodies of
    /// more than 8 KB, see [`count`](Self::count).
    pub const COMMON: Self = Self::aws("AWSManagedRulesCommonRuleSet", 700);

    /// Requests known to exploit vulnerabilities, Log4j's among them: `AWSManagedRulesKnownBadInputsRuleSet`,
    /// 200 units.
    pub const KNOWN_BAD_INPUTS: Self = Self::aws("AWSManagedRulesKnownBadInputsRuleSet", 200);

    /// SQL injection: `AWSManagedRulesSQLiRuleSet`, 200 units.
    pub const SQL_INJECTION: Self = Self::aws("AWSManagedRulesSQLiRuleSet", 200);

    /// Addresses that Amazon knows as sources of threats: `AWSManagedRulesAmazonIpReputationList`, 25 units.
    pub const IP_REPUTATION: Self = Self::aws("AWSManagedRulesAmazonIpReputationList", 25);

    /// Proxies, Tor nodes and hosting providers: `AWSManagedRulesAnonymousIpList`, 50 units.
    pub const ANONYMOUS_IP: Self = Self::aws("AWSManagedRulesAnonymousIpList", 50);

    /// Exposed administration pages: `AWSManagedRulesAdminProtectionRuleSet`, 100 units.
    pub const ADMIN_PROTECTION: Self = Self::aws("AWSManagedRulesAdminProtectionRuleSet", 100);

    /// Exploits of Linux: `AWSManagedRulesLinuxRuleSet`, 200 units.
    pub const LINUX: Self = Self::aws("AWSManagedRulesLinuxRuleSet", 200);

    /// Any other managed rule group: its vendor, its name, and the capacity it uses.
    pub fn other(vendor: impl Into<Cow<'static, str>>, name: impl Into<Cow<'static, str>>, capacity: u32) -> Self {
        Self { vendor: vendor.into(), name: name.into(), ..Self::aws("", capacity) }
    }

    /// Only counts what one rule of the group finds, instead of blocking it: `SizeRestrictions_BODY` for uploads.
    /// Default: every rule does what AWS gave it to do.
    pub fn count(mut self, rule: impl Into<Cow<'static, str>>) -> Self {
        self.counted.push(rule.into());
        self
    }

    /// Stays at a version of the group. Default: AWS' current default version.
    pub fn version(self, version: impl Into<Cow<'static, str>>) -> Self {
        Self { version: Some(version.into()), ..self }
    }
}
