//! Steps of a shift of traffic.

use ce_synth::{Code, Percent, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8511"),
    title: "the steps of a shift of traffic do not lead to the new version",
    about: "Each step gives the new version a greater share than the one before, and the last one everything.",
};

#[track_caller]
pub(in crate::delivery) fn check(scope: Scope<'_>, shares: &[Percent]) {
    let rising = shares.windows(2).all(|pair| pair[0] < pair[1]);
    let whole = shares.last().is_some_and(|last| last.value() == 100);
    if !rising || !whole || shares.first().is_some_and(|first| first.value() == 0) {
        let shown: Vec<String> = shares.iter().map(|share| share.value().to_string()).collect();
        scope
            .error(RULE.code, format!("the shares `{}` do not rise to 100", shown.join(", ")))
            .help("write them in order, with 100 last: 5, 25, 100");
    }
}
