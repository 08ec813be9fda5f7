//! When plans act.

use ce_synth::{Code, Rule, Scope};

use crate::operations::ScheduleExpression;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8204"),
    title: "a plan's times are not written with cron",
    about: "AWS Backup takes cron's fields, not rates and not single points in time. Source: \
            https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html",
};

#[track_caller]
pub(in crate::backup) fn check(scope: Scope<'_>, rule: &str, times: &ScheduleExpression) {
    if !times.is_cron() {
        scope
            .error(RULE.code, format!("`{rule}` is done at `{times}`"))
            .help("say `ScheduleExpression::daily(5, 0)` or `ScheduleExpression::cron(\"0 5 * * ? *\")`");
    }
}
