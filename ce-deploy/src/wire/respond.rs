//! From a request to a reply.

use super::caller::{Caller, Protocol};
use super::context::Context;
use super::error::{Dialect, refusal};
use super::form::Form;
use super::http::{Reply, Request, Response};
use super::service::Service;
use super::{cloudformation, control, ecr, evidence, s3, ssm, sts};
use crate::cloud::Failure;
use crate::digest::sha256;
use crate::engine::Moment;

/// Answers a request, whatever is in it: what cannot be read is refused as the service would refuse it.
pub fn respond(service: &mut dyn Service, now: Moment, request: &Request) -> Reply {
    let id = request_id(now, request);
    let caller = match Caller::of(request) {
        Ok(caller) => caller,
        Err(failure) => return refusal(&failure, Dialect::Rest, &id),
    };
    let Some(protocol) = caller.protocol() else {
        let message = format!("`{}` is no service that is simulated", caller.service);
        return refusal(&Failure::answered("NotImplemented", message), Dialect::Query, &id);
    };
    let mut context = Context { service, now, target: caller.target };
    let answered = match protocol {
        Protocol::Query => query(&mut context, &caller.service, request, &id),
        Protocol::Rest => s3::answer(&mut context, request),
        Protocol::Json => json(&mut context, &caller.service, request),
    };
    match answered {
        Ok(response) => Reply::Whole(response.header("x-amzn-requestid", id)),
        Err(failure) => refusal(&failure, protocol.into(), &id),
    }
}

fn query(context: &mut Context<'_>, service: &str, request: &Request, id: &str) -> Result<Response, Failure> {
    let form = Form::read(&request.body);
    let action = form.text("Action").unwrap_or_default().to_owned();
    let answered = match service {
        "sts" => sts::answer(context, &action, &form, id),
        _ => cloudformation::answer(context, &action, &form, id),
    };
    let body = answered.unwrap_or_else(|| Err(unknown(&action)))?;
    Ok(Response::of(200, "text/xml", body))
}

fn json(context: &mut Context<'_>, service: &str, request: &Request) -> Result<Response, Failure> {
    let target = request.value_of("x-amz-target").unwrap_or_default();
    let operation = target.rsplit('.').next().unwrap_or_default();
    let malformed = |_| Failure::answered("SerializationException", "the body is no JSON");
    let input = serde_json::from_slice(&request.body).map_err(malformed)?;
    let answered = match service {
        "ssm" => ssm::answer(context, operation, &input),
        "ecs" | "logs" | "cloudtrail" => evidence::answer(context, operation, &input),
        "cloudcontrolapi" => control::answer(context, operation, &input),
        _ => ecr::answer(context, operation, &input),
    };
    let body = answered.unwrap_or_else(|| Err(unknown(operation)))?;
    let version = if service == "cloudcontrolapi" { "1.0" } else { "1.1" };
    Ok(Response::of(200, &format!("application/x-amz-json-{version}"), body.to_string().into_bytes()))
}

fn unknown(action: &str) -> Failure {
    Failure::answered("InvalidAction", format!("Could not find operation {action}"))
}

/// The same request at the same time has the same id.
fn request_id(now: Moment, request: &Request) -> String {
    let mut digest = sha256([&now.0.to_be_bytes()[..], request.path.as_bytes(), &request.body].concat());
    for at in [8, 13, 18, 23] {
        digest.insert(at, '-');
    }
    digest.truncate(36);
    digest
}
