//! Why a stack failed, as those tell who know more than CloudFormation.

use ce_deploy::engine::Span;
use ce_deploy::simulator::{Fault, FaultKind, Settings, Simulator};
use serde_json::{Value, json};

use crate::ran::{Desk, Ran};
use crate::small::shop;
use crate::typed::Typed;

const TOKEN: &str = "arn:aws:lambda:eu-west-1:111111111111:function:seed-db";
const STREAM: &str = "2026/11/28/[$LATEST]4f2c0d";

/// A service whose task ends at once.
fn web() -> Value {
    let breaker = "Resource handler returned message: \"Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.\" (HandlerErrorCode: GeneralServiceException)";
    let metadata = json!({ "fail": "create", "reason": breaker, "said": ["Error: DATABASE_URL is not set"] });
    let properties = json!({ "Cluster": "shop", "ServiceName": "web" });
    let resource =
        json!({ "Type": "AWS::ECS::Service", "Properties": properties, "Metadata": { "ce:simulate": metadata } });
    json!({ "Resources": { "Web": resource } })
}

/// A custom resource whose function writes this before it fails, and has a call refused.
fn seed(act: &str, said: &[&str]) -> Value {
    let metadata = json!({
        "fail": act, "said": said,
        "reason": format!("Received response status [FAILED] from custom resource. Message returned: See the details in CloudWatch Log Stream: {STREAM} (RequestId: 4f)"),
        "refused": ["rds:DescribeDBClusters", "AccessDenied", "seed-db is not allowed to look"],
    });
    let resource = json!({
        "Type": "Custom::Seed", "Properties": { "ServiceToken": TOKEN }, "Metadata": { "ce:simulate": metadata },
    });
    json!({
        "Parameters": { "Password": { "Type": "String", "NoEcho": true, "Default": "" } },
        "Resources": { "Seed": resource },
    })
}

/// A cloud in which CloudTrail is not late, and these things go wrong.
async fn desk(name: &str, faults: &[Fault]) -> Desk {
    let settings = Settings::default().trail_lag(Span(0));
    let mut simulator = Simulator::new(settings, &ce_cfn::SCHEMAS);
    simulator.add_faults(faults);
    Desk::on(name, simulator).await
}

