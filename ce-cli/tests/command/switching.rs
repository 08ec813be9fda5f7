//! Projects and assemblies of the stock CLI, taken as they are.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::ran::Desk;
use crate::small::queue;

const SOMEWHERE: (&str, &str) = ("AWS_REGION", "eu-west-1");

/// An assembly as aws-cdk makes it when the app says no account and region: a stack of a stage, with no name of its own.
fn anywhere(desk: &Desk, template: &Value) -> PathBuf {
    let folder = desk.folder.join("cdk.out");
    fs::create_dir_all(&folder).expect("a folder");
    let stack = json!({
        "type": "aws:cloudformation:stack",
        "environment": "aws://unknown-account/unknown-region",
        "displayName": "Prod/Shop",
        "properties": { "templateFile": "ProdShop1234.template.json" },
    });
    let report = json!({ "type": "cdk:feature-flag-report", "properties": { "module": "aws-cdk-lib", "flags": {} } });
    let artifacts = json!({ "ProdShop1234": stack, "aws-cdk-lib/feature-flag-report": report });
    let manifest = json!({ "version": "48.0.0", "minimumCliVersion": "2.1027.0", "artifacts": artifacts });
    fs::write(folder.join("ProdShop1234.template.json"), template.to_string()).expect("a file");
    fs::write(folder.join("manifest.json"), manifest.to_string()).expect("a file");
    folder
}

#[tokio::test]
async fn a_stack_without_a_place_goes_where_the_credentials_are() {
    let desk = Desk::with_cloud("switch-place").await;
    anywhere(&desk, &queue("inbox"));
    let ran = desk.run(&["ls", "cdk.out"]).await.expect(0);
    assert_eq!(ran.output, "Prod/Shop  ProdShop1234  unknown-account/unknown-region\n");
    desk.run(&["validate", "cdk.out"]).await.expect(0);
    let ran = desk.run(&["deploy", "cdk.out"]).await.expect(4);
    assert!(ran.errors.contains("`ProdShop1234` does not say its account"), "{}", ran.errors);
    let ran = desk.run_with(&["deploy", "cdk.out", "--all"], &[SOMEWHERE]).await.expect(0);
    assert_eq!(ran.output, "Prod/Shop  done\n");
    let ran = desk.run_with(&["deploy", "--app", "cdk.out", "Prod/*"], &[SOMEWHERE]).await.expect(0);
    assert_eq!(ran.output, "Prod/Shop  unchanged\n");
    let ran = desk.run_with(&["status", "cdk.out", "--json"], &[SOMEWHERE]).await.expect(0);
    assert_eq!(ran.json()["stacks"][0]["name"], "ProdShop1234", "{}", ran.output);
    let mut more = queue("inbox");
    more["Resources"]["News"] = json!({ "Type": "AWS::SNS::Topic" });
    anywhere(&desk, &more);
    desk.run_with(&["diff", "--app", "cdk.out", "--fail", "--out", "plan.json"], &[SOMEWHERE]).await.expect(2);
    let ran = desk.run_with(&["apply", "plan.json", "cdk.out"], &[SOMEWHERE]).await.expect(0);
    assert_eq!(ran.output, "Prod/Shop  done\n");
    desk.run_with(&["deploy", "cdk.out", "--all", "Prod/Shop"], &[SOMEWHERE]).await.expect(64);
}

#[tokio::test]
async fn a_stack_without_resources_is_not_made() {
    let desk = Desk::with_cloud("switch-empty").await;
    let nothing = json!({ "Parameters": { "Wanted": { "Type": "String" } }, "Outputs": {} });
    anywhere(&desk, &nothing);
    let ran = desk.run_with(&["deploy", "cdk.out"], &[SOMEWHERE]).await.expect(0);
    assert_eq!(ran.output, "Prod/Shop  not there\n");
    assert!(ran.errors.contains("Prod/Shop  has no resources, so nothing is made"), "{}", ran.errors);
    desk.run(&["simulate", "cdk.out", "--schedules", "5"]).await.expect(0);
    anywhere(&desk, &queue("inbox"));
    desk.run_with(&["deploy", "cdk.out"], &[SOMEWHERE]).await.expect(0);
    anywhere(&desk, &nothing);
    let ran = desk.run_with(&["deploy", "cdk.out"], &[SOMEWHERE]).await.expect(4);
    assert!(ran.errors.contains("`ce destroy Prod/Shop` deletes it"), "{}", ran.errors);
}

#[tokio::test]
async fn a_project_of_the_stock_cli_is_run_as_it_is() {
    let desk = Desk::with_cloud("switch-project").await;
    anywhere(&desk, &queue("inbox"));
    fs::rename(desk.folder.join("cdk.out"), desk.folder.join("made")).expect("a folder");
    let app = "cp made/* $CDK_OUTDIR && echo $CDK_CONTEXT_JSON $CDK_DEFAULT_ACCOUNT $CDK_DEFAULT_REGION > seen";
    let project =
        json!({ "app": app, "build": "touch built", "context": { "stage": "prod" }, "toolkitStackName": "X" });
    fs::write(desk.folder.join("cdk.json"), project.to_string()).expect("a file");
    fs::write(desk.folder.join("cdk.context.json"), r#"{ "zones": ["a"] }"#).expect("a file");
    let ran = desk.run_with(&["deploy", "-c", "size=2"], &[SOMEWHERE]).await.expect(0);
    assert_eq!(ran.output, "Prod/Shop  done\n");
    let seen = fs::read_to_string(desk.folder.join("seen")).expect("the app ran");
    for part in [r#""size":"2""#, r#""stage":"prod""#, r#""zones":["a"]"#, "111111111111 eu-west-1"] {
        assert!(seen.contains(part), "{part}: {seen}");
    }
    assert!(desk.folder.join("built").is_file() && desk.folder.join("cdk.out/manifest.json").is_file());
    fs::write(desk.folder.join("cdk.json"), "{ app").expect("a file");
    let ran = desk.run_with(&["ls"], &[SOMEWHERE]).await.expect(64);
    assert!(ran.errors.contains("cdk.json` is not as it must be"), "{}", ran.errors);
}
