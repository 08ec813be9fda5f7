//! Runbooks: their text, the documents they become, and rules.

mod runbooks {
    mod options;
    mod procedures;
    mod rules;

    use ce_synth::{Account, App, Assembly, Environment, Findings, Region, Scope, Tier};
    use serde_json::Value;

    const PROD: Environment =
        Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);

    /// What one stack becomes.
    fn synth(build: impl FnOnce(Scope<'_>)) -> Result<Assembly, Findings> {
        let app = App::new();
        build(app.stack("Stack", PROD));
        app.synth()
    }

    fn built(build: impl FnOnce(Scope<'_>)) -> Assembly {
        synth(build).unwrap_or_else(|findings| panic!("{findings}"))
    }

    fn text<'a>(assembly: &'a Assembly, name: &str) -> &'a str {
        assembly.file(&format!("runbooks/{name}.md")).unwrap_or_else(|| panic!("no runbook {name}"))
    }

    /// The properties of the resources of a type.
    fn of_type(assembly: &Assembly, type_name: &str) -> Vec<Value> {
        let template: Value = serde_json::from_str(assembly.template("Stack").unwrap_or_default()).unwrap_or_default();
        let all = template["Resources"].as_object().into_iter().flat_map(|all| all.values());
        all.filter(|resource| resource["Type"] == type_name).map(|resource| resource["Properties"].clone()).collect()
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
