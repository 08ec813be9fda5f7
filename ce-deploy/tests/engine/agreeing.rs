//! What somebody must agree to, judged by the schemas, nested stacks included.

use std::sync::Arc;

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::cloud::{Answer, Call};
use ce_deploy::engine::{Deployment, Errand, Exit, Judge, Options};
use ce_deploy::plan::{Approval, Ask};
use ce_deploy::risk::RiskClass;

use crate::cloud::Cloud;
use crate::drive::{Fate, drive, drive_with};
use crate::shop::{assembly, deploy, place, stack};

const TABLE: &str = r#"{"Resources":{"Orders":{"Type":"AWS::DynamoDB::Table","Properties":{"TableName":"a","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}}}}"#;
const NOTHING: &str = r#"{"Resources":{"Handle":{"Type":"AWS::CloudFormation::WaitConditionHandle"}}}"#;
const ADMIN: &str = r#"{"Resources":{"Role":{"Type":"AWS::IAM::Role","Properties":{"AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]},"ManagedPolicyArns":["arn:aws:iam::aws:policy/AdministratorAccess"]}}}}"#;

fn one(template: &str) -> Arc<Assembly> {
    assembly(vec![stack("Data", template, &[])])
}

fn judged(assembly: &Arc<Assembly>, options: Options) -> Deployment {
    Deployment::deploy(assembly.clone(), Judge::of(&ce_cfn::SCHEMAS), options)
}

#[test]
fn what_holds_data_is_named_before_it_goes() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&one(TABLE)));
    let run = drive(&mut cloud, 100_000, &mut judged(&one(NOTHING), Options::default().ask(Ask::Never)));
    assert_eq!(run.outcome().exit, Exit::ApprovalNeeded, "never asking does not cover it");
    assert_eq!(run.asked[0].open[0].id(), "Data.Orders");
    let named = Options::default().approval(Approval::default().destroy("Data.Orders"));
    let run = drive(&mut cloud, 200_000, &mut judged(&one(NOTHING), named));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
}

#[test]
fn a_deletion_names_what_holds_data_too() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&one(TABLE)));
    let mut destroy = Errand::destroy(one(TABLE), Judge::of(&ce_cfn::SCHEMAS), Options::default());
    let fate = Fate { approval: Some(Approval::default()), ..Fate::default() };
    let run = drive_with(&mut cloud, 100_000, &mut destroy, fate);
    assert_eq!(run.outcome().exit, Exit::ApprovalNeeded, "a plain yes is not enough");
    assert_eq!(run.asked[0].open[0].id(), "Data.Orders");
}

/// The stock CLI deploys the same role without a word when it is in a nested stack.
#[test]
fn a_right_in_a_nested_stack_is_asked_about() {
    let mut cloud = Cloud::new();
    cloud.simulator.make_bucket(&place(), "assets");
    cloud.simulator.put_object(&place(), "assets", "inner.json", ADMIN.as_bytes(), None).unwrap();
    cloud.simulator.put_object(&place(), "assets", "plain.json", NOTHING.as_bytes(), None).unwrap();
    let outer = |key: &str, template: &str| {
        let url = format!("https://assets.s3.eu-west-1.amazonaws.com/{key}");
        let text = format!(
            r#"{{"Resources":{{"Inner":{{"Type":"AWS::CloudFormation::Stack","Properties":{{"TemplateURL":"{url}"}}}}}}}}"#
        );
        let mut outer = stack("Outer", &text, &[]);
        outer.nested.insert("Inner".into(), Arc::from(template));
        assembly(vec![outer])
    };
    let run = drive(&mut cloud, 0, &mut judged(&outer("plain.json", NOTHING), Options::default()));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
    let run = drive(&mut cloud, 100_000, &mut judged(&outer("inner.json", ADMIN), Options::default()));
    assert_eq!(run.outcome().exit, Exit::ApprovalNeeded, "{:?}", run.told);
    let risk = &run.asked[0].open[0];
    assert_eq!((risk.class, risk.id().as_str()), (RiskClass::Broadening, "Outer.Inner.Role"));
    let agreed = Options::default().approval(Approval::default().class(RiskClass::Broadening));
    let run = drive(&mut cloud, 200_000, &mut judged(&outer("inner.json", ADMIN), agreed));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
    let changes = &run.outcome().plan.as_ref().unwrap().stacks[0];
    let nested = &changes.step.change_set().unwrap().nested;
    assert_eq!(nested["Inner"].len(), 2, "{nested:?}");
}

