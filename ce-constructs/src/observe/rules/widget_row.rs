//! How many widgets stand side by side.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7008"),
    title: "a row of a dashboard is too full or empty",
    about: "A dashboard is 24 units wide, and a widget at least one. Beside more than six, none can be read. Source: \
            https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html",
};

const LIMIT: usize = 6;

#[track_caller]
pub(in crate::observe) fn check(scope: Scope<'_>, widgets: usize) {
    if widgets == 0 || widgets > LIMIT {
        scope
            .error(RULE.code, format!("`{widgets}` widgets in a row, 1 to {LIMIT} fit"))
            .help("write another `.row(..)`");
    }
}
