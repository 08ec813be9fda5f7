//! The secret of an origin in plain text.

use ce_synth::{Code, Rule, Scope};

use crate::edge::OriginVerification;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE6005"),
    title: "the secret header of an origin has its value in the template",
    about: "Everyone who reads the template or the repository could reach the origin past CloudFront and its firewall. \
            A dynamic reference keeps the value in Secrets Manager. Source: \
            https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, verification: &OriginVerification) {
    let plain = verification.value.expr().as_text().is_some_and(|text| !text.starts_with("{{resolve:"));
    if plain {
        scope
            .error(RULE.code, format!("the value of the header `{}` stands in the program", verification.header))
            .help("keep it in a secret: `OriginVerification::new(\"x-origin-verify\", secret.text())`");
    }
}
