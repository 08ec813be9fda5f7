//! The table of rules: every code once, every one explained, and the page of them up to date.

use std::fmt::Write;
use std::path::Path;

/// The page as it should be: `docs/rules.md`.
fn page() -> String {
    let mut page = String::from(
        "# Rules\n\nEvery finding of ce, by code. `cargo run -- --explain CODE` says the same in a terminal. Codes below\n\
         `CE0400` are CloudFormation's grammar; all others can be accepted at a scope, with a reason.\n\n\
         Made from the rules themselves: `CE_UPDATE=1 cargo test --test rules` writes it.\n",
    );
    for rule in ce::run::rules() {
        write!(page, "\n## {}: {}\n\n{}\n", rule.code, rule.title, rule.about).unwrap_or_default();
    }
    page
}

#[test]
fn codes_are_unique_and_explained() {
    let rules = ce::run::rules();
    assert!(rules.len() > 150, "{}", rules.len());
    for pair in rules.windows(2) {
        assert_ne!(pair[0].code, pair[1].code, "{} stands twice", pair[0].code);
    }
    for rule in rules {
        assert!(rule.about.len() > 40 && !rule.title.ends_with('.'), "{}", rule.code);
    }
}

#[test]
fn the_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/rules.md");
    if std::env::var_os("CE_UPDATE").is_some() {
        std::fs::write(&path, page()).unwrap_or_else(|error| panic!("{error}"));
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page(), "docs/rules.md is out of date: `CE_UPDATE=1 cargo test --test rules` writes it");
}
