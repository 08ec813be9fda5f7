//! A connection between security groups of two regions.

use ce_synth::{Code, Place, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1008"),
    title: "a connection joins security groups of two regions",
    about: "A rule of a security group can name another group only within the region. Between regions, allow the other \
            side's addresses. Source: \
            https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html",
};

pub(in crate::network) fn report(from: Scope<'_>, to: Scope<'_>, at: Place) {
    let (from_region, to_region) = (from.region(), to.region());
    let message = format!("`{}` is in `{to_region}`, this group in `{from_region}`", to.path());
    from.error(RULE.code, message)
        .at(at)
        .help("allow the other side's addresses: `allow_to(cidr!(\"10.1.0.0/16\"), port)`");
}
