//! Repositories of images: each that is asked for is there and empty.

use serde_json::{Value, json};

use super::context::Context;
use crate::cloud::Failure;

/// `AWS:simulated`, in Base64.
const PASSWORD: &str = "QVdTOnNpbXVsYXRlZA==";
/// How long a password holds, in seconds. Source: ECR API reference, `GetAuthorizationToken`.
const TWELVE_HOURS: u64 = 43_200;

pub(super) fn answer(context: &mut Context<'_>, operation: &str, input: &Value) -> Option<Result<Value, Failure>> {
    Some(match operation {
        "DescribeRepositories" => Ok(repositories(context, input)),
        "DescribeImages" => Err(Failure::answered("ImageNotFoundException", "The image does not exist")),
        "GetAuthorizationToken" => Ok(password(context)),
        _ => return None,
    })
}

fn repositories(context: &Context<'_>, input: &Value) -> Value {
    let place = &context.target.place;
    let (account, region) = (&place.account, &place.region);
    let names = input["repositoryNames"].as_array().cloned().unwrap_or_default();
    let repository = |name: &str| {
        json!({
            "repositoryName": name,
            "repositoryArn": format!("arn:aws:ecr:{region}:{account}:repository/{name}"),
            "registryId": account,
            "repositoryUri": format!("{}/{name}", registry(context)),
        })
    };
    json!({ "repositories": names.iter().filter_map(Value::as_str).map(repository).collect::<Vec<_>>() })
}

fn password(context: &Context<'_>) -> Value {
    json!({ "authorizationData": [{
        "authorizationToken": PASSWORD,
        "expiresAt": context.now.0 / 1_000 + TWELVE_HOURS,
        "proxyEndpoint": format!("https://{}", registry(context)),
    }]})
}

fn registry(context: &Context<'_>) -> String {
    let place = &context.target.place;
    format!("{}.dkr.ecr.{}.amazonaws.com", place.account, place.region)
}
