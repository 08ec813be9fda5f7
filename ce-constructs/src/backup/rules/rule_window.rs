//! How late backups begin, and how long they take.

use ce_synth::{Code, Duration, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8203"),
    title: "a backup has too little time",
    about: "A backup may begin an hour late or more, and has an hour more than that to end. Source: \
            https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html",
};

#[track_caller]
pub(in crate::backup) fn check(scope: Scope<'_>, rule: &str, start: Duration, completion: Duration) {
    if start < Duration::hours(1) {
        scope.error(RULE.code, format!("rule `{rule}` begins within `{start}`")).help("give it one hour or more");
    } else if completion.as_seconds() < start.as_seconds().saturating_add(3_600) {
        scope
            .error(RULE.code, format!("rule `{rule}` begins within `{start}` and ends within `{completion}`"))
            .help("give it one hour more than it may be late");
    }
}
