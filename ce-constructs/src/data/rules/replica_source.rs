//! A read replica whose source cannot be named.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3021"),
    title: "a read replica in another region has a source without a name",
    about: "Across regions a replica names its source by ARN, and a standby's template must not look into the region \
            that is down: the ARN is made from the source's physical name. Source: \
            https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.XRgn.html",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>, source: &str) {
    scope.error(RULE.code, format!("`{source}` has no physical name")).help("name the source with `.named(\"..\")`");
}
