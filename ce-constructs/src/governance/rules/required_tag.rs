//! Tags that are missing.

use ce_synth::tree::Found;
use ce_synth::{Code, Expr, Report, Rule};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8115"),
    title: "a resource lacks a required tag",
    about: "Costs and owners are found by tags; those the app requires are on everything that takes tags. Source: \
            https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html",
};

pub(in crate::governance) fn check(
    report: &mut Report<'_>,
    resource: &Found<'_, ()>,
    key: &str,
    allowed: &[String],
    value: Option<&Expr>,
) {
    let help = if allowed.is_empty() {
        format!("tag it, or a scope above it: `scope.tag(\"{key}\", ..)`")
    } else {
        let values: Vec<String> = allowed.iter().map(|value| format!("`{value}`")).collect();
        format!("tag it, or a scope above it, with one of {}: `scope.tag(\"{key}\", ..)`", values.join(", "))
    };
    let message = match value.map(Expr::as_text) {
        None => format!("`{}` has no tag `{key}`", resource.type_name()),
        Some(Some(text)) if !allowed.is_empty() && !allowed.iter().any(|value| value == text) => {
            format!("`{}` has the tag `{key}` with `{text}`", resource.type_name())
        }
        Some(_) => return,
    };
    report.error(resource.node(), RULE.code, message).help = Some(help);
}
