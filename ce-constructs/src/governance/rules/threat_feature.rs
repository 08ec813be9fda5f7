//! Features of GuardDuty that exclude each other.

use ce_synth::{Code, Rule, Scope};

use crate::governance::ThreatFeature;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8106"),
    title: "a detector has features that do not go together",
    about: "Runtime monitoring is of everything, or of Kubernetes alone; a feature is said once; agents are of runtime monitoring. \
            Source: https://docs.aws.amazon.com/guardduty/latest/ug/runtime-monitoring.html",
};

#[track_caller]
pub(in crate::governance) fn check(scope: Scope<'_>, features: &[ThreatFeature], agents: usize) {
    if features.contains(&ThreatFeature::RuntimeMonitoring) && features.contains(&ThreatFeature::EksRuntimeMonitoring) {
        scope
            .error(RULE.code, "the detector has `RuntimeMonitoring` and `EksRuntimeMonitoring`")
            .help("keep `RuntimeMonitoring`, with `RuntimeAgent::Eks`");
    }
    for (place, feature) in features.iter().enumerate() {
        if features[..place].contains(feature) {
            scope.error(RULE.code, format!("the detector has `{feature:?}` twice")).help("say it once");
        }
    }
    if features.contains(&ThreatFeature::RuntimeMonitoring) && agents == 0 {
        scope
            .warning(RULE.code, "nothing runs the agents that `RuntimeMonitoring` hears")
            .help("say which GuardDuty installs: `.agents([RuntimeAgent::EcsFargate])`");
    }
}
