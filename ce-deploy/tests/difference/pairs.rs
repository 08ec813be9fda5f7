//! Changes of which it is known what becomes of each resource, from the documents of AWS: `pairs.json`, a case a line.

use std::collections::BTreeMap;

use ce_deploy::difference::Difference;
use ce_deploy::template::{Template, Version};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Pair {
    of: String,
    /// Where it is said.
    source: String,
    /// A template, or its resources alone.
    before: Value,
    after: Value,
    #[serde(default)]
    parameters_before: BTreeMap<String, String>,
    #[serde(default)]
    parameters_after: BTreeMap<String, String>,
    /// What becomes of each resource that changes.
    expect: BTreeMap<String, String>,
}

fn version(template: &Value, parameters: &BTreeMap<String, String>) -> Version {
    let whole = if template.get("Resources").is_some() { template.clone() } else { json!({ "Resources": template }) };
    let version = Version::new(Template::parse(&whole.to_string()).unwrap());
    parameters.iter().fold(version, |version, (name, value)| version.parameter(name, value))
}

#[test]
fn each_pair_is_told_as_it_is_documented() {
    let pairs: Vec<Pair> = serde_json::from_str(include_str!("pairs.json")).unwrap();
    assert!(pairs.len() > 150, "{}", pairs.len());
    let mut wrong = Vec::new();
    for pair in &pairs {
        assert!(!pair.source.is_empty(), "{}", pair.of);
        let (before, after) =
            (version(&pair.before, &pair.parameters_before), version(&pair.after, &pair.parameters_after));
        let difference = Difference::between(Some(&before), Some(&after), &ce_cfn::SCHEMAS);
        let told: BTreeMap<String, String> = difference
            .resources
            .iter()
            .map(|resource| (resource.logical_id.clone(), resource.class.as_str().to_owned()))
            .collect();
        if told != pair.expect {
            wrong.push(format!("{}: {told:?}, not {:?}", pair.of, pair.expect));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
