//! Documents of Systems Manager: each is whole, and its steps refer to what exists.
//!
//! Source: <https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html>

use std::collections::{BTreeMap, BTreeSet};

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
    let mut found = Vec::new();
    let steps: Vec<&Json> = items(&content["mainSteps"]).collect();
    let names: BTreeSet<&str> = steps.iter().map(|step| text(&step["name"])).collect();
    let parameters: BTreeSet<&String> =
        content["parameters"].as_object().into_iter().flat_map(|all| all.keys()).collect();
    if content["schemaVersion"] != "0.3" || steps.is_empty() || names.len() != steps.len() {
        found.push("its schema, or a name that two steps have".to_owned());
    }
    let mut outputs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for step in steps {
        let name = text(&step["name"]);
        let formed = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        if !(3..=128).contains(&name.len()) || !name.chars().all(formed) || !text(&step["action"]).starts_with("aws:") {
            found.push(format!("the name or action of `{name}`"));
        }
        found.extend(
            nexts(step)
                .into_iter()
                .filter(|next| !names.contains(next))
                .map(|next| format!("`{name}` goes on with `{next}`")),
        );
        let mut used = Vec::new();
        references(&step["inputs"], &mut used);
        for reference in used {
            let known = match reference.split_once('.') {
                Some((earlier, output)) => outputs.get(earlier).is_some_and(|known| known.contains(&output)),
                None => {
                    parameters.contains(&reference)
                        || reference.starts_with("global:")
                        || reference.starts_with("automation:")
                }
            };
            if !known {
                found.push(format!("`{name}` uses `{reference}`"));
            }
        }
        let mut told: Vec<&str> = items(&step["outputs"]).map(|output| text(&output["Name"])).collect();
        told.extend(["Output", "Payload", "OutputPayload", "ApprovalStatus"]);
        outputs.insert(name, told);
    }
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
