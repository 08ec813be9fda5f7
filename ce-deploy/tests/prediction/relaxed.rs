//! What speaks for the schemas of today where they call less create-only than they did.

use std::collections::{BTreeMap, BTreeSet};

use crate::measured::{MEASURED, Verdict};

const RELAXED: &str = include_str!("relaxed.txt");

/// What takes each property, by type and the first two steps of its path.
pub(crate) fn taken_by() -> BTreeMap<(&'static str, &'static str), &'static str> {
    let mut taken = BTreeMap::new();
    for line in RELAXED.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split(' ');
        let (Some(type_name), Some(action)) = (words.next(), words.next()) else { continue };
        taken.extend(words.map(|property| ((type_name, property), action)));
    }
    taken
}

/// The action in words.
pub(crate) fn words(action: &str) -> String {
    match action {
        "-ended" => "the service has ended".to_owned(),
        "-read-only" => "the service sets it".to_owned(),
        action => format!("`{action}`"),
    }
}

/// Two steps tell which; what is below them is said alike.
pub(crate) fn two_steps(path: &str) -> &str {
    &path[..path.match_indices('/').nth(1).map_or(path.len(), |(at, _)| at)]
}

#[test]
fn each_has_its_evidence_and_no_other_has() {
    let relaxed = MEASURED.iter().filter(|measured| measured.verdict == Verdict::Relaxed);
    let relaxed: BTreeSet<(&str, &str)> =
        relaxed.map(|one| (one.witness.type_name.as_str(), two_steps(&one.witness.path))).collect();
    let known: BTreeSet<(&str, &str)> = taken_by().into_keys().collect();
    assert_eq!(relaxed, known);
}
