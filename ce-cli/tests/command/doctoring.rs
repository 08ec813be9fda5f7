//! What stands in the way, looked for before it does.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use serde_json::Value;

use crate::ran::{Desk, Ran};
use crate::small::{queue, shop};

/// An AWS that says it is this time, and answers so much of what a doctor asks.
fn aws(date: &'static str, answer: fn(&str) -> String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream, date, answer));
        }
    });
    url
}

fn serve(mut stream: TcpStream, date: &str, answer: fn(&str) -> String) {
    let mut request = Vec::new();
    let mut part = [0; 4_096];
    while !is_whole(&request) {
        match stream.read(&mut part) {
            Ok(count) if count > 0 => request.extend_from_slice(&part[..count]),
            _ => return,
        }
    }
    let body = answer(&String::from_utf8_lossy(&request));
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n";
    write!(stream, "{head}Date: {date}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).ok();
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}

/// Answers as the user `ci`, who may not detect drift, of an account that takes fifty stacks.
fn ci(request: &str) -> String {
    if request.contains("Action=GetCallerIdentity") {
        let user = "<Account>111111111111</Account><Arn>arn:aws:iam::111111111111:user/ci</Arn><UserId>U</UserId>";
        return format!(
            "<GetCallerIdentityResponse><GetCallerIdentityResult>{user}</GetCallerIdentityResult></GetCallerIdentityResponse>"
        );
    }
    if request.contains("Action=SimulatePrincipalPolicy") {
        let asked =
            request.split("ActionNames.member.").skip(1).filter_map(|rest| rest.split('&').next()?.split('=').nth(1));
        let judged = asked.map(|action| {
            let action = action.replace("%3A", ":");
            let decision = if action.ends_with("DetectStackDrift") { "implicitDeny" } else { "allowed" };
            format!("<member><EvalActionName>{action}</EvalActionName><EvalDecision>{decision}</EvalDecision></member>")
        });
        return format!("<R><EvaluationResults>{}</EvaluationResults></R>", judged.collect::<String>());
    }
    if request.contains("Action=DescribeAccountLimits") {
        let limit = "<member><Name>StackLimit</Name><Value>50</Value></member>";
        return format!(
            "<DescribeAccountLimitsResponse><DescribeAccountLimitsResult><AccountLimits>{limit}</AccountLimits></DescribeAccountLimitsResult></DescribeAccountLimitsResponse>"
        );
    }
    "<DescribeStacksResponse><DescribeStacksResult><Stacks></Stacks></DescribeStacksResult></DescribeStacksResponse>"
        .to_owned()
}

async fn doctor(desk: &Desk, url: &str, arguments: &[&str]) -> Ran {
    shop(desk, &queue("a"));
    let credentials = [("AWS_ENDPOINT_URL", url), ("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "secret")];
    desk.run_with(&[&["doctor", "out"], arguments].concat(), &credentials).await
}

fn found<'a>(told: &'a Value, about: &str) -> (&'a str, &'a str) {
    let checks = told["checks"].as_array().into_iter().flatten();
    let check = checks.into_iter().find(|check| check["about"].as_str().is_some_and(|text| text.starts_with(about)));
    let check = check.unwrap_or_else(|| panic!("{about}: {told:#}"));
    (check["result"].as_str().unwrap_or_default(), check["found"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn a_clock_that_is_wrong_is_named() {
    let desk = Desk::new("clock");
    let ran = doctor(&desk, &aws("Sun, 06 Nov 1994 08:49:37 GMT", ci), &["--json"]).await.expect(8);
    let told = ran.json();
    let (result, text) = found(&told, "clock against 111111111111/eu-west-1");
    assert!(result == "wrong" && text.contains("ahead of that of AWS"), "{result} {text}");
}

#[tokio::test]
async fn what_may_be_done_is_said_for_each_command() {
    let desk = Desk::new("may");
    let told = doctor(&desk, &aws("Sun, 06 Nov 1994 08:49:37 GMT", ci), &["--json"]).await.expect(8).json();
    assert_eq!(found(&told, "ce deploy in").0, "ok");
    assert_eq!(found(&told, "ce bootstrap in").0, "ok");
    assert_eq!(found(&told, "ce drift in"), ("care", "not allowed: cloudformation:DetectStackDrift"));
    let (result, text) = found(&told, "stacks of");
    assert_eq!((result, text), ("ok", "0 of 50, 1 more to be made"));
}

/// A simulated cloud has no IAM, and its clock is that of this machine.
#[tokio::test]
async fn what_cannot_be_known_is_said_and_stands_in_nobodys_way() {
    let desk = Desk::with_cloud("doctor").await;
    shop(&desk, &queue("a"));
    desk.run(&["plan", "out", "--out", "plan.json"]).await.expect(0);
    let told = desk.run(&["doctor", "out", "--json"]).await.expect(0).json();
    assert_eq!(found(&told, "clock against").0, "ok");
    let (result, text) = found(&told, "permissions in");
    assert!(result == "care" && text.starts_with("not known for deploy, "), "{result} {text}");
    assert!(found(&told, "stacks of").1.contains("(the usual quota)"), "{told:#}");
    assert!(found(&told, "Shop").1.contains("never executed"), "what the plan left: {told:#}");
    let text = desk.run(&["doctor", "out"]).await.expect(0).output;
    assert!(text.lines().any(|line| line.starts_with("care   Shop")), "{text}");
}
