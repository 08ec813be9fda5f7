//! Builders give the properties a template needs, and take what they should.

use ce_cfn::{Tag, ec2, ecs, ids, kms, lambda, route53, s3, sns, sqs, wafv2};
use ce_synth::value::{if_, sub};
use ce_synth::{Account, App, CfnResource, Environment, Expr, IntoValue, Json, ListOf, Region, Tier, Value};
use serde_json::json;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

/// The properties of a resource as JSON.
fn properties<R: CfnResource>(resource: R) -> serde_json::Value {
    template(|stack| {
        stack.add("It", resource);
    })["Resources"]
        .as_object()
        .and_then(|resources| resources.values().next())
        .map_or(serde_json::Value::Null, |resource| resource["Properties"].clone())
}

fn template(build: impl FnOnce(ce_synth::Scope<'_>)) -> serde_json::Value {
    let app = App::new();
    build(app.stack("Test", PROD).into());
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    serde_json::from_str(assembly.stack("Test").unwrap().template()).unwrap()
}
