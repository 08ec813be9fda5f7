//! What a principal may do, as IAM judges it.
//!
//! Source: the service model `iam/2010-05-08`, `SimulatePrincipalPolicy`; the protocol `awsQuery` of Smithy.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use aws_config::SdkConfig;
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_types::error::ErrorMetadata;
use ce_deploy::cloud::{Failure, Target};

use super::refusal::Refused;
use super::signed::{Signed, endpoint};

/// Those of the actions that a principal may not do on a resource.
pub(super) async fn denied(
    config: &SdkConfig,
    target: &Target,
    principal: &str,
    actions: &[&str],
    resource: &str,
) -> Result<BTreeSet<String>, Failure> {
    let mut body = format!(
        "Action=SimulatePrincipalPolicy&Version=2010-05-08&MaxItems=1000&PolicySourceArn={}",
        encoded(principal)
    );
    for (action, number) in actions.iter().zip(1..) {
        write!(body, "&ActionNames.member.{number}={}", encoded(action)).ok();
    }
    write!(body, "&ResourceArns.member.1={}", encoded(resource)).ok();
    let region = home(&target.place.region);
    let call = Signed {
        service: "iam",
        operation: "SimulatePrincipalPolicy",
        region,
        endpoint: &config.endpoint_url().map_or_else(|| iam(config, region), str::to_owned),
        headers: &[("content-type", "application/x-www-form-urlencoded")],
        body,
    };
    let answer = call.send(config, read).await?;
    let judged = texts(&answer, "EvalActionName").into_iter().zip(texts(&answer, "EvalDecision"));
    Ok(judged.filter(|(_, decision)| *decision != "allowed").map(|(action, _)| action.to_owned()).collect())
}

/// IAM has one address in a partition, in this region. Source: AWS general reference, "IAM endpoints and quotas".
fn home(region: &str) -> &'static str {
    match region {
        region if region.starts_with("cn-") => "cn-north-1",
        region if region.starts_with("us-gov-") => "us-gov-west-1",
        _ => "us-east-1",
    }
}

fn iam(config: &SdkConfig, home: &str) -> String {
    match home {
        "us-east-1" => "https://iam.amazonaws.com".to_owned(),
        "us-gov-west-1" => "https://iam.us-gov.amazonaws.com".to_owned(),
        home => endpoint(config, "iam", home),
    }
}

/// A text in a form. Source: RFC 3986, unreserved characters.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            byte => write!(encoded, "%{byte:02X}").unwrap_or_default(),
        }
    }
    encoded
}

/// The texts of all elements of a name: those that are read here hold nothing but text.
fn texts<'a>(xml: &'a str, element: &str) -> Vec<&'a str> {
    let (begin, end) = (format!("<{element}>"), format!("</{element}>"));
    let inside = xml.split(begin.as_str()).skip(1);
    inside.filter_map(|rest| rest.split_once(end.as_str())).map(|(text, _)| text.trim()).collect()
}

fn read(response: &HttpResponse) -> Result<String, OrchestratorError<Refused>> {
    let text = response.body().bytes().map(String::from_utf8_lossy).unwrap_or_default().into_owned();
    if response.status().is_success() {
        return Ok(text);
    }
    let first = |element: &str| texts(&text, element).first().copied().unwrap_or_default().to_owned();
    let meta = ErrorMetadata::builder().code(first("Code")).message(first("Message")).build();
    Err(OrchestratorError::operation(Refused(meta)))
}

#[cfg(test)]
mod tests {
    use super::{encoded, texts};

    #[test]
    fn forms_and_answers() {
        assert_eq!(encoded("arn:aws:iam::1:role/a b"), "arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fa%20b");
        let xml = "<member><EvalActionName>a:B</EvalActionName></member><member><EvalActionName>a:C</EvalActionName></member>";
        assert_eq!(texts(xml, "EvalActionName"), ["a:B", "a:C"]);
        assert!(texts(xml, "EvalDecision").is_empty());
    }
}
