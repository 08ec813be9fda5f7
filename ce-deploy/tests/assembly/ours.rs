//! What `ce-synth` writes is read back whole.

use ce_deploy::assembly::Assembly;
use ce_synth::{Account, App, Environment, Expr, Region, Tier, Value};

use crate::folder::Folder;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);

fn app() -> App {
    let app = App::new();
    let queue = app.stack("Base", PROD).raw("Queue", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
    let arn: Value<String> = queue.att("Arn");
    app.stack("Reader", PROD).raw(
        "Parameter",
        "AWS::SSM::Parameter",
        [("Type", "String".into()), ("Value", arn.into())],
    );
    app
}

#[test]
fn stacks_come_in_order_with_the_lines_that_made_them() {
    let folder = Folder::new("ours");
    app().synth().unwrap().write(folder.path()).unwrap();
    let assembly = Assembly::read(folder.path()).unwrap();
    let ids: Vec<&str> = assembly.stacks.iter().map(|stack| stack.id.as_str()).collect();
    assert_eq!(ids, ["Base", "Reader"]);
    assert_eq!(assembly.stacks[1].needs, [assembly.stacks[0].id.clone()]);
    let (_, origin) = assembly.stacks[0].origins.iter().next().unwrap();
    assert_eq!(origin.path, "Base/Queue");
    assert!(origin.source.as_deref().unwrap().starts_with("ce-deploy/tests/assembly/ours.rs:"), "{origin:?}");
}

#[test]
fn the_digest_is_that_of_what_is_deployed() {
    let digest = |delay: i64, folder: &str| {
        let folder = Folder::new(folder);
        let app = App::new();
        app.stack("Base", PROD).raw("Queue", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(delay))]);
        app.synth().unwrap().write(folder.path()).unwrap();
        Assembly::read(folder.path()).unwrap().digest
    };
    assert_eq!(digest(5, "here"), digest(5, "there"));
    assert_ne!(digest(5, "here"), digest(6, "here"));
}

#[test]
fn a_large_template_goes_through_a_bucket() {
    let folder = Folder::new("large");
    let app = App::new();
    app.stack("Large", PROD).raw("Text", "AWS::SSM::Parameter", [("Value", "x".repeat(60_000).into())]);
    app.synth().unwrap().write(folder.path()).unwrap();
    let assembly = Assembly::read(folder.path()).unwrap();
    let stack = &assembly.stacks[0];
    let digest = &stack.template_digest;
    let url = format!("https://s3.us-east-1.amazonaws.com/cdk-hnb659fds-assets-111111111111-us-east-1/{digest}.json");
    assert_eq!(stack.template_url.as_deref(), Some(url.as_str()));
    let asset = assembly.asset(&stack.assets[0]).unwrap();
    assert_eq!(asset.digest, *digest, "the asset is the template itself");
    assert_eq!(asset.bytes, stack.template.len() as u64);
}
