//! Keys of flags.

use ce_synth::{Code, Rule, Scope};

use crate::configuration::FeatureFlag;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE7101"),
    title: "a flag or an attribute has a key that AppConfig does not take, or shares it",
    about: "A key begins with a letter and has up to 64 letters, digits, `_` and `-`; a flag's is used once, and so is an \
            attribute's of a flag, which is not called `enabled`. Source: \
            https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-type-reference-feature-flags.html",
};

#[track_caller]
pub(in crate::configuration) fn check(scope: Scope<'_>, flags: &[FeatureFlag]) {
    check_keys(scope, "a flag", flags.iter().map(|flag| flag.key.as_str()));
    for flag in flags {
        let keys = flag.attributes.iter().map(|(name, _)| name.as_str());
        check_keys(scope, &format!("an attribute of `{}`", flag.key), std::iter::once("enabled").chain(keys));
    }
}

#[track_caller]
fn check_keys<'k>(scope: Scope<'_>, what: &str, keys: impl Iterator<Item = &'k str>) {
    let mut seen: Vec<&str> = Vec::new();
    for key in keys {
        if !well_formed(key) {
            scope.error(RULE.code, format!("{what} has the key `{key}`")).help("write a key like `gift-cards`");
        } else if seen.contains(&key) {
            scope.error(RULE.code, format!("{what} has the key `{key}`, which is taken")).help("give it another key");
        }
        seen.push(key);
    }
}

fn well_formed(key: &str) -> bool {
    let legal = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    key.len() <= 64 && key.starts_with(|first: char| first.is_ascii_alphabetic()) && key.chars().all(legal)
}
