//! NAT gateways that have no place, or nobody to serve.

use ce_synth::{Code, Rule, Scope};

use crate::network::Nat;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1004"),
    title: "a NAT gateway has no public subnet to stand in, or no private one to serve",
    about: "A zonal NAT gateway stands in a public subnet and gives private ones a way out; without the first it reaches \
            nothing, without the second nobody uses what is paid for. Source: \
            https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html",
};

/// What can be built of what was asked for.
#[track_caller]
pub(in crate::network) fn check(scope: Scope<'_>, nat: Nat, public: bool, private: bool) -> Nat {
    let (missing, word) = match nat {
        Nat::None => return nat,
        _ if !private => ("Private", "private"),
        Nat::PerZone | Nat::Single if !public => ("Public", "public"),
        _ => return nat,
    };
    scope
        .error(RULE.code, format!("`Nat::{nat:?}` needs a {word} tier"))
        .help(format!("add `SubnetTier::{missing}` to `.tiers(..)`, or write `.nat(Nat::None)`"));
    Nat::None
}
