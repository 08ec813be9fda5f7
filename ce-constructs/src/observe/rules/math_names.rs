//! The names in a formula.

use std::collections::BTreeSet;

use ce_synth::{Code, Rule, Scope};

use crate::observe::Metric;
use crate::observe::metric::Source;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7006"),
    title: "a formula's metrics have names CloudWatch does not take",
    about: "A metric in a formula has a name of letters, digits and `_` that starts with a small letter and is used once; \
            the formula uses each of them, and a formula looks at no more than ten metrics in an alarm. Source: \
            https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataQuery.html",
};

const LIMIT: usize = 10;

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, metric: &Metric) {
    let queries = metric.queries("result");
    let mut seen = BTreeSet::new();
    for (name, _) in &queries {
        if !well_formed(name) {
            scope.error(RULE.code, format!("a metric is named `{name}`")).help("write a name like `errors`");
        }
        if !seen.insert(name) {
            scope.error(RULE.code, format!("two metrics are named `{name}`")).help("give each a name of its own");
        }
    }
    if queries.len() > LIMIT {
        scope
            .error(RULE.code, format!("a formula of `{}` metrics, at most {LIMIT} are taken", queries.len()))
            .help("split the alarm in two");
    }
    for (_, metric) in &queries {
        if let Source::Math { expression, inputs } = &metric.source
            && let Some((unused, _)) = inputs.iter().find(|(name, _)| !names(expression).any(|used| used == name))
        {
            scope
                .error(RULE.code, format!("the formula `{expression}` does not use `{unused}`"))
                .help(format!("use `{unused}` in the formula, or leave it out"));
        }
    }
}

fn well_formed(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.chars().all(is_name)
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

fn names(expression: &str) -> impl Iterator<Item = &str> {
    expression.split(|letter| !is_name(letter))
}
