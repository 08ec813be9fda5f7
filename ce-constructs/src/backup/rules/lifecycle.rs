//! How long backups are kept.

use ce_synth::{Code, Duration, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8202"),
    title: "a backup cannot be kept like that",
    about: "A backup is kept a day or more; what moves to cold storage stays there for 90 days or more; continuous backups are \
            kept at most 35 days and stay warm. Source: \
            https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html",
};

const COLD: Duration = Duration::days(90);
const CONTINUOUS: Duration = Duration::days(35);

#[track_caller]
pub(in crate::backup) fn check(scope: Scope<'_>, rule: &str, keep: Option<Duration>, cold: Option<Duration>) {
    if let Some(keep) = keep.filter(|keep| *keep < Duration::days(1)) {
        scope.error(RULE.code, format!("rule `{rule}` keeps backups for `{keep}`")).help("keep them one day or more");
    }
    if let Some(cold) = cold.filter(|cold| *cold < Duration::days(1)) {
        scope
            .error(RULE.code, format!("rule `{rule}` moves backups to cold storage after `{cold}`"))
            .help("say one day or more");
    }
    if let (Some(keep), Some(cold)) = (keep, cold)
        && keep.days_rounded_up() < cold.days_rounded_up().saturating_add(COLD.days_rounded_up())
    {
        scope
            .error(
                RULE.code,
                format!("rule `{rule}` moves backups to cold storage after `{cold}` and deletes them after `{keep}`"),
            )
            .help(format!("keep them `{}` days or more", cold.days_rounded_up().saturating_add(90)));
    }
}

#[track_caller]
pub(in crate::backup) fn check_continuous(
    scope: Scope<'_>,
    rule: &str,
    continuous: bool,
    keep: Option<Duration>,
    cold: Option<Duration>,
) {
    if !continuous {
        return;
    }
    if keep.is_none_or(|keep| keep > CONTINUOUS) {
        scope
            .error(RULE.code, format!("rule `{rule}` keeps continuous backups for more than `{CONTINUOUS}`"))
            .help("keep them 35 days, and add a rule of snapshots for longer");
    }
    if cold.is_some() {
        scope
            .error(RULE.code, format!("rule `{rule}` moves continuous backups to cold storage"))
            .help("add a rule of snapshots for that");
    }
}
