//! Runbooks that leave something open.

use ce_synth::{Code, Rule, Scope};

use crate::runbooks::RunbookBuilder;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8602"),
    title: "a runbook leaves something open",
    about: "At night nobody remembers why a runbook is there: it says what is reached by it, when it is used, who goes \
            through it, how it is seen that it worked, and how it is undone, be it that it cannot be.",
};

#[track_caller]
pub(super) fn check(scope: Scope<'_>, runbook: &RunbookBuilder) {
    let parts = [
        ("what is reached by it", ".purpose(..)", runbook.purpose.is_none()),
        ("when it is used", ".when(..)", runbook.when.is_none()),
        ("who goes through it", ".who(..)", runbook.who.is_none()),
        ("how it is seen that it worked", ".verify(..)", runbook.verification.is_empty()),
        ("how it is undone", ".roll_back(..)", runbook.rollback.is_empty()),
    ];
    for (what, setter, _) in parts.into_iter().filter(|(.., missing)| *missing) {
        scope.warning(RULE.code, format!("`{}` does not say {what}", runbook.title)).help(format!("add `{setter}`"));
    }
}
