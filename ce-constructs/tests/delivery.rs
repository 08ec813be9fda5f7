//! Delivery: roles of workflows, workflows, pipelines; that their YAML is YAML and their structure GitHub's.

mod delivery {
    mod decisions;
    mod freeze;
    mod github;
    mod identity;
    mod pipeline;
    mod random;
    mod reference;
    mod releases;
    mod rules;
    mod workflow;
    mod yaml;

    use ce_synth::{Account, App, Assembly, Environment, Findings, Region, Scope, Tier};
    use saphyr::{LoadableYamlNode, YamlOwned};
    use serde_json::{Value, json};

    const PROD: Environment =
        Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
    const STAGING: Environment =
        Environment::new("staging", Account::new("222222222222"), Region::US_EAST_1, Tier::Staging);

    /// What one stack becomes.
    fn synth(build: impl FnOnce(Scope<'_>)) -> Result<Assembly, Findings> {
        let app = App::new();
        build(app.stack("Stack", PROD));
        app.synth()
    }

    fn built(build: impl FnOnce(Scope<'_>)) -> Assembly {
        synth(build).unwrap_or_else(|findings| panic!("{findings}"))
    }

    /// The resources of its template.
    fn resources(assembly: &Assembly) -> Value {
        let template = assembly.template("Stack").unwrap_or_else(|| panic!("no stack"));
        serde_json::from_str::<Value>(template).unwrap_or_else(|error| panic!("{error}"))["Resources"].take()
    }

    /// A workflow as a YAML parser reads it.
    fn workflow(assembly: &Assembly, name: &str) -> Value {
        let path = format!("workflows/{name}.yml");
        let text = assembly.file(&path).unwrap_or_else(|| panic!("no file {path}"));
        parse(text)
    }

    fn parse(text: &str) -> Value {
        let documents = YamlOwned::load_from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let [document] = &documents[..] else { panic!("{} documents in\n{text}", documents.len()) };
        as_json(document)
    }

    fn as_json(yaml: &YamlOwned) -> Value {
        if let Some(text) = yaml.as_str() {
            json!(text)
        } else if let Some(number) = yaml.as_integer() {
            json!(number)
        } else if let Some(value) = yaml.as_bool() {
            json!(value)
        } else if let Some(items) = yaml.as_vec() {
            items.iter().map(as_json).collect()
        } else if let Some(map) = yaml.as_mapping() {
            let key = |key: &YamlOwned| key.as_str().unwrap_or_else(|| panic!("a key is no text: {key:?}")).to_owned();
            Value::Object(map.iter().map(|(name, value)| (key(name), as_json(value))).collect())
        } else if yaml.is_null() {
            Value::Null
        } else {
            panic!("neither text, number, truth, list nor map: {yaml:?}")
        }
    }

    /// The codes of what was found.
    fn codes(result: &Result<Assembly, Findings>) -> Vec<String> {
        let findings = match result {
            Ok(assembly) => assembly.findings(),
            Err(findings) => findings,
        };
        findings.iter().map(|finding| finding.code.to_string()).collect()
    }
}
