//! Where rotation functions run.

use ce_synth::Scope;

rule!(
    "CE5120",
    "a rotation function cannot reach the database",
    "A function without subnets runs outside your network, and one with subnets needs a security group that the \
     database lets in. \
     Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotation-function-network-access.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, subnets: usize, groups: usize) {
    if subnets == 0 && groups > 0 {
        let finding = scope.error(RULE.code, "the rotation function has a security group and no subnets");
        finding.help("add `.in_subnets([..])`");
    } else if subnets == 0 {
        let finding = scope.warning(RULE.code, "the rotation function runs outside your network");
        finding.help("add `.in_subnets([..])` and `.in_groups([..])`, or accept this for a public database");
    } else if groups == 0 {
        let finding = scope.error(RULE.code, "the rotation function has subnets and no security group");
        finding.help("add `.in_groups([..])` with one that the database lets in");
    }
}
