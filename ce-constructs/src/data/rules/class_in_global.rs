//! A bursting size in a global database or datastore.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3003"),
    title: "a member of a global database or datastore is of a family that bursts",
    about: "Global databases and datastores take memory-optimized or general-purpose sizes; `t` families cannot \
            join. Source: \
            https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.configuration.requirements.html \
            and https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>, class: &str, example: &str) {
    scope
        .error(RULE.code, format!("`{class}` cannot be in more than one region"))
        .help(format!("take a memory-optimized size, such as `{example}`, or leave `.global(..)` out"));
}
