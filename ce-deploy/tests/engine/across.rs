//! What becomes of those that read or import what another stack says anew.

use std::sync::Arc;

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::engine::{Deployment, End, Exit, Judge, Options};
use ce_deploy::plan::{Approval, Ask, Step};
use ce_deploy::risk::Consent;

use crate::cloud::Cloud;
use crate::drive::drive;
use crate::shop::{assembly, deploy, deploy_with, stack};

const READ: &str = r#"{"Fn::GetStackOutput":{"StackName":"net","OutputName":"Out"}}"#;
const IMPORT: &str = r#"{"Fn::ImportValue":"net:out"}"#;

/// A queue that is replaced when its name changes, and says its name.
fn net(name: &str, export: &str) -> String {
    format!(
        r#"{{"Resources":{{"Queue":{{"Type":"AWS::SQS::Queue","Properties":{{"QueueName":"{name}"}}}}}},"Outputs":{{"Out":{{"Value":{{"Fn::GetAtt":["Queue","QueueName"]}}{export}}}}}}}"#
    )
}

/// A table that is called after what it reads.
fn app(read: &str) -> String {
    format!(
        r#"{{"Resources":{{"Table":{{"Type":"AWS::DynamoDB::Table","Properties":{{"TableName":{{"Fn::Join":["-",["t",{read}]]}},"KeySchema":[{{"AttributeName":"id","KeyType":"HASH"}}],"AttributeDefinitions":[{{"AttributeName":"id","AttributeType":"S"}}],"BillingMode":"PAY_PER_REQUEST"}}}}}}}}"#
    )
}

fn shop(name: &str) -> Arc<Assembly> {
    assembly(vec![stack("Net", &net(name, ""), &[]), stack("App", &app(READ), &["Net"])])
}

fn importing(name: &str, app: &str, needs: &[&str]) -> Arc<Assembly> {
    assembly(vec![stack("Net", &net(name, r#","Export":{"Name":"net:out"}"#), &[]), stack("App", app, needs)])
}

fn judged(assembly: &Arc<Assembly>, options: Options) -> Deployment {
    Deployment::deploy(assembly.clone(), Judge::of(&ce_cfn::SCHEMAS), options)
}

#[test]
fn who_reads_and_loses_data_is_asked_about_before_anything_is_done() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&shop("a")));
    let asking = || Options::default().ask(Ask::Never);
    let run = drive(
        &mut cloud,
        100_000,
        &mut judged(&shop("b"), asking().approval(Approval::default().replace("Net.Queue"))),
    );
    assert_eq!(run.outcome().exit, Exit::ApprovalNeeded, "{:?}", run.told);
    assert_eq!(cloud.executions().len(), 2, "nothing but what there was");
    let plan = run.outcome().plan.as_ref().unwrap();
    assert_eq!(plan.stacks[1].step, Step::Unchanged, "its template says the same");
    let risk = plan.stacks[1].risks.iter().find(|risk| risk.consent == Consent::Replace).expect("a replacement");
    assert_eq!(risk.id(), "App.Table");
    assert_eq!(risk.causes[0], "`Table.TableName` follows `Net.Out`");
    assert_eq!(risk.causes[1..], ["it follows `Queue.QueueName`", "`Queue.QueueName` changes"]);
    let both = Approval::default().replace("Net.Queue").replace("App.Table");
    let run = drive(&mut cloud, 200_000, &mut judged(&shop("b"), asking().approval(both)));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert_eq!(run.outcome().stacks[&StackId::new("App")].end, End::Changed);
}

#[test]
fn a_run_that_died_in_between_asks_too() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&shop("a")));
    let alone = Options::default().only([StackId::new("Net")]).approval(Approval::default().replace("Net.Queue"));
    let run = drive(&mut cloud, 100_000, &mut judged(&shop("b"), alone));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    let run = drive(&mut cloud, 200_000, &mut judged(&shop("b"), Options::default().ask(Ask::Never)));
    assert_eq!(run.outcome().exit, Exit::ApprovalNeeded, "{:?}", run.told);
    let run = drive(
        &mut cloud,
        300_000,
        &mut judged(&shop("b"), Options::default().approval(Approval::default().replace("App.Table"))),
    );
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
}

#[test]
fn who_is_told_not_to_follow_is_not_judged_by_it() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy_with(&shop("a"), Options::default().follow(false)));
    let options = Options::default().follow(false).approval(Approval::default().replace("Net.Queue"));
    let run = drive(&mut cloud, 100_000, &mut judged(&shop("b"), options));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    assert!(run.outcome().plan.as_ref().unwrap().stacks[1].risks.is_empty());
}

#[test]
fn an_export_that_is_imported_and_would_change_is_refused_before_anything_is_done() {
    let mut cloud = Cloud::new();
    let first = drive(&mut cloud, 0, &mut deploy(&importing("a", &app(IMPORT), &["Net"])));
    assert_eq!(first.outcome().exit, Exit::Done, "{:?}", first.told);
    let agreed = || Options::default().approval(Approval::default().replace("Net.Queue").replace("App.Table"));
    let run = drive(&mut cloud, 100_000, &mut judged(&importing("b", &app(IMPORT), &["Net"]), agreed()));
    assert_eq!(run.outcome().exit, Exit::Refused, "{:?}", run.told);
    let problem = &run.outcome().problems[0].message;
    assert!(problem.contains("`Out`") && problem.contains("`app` imports it as `net:out`"), "{problem}");
    assert_eq!(cloud.executions().len(), 2);
}

#[test]
fn who_lets_go_of_an_export_that_changes_goes_first() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&importing("a", &app(IMPORT), &["Net"])));
    let wanted = importing("b", &app(r#""z""#), &[]);
    let agreed = || Options::default().approval(Approval::default().replace("Net.Queue").replace("App.Table"));
    let run = drive(&mut cloud, 100_000, &mut judged(&wanted, agreed()));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.told);
    let plan = run.outcome().plan.as_ref().unwrap();
    assert_eq!(plan.stacks[0].needs, [StackId::new("App")]);
    // One that needs the exporter all the same cannot go before it.
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&importing("a", &app(IMPORT), &["Net"])));
    let run = drive(&mut cloud, 100_000, &mut judged(&importing("b", &app(r#""z""#), &["Net"]), agreed()));
    assert_eq!(run.outcome().exit, Exit::Refused, "{:?}", run.told);
    assert!(
        run.outcome().problems[0].help.as_ref().unwrap().contains("deploy `app` first"),
        "{:?}",
        run.outcome().problems
    );
}
