//! The page about the prediction is made from what is measured.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use ce_deploy::difference::Effect;

use crate::measured::{LOOKED_UP, MEASURED, Measured, Verdict, count, looked_up};
use crate::recorded::{CASES, Told};
use crate::relaxed::{taken_by, two_steps, words};

fn page() -> String {
    let mut page = String::from(include_str!("page.md"));
    page.push_str(&counts());
    page.push_str(&interruptions());
    page.push_str(&recorded());
    page.push_str("\n## What was looked up\n\nHere the witnesses are wrong, or see less.\n\n| type | property | why |\n|---|---|---|\n");
    for (type_name, property, why) in LOOKED_UP {
        writeln!(page, "| `{type_name}` | `{property}` | {why} |").expect("a text");
    }
    listed(
        &mut page,
        Verdict::Conditional,
        "Told as conditional",
        "The schemas say that some values replace, or a repair says so because the documents do and the schema does not.",
    );
    relaxed(&mut page);
    listed(
        &mut page,
        Verdict::Tightened,
        "Changed in place once, replaced now",
        "The schema of that day did not call these create-only; today's does. Of most no action takes the property (botocore's models), or the action only names the resource by it.",
    );
    page
}

fn counts() -> String {
    let types: BTreeSet<&str> = MEASURED.iter().map(|measured| measured.witness.type_name.as_str()).collect();
    let told = |effect| count(|measured| measured.effect == effect);
    let wrong = |verdict| count(|measured| measured.verdict == verdict && !looked_up(&measured.witness));
    let known = count(|measured| looked_up(&measured.witness) && measured.verdict >= Verdict::Missed);
    let replaced = told(Effect::Replaces);
    let spurious = wrong(Verdict::Spurious);
    let rows = [
        ("agreed", count(|measured| measured.verdict == Verdict::Agreed)),
        ("conditional, with a reason", count(|measured| measured.verdict == Verdict::Conditional)),
        ("the schema has changed since, replaced before", count(|measured| measured.verdict == Verdict::Relaxed)),
        ("the schema has changed since, replaced now", count(|measured| measured.verdict == Verdict::Tightened)),
        ("looked up, and predicted rightly", known),
        ("**missed replacement**", wrong(Verdict::Missed)),
        ("**spurious replacement**", spurious),
    ];
    let mut text = format!(
        "\n## One change of each property\n\n{} properties of {} types; \"will replace\" is said of {replaced}.\n\n| | properties |\n|---|---|\n",
        MEASURED.len(),
        types.len()
    );
    for (what, how_many) in rows {
        writeln!(text, "| {what} | {how_many} |").expect("a text");
    }
    text
}

fn interruptions() -> String {
    let of =
        |guide: char, effect: Effect| count(|measured| measured.witness.guide == guide && measured.effect == effect);
    let mut text = String::from(
        "\n## Interruptions\n\nWhat is predicted, by what the guide says. Interruption, and what may be refused, are read from the\nguide itself (`ce-deploy/data/`), so their rows show that nothing is lost on the way, and no more.\n\n| the guide | in place | interrupts | may be refused | may replace | replaces |\n|---|---|---|---|---|---|\n",
    );
    for (guide, name) in [
        ('N', "No interruption"),
        ('S', "Some interruptions"),
        ('R', "Replacement"),
        ('U', "Updates are not supported"),
        ('-', "nothing (newer than it)"),
    ] {
        let effects = [Effect::InPlace, Effect::Interrupts, Effect::MayRefuse, Effect::MayReplace, Effect::Replaces];
        let counts = effects.map(|effect| of(guide, effect).to_string());
        writeln!(text, "| {name} | {} |", counts.join(" | ")).expect("a text");
    }
    text
}

fn recorded() -> String {
    let told: Vec<Told> = CASES.iter().flat_map(|case| case.told().into_iter().map(|(_, told)| told)).collect();
    let count = |told_as| told.iter().filter(|told| **told == told_as).count();
    let mut text = format!(
        "\n## Recorded change sets\n\n{} change sets that AWS made, {} changes.\n\n| | changes |\n|---|---|\n",
        CASES.len(),
        told.len()
    );
    for (what, told_as) in [
        ("agreed", Told::Agreed),
        ("may be replaced here, certain there", Told::Unsure),
        ("told here, left out by the change set: a value that follows an attribute which changes in place", Told::More),
        ("told by the change set, left out here: a value that follows an attribute which stays", Told::Less),
        ("**missed**", Told::Missed),
        ("**spurious replacement**", Told::Spurious),
    ] {
        writeln!(text, "| {what} | {} |", count(told_as)).expect("a text");
    }
    text
}

/// What replaced once and does not now, with what takes it.
fn relaxed(page: &mut String) {
    page.push_str("\n## Replaced once, changed in place now\n\nThe schema of the day of the specification called these create-only too; today's does not. Beside each, the action of the\nservice that takes it for an update now (botocore's models, `ce-deploy/tests/prediction/relaxed.txt`).\n\n| type | properties | taken by |\n|---|---|---|\n");
    let mut rows: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for ((type_name, property), action) in taken_by() {
        rows.entry((type_name, action)).or_default().push(format!("`{property}`"));
    }
    for ((type_name, action), properties) in rows {
        writeln!(page, "| `{type_name}` | {} | {} |", properties.join(", "), words(action)).expect("a text");
    }
}

fn listed(page: &mut String, verdict: Verdict, title: &str, about: &str) {
    let is_listed = |measured: &&Measured| measured.verdict == verdict;
    let mut rows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for measured in MEASURED.iter().filter(is_listed) {
        rows.entry(&measured.witness.type_name).or_default().insert(two_steps(&measured.witness.path));
    }
    write!(page, "\n## {title}\n\n{about}\n\n| type | properties |\n|---|---|\n").expect("a text");
    for (type_name, paths) in rows {
        let paths: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
        writeln!(page, "| `{type_name}` | {} |", paths.join(", ")).expect("a text");
    }
}

#[test]
fn the_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/prediction.md");
    if std::env::var_os("CE_UPDATE").is_some() {
        std::fs::write(&path, page()).expect("the page is written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let help = "docs/prediction.md is out of date: `CE_UPDATE=1 cargo test -p ce-deploy --test prediction` writes it";
    assert!(written == page(), "{help}");
}
