//! What CI systems fold away.

use std::env;

/// A line after which lines are folded away, where a CI system has one.
pub(super) fn group_begin(title: &str) -> Option<String> {
    match system()? {
        System::GitHub => Some(format!("::group::{title}")),
        System::Azure => Some(format!("##[group]{title}")),
        System::Buildkite => Some(format!("--- {title}")),
    }
}

/// The line that ends it.
pub(super) fn group_end() -> Option<&'static str> {
    match system()? {
        System::GitHub => Some("::endgroup::"),
        System::Azure => Some("##[endgroup]"),
        System::Buildkite => None,
    }
}

enum System {
    GitHub,
    Azure,
    Buildkite,
}

/// Source: the variables that each system documents as always set.
fn system() -> Option<System> {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found.eq_ignore_ascii_case(value));
    if is("GITHUB_ACTIONS", "true") {
        Some(System::GitHub)
    } else if is("TF_BUILD", "true") {
        Some(System::Azure)
    } else if is("BUILDKITE", "true") {
        Some(System::Buildkite)
    } else {
        None
    }
}
