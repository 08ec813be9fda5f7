//! Documents of Systems Manager: each is whole, and its steps refer to what exists.
//!
//! Source: <https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html>

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{Template, all};

/// Largest document, in bytes.
const LARGEST: usize = 64 * 1024;

/// A document of Automation, by the place it is from.
fn documents(template: &Template) -> Vec<(String, &Json)> {
    let documents = template.section("Resources").filter(|(_, resource)| {
        resource["Type"] == "AWS::SSM::Document" && resource["Properties"]["DocumentType"] == "Automation"
    });
    documents.map(|(id, one)| (format!("{}/{id}", template.place), &one["Properties"]["Content"])).collect()
}

fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_default()
}

fn items(value: &Json) -> impl Iterator<Item = &Json> {
    value.as_array().into_iter().flatten()
}

/// The steps that a step may go on with.
fn nexts(step: &Json) -> Vec<&str> {
    let handlers =
        [&step["onFailure"], &step["onCancel"]].into_iter().filter_map(|what| text(what).strip_prefix("step:"));
    let choices = items(&step["inputs"]["Choices"]).map(|choice| text(&choice["NextStep"]));
    let own = [&step["nextStep"], &step["inputs"]["Default"]].into_iter().map(text);
    handlers.chain(choices).chain(own).filter(|name| !name.is_empty()).collect()
}

/// What `{{ … }}` stands for in the texts of a value.
fn references(value: &Json, found: &mut Vec<String>) {
    match value {
        Json::String(text) => {
            let parts = text.split("{{").skip(1).filter_map(|part| part.split_once("}}"));
            found.extend(parts.map(|(inside, _)| inside.trim().to_owned()));
        }
        Json::Array(list) => list.iter().for_each(|one| references(one, found)),
        Json::Object(map) => map.values().for_each(|one| references(one, found)),
        _ => {}
    }
}

/// What is wrong with a document.
fn problems(content: &Json) -> Vec<String> {
    let steps: Vec<&Json> = items(&content["mainSteps"]).collect();
    let names: BTreeSet<&str> = steps.iter().map(|step| text(&step["name"])).collect();
    let parameters = content["parameters"].as_object().into_iter().flat_map(|all| all.keys().cloned());
    // What a step may use: parameters, and what the steps before it told.
    let mut known: BTreeSet<String> = parameters.collect();
    let mut found = Vec::new();
    if content["schemaVersion"] != "0.3" || steps.is_empty() || names.len() != steps.len() {
        found.push("its schema, or a name that two steps have".to_owned());
    }
    for step in steps {
        found.extend(step_problems(step, &names, &known));
        let told = items(&step["outputs"]).map(|output| text(&output["Name"]));
        let told = told.chain(["Output", "Payload", "OutputPayload", "ApprovalStatus"]);
        known.extend(told.map(|output| format!("{}.{output}", text(&step["name"]))));
    }
    found
}

fn step_problems(step: &Json, names: &BTreeSet<&str>, known: &BTreeSet<String>) -> Vec<String> {
    let name = text(&step["name"]);
    let formed = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut found = Vec::new();
    if !(3..=128).contains(&name.len()) || !name.chars().all(formed) || !text(&step["action"]).starts_with("aws:") {
        found.push(format!("the name or action of `{name}`"));
    }
    let lost = nexts(step).into_iter().filter(|next| !names.contains(next));
    found.extend(lost.map(|next| format!("`{name}` goes on with `{next}`")));
    let mut used = Vec::new();
    references(&step["inputs"], &mut used);
    let everywhere = |used: &String| ["global:", "automation:"].iter().any(|start| used.starts_with(start));
    let unknown = used.iter().filter(|used| !known.contains(*used) && !everywhere(used));
    found.extend(unknown.map(|used| format!("`{name}` uses `{used}`")));
    found
}

#[test]
fn every_document_is_whole() {
    let templates = all();
    let mut seen = 0;
    for (place, content) in templates.iter().flat_map(documents) {
        assert_eq!(problems(content), Vec::<String>::new(), "{place}");
        assert!(content.to_string().len() <= LARGEST, "{place}");
        assert!(content["assumeRole"].is_object() || content["assumeRole"].is_string(), "{place} acts with no role");
        seen += 1;
    }
    assert!(seen > 40, "{seen}");
}

#[test]
fn the_check_itself_can_fail() {
    let step = |name: &str, inputs: Json, next: &str| serde_json::json!({ "name": name, "action": "aws:pause", "inputs": inputs, "nextStep": next });
    let document = |steps: &[Json]| serde_json::json!({ "schemaVersion": "0.3", "mainSteps": steps });
    let empty = || serde_json::json!({});
    assert!(problems(&document(&[step("One", empty(), "Two"), step("Two", empty(), "")])).is_empty());
    assert_eq!(problems(&document(&[step("One", empty(), "Three")])), ["`One` goes on with `Three`"]);
    let uses = serde_json::json!({ "Id": "{{ Later.Id }}" });
    assert_eq!(problems(&document(&[step("One", uses, "")])), ["`One` uses `Later.Id`"]);
    assert_eq!(problems(&document(&[step("One", empty(), ""), step("One", empty(), "")])).len(), 1);
}