/// The part of what was shown that explains, with ids that are made up alike.
fn block(ran: &Ran) -> String {
    let begin = ran.errors.find("error: ").unwrap_or_default();
    let words = ran.errors[begin..].trim_end().split(' ').map(|word| match word {
        id if id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()) => "TASK",
        word => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

fn asked(desk: &Desk) -> u64 {
    let operations = ["DescribeServices", "ListTasks", "DescribeTasks", "GetLogEvents", "LookupEvents"];
    operations.iter().map(|name| desk.operations(name)).sum()
}

#[tokio::test]
async fn a_service_that_did_not_start() {
    let desk = desk("why-service", &[]).await;
    shop(&desk, &web());
    let ran = desk.run(&["deploy", "out"]).await.expect(5);
    insta::assert_snapshot!(block(&ran));
    assert!(!ran.shown().contains("DATABASE_URL"), "nobody asked for the log");
}

#[tokio::test]
async fn a_custom_resource_that_failed() {
    let desk = desk("why-custom", &[]).await;
    shop(&desk, &seed("create", &["connecting", "[ERROR] no such database"]));
    let ran = desk.run(&["deploy", "out", "--evidence", "logs"]).await.expect(5);
    insta::assert_snapshot!(block(&ran));
}

#[tokio::test]
async fn programs_read_it_too() {
    let desk = desk("why-json", &[]).await;
    shop(&desk, &seed("create", &["[ERROR] no such database"]));
    let ran = desk.run(&["deploy", "out", "--json", "--events", "events.ndjson"]).await.expect(5);
    let evidence = &ran.json()["stacks"]["Shop"]["evidence"];
    insta::assert_json_snapshot!(evidence);
    let events = std::fs::read_to_string(desk.folder.join("events.ndjson")).expect("events");
    let events: Vec<Value> = events.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let found: Vec<&Value> = events.iter().filter(|event| event["event"] == "evidence").collect();
    assert_eq!((found.len(), &found[0]["stack"], &found[0]["evidence"]), (1, &json!("Shop"), evidence));
    assert_eq!(events.last().map(|event| &event["event"]), Some(&json!("ended")));
}

#[tokio::test]
async fn it_is_looked_into_wherever_a_stack_fails() {
    let desk = desk("why-destroy", &[]).await;
    shop(&desk, &seed("delete", &["still in use"]));
    desk.run(&["deploy", "out"]).await.expect(0);
    let arguments = ["destroy", "out", "--evidence", "logs", "--require-approval", "never"];
    let ran = desk.run(&arguments).await.expect(6);
    assert!(ran.errors.contains("| still in use"), "{}", ran.errors);
    let ran = desk.run(&["recover", "out", "--apply", "1", "--evidence", "logs"]).await.expect(6);
    assert!(ran.errors.contains("| still in use"), "{}", ran.errors);
}

#[tokio::test]
async fn nobody_is_asked_who_was_not_to_be() {
    let desk = desk("why-nobody", &[]).await;
    shop(&desk, &web());
    let ran = desk.run(&["deploy", "out", "--evidence", "none"]).await.expect(5);
    assert_eq!(asked(&desk), 0, "{}", ran.shown());
    desk.run_with(&["deploy", "out"], &[("CE_EVIDENCE", "none")]).await.expect(5);
    assert_eq!(asked(&desk), 0);
    desk.run(&["deploy", "out", "--evidence", "everything"]).await.expect(64);
}

/// What cannot be read costs a line, and neither the outcome nor its number.
#[tokio::test]
async fn what_goes_wrong_on_the_way_costs_a_line() {
    let faults = [
        (FaultKind::AccessDenied, "`ecs:ListTasks` is not allowed"),
        (FaultKind::GarbledAnswer, "no answer in time"),
        (FaultKind::BrokenAnswer, "no answer in time"),
        (FaultKind::ServerError, "no answer in time"),
        (FaultKind::Throttle, "no answer in time"),
    ];
    for (kind, words) in faults {
        // A refusal that asks to wait is waited out, a few times.
        let desk = desk("why-fault", &[Fault::new(kind).on("ListTasks").times(9)]).await;
        shop(&desk, &web());
        let ran = desk.run(&["deploy", "out"]).await.expect(5);
        assert!(ran.errors.contains(words), "{kind}: {}", ran.errors);
        assert!(
            ran.errors.contains("ECS deployment circuit breaker: tasks failed to start."),
            "{kind}: {}",
            ran.errors
        );
    }
}

#[tokio::test]
async fn what_a_program_wrote_is_made_harmless() {
    let said =
        ["\u{1b}[2J\u{1b}]0;owned\u{7}", "::error file=a::b", "##vso[task.setvariable]x", "password=canary-hunter2"];
    let desk = desk("why-harmless", &[]).await;
    shop(&desk, &seed("create", &said));
    let ran = desk.run(&["deploy", "out", "--evidence", "logs", "-p", "Password=canary-hunter2"]).await.expect(5);
    assert!(
        ran.errors.contains("| password=‹hidden›"),
        "what ce knows to be secret is hidden there too: {}",
        ran.errors
    );
    let shown = ran.shown();
    assert!(!shown.contains('\u{1b}') && !shown.contains("hunter2"), "{shown:?}");
    assert!(!shown.contains("::error") && !shown.contains("##vso["), "{shown}");
}

#[tokio::test]
async fn a_log_is_shown_on_a_terminal_and_kept_nowhere() {
    let on = |desk: &Desk, more: &[&str]| {
        let mut command = desk.command(&["deploy", "out"]);
        command.args(more);
        Typed::on(100, &command)
    };
    let desk = desk("why-terminal", &[]).await;
    shop(&desk, &seed("create", &["[ERROR] no such database"]));
    let (code, shown) = on(&desk, &[]).end().await;
    assert!(code == 5 && shown.contains("[ERROR] no such database"), "{shown}");
    for kept in [&["--json"][..], &["--events", "events.ndjson"]] {
        let (code, shown) = on(&desk, kept).end().await;
        assert!(code == 5 && !shown.contains("no such database"), "{kept:?}: {shown}");
    }
    assert!(
        desk.files().iter().all(|(path, text)| path.starts_with(desk.folder.join("out")) || !text.contains("no such"))
    );
}
