//! An engine version that AWS does not create, or not any more.

use ce_synth::{Code, Rule, Scope};

use crate::data::EngineVersion;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3001"),
    title: "an engine version cannot be created",
    about: "AWS stops creating old versions months before it stops running them; CloudFormation then fails after \
            minutes, with every other resource of the stack rolled back. The lists are those of cfn-lint 1.58.0 \
            (E3691, W3690, W3691), taken from the RDS and ElastiCache APIs.",
};

#[track_caller]
pub(in crate::data) fn check(scope: Scope<'_>, engine: &str, version: &EngineVersion, known: &[&str], line: usize) {
    if known.contains(&version.as_str()) {
        return;
    }
    let finding = scope.error(RULE.code, format!("`{engine}` `{version}` cannot be created"));
    if let Some(nearest) = version.nearest(known, line) {
        finding.help(format!("the nearest version that can be is `{nearest}`"));
    }
}
