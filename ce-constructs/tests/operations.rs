//! Runbooks, event rules, schedules: default templates, options, rules, random configurations.

mod operations {
    mod automation_document;
    mod event_rule;
    mod isolation;
    mod random;
    mod rules;
    mod runbook;
    mod schedule;

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

    /// The resources of its template, about which nothing was found.
    fn built(build: impl FnOnce(Scope<'_>)) -> Value {
        let assembly = synth(build).unwrap_or_else(|findings| panic!("{findings}"));
        assert_eq!(assembly.findings().iter().count(), 0, "{}", assembly.findings());
        let template = assembly.template("Stack").unwrap_or_default();
        serde_json::from_str::<Value>(template).unwrap_or_else(|error| panic!("{error}"))["Resources"].take()
    }

    /// Lets a handle go that a test has no use for.
    fn done<T>(_: T) {}

    /// The properties of the resources of a type.
    fn of_type<'v>(resources: &'v Value, type_name: &str) -> Vec<&'v Value> {
        let all = resources.as_object().into_iter().flat_map(|all| all.values());
        all.filter(|resource| resource["Type"] == type_name).map(|resource| &resource["Properties"]).collect()
    }

    /// The codes of what was found.
    fn codes(result: &Result<Assembly, Findings>) -> Vec<String> {
        let findings = match result {
            Ok(assembly) => assembly.findings(),
            Err(findings) => findings,
        };
        findings.iter().map(|finding| finding.code.to_string()).collect()
    }

    /// Every statement of every policy of a role, as one text.
    fn statements(resources: &Value) -> String {
        of_type(resources, "AWS::IAM::Policy")
            .iter()
            .map(|policy| policy["PolicyDocument"]["Statement"].to_string())
            .collect()
    }
}