/// What is made only while applying may not bring more than was agreed to.
#[test]
fn a_risk_that_shows_late_stops_there() {
    let mut cloud = Cloud::new();
    let reader = format!(
        r#"{{"Outputs":{{"Seen":{{"Value":{{"Fn::GetStackOutput":{{"StackName":"net","OutputName":"Out"}}}}}}}},{}"#,
        &ADMIN[1..]
    );
    let net = r#"{"Resources":{"Queue":{"Type":"AWS::SQS::Queue"}},"Outputs":{"Out":{"Value":"v"}}}"#;
    let shop = assembly(vec![stack("Net", net, &[]), stack("App", &reader, &["Net"])]);
    let run = drive(&mut cloud, 0, &mut judged(&shop, Options::default()));
    assert_eq!(run.outcome().exit, Exit::ApprovalNeeded, "it shows before, from the template alone");
    let agreed = Options::default().approval(Approval::default().class(RiskClass::Broadening));
    let run = drive(&mut cloud, 100_000, &mut judged(&shop, agreed));
    assert_eq!(run.outcome().exit, Exit::Done, "{:?}", run.outcome().problems);
    assert!(run.outcome().stacks.contains_key(&StackId::new("App")));
}

/// A role and a queue, as somebody wrote them by hand.
const YAML: &str = "
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: 2012-10-17
        Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}]
      ManagedPolicyArns: [!Sub 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess']
  Orders:
    Type: AWS::SQS::Queue
    Properties: {DelaySeconds: 1}
";

fn role_and(more: &str) -> Arc<Assembly> {
    let arn = r#"{"Fn::Sub":"arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess"}"#;
    let admin = ADMIN.replace(r#""arn:aws:iam::aws:policy/AdministratorAccess""#, arn);
    one(&admin.replacen("{\"Resources\":{", &format!("{{\"Resources\":{{{more}"), 1))
}

#[test]
fn a_template_in_yaml_is_compared_like_any_other() {
    let queue =
        |delay: u32| format!(r#""Orders":{{"Type":"AWS::SQS::Queue","Properties":{{"DelaySeconds":{delay}}}}},"#);
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&role_and(&queue(1))));
    cloud.way = Box::new(|call, _, answer| match call {
        Call::GetTemplate { change_set: None, .. } => Ok(Answer::Template(YAML.to_owned())),
        _ => answer,
    });
    let run = drive(&mut cloud, 100_000, &mut judged(&role_and(""), Options::default()));
    let ids: Vec<String> = run.asked[0].open.iter().map(|risk| risk.id()).collect();
    assert_eq!(ids, ["Data.Orders"], "the role is not new");
    let run = drive(&mut cloud, 200_000, &mut judged(&role_and(&queue(2)), Options::default()));
    assert_eq!((run.outcome().exit, run.asked.len()), (Exit::Done, 0), "{:?}", run.outcome().problems);
}

#[test]
fn a_template_that_cannot_be_read_says_why_all_is_asked() {
    let mut cloud = Cloud::new();
    drive(&mut cloud, 0, &mut deploy(&one(NOTHING)));
    cloud.way = Box::new(|call, _, answer| match call {
        Call::GetTemplate { change_set: None, .. } => Ok(Answer::Template("no template".to_owned())),
        _ => answer,
    });
    let run = drive(&mut cloud, 100_000, &mut judged(&role_and(""), Options::default()));
    assert_eq!(run.outcome().exit, Exit::ApprovalNeeded);
    let open = &run.asked[0].open;
    let why = open.iter().find(|risk| risk.rule == "unseen").expect("it says why");
    assert!(why.what.contains("neither JSON nor YAML"), "{}", why.what);
    assert!(open.iter().any(|risk| risk.id() == "Data.Role"), "all of it counts as new");
}
