//! The disks of tasks.

use ce_synth::{Code, Rule, Scope, Size};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2015"),
    title: "a task has a disk Fargate does not offer",
    about: "A task has 20 GiB, or 21 to 200 GiB when it is said. Source: \
            https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-storage.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, size: Option<Size>) {
    let Some(size) = size else { return };
    if !size.as_gib().is_some_and(|gib| (21..=200).contains(&gib)) {
        scope
            .error(RULE.code, format!("a disk of `{size}`"))
            .help("write `Size::gib(21)` to `Size::gib(200)`, or leave it out for 20");
    }
}
