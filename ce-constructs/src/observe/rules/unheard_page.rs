//! Pages nobody gets.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7010"),
    title: "nobody is paged in production",
    about: "What hurts users should wake somebody; a topic without a subscription tells nobody. Source: \
            https://docs.aws.amazon.com/wellarchitected/latest/operational-excellence-pillar/ops_event_response_event_incident_problem_process.html",
};

#[track_caller]
pub(in crate::observe) fn check(scope: Scope<'_>, heard: bool) {
    if !heard && scope.environment().tier.is_production() {
        scope.warning(RULE.code, "nobody hears of pages").help("say who: `.page(Channel::pager_duty(url))`");
    }
}
