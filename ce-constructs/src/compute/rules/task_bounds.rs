//! How many tasks a service may have.

use std::ops::RangeInclusive;

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2001"),
    title: "the least number of tasks is over the most",
    about: "Scaling moves the number of tasks between two bounds; with the first over the second, or none at all as the second, \
            there is no such number. Source: \
            https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, tasks: &RangeInclusive<u16>) {
    let (least, most) = (*tasks.start(), *tasks.end());
    if least > most || most == 0 {
        let (low, high) = (least.min(most), least.max(most).max(1));
        scope
            .error(RULE.code, format!("`{least}` to `{most}` tasks"))
            .help(format!("write the lower bound first: `{low}..={high}`"));
    }
}
