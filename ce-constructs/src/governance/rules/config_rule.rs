//! Settings of configuration rules.

use ce_synth::{Code, Rule, Scope};

use crate::governance::ManagedRule;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8103"),
    title: "a configuration rule is not one AWS Config takes",
    about: "A rule that looks at changes alone has no frequency; a parameter is said once; a name has 1 to 128 characters; there \
            are six required tags at most. Source: https://docs.aws.amazon.com/config/latest/APIReference/API_ConfigRule.html",
};

#[track_caller]
pub(in crate::governance) fn check(
    scope: Scope<'_>,
    rule: &ManagedRule,
    frequency: bool,
    inputs: &[&str],
    name: Option<&str>,
) {
    if frequency && rule.looks_at_changes_only() {
        scope
            .error(RULE.code, format!("`{rule}` looks at each change, and has no frequency"))
            .help("leave `every` out");
    }
    for (place, input) in inputs.iter().enumerate() {
        if inputs[..place].contains(input) {
            scope.error(RULE.code, format!("`{rule}` is told its parameter `{input}` twice")).help("say it once");
        }
    }
    if inputs.contains(&"tag7Key") {
        scope.error(RULE.code, format!("`{rule}` knows six tags")).help("make another rule for the others");
    }
    if let Some(name) = name.filter(|name| !(1..=128).contains(&name.len())) {
        scope.error(RULE.code, format!("`{name}` is not a rule's name")).help("use 1 to 128 characters");
    }
}
