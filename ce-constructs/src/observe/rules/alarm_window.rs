//! How long an alarm looks back.

use ce_synth::{Code, Duration, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7002"),
    title: "an alarm looks back over too much or nothing",
    about: "The periods of an alarm cover at most a day together, or a week when they are an hour or longer each; of at \
            least one period, at least one sample and no more than there are periods must cross the line. \
            Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
};

const DAY: u64 = 86_400;

#[track_caller]
pub(in crate::observe) fn check(scope: Scope<'_>, period: Duration, periods: u16, datapoints: Option<u16>) {
    let seconds = u64::from(period.as_seconds());
    let most = if seconds < 3_600 { DAY } else { 7 * DAY };
    if periods == 0 || seconds * u64::from(periods) > most {
        let fitting = most / seconds.max(1);
        scope
            .error(RULE.code, format!("the alarm looks at `{periods}` periods of `{period}`"))
            .help(format!("write `.for_periods(n)` with 1 to {fitting}"));
    }
    if let Some(datapoints) = datapoints.filter(|datapoints| *datapoints == 0 || *datapoints > periods) {
        scope
            .error(RULE.code, format!("`{datapoints}` of `{periods}` periods must cross the line"))
            .help(format!("write `.when_any(n)` with 1 to {periods}"));
    }
}
