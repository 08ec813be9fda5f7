//! Where images are copied to.

use ce_synth::{Code, Region, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2017"),
    title: "images are copied to where they are",
    about: "A registry is copied to other regions, at most 25. Source: \
            https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html",
};

const LIMIT: usize = 25;

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, regions: &[Region]) {
    let here = scope.region();
    if regions.contains(&here) {
        scope.error(RULE.code, format!("`{here}` is copied to itself")).help("name another region");
    }
    if regions.len() > LIMIT {
        let message = format!("copies in `{}` regions, at most {LIMIT} are made", regions.len());
        scope.error(RULE.code, message).help("name fewer regions");
    }
}
