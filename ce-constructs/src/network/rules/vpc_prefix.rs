//! VPCs that are larger or smaller than EC2 makes them.

use ce_synth::{Code, Rule, Scope};

use crate::network::Cidr;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1001"),
    title: "a VPC is larger than /16 or smaller than /28",
    about: "EC2 makes VPCs of /16 to /28. Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
};

#[track_caller]
pub(in crate::network) fn check(scope: Scope<'_>, vpc: Cidr) {
    if !(16..=28).contains(&vpc.prefix()) {
        let meant = Cidr::holding(vpc.first(), vpc.prefix().clamp(16, 28));
        scope.error(RULE.code, format!("`{vpc}` cannot be a VPC")).help(format!("use /16 to /28, such as `{meant}`"));
    }
}
