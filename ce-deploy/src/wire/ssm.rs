//! Parameters of Systems Manager.

use serde_json::{Value, json};

use super::context::{Context, mismatch};
use crate::cloud::{Answer, Call, Failure};

pub(super) fn answer(context: &mut Context<'_>, operation: &str, input: &Value) -> Option<Result<Value, Failure>> {
    (operation == "GetParameter").then(|| parameter(context, input))
}

fn parameter(context: &mut Context<'_>, input: &Value) -> Result<Value, Failure> {
    let name = input["Name"].as_str().unwrap_or_default().to_owned();
    let Answer::Parameter(value) = context.call(Call::Parameter { name: name.clone() })? else {
        return Err(mismatch());
    };
    let place = &context.target.place;
    Ok(json!({ "Parameter": {
        "Name": name,
        "Type": "String",
        "Value": value,
        "Version": 1,
        "ARN": format!("arn:aws:ssm:{}:{}:parameter/{}", place.region, place.account, name.trim_start_matches('/')),
        "DataType": "text",
    }}))
}
