//! Addresses that are blocked as long as they are on a list.

use ce_cfn::wafv2::{self, ip_set};
use ce_synth::value::{account_id, partition};
use ce_synth::{Region, Scope, Value, join};

use super::{FirewallRule, RuleAction, Statement};

/// Where the sets lie below a firewall.
const IPV4: &str = "BlockedIpv4";
const IPV6: &str = "BlockedIpv6";

/// The list of addresses that a firewall blocks, by its name and place: two IP sets, `<name>-ipv4` and `<name>-ipv6`.
///
/// ```
/// use ce_constructs::edge::WebFirewall;
/// use ce_constructs::edge::firewall::BlockList;
/// use ce_synth::{Region, Scope};
///
/// fn shield(us_east_1: Scope<'_>) {
///     let firewall = WebFirewall::builder().named("shop").blocks_addresses().build_global(us_east_1, "Firewall");
///     assert_eq!(firewall.block_list(), Some(BlockList::global("shop-blocked")));
///     assert_eq!(BlockList::global("shop-blocked").region(), Region::US_EAST_1);
/// }
/// ```
///
/// It is empty at first. Who puts addresses on it is not CloudFormation, which leaves a set as it is until its own
/// description of it changes; [`ThreatIsolation`](crate::operations::ThreatIsolation) does so, and takes them off again.
/// AWS WAF keeps up to 10,000 addresses in a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockList {
    name: String,
    region: Region,
    global: bool,
}

impl BlockList {
    /// The list of a firewall before load balancers.
    pub fn regional(name: impl Into<String>, region: Region) -> Self {
        Self { name: name.into(), region, global: false }
    }

    /// The list of a firewall before CloudFront, wherever it is asked for: it lies in us-east-1.
    pub fn global(name: impl Into<String>) -> Self {
        Self { name: name.into(), region: Region::US_EAST_1, global: true }
    }

    /// What the names of its sets begin with.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where AWS WAF is asked for it.
    pub fn region(&self) -> Region {
        self.region
    }

    /// The scope as AWS WAF names it.
    pub(crate) fn scope(&self) -> &'static str {
        if self.global { ip_set::Scope::CLOUDFRONT.text() } else { ip_set::Scope::REGIONAL.text() }
    }

    /// The ARNs of its sets, whose ids are made by AWS WAF.
    ///
    /// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html>
    pub(crate) fn arns(&self) -> [Value<String>; 2] {
        let kind = if self.global { "global" } else { "regional" };
        ["ipv4", "ipv6"].map(|version| {
            let set = format!(":{kind}/ipset/{}-{version}/*", self.name);
            join!["arn:", partition(), ":wafv2:", self.region.as_str(), ":", account_id(), set]
        })
    }

    /// Adds the sets, and the rule that blocks what is on them.
    #[track_caller]
    pub(super) fn add(&self, scope: Scope<'_>) -> FirewallRule {
        let set = |id: &str, version: &str, kind| {
            let set = wafv2::IpSet::new()
                .name(format!("{}-{version}", self.name))
                .scope(self.scope())
                .ip_address_version(kind)
                .addresses(Vec::<String>::new());
            Statement::from_addresses(scope.add(id, set).arn().cast::<String>())
        };
        let listed =
            set(IPV4, "ipv4", ip_set::IpAddressVersion::IPV4).or(set(IPV6, "ipv6", ip_set::IpAddressVersion::IPV6));
        FirewallRule::new("Blocked", listed, RuleAction::Block)
    }

    /// The list of the firewall of a scope, if it has one.
    pub(super) fn of(firewall: Scope<'_>, global: bool) -> Option<Self> {
        let set = firewall.find::<wafv2::IpSet>(IPV4)?;
        let name = set.peek("Name")?;
        let name = name.as_text()?.strip_suffix("-ipv4")?;
        Some(Self { name: name.to_owned(), region: firewall.region(), global })
    }
}
