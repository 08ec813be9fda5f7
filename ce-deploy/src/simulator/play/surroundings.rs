//! What assemblies expect to be there: buckets, bootstrapped places, values in Systems Manager.

use serde_json::Value;

use crate::assembly::{Assembly, Destination, Stack};
use crate::simulator::Simulator;

/// What a value in Systems Manager is, that nobody knows.
const UNKNOWN: &str = "simulated";

/// Makes everything that an assembly takes for granted.
pub(super) fn make(simulator: &mut Simulator, assembly: &Assembly) {
    for stack in &assembly.stacks {
        simulator.bootstrap(&stack.place, "hnb659fds", 32);
        if let Some(bootstrap) = &stack.bootstrap {
            simulator.set_parameter(&stack.place, &bootstrap.parameter, &bootstrap.version.max(32).to_string());
        }
        for name in stored(stack) {
            // A version of bootstrapping is a number, and is there already.
            if !name.starts_with("/cdk-bootstrap/") {
                simulator.set_parameter(&stack.place, &name, UNKNOWN);
            }
        }
    }
    for asset in &assembly.assets {
        if let Destination::Bucket { target, bucket, .. } = &asset.destination {
            simulator.make_bucket(&target.place, bucket);
        }
    }
}

/// Names of values in Systems Manager that a stack's templates read.
fn stored(stack: &Stack) -> Vec<String> {
    let templates = std::iter::once(&stack.template).chain(stack.nested.values());
    let mut names: Vec<String> = templates.flat_map(|template| resolved(template)).collect();
    let template: Value = serde_json::from_str(&stack.template).unwrap_or_default();
    for (name, parameter) in template["Parameters"].as_object().into_iter().flatten() {
        if parameter["Type"].as_str().is_some_and(|kind| kind.starts_with("AWS::SSM::Parameter::Value<")) {
            let given = stack.parameters.get(name).map(|value| value.reveal().to_owned());
            names.extend(given.or_else(|| parameter["Default"].as_str().map(str::to_owned)));
        }
    }
    names
}

/// Names in `{{resolve:ssm:…}}`.
fn resolved(template: &str) -> impl Iterator<Item = String> {
    let references = template.split("{{resolve:ssm:").skip(1).filter_map(|rest| rest.split("}}").next());
    references.map(|name| name.split(':').next().unwrap_or(name).to_owned())
}
