//! Costs nobody hears of.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8111"),
    title: "nobody hears of costs",
    about: "A budget tells somebody, or does nothing; so does the watch for unusual costs. Source: \
            https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html",
};

#[track_caller]
pub(in crate::governance) fn check(scope: Scope<'_>, subscribers: usize, budgets: usize, anomalies: bool) {
    if subscribers == 0 && (budgets > 0 || anomalies) {
        scope
            .warning(RULE.code, "nobody hears of budgets and unusual costs")
            .help("say who: `.notify(&topic)` or `.mail(\"finance@example.com\")`");
    }
}
