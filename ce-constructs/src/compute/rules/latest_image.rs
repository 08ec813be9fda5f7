//! Images that change by themselves.

use ce_synth::{Code, Rule, Scope};

use crate::compute::Container;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2005"),
    title: "a container runs whatever image is the latest",
    about: "`latest` names another image after every push: tasks of one service run different versions, and there is nothing to \
            go back to. Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-considerations.html",
};

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, container: &Container<'_>) {
    if container.image.version.is_latest() {
        scope
            .warning(RULE.code, format!("container `{}` runs the image tagged `latest`", container.name))
            .help("write the tag of a version, or a digest");
    }
}
