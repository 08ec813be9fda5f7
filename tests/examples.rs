//! Every example keeps its word: it has no findings, and what it makes is what it made before.
//!
//! The snapshots name each resource by its logical id. A line that changes there is a resource that CloudFormation
//! would replace.

#![allow(dead_code, missing_docs, unreachable_pub, reason = "examples are programs; only one function of each is used")]

use std::fs;
use std::path::Path;

use ce::prelude::*;
use ce::run::Surroundings;

#[path = "../examples/dr_pair.rs"]
mod dr_pair;
#[path = "../examples/every_type.rs"]
mod every_type;
#[path = "../examples/existing_network.rs"]
mod existing_network;
#[path = "../examples/own_construct.rs"]
mod own_construct;
#[path = "../examples/policy.rs"]
mod policy;
#[path = "../examples/prod/main.rs"]
mod prod;
#[path = "../examples/static_site_with_api.rs"]
mod static_site_with_api;
#[path = "../examples/three_tier.rs"]
mod three_tier;

/// Stacks with their resources, by logical id; no finding that nobody accepted.
fn summary(build: impl FnOnce(&App), context: &[(&str, &str)]) -> String {
    let app = App::new();
    app.use_schemas(&ce::cfn::SCHEMAS);
    for (key, value) in context {
        app.set_context(*key, *value);
    }
    build(&app);
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    assert!(assembly.findings().is_empty(), "{}", assembly.findings());
    let mut lines = Vec::new();
    for stack in assembly.stacks() {
        let environment = stack.environment();
        lines.push(format!("{} ({}, {})", stack.name(), environment.name, environment.region));
        let resources = stack.resources().iter();
        let mut resources: Vec<String> =
            resources.map(|resource| format!("  {} {}", resource.logical_id, resource.type_name)).collect();
        resources.sort();
        lines.append(&mut resources);
    }
    lines.join("\n")
}

macro_rules! keeps_its_word {
    ($($example:ident),+ $(,)?) => {$(
        #[test]
        fn $example() {
            check(stringify!($example), &summary($example::$example, &[]));
        }
    )+};
}

keeps_its_word!(three_tier, static_site_with_api, own_construct, existing_network, policy, every_type, dr_pair);

#[test]
fn prod_in_every_environment() {
    for environment in ["prod", "staging", "dev"] {
        check(&format!("prod_{environment}"), &summary(prod::claude_enhancer, &[("environment", environment)]));
    }
}

#[test]
fn an_environment_that_prod_does_not_have_is_said() {
    let app = App::new();
    app.set_context("environment", "test");
    prod::claude_enhancer(&app);
    let findings = app.synth().expect_err("`test` is refused");
    assert_eq!(findings.with_code(Code::new("PROD001")).count(), 1, "{findings}");
}

/// `CE_UPDATE=1 cargo test -p ce-tests --test examples` writes it anew.
#[test]
fn the_front_page_shows_what_prod_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let page = fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once("It prints:\n\n```text\n").expect("the page shows a screen");
    let (shown, after) = rest.split_once("```\n").expect("the screen ends");
    let screen = screen_of_prod();
    if std::env::var_os("CE_UPDATE").is_some() {
        fs::write(&path, format!("{before}It prints:\n\n```text\n{screen}```\n{after}")).unwrap();
    } else {
        assert_eq!(
            without_size(shown),
            without_size(&screen),
            "write it anew: `CE_UPDATE=1 cargo test -p ce-tests --test examples`"
        );
    }
}

/// Without the size of all files: the paths of the sources, which are in them, are longer when the tests build the example.
fn without_size(screen: &str) -> String {
    let (before, size) = screen.rsplit_once(" files, ").expect("how many files were written");
    let (_, after) = size.split_once(')').expect("their size");
    format!("{before}{after}")
}

fn screen_of_prod() -> String {
    let out = std::env::temp_dir().join(format!("ce-front-page-{}", std::process::id()));
    let mut surroundings = Surroundings { program: "prod".to_owned(), ..Surroundings::default() };
    surroundings.arguments = vec!["--no-lock".into(), "--out".into(), out.clone().into()];
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let home = concat!(env!("CARGO_MANIFEST_DIR"), "/..").to_owned();
    surroundings.variables.insert("CARGO_MANIFEST_DIR".to_owned(), home);
    let code = prod::program().run_in(&surroundings, &mut output, &mut errors);
    assert_eq!(code, 0, "{}", String::from_utf8_lossy(&errors));
    fs::remove_dir_all(&out).expect("the folder was written");
    String::from_utf8_lossy(&output).replace(&*out.to_string_lossy(), "ce.out")
}

#[test]
fn what_policy_accepts_is_recorded_with_its_reason() {
    let app = App::new();
    policy::policy(&app);
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    let waived = assembly.findings().waived();
    assert_eq!(waived.len(), 1, "{waived:?}");
    assert_eq!((waived[0].finding.code.as_str(), &*waived[0].scope), ("CE4001", "Import/Scratch"));
}

fn check(name: &str, summary: &str) {
    insta::with_settings!({ snapshot_path => "examples/snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, summary);
    });
}
