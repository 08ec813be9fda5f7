//! Which class follows which.

use ce_synth::{Duration, Scope};

use crate::storage::StorageClass;

rule!(
    "CE4002",
    "objects cannot move between two storage classes",
    "A lifecycle moves objects down only, and to each class once. \
     Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, transitions: &[(StorageClass, Duration)]) {
    for pair in transitions.windows(2) {
        let [(from, _), (to, _)] = pair else { continue };
        if !from.can_move_to(*to) {
            let finding =
                scope.error(RULE.code, format!("objects in `{}` cannot move to `{}`", from.as_str(), to.as_str()));
            finding.help("leave one of the two transitions out, or change their ages");
        }
    }
}
