//! The approval corpus: changes of which it is known whether somebody must be asked.
//!
//! Every change that lets somebody do more, opens a way, takes a safeguard away or loses data must be found; at most two
//! of a hundred that only narrow may be.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

#[path = "approval/case.rs"]
mod case;
#[path = "approval/data.rs"]
mod data;
#[path = "approval/dice.rs"]
mod dice;
#[path = "approval/documents.rs"]
mod documents;
#[path = "approval/hand_written.rs"]
mod hand_written;
#[path = "approval/holders.rs"]
mod holders;
#[path = "approval/mutated.rs"]
mod mutated;
#[path = "approval/network.rs"]
mod network;
#[path = "approval/oracle.rs"]
mod oracle;
#[path = "approval/settings.rs"]
mod settings;

use case::{Case, Truth};

fn corpus() -> Vec<Case> {
    let mut corpus = holders::cases();
    corpus.extend(network::cases());
    corpus.extend(settings::cases());
    corpus.extend(data::cases());
    corpus.extend(hand_written::cases());
    corpus
}

#[test]
fn every_broadening_is_found_and_narrowings_are_not() {
    let corpus = corpus();
    let asking = corpus.iter().filter(|case| matches!(case.truth, Truth::Asks(_))).count();
    let silent = corpus.len() - asking;
    assert!(asking >= 300 && silent >= 200, "{asking} that ask, {silent} that do not");
    let missed: Vec<String> = corpus.iter().filter(|case| case.is_missed()).map(Case::describe).collect();
    assert!(missed.is_empty(), "{} of {asking} are missed:\n{}", missed.len(), missed.join("\n"));
    let wrong: Vec<String> = corpus.iter().filter(|case| case.is_wrongly_asked()).map(Case::describe).collect();
    assert!(wrong.len() * 50 <= silent, "{} of {silent} are asked for nothing:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn names_of_cases_are_their_own() {
    let corpus = corpus();
    let names: std::collections::BTreeSet<&str> = corpus.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), corpus.len());
}

#[test]
fn the_page_has_the_counts() {
    let page = include_str!("../../docs/approval.md").split_whitespace().collect::<Vec<_>>().join(" ");
    let corpus = corpus();
    let asking = corpus.iter().filter(|case| matches!(case.truth, Truth::Asks(_))).count();
    let silent = corpus.iter().filter(|case| case.is_wrongly_asked()).count();
    let counts = format!(
        "holds {} changes of which it is known whether somebody must be asked: made from templates and ways to change \
         them, and written by hand (`cases.json`, `settings.json`). Of {asking} that must be asked about all are found; \
         of {} that only narrow or change nothing {} is.",
        corpus.len(),
        corpus.len() - asking,
        if silent == 0 { "none".to_owned() } else { silent.to_string() },
    );
    assert!(page.contains(&counts), "docs/approval.md should say: {counts}");
}
