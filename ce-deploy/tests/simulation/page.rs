//! The page about the simulator is made from the tests and the faults themselves.

use std::fmt::Write;
use std::path::Path;

use ce_deploy::simulator::{Chance, FaultKind};

use crate::behaviour::{Behaviour, Standing};

fn behaviours() -> impl Iterator<Item = &'static Behaviour> {
    use crate::{
        borders, change_sets, control, evidence, express, guards, lifecycle, policies, reads, repair, templates,
    };
    let tables = [
        templates::TABLE,
        change_sets::TABLE,
        express::TABLE,
        lifecycle::TABLE,
        guards::TABLE,
        policies::TABLE,
        borders::TABLE,
        repair::TABLE,
        control::TABLE,
        reads::TABLE,
        evidence::TABLE,
    ];
    tables.into_iter().flatten()
}

fn page() -> String {
    let mut page = String::from(include_str!("page.md"));
    let known = |standing| behaviours().filter(|behaviour| behaviour.standing == standing).count();
    let (documented, observed, assumed) =
        (known(Standing::Documented), known(Standing::Observed), known(Standing::Assumed));
    write!(
        page,
        "\n## Behaviours\n\n{documented} are documented, {observed} were observed, {assumed} are assumed. Each is a test.\n\n\
         | the service | known | from | test |\n|---|---|---|---|\n"
    )
    .expect("a text");
    for behaviour in behaviours() {
        let says = behaviour.says.trim();
        let known = format!("{:?}", behaviour.standing).to_lowercase();
        let test = behaviour.test.trim_start_matches("simulation::");
        writeln!(page, "| {says} | {known} | {} | `{test}` |", behaviour.source).expect("a text");
    }
    write!(page, "\n## Faults\n\n{} kinds. What a fault counts decides when it strikes.\n\n| fault | what happens | counts |\n|---|---|---|\n", FaultKind::all().count())
        .expect("a text");
    for kind in FaultKind::all() {
        let counts = match kind.chance() {
            Chance::Call => "calls",
            Chance::ChangeSet => "change sets",
            Chance::Resource => "resources",
            Chance::Event => "events",
            Chance::Await => "moments of the program",
            Chance::Write => "lines and files that it writes",
        };
        writeln!(page, "| `{kind}` | {} | {counts} |", kind.about().trim()).expect("a text");
    }
    page
}

#[test]
fn the_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/simulator.md");
    if std::env::var_os("CE_UPDATE").is_some() {
        std::fs::write(&path, page()).expect("the page is written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let help = "docs/simulator.md is out of date: `CE_UPDATE=1 cargo test -p ce-deploy --test simulation` writes it";
    assert!(written == page(), "{help}");
}

#[test]
fn a_behaviour_is_said_once_and_has_a_source() {
    let mut said: Vec<_> = behaviours().map(|behaviour| behaviour.says).collect();
    assert!(behaviours().all(|behaviour| !behaviour.source.is_empty() && behaviour.says.ends_with('.')));
    let all = said.len();
    said.sort_unstable();
    said.dedup();
    assert_eq!(said.len(), all);
}
