//! Where failures are detected.

use ce_synth::{Region, Scope};

rule!(
    "CE8408",
    "a failure is detected in the region that fails",
    "A canary or an alarm in the region it watches is lost with it, and then nothing starts. \
     Source: https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_withstand_component_failures_avoid_control_plane.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, what: &str, watched: Region) {
    if scope.region() == watched {
        let finding = scope.error(RULE.code, format!("{what} is in `{watched}`, the region it watches"));
        finding.help("add it to a stack of the standby: `pair.standby_site().stack(..)`");
    }
}

/// For an alarm that was built elsewhere.
#[track_caller]
pub(crate) fn check_alarm(scope: Scope<'_>, alarm: Scope<'_>, watched: Region) {
    if alarm.region() == watched {
        let message = format!("the alarm `{}` is in `{watched}`, the region it watches", alarm.path());
        scope.error(RULE.code, message).help("trigger by an alarm of the standby, such as that of a `FailureDetector`");
    }
}
