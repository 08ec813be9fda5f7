//! The standby without the primary: every template of the primary's region is taken away, and nothing in the standby's
//! misses it.

use std::collections::BTreeSet;

use ce_synth::assembly::StackArtifact;
use ce_synth::{App, Assembly};
use serde_json::Value;

use super::shop::whole;
use super::{WEST, built, template};

/// Every object with this one key, such as `{"Ref": …}`.
fn calls<'v>(value: &'v Value, function: &str, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(entries) => {
            if let (1, Some(argument)) = (entries.len(), entries.get(function)) {
                found.push(argument);
            }
            entries.values().for_each(|inner| calls(inner, function, found));
        }
        Value::Array(items) => items.iter().for_each(|inner| calls(inner, function, found)),
        _ => {}
    }
}

fn all<'v>(value: &'v Value, function: &str) -> Vec<&'v Value> {
    let mut found = Vec::new();
    calls(value, function, &mut found);
    found
}

fn shop() -> Assembly {
    let app = App::new();
    whole(&app);
    built(app)
}

#[test]
fn no_template_of_the_standby_reads_the_primary_region() {
    let assembly = shop();
    let remaining: BTreeSet<&str> =
        assembly.stacks().filter(|stack| stack.environment().region == WEST).map(StackArtifact::id).collect();
    assert!(remaining.len() >= 8, "{remaining:?}");
    let names: BTreeSet<&str> =
        assembly.stacks().filter(|stack| remaining.contains(stack.id())).map(StackArtifact::name).collect();
    for stack in &remaining {
        let template = template(&assembly, stack);
        assert!(all(&template, "Fn::ImportValue").is_empty(), "{stack} imports");
        for output in all(&template, "Fn::GetStackOutput") {
            let from = output["StackName"].as_str().unwrap_or_default();
            assert!(names.contains(from), "{stack} reads {from}, which is gone");
            assert!(output["Region"].is_null(), "{stack} reads another region: {output}");
        }
    }
}

#[test]
fn every_name_in_a_template_of_the_standby_is_its_own() {
    let assembly = shop();
    for stack in assembly.stacks().filter(|stack| stack.environment().region == WEST) {
        let template = template(&assembly, stack.id());
        let mut known: BTreeSet<String> = BTreeSet::new();
        for section in ["Resources", "Parameters"] {
            known.extend(template[section].as_object().into_iter().flat_map(|section| section.keys().cloned()));
        }
        for name in
            all(&template, "Ref").into_iter().filter_map(Value::as_str).filter(|name| !name.starts_with("AWS::"))
        {
            assert!(known.contains(name), "{} misses {name}", stack.id());
        }
        for attribute in all(&template, "Fn::GetAtt") {
            let name = attribute[0].as_str().unwrap_or_default();
            assert!(known.contains(name), "{} misses {name}", stack.id());
        }
    }
}

#[test]
fn every_parameter_of_the_standby_has_a_value_that_is_kept() {
    let assembly = shop();
    let mut kept = 0;
    for stack in assembly.stacks().filter(|stack| stack.environment().region == WEST) {
        let template = template(&assembly, stack.id());
        let sources: BTreeSet<&str> = stack.kept_parameters().iter().map(|kept| kept.parameter.as_str()).collect();
        for (name, parameter) in template["Parameters"].as_object().into_iter().flatten() {
            let given = parameter.get("Default").is_some() || sources.contains(name.as_str());
            assert!(given, "{}: somebody has to know {name}", stack.id());
        }
        for source in stack.kept_parameters() {
            let from = assembly.stack(&source.stack).unwrap_or_else(|| panic!("no stack {}", source.stack));
            assert_ne!(from.environment().region, WEST, "{source:?}");
            let outputs = super::template(&assembly, &source.stack);
            assert!(outputs["Outputs"][&source.output].is_object(), "{source:?}");
            kept += 1;
        }
    }
    // The replica key's primary, and clusters, services and functions of the plan.
    assert!(kept >= 5, "{kept}");
}

#[test]
fn on_disk_the_standby_is_whole_without_the_primary() {
    let assembly = shop();
    let folder = std::env::temp_dir().join(format!("ce-standby-alone-{}", std::process::id()));
    assembly.write(&folder).unwrap_or_else(|error| panic!("{error}"));
    let (lost, left): (Vec<_>, Vec<_>) = assembly.stacks().partition(|stack| stack.environment().region != WEST);
    for stack in &lost {
        std::fs::remove_file(folder.join(stack.template_file())).unwrap_or_else(|error| panic!("{error}"));
    }
    for stack in &left {
        let text =
            std::fs::read_to_string(folder.join(stack.template_file())).unwrap_or_else(|error| panic!("{error}"));
        for gone in &lost {
            assert!(
                !text.contains(&format!("\"StackName\":\"{}\"", gone.name())),
                "{} names {}",
                stack.id(),
                gone.name()
            );
        }
    }
    std::fs::remove_dir_all(&folder).ok();
}

#[test]
fn the_same_program_gives_the_same_bytes() {
    let (left, right) = (shop(), shop());
    for stack in left.stacks() {
        assert_eq!(Some(stack.template()), right.template(stack.id()), "{}", stack.id());
    }
}

#[test]
fn nothing_is_found() {
    let assembly = shop();
    let findings: Vec<_> =
        assembly.findings().iter().filter(|finding| finding.code.as_str().starts_with("CE84")).collect();
    assert!(findings.is_empty(), "{}", assembly.findings());
}
