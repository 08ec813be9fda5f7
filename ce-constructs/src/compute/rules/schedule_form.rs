//! The form of schedules.

use ce_synth::{Code, Rule, Scope};

use crate::compute::Schedule;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2020"),
    title: "a schedule has another form than AWS takes",
    about: "A cron expression has six fields, a point in time is written `2026-11-27T06:00:00`. Source: \
            https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, schedule: &Schedule) {
    let text = schedule.expression.as_str();
    let inside = |prefix: &str| text.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(')'));
    let cron = inside("cron(").is_some_and(|fields| fields.split_whitespace().count() == 6);
    let at = inside("at(").is_some_and(is_time);
    if !cron && !at {
        scope
            .error(RULE.code, format!("`{text}` is no schedule"))
            .help("write `Schedule::cron(\"0 7 ? * MON-FRI *\")` or `Schedule::at(\"2026-11-27T06:00:00\")`");
    }
}

fn is_time(text: &str) -> bool {
    const FORM: &str = "0000-00-00T00:00:00";
    let fits = |(letter, form): (char, char)| if form == '0' { letter.is_ascii_digit() } else { letter == form };
    text.len() == FORM.len() && text.chars().zip(FORM.chars()).all(fits)
}
