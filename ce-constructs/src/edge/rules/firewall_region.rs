//! A web ACL before a load balancer of another region.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE6008"),
    title: "a web ACL is in another region than the load balancer it protects",
    about: "A regional web ACL protects load balancers of its region alone. Source: \
            https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html",
};

#[track_caller]
pub(crate) fn check(firewall: Scope<'_>, balancer: Scope<'_>) {
    let (here, there) = (firewall.region(), balancer.region());
    if here != there {
        firewall
            .error(
                RULE.code,
                format!("the web ACL is in `{here}`, the load balancer `{}` in `{there}`", balancer.path()),
            )
            .help(format!("build the firewall in a stack of `{there}`"));
    }
}
