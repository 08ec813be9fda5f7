//! Where a key is.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7007"),
    title: "something is encrypted with a key of another region",
    about: "A service encrypts with keys of its own region; a key that is needed in two is a multi-region key with a \
            replica. Source: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html",
};

#[track_caller]
pub(in crate::observe) fn check(scope: Scope<'_>, key: Scope<'_>) {
    let (here, there) = (scope.region(), key.region());
    if here != there {
        scope
            .error(RULE.code, format!("`{}` is a key in `{there}`, this is in `{here}`", key.path()))
            .help(format!("make a key in a stack in `{here}`"));
    }
}
