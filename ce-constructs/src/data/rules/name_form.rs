//! A name that the service refuses.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3014"),
    title: "a name has a form that the service refuses",
    about: "Database names and users are letters, digits and underscores beginning with a letter, up to 63 \
            characters (16 for MySQL users), and no reserved words; identifiers are small letters, digits and single \
            hyphens, up to 63 characters, 40 for caches. Sources: \
            https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html, \
            https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html",
};

/// The name of a database or of its user.
#[track_caller]
pub(in crate::data) fn check_word(scope: Scope<'_>, what: &str, name: &str, longest: usize) {
    const RESERVED: [&str; 5] = ["admin", "rdsadmin", "rdsrepladmin", "rds_superuser", "database"];
    let form = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if !form || name.len() > longest {
        let help = format!("use up to {longest} letters, digits and underscores, beginning with a letter");
        scope.error(RULE.code, format!("`{name}` cannot be the name of a {what}")).help(help);
    } else if RESERVED.contains(&name.to_ascii_lowercase().as_str()) {
        scope.error(RULE.code, format!("`{name}` is a reserved word")).help("take another name");
    }
}

/// The physical name of a cluster, an instance or a cache.
#[track_caller]
pub(in crate::data) fn check_identifier(scope: Scope<'_>, name: &str, longest: usize) {
    let form = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
        && !name.contains("--")
        && !name.ends_with('-');
    if !form || name.len() > longest {
        let help = format!("use up to {longest} small letters, digits and single hyphens, beginning with a letter");
        scope.error(RULE.code, format!("`{name}` cannot be an identifier")).help(help);
    }
}
