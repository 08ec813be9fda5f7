//! Names of documents.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8301"),
    title: "a document's name is not one Systems Manager takes",
    about: "It is 3 to 128 letters, digits, `-`, `_` and `.`, and does not begin with `aws`, `amazon` or `amzn`. Source: \
            https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateDocument.html",
};

#[track_caller]
pub(in crate::operations) fn check(scope: Scope<'_>, name: Option<&str>) {
    let Some(name) = name else { return };
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let lower = name.to_ascii_lowercase();
    let taken = ["aws", "amazon", "amzn"].into_iter().find(|start| lower.starts_with(start));
    if let Some(start) = taken {
        scope
            .error(RULE.code, format!("`{name}` begins with `{start}`, which is kept for documents of AWS"))
            .help("begin the name with that of your product");
    } else if !(3..=128).contains(&name.len()) || !name.chars().all(plain) {
        scope
            .error(RULE.code, format!("`{name}` is not a document's name"))
            .help("use 3 to 128 letters, digits, `-`, `_` and `.`");
    }
}
