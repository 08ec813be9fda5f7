//! Settings of budgets.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8112"),
    title: "a budget is not one AWS Budgets takes",
    about: "Its name is 1 to 100 characters without `:` and `\\`; it is of a dollar or more, has five alerts or fewer with ten \
            addresses or fewer, and none about forecasts if it is by the day. Source: \
            https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html",
};

#[track_caller]
pub(in crate::governance) fn check(scope: Scope<'_>, name: &str, amount: u32, alerts: usize, forecast_by_day: bool) {
    if !(1..=100).contains(&name.len()) || name.contains([':', '\\']) {
        scope
            .error(RULE.code, format!("`{name}` is not a budget's name"))
            .help("use 1 to 100 characters but `:` and `\\`");
    }
    if amount == 0 {
        scope.error(RULE.code, format!("budget `{name}` is of nothing")).help("make it one dollar or more");
    }
    if alerts == 0 {
        scope
            .warning(RULE.code, format!("budget `{name}` tells nobody"))
            .help("say when: `.alert_at([Percent::new(80)])`");
    } else if alerts > 5 {
        scope.error(RULE.code, format!("budget `{name}` has {alerts} alerts")).help("five are the limit");
    }
    if forecast_by_day {
        scope
            .error(RULE.code, format!("budget `{name}` is by the day, and has a forecast"))
            .help("leave the forecast out");
    }
}

#[track_caller]
pub(in crate::governance) fn check_subscribers(scope: Scope<'_>, name: &str, addresses: usize) {
    if addresses > 10 {
        scope
            .error(RULE.code, format!("budget `{name}` tells {addresses} addresses"))
            .help("ten are the limit; use a topic");
    }
}
