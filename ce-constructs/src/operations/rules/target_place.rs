//! Where targets are.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8309"),
    title: "what is to be started or told is in another region",
    about: "Rules and schedules reach topics, documents and functions of their own region. Source: \
            https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html",
};

#[track_caller]
pub(in crate::operations) fn check(scope: Scope<'_>, target: Option<Scope<'_>>) {
    let Some(target) = target else { return };
    let (here, there) = (scope.region(), target.region());
    if here != there {
        scope
            .error(RULE.code, format!("`{}` is in `{there}`, this is in `{here}`", target.path()))
            .help(format!("make one in a stack in `{here}`"));
    }
}
