//! The plan that moves production to its standby: what it does, in which order.

use ce::prelude::*;
use serde_json::Value as Json;

#[allow(dead_code, reason = "the example's entry point is not used here")]
#[path = "../examples/prod/main.rs"]
mod prod;

/// The steps of both workflows: there, and back.
fn workflows() -> Vec<Vec<Json>> {
    let app = App::new();
    prod::claude_enhancer(&app);
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    let template = assembly.template("StandbyFailover").unwrap_or_else(|| panic!("no plan"));
    let template: Json = serde_json::from_str(template).unwrap_or_else(|error| panic!("{error}"));
    let resources = template["Resources"].as_object().into_iter().flatten();
    let mut plans = resources.filter(|(_, resource)| resource["Type"] == "AWS::ARCRegionSwitch::Plan");
    let (_, plan) = plans.next().unwrap_or_else(|| panic!("no plan"));
    let workflows = plan["Properties"]["Workflows"].as_array().into_iter().flatten();
    workflows.map(|workflow| workflow["Steps"].as_array().cloned().unwrap_or_default()).collect()
}

fn words(steps: &[Json], key: &str) -> Vec<String> {
    steps.iter().filter_map(|step| step[key].as_str()).map(str::to_owned).collect()
}

#[test]
fn it_promotes_the_database_before_anything_else() {
    let workflows = workflows();
    assert_eq!(workflows.len(), 2, "there, and back");
    for steps in workflows {
        assert_eq!(words(&steps, "Name"), ["Database", "Core", "Rest"]);
        assert_eq!(
            words(&steps, "ExecutionBlockType"),
            ["AuroraGlobalDatabase", "ECSServiceScaling", "Parallel"],
            "see docs/adr/0009-order-of-a-region-switch.md"
        );
    }
}

#[test]
fn what_need_not_wait_is_done_at_once() {
    for steps in workflows() {
        let rest = steps[2]["ExecutionBlockConfiguration"]["ParallelConfig"]["Steps"].as_array().cloned();
        assert_eq!(words(&rest.unwrap_or_default(), "Name"), ["Auth", "Agent", "Workflow", "Cache"]);
    }
}
