//! A managed password in a global database.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3013"),
    title: "a member of a global database has its password managed by RDS",
    about: "RDS does not manage passwords of clusters in a global database. Source: \
            https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>) {
    scope
        .error(RULE.code, "RDS cannot manage the password of a cluster in a global database")
        .help("write `.credentials(Credentials::generated(\"..\"))`");
}
