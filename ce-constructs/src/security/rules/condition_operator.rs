//! Operators of conditions.

use ce_synth::Scope;

use crate::security::condition::{Condition, OPERATORS};

rule!(
    "CE5105",
    "a condition cannot be tested as written",
    "IAM knows a fixed list of operators, and a key that is tested twice by one operator would keep one of the two values. \
     Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, conditions: &[Condition]) {
    for (place, condition) in conditions.iter().enumerate() {
        if !OPERATORS.contains(&condition.base_operator()) {
            let finding = scope.error(RULE.code, format!("`{}` is not an operator of IAM", condition.operator));
            finding.help("use one such as `StringEquals`, `StringLike`, `ArnLike` or `Bool`");
        }
        if conditions[..place].iter().any(|before| before.contradicts(condition)) {
            let finding =
                scope.error(RULE.code, format!("`{}` is tested twice with `{}`", condition.key, condition.operator));
            finding.help("give all values to one `.when_any(..)`");
        }
    }
}
