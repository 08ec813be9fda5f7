//! Locks of vaults.

use ce_synth::{Code, Duration, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8201"),
    title: "a vault's lock cannot be",
    about: "The shortest time is a day or more and not longer than the longest; the time to think it over is 3 days or more. \
            Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_PutBackupVaultLockConfiguration.html",
};

const LONGEST: Duration = Duration::days(36_500);

#[track_caller]
pub(in crate::backup) fn check(
    scope: Scope<'_>,
    shortest: Duration,
    longest: Option<Duration>,
    grace: Option<Duration>,
) {
    if shortest < Duration::days(1) || shortest > LONGEST {
        scope.error(RULE.code, format!("the shortest time is `{shortest}`")).help("make it one day to 100 years");
    }
    if let Some(longest) = longest.filter(|longest| *longest < shortest || *longest > LONGEST) {
        scope
            .error(RULE.code, format!("the longest time is `{longest}`, the shortest `{shortest}`"))
            .help(format!("make the longest `{shortest}` to 100 years"));
    }
    if let Some(grace) = grace.filter(|grace| *grace < Duration::days(3) || *grace > LONGEST) {
        scope.error(RULE.code, format!("the time to think it over is `{grace}`")).help("make it three days or more");
    }
}
