//! Reader scaling where there is none.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3008"),
    title: "readers of a secondary cluster are to be scaled",
    about: "Aurora auto scaling is not available for the secondary clusters of a global database. Source: \
            https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html#aurora-global-database.limitations",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>) {
    scope
        .error(RULE.code, "this cluster is a secondary of a global database: its readers cannot be scaled")
        .help("leave `.scale_readers(..)` out here; register it after a failover made this cluster the primary");
}
