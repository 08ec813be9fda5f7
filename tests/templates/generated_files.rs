//! Workflows and runbooks: whatever of the app they look up is there.

use std::collections::{BTreeMap, BTreeSet};

use ce::synth::Assembly;
use serde_json::Value as Json;

use super::assemblies;

/// What can be looked up: resources and outputs by the name of their stack, documents by their own.
#[derive(Default)]
struct Known {
    resources: BTreeMap<String, BTreeSet<String>>,
    outputs: BTreeMap<String, BTreeSet<String>>,
    documents: BTreeSet<String>,
}

impl Known {
    fn of(assembly: &Assembly) -> Self {
        let mut known = Self::default();
        for stack in assembly.stacks() {
            let template: Json = serde_json::from_str(stack.template()).unwrap_or_else(|error| panic!("{error}"));
            let section = |name: &str| template[name].as_object().into_iter().flatten();
            let keys = |name: &str| section(name).map(|(key, _)| key.clone()).collect();
            known.resources.insert(stack.name().to_owned(), keys("Resources"));
            known.outputs.insert(stack.name().to_owned(), keys("Outputs"));
            let documents = section("Resources").filter(|(_, one)| one["Type"] == "AWS::SSM::Document");
            known
                .documents
                .extend(documents.filter_map(|(_, one)| Some(one["Properties"]["Name"].as_str()?.to_owned())));
        }
        known
    }

    /// What a file looks up and does not find, and how much it looks up.
    fn missing(&self, text: &str) -> (Vec<String>, usize) {
        let (mut missing, mut count) = (Vec::new(), 0);
        let mut look = |found: bool, what: String| {
            count += 1;
            if !found {
                missing.push(what);
            }
        };
        let has = |all: &BTreeMap<String, BTreeSet<String>>, stack: &str, key: &str| {
            all.get(stack).is_some_and(|known| known.contains(key))
        };
        for rest in text.split("--stack-name ").skip(1) {
            let stack = word(rest);
            let command = rest.split(')').next().unwrap_or_default();
            if let Some((_, id)) = command.split_once("--logical-resource-id ") {
                look(has(&self.resources, stack, word(id)), format!("{} of {stack}", word(id)));
            }
            if let Some((_, output)) = command.split_once("OutputKey=='") {
                let output = output.split('\'').next().unwrap_or_default();
                look(has(&self.outputs, stack, output), format!("output {output} of {stack}"));
            }
        }
        for name in text.split("--document-name ").skip(1).map(word) {
            look(self.documents.contains(name), format!("document {name}"));
        }
        (missing, count)
    }
}

fn word(text: &str) -> &str {
    text.split([' ', '\n', ')']).next().unwrap_or_default()
}

#[test]
fn what_they_look_up_is_there() {
    let mut all = 0;
    for (name, assembly) in assemblies() {
        let known = Known::of(&assembly);
        for (path, text) in assembly.files() {
            let (missing, count) = known.missing(text);
            assert_eq!(missing, Vec::<String>::new(), "{name}: {path}");
            all += count;
        }
    }
    assert!(all > 50, "{all}");
}

#[test]
fn the_check_itself_can_fail() {
    let command = "aws cloudformation describe-stack-resource --stack-name a --logical-resource-id B --query x)";
    assert_eq!(Known::default().missing(command), (vec!["B of a".to_owned()], 1));
    assert_eq!(Known::default().missing("--document-name gone\n").0, ["document gone"]);
}
