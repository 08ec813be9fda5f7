//! The deployment profiles of production: another way to replace versions, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use ce::prelude::*;

#[allow(dead_code, reason = "the example's entry point is not used here")]
#[path = "../examples/prod/main.rs"]
mod prod;

/// Every resource of production by its stack and logical id: its type, and whether it holds data.
fn production(profile: Option<&str>) -> BTreeMap<(String, String), (String, bool)> {
    let app = App::new();
    if let Some(profile) = profile {
        app.set_context("profile", profile);
    }
    prod::claude_enhancer(&app);
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    let mut all = BTreeMap::new();
    for stack in assembly.stacks() {
        for resource in stack.resources() {
            let key = (stack.id().to_owned(), resource.logical_id.clone());
            all.insert(key, (resource.type_name.clone(), resource.stateful));
        }
    }
    all
}

#[test]
fn what_holds_data_is_the_same_in_every_profile() {
    let data = |profile| -> BTreeMap<_, _> { production(profile).into_iter().filter(|(_, one)| one.1).collect() };
    let rolling = data(None);
    assert!(rolling.len() > 50, "{}", rolling.len());
    for profile in ["blue-green", "canary"] {
        assert_eq!(
            data(Some(profile)),
            rolling,
            "{profile}: each has its section of `ce.lock`, so this is who compares"
        );
    }
}

#[test]
fn a_profile_adds_places_for_the_other_version() {
    let rolling: BTreeSet<_> = production(None).into_keys().collect();
    for profile in ["blue-green", "canary"] {
        let other = production(Some(profile));
        let added: BTreeSet<&str> =
            other.iter().filter(|(key, _)| !rolling.contains(*key)).map(|(_, one)| &*one.0).collect();
        let expected = [
            "AWS::ElasticLoadBalancingV2::TargetGroup",
            // The core's has whatever no other route wants, as that moves with it.
            "AWS::ElasticLoadBalancingV2::ListenerRule",
            // What ECS moves requests with.
            "AWS::IAM::Role",
        ];
        assert!(added.is_subset(&expected.into()), "{added:?}");
    }
}

#[test]
fn a_profile_that_prod_does_not_have_is_said() {
    let app = App::new();
    app.set_context("profile", "linear");
    prod::claude_enhancer(&app);
    let findings = app.synth().expect_err("`linear` is refused");
    assert_eq!(findings.with_code(Code::new("PROD002")).count(), 1, "{findings}");
}
