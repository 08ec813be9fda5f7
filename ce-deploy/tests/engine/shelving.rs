//! Templates that a call has no room for, and templates in YAML: what was there comes back.

use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Asset, AssetId, Destination, Packaging, Source, Stack};
use ce_deploy::cloud::{Call, Content, Failure, Tag, Target, Template};
use ce_deploy::digest::sha256;
use ce_deploy::engine::{Exit, OnFailure, Options};

use crate::cloud::Cloud;
use crate::drive::{Run, drive};
use crate::putting_back::template_of;
use crate::shop::{assembly, deploy, deploy_with, failing, place, stack, template};

const YAML: &str = "\
Parameters: {Size: {Type: Number}, Word: {Type: String, Default: a}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {RoleName: !Sub 'net-${Size}', AssumeRolePolicyDocument: {Statement: []}}
Outputs: {Out: {Value: !GetAtt Role.Arn}}
";

fn options() -> Options {
    Options::default().on_failure(OnFailure::RollbackAll)
}

/// A template of more than 51,200 bytes.
fn large(resources: &str) -> String {
    let filling = "x".repeat(60_000);
    format!(r#"{{"Metadata":{{"Filling":"{filling}"}},{resources}}}"#)
}

const QUEUE: &str = r#""Resources":{"Thing":{"Type":"AWS::SQS::Queue"}}"#;
const EXPORTS: &str = r#""Resources":{"Thing":{"Type":"AWS::SQS::Queue"}},"Outputs":{"Out":{"Value":{"Fn::GetAtt":["Thing","Arn"]},"Export":{"Name":"thing"}}}"#;
const IMPORTS: &str =
    r#"{"Resources":{"Topic":{"Type":"AWS::SNS::Topic","Properties":{"DisplayName":{"Fn::ImportValue":"thing"}}}}}"#;
const LETS_GO: &str = r#"{"Resources":{"Topic":{"Type":"AWS::SNS::Topic"}}}"#;

/// An assembly whose first stack publishes its template.
fn published(cloud: &mut Cloud, stacks: Vec<Stack>) -> Arc<Assembly> {
    let mut shop = Assembly::clone(&assembly(stacks));
    let first = &mut shop.stacks[0];
    let (id, path, key) = (AssetId::new("template"), "ce.out/net.json", format!("{}.json", first.template_digest));
    cloud.simulator.make_bucket(&place(), "assets");
    cloud.simulator.set_file(path, Arc::clone(&first.template));
    if first.template.len() > 51_200 {
        first.template_url = Some(format!("https://s3.eu-west-1.amazonaws.com/assets/{key}"));
    }
    first.assets.push(id.clone());
    shop.assets.push(Asset {
        id,
        name: "template".into(),
        source: Source::File { path: path.into(), packaging: Packaging::File },
        destination: Destination::Bucket { target: Target::new(place()), bucket: "assets".into(), key },
        digest: first.template_digest.clone(),
        bytes: first.template.len() as u64,
    });
    Arc::new(shop)
}

/// The texts that were put into buckets.
fn shelved(cloud: &Cloud) -> Vec<String> {
    let text = |call: &Call| match call {
        Call::PutObject { content: Content::Text(text), .. } => Some(text.to_string()),
        _ => None,
    };
    cloud.calls.iter().filter_map(|(_, call)| text(call)).collect()
}

fn said(run: &Run, words: &str) -> bool {
    run.outcome().problems.iter().any(|problem| problem.message.contains(words))
}

#[test]
fn a_template_in_yaml_is_put_back() {
    let mut cloud = Cloud::new();
    let mut before = stack("Net", YAML, &[]);
    before.parameters.insert("Size".into(), ce_deploy::cloud::Secret::new("7"));
    let run = drive(&mut cloud, 0, &mut deploy(&assembly(vec![before])));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
    let after = assembly(vec![stack("Net", &template(2, "v2"), &[]), stack("Bad", &failing(), &["Net"])]);
    let run = drive(&mut cloud, 100_000, &mut deploy_with(&after, options()));
    assert_eq!(run.outcome().exit, Exit::RolledBack, "{:?}", run.outcome().problems);
    assert_eq!(template_of(&mut cloud, "net"), YAML);
    let size = cloud.stack("net").unwrap().parameters.into_iter().find(|value| value.key == "Size").unwrap();
    assert_eq!(size.value.unwrap().reveal(), "7");
}

#[test]
fn a_large_template_is_put_into_a_bucket_and_back() {
    let mut cloud = Cloud::new();
    let before = published(&mut cloud, vec![stack("Net", &large(QUEUE), &[])]);
    assert_eq!(drive(&mut cloud, 0, &mut deploy(&before)).outcome().exit, Exit::Done);
    let stacks = vec![stack("Net", &template(2, "v2"), &[]), stack("Bad", &failing(), &["Net"])];
    let after = published(&mut cloud, stacks);
    let run = drive(&mut cloud, 100_000, &mut deploy_with(&after, options()));
    assert_eq!(run.outcome().exit, Exit::RolledBack, "{:?}", run.outcome().problems);
    assert_eq!(template_of(&mut cloud, "net"), large(QUEUE));
    assert_eq!(shelved(&cloud), [large(QUEUE)]);
    let wanted = format!("https://s3.eu-west-1.amazonaws.com/assets/{}.json", sha256(large(QUEUE)));
    let by_url = |call: &Call| matches!(call, Call::CreateChangeSet(request) if request.template == Template::Url(wanted.clone()));
    assert_eq!(cloud.count(by_url), 2, "when it was made, and on the way back");
}

#[test]
fn where_files_go_to_no_bucket_a_large_template_cannot_come_back() {
    let mut cloud = Cloud::new();
    let before = published(&mut cloud, vec![stack("Net", &large(QUEUE), &[])]);
    drive(&mut cloud, 0, &mut deploy(&before));
    let after = assembly(vec![stack("Net", &template(2, "v2"), &[]), stack("Bad", &failing(), &["Net"])]);
    let run = drive(&mut cloud, 100_000, &mut deploy_with(&after, options()));
    assert_eq!(run.outcome().exit, Exit::NeedsRepair);
    assert!(said(&run, "is too large to be sent without a bucket"), "{:?}", run.outcome().problems);
}

#[test]
fn a_bucket_that_refuses_a_template_is_named() {
    let mut cloud = Cloud::new();
    let before = published(&mut cloud, vec![stack("Net", &large(QUEUE), &[])]);
    drive(&mut cloud, 0, &mut deploy(&before));
    let after = published(&mut cloud, vec![stack("Net", &template(2, "v2"), &[]), stack("Bad", &failing(), &["Net"])]);
    cloud.fault = Box::new(|call, _| {
        let text = matches!(call, Call::PutObject { content: Content::Text(_), .. });
        text.then(|| Failure::answered("AccessDenied", "Access Denied"))
    });
    let run = drive(&mut cloud, 100_000, &mut deploy_with(&after, options()));
    assert_eq!(run.outcome().exit, Exit::NeedsRepair);
    assert!(said(&run, "cannot be put into its bucket: AccessDenied"), "{:?}", run.outcome().problems);
}

#[test]
fn a_large_template_keeps_an_export_for_a_while() {
    let mut cloud = Cloud::new();
    let shop = |cloud: &mut Cloud, net: &str, app: &str| {
        published(cloud, vec![stack("Net", &large(net), &[]), stack("App", app, &["Net"])])
    };
    let before = shop(&mut cloud, EXPORTS, IMPORTS);
    drive(&mut cloud, 0, &mut deploy(&before));
    let after = shop(&mut cloud, QUEUE, LETS_GO);
    let run = drive(&mut cloud, 100_000, &mut deploy(&after));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
    assert_eq!(template_of(&mut cloud, "net"), large(QUEUE));
    assert_eq!(shelved(&cloud).len(), 1, "the template of the first phase");
}

#[test]
fn a_stack_that_had_no_tags_has_none_again() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&assembly(vec![stack("Net", &template(1, "a"), &[])])));
    let mut net = stack("Net", &template(1, "a"), &[]);
    net.tags.insert("team".into(), "shop".into());
    let after = assembly(vec![net, stack("Bad", &failing(), &["Net"])]);
    let run = drive(&mut cloud, 100_000, &mut deploy_with(&after, options()));
    assert_eq!(run.outcome().exit, Exit::RolledBack, "{:?}", run.outcome().problems);
    assert_eq!(cloud.stack("net").unwrap().tags, Vec::<Tag>::new());
}
