//! Logs, metrics, alarms, topics, dashboards, traces: default templates, options, rules.

mod observe {
    mod alarm;
    mod canary;
    mod composite;
    mod dashboard;
    mod escalation;
    mod log_group;
    mod objective;
    mod random;
    mod recommended;
    mod rules;
    mod topic;
    mod traces;
    mod watch;

    use ce_synth::{Account, App, Assembly, Environment, Findings, Region, Scope, Tier};
    use serde_json::Value;

    const PROD: Environment =
        Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
    const DEV: Environment =
        Environment::new("dev", Account::new("222222222222"), Region::EU_WEST_1, Tier::Development);

    /// What one stack that is built in an environment becomes.
    fn synth(environment: Environment, build: impl FnOnce(Scope<'_>)) -> Result<Assembly, Findings> {
        let app = App::new();
        build(app.stack("Watch", environment));
        app.synth()
    }

    /// The resources of its template.
    fn built(environment: Environment, build: impl FnOnce(Scope<'_>)) -> Value {
        let assembly = synth(environment, build).unwrap_or_else(|findings| panic!("{findings}"));
        assert_eq!(assembly.findings().iter().count(), 0, "{}", assembly.findings());
        let template = assembly.template("Watch").unwrap_or_default();
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
}
