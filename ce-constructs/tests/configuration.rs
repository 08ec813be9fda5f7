//! Feature flags: default template, options, rules, random configurations.

mod configuration {
    mod flags;
    mod random;
    mod rules;

    use ce_synth::{Account, App, Assembly, Environment, Findings, Region, Scope, Tier};
    use serde_json::Value;

    const PROD: Environment =
        Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

    /// What one stack becomes.
    fn synth(build: impl FnOnce(Scope<'_>)) -> Result<Assembly, Findings> {
        let app = App::new();
        build(app.stack("Shop", PROD));
        app.synth()
    }

    /// The resources of its template, about which nothing was found.
    fn built(build: impl FnOnce(Scope<'_>)) -> Value {
        let assembly = synth(build).unwrap_or_else(|findings| panic!("{findings}"));
        assert_eq!(assembly.findings().iter().count(), 0, "{}", assembly.findings());
        let template = assembly.template("Shop").unwrap_or_default();
        serde_json::from_str::<Value>(template).unwrap_or_else(|error| panic!("{error}"))["Resources"].take()
    }

    /// The properties of the only resource of a type.
    fn only<'v>(resources: &'v Value, type_name: &str) -> &'v Value {
        let all = resources.as_object().into_iter().flat_map(|all| all.values());
        let all: Vec<_> = all.filter(|resource| resource["Type"] == type_name).collect();
        assert_eq!(all.len(), 1, "{type_name}");
        &all[0]["Properties"]
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
