//! Shells in containers.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2014"),
    title: "a shell is wanted in a container that cannot be written",
    about: "ECS Exec puts an agent into the container's root file system. Source: \
            https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, refused: bool) {
    if refused {
        scope
            .error(RULE.code, "ECS Exec needs a root file system that can be written")
            .help("write `.writable_root()`, or leave `.exec()` out");
    }
}
