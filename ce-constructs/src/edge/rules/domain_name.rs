//! Texts that are no domain names.

use ce_synth::{Code, Rule, Scope, Value};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE6002"),
    title: "a text is not a domain name",
    about: "Labels of 1 to 63 letters, digits and hyphens (records also have underscores), joined by dots, 253 \
            characters in all; `*` stands for the first label alone. Source: RFC 1035, \
            https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html",
};

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, name: &Value<String>) {
    let Some(name) = name.expr().as_text() else { return };
    if !is_domain_name(name) {
        scope
            .error(RULE.code, format!("`{name}` is not a domain name"))
            .help("write labels joined by dots, like `api.example.com` or `*.example.com`");
    }
}

fn is_domain_name(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let plain = name.strip_prefix("*.").unwrap_or(name);
    let signs = |label: &str| label.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_'));
    let label = |label: &str| {
        (1..=63).contains(&label.len()) && signs(label) && !label.starts_with('-') && !label.ends_with('-')
    };
    name.len() <= 253 && plain.contains('.') && plain.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::is_domain_name;

    #[test]
    fn names_are_told_from_other_texts() {
        for good in ["example.com", "*.example.com", "_acme.example.com.", "a-b.c.d"] {
            assert!(is_domain_name(good), "{good}");
        }
        for bad in ["", "example", "https://example.com", "a..b", "-a.com", "a.*.com", "a b.com"] {
            assert!(!is_domain_name(bad), "{bad}");
        }
    }
}
