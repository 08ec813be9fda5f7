//! References between stacks, regions and accounts, and the order they give.

use ce_synth::{
    Account, App, Assembly, Environment, Expr, Findings, ListOf, Parameter, Raw, Region, Resource, Scope, Sharing,
    Tier, Value, join,
};
use serde_json::{Value as Json, json};

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
const WEST: Environment = PROD.in_region(Region::US_WEST_2);
const OTHER: Environment = PROD.in_account(Account::new("222222222222"));

fn queue<'a>(scope: Scope<'a>, id: &str) -> Resource<'a, Raw> {
    scope.raw(id, "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))])
}

fn reader(scope: Scope<'_>, value: Value<String>) {
    scope.raw("Reader", "AWS::SSM::Parameter", [("Type", "String".into()), ("Value", value.into())]);
}

fn synth(build: impl FnOnce(&App)) -> Result<Assembly, Findings> {
    let app = App::new();
    build(&app);
    app.synth()
}

fn template(assembly: &Assembly, stack: &str) -> Json {
    serde_json::from_str(assembly.template(stack).unwrap_or_default()).unwrap_or_default()
}

fn read_value(assembly: &Assembly, stack: &str) -> Json {
    template(assembly, stack)["Resources"]["Reader"]["Properties"]["Value"].clone()
}

#[test]
fn within_a_stack_a_reference_is_a_ref() {
    let out = synth(|app| {
        let stack = app.stack("Mail", PROD);
        reader(stack, queue(stack, "Inbox").att("Arn"));
    });
    assert_eq!(read_value(&out.unwrap(), "Mail"), json!({ "Fn::GetAtt": ["Inbox", "Arn"] }));
}

#[test]
fn between_stacks_it_is_a_weak_output() {
    let out =
        synth(|app| reader(app.stack("Reader", PROD), queue(app.stack("Mail", PROD), "Inbox").att("Arn"))).unwrap();
    let get = json!({ "Fn::GetStackOutput": { "StackName": "Mail", "OutputName": "SharedInboxArn" } });
    assert_eq!(read_value(&out, "Reader"), get);
    assert_eq!(
        template(&out, "Mail")["Outputs"]["SharedInboxArn"],
        json!({ "Value": { "Fn::GetAtt": ["Inbox", "Arn"] } })
    );
    assert_eq!(out.stack("Reader").unwrap().dependencies(), ["Mail"]);
    let order: Vec<&str> = out.stacks().map(ce_synth::assembly::StackArtifact::id).collect();
    assert_eq!(order, ["Mail", "Reader"]);
}

#[test]
fn between_regions_it_names_the_region_and_the_stack_s_own_name() {
    let out = synth(|app| {
        let mail = app.stack("Mail", PROD);
        mail.stack().named("prod-mail");
        reader(app.stack("Reader", WEST), queue(mail, "Inbox").reference());
    });
    let get = json!({ "Fn::GetStackOutput": { "StackName": "prod-mail", "OutputName": "SharedInboxRef", "Region": "us-east-1" } });
    assert_eq!(read_value(&out.unwrap(), "Reader"), get);
}

#[test]
fn between_accounts_it_needs_a_role() {
    let build = |role: Option<&'static str>| {
        synth(move |app| {
            let mail = app.stack("Mail", OTHER);
            if let Some(role) = role {
                mail.stack().read_with_role(role);
            }
            reader(app.stack("Reader", PROD), queue(mail, "Inbox").reference());
        })
    };
    let findings = build(None).unwrap_err();
    assert_eq!(findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(), ["CE0202"]);
    let role = "arn:aws:iam::222222222222:role/reader";
    let out = build(Some(role)).unwrap();
    assert_eq!(read_value(&out, "Reader")["Fn::GetStackOutput"]["RoleArn"], role);
}

#[test]
fn by_choice_it_is_an_export() {
    let out = synth(|app| {
        let mail = app.stack("Mail", PROD);
        mail.stack().shares(Sharing::Export);
        reader(app.stack("Reader", PROD), queue(mail, "Inbox").reference());
    });
    let out = out.unwrap();
    assert_eq!(read_value(&out, "Reader"), json!({ "Fn::ImportValue": "Mail:SharedInboxRef" }));
    assert_eq!(template(&out, "Mail")["Outputs"]["SharedInboxRef"]["Export"], json!({ "Name": "Mail:SharedInboxRef" }));
}

#[test]
fn lists_travel_joined() {
    let out = synth(|app| {
        let mail = app.stack("Mail", PROD);
        let zones = mail.parameter("Zones", Parameter::text_list());
        let zones: Value<ListOf<String>> = zones.value();
        let reader = app.stack("Reader", PROD);
        reader.raw("Group", "AWS::RDS::DBSubnetGroup", [("SubnetIds", zones.into())]);
    });
    let out = out.unwrap();
    let get = json!({ "Fn::GetStackOutput": { "StackName": "Mail", "OutputName": "SharedZonesRef" } });
    assert_eq!(
        template(&out, "Reader")["Resources"]["Group"]["Properties"]["SubnetIds"],
        json!({ "Fn::Split": ["||", { "Fn::Join": ["", [get]] }] })
    );
    assert_eq!(
        template(&out, "Mail")["Outputs"]["SharedZonesRef"]["Value"],
        json!({ "Fn::Join": ["||", { "Ref": "Zones" }] })
    );
}

#[test]
fn a_cycle_names_every_reference_and_its_line() {
    let findings = synth(|app| {
        let (one, two) = (app.stack("One", PROD), app.stack("Two", PROD));
        reader(two, queue(one, "Inbox").reference());
        reader(one, queue(two, "Inbox").reference());
    });
    let findings = findings.unwrap_err();
    let cycle = findings.iter().find(|finding| finding.code.as_str() == "CE0201").unwrap();
    assert_eq!(cycle.message, "stacks need each other: One → Two → One");
    assert_eq!(cycle.notes.len(), 2);
    assert!(cycle.notes[0].contains("references.rs:"), "{:?}", cycle.notes);
}

#[test]
fn a_standby_may_keep_a_value_but_not_refer() {
    let build = |kept: bool| {
        synth(move |app| {
            let (primary, standby) = (app.stack("Primary", PROD), app.stack("Standby", WEST));
            standby.stack().independent_of(primary);
            let arn: Value<String> = queue(primary, "Inbox").att("Arn");
            let value =
                if kept { standby.parameter("InboxArn", Parameter::text().kept_from(&arn)).value() } else { arn };
            reader(standby, value);
        })
    };
    assert_eq!(build(false).unwrap_err().iter().next().unwrap().code.as_str(), "CE0204");
    let out = build(true).unwrap();
    let standby = out.stack("Standby").unwrap();
    assert_eq!(read_value(&out, "Standby"), json!({ "Ref": "InboxArn" }));
    assert!(standby.dependencies().is_empty());
    let kept = &standby.kept_parameters()[0];
    assert_eq!((&*kept.parameter, &*kept.stack, &*kept.output), ("InboxArn", "Primary", "SharedInboxArn"));
}

#[test]
fn partitions_do_not_meet() {
    let china = PROD.in_region(Region::CN_NORTH_1);
    let findings = synth(|app| reader(app.stack("Reader", china), queue(app.stack("Mail", PROD), "Inbox").reference()));
    assert_eq!(findings.unwrap_err().iter().next().unwrap().code.as_str(), "CE0203");
}

#[test]
fn a_reference_inside_a_function_crosses_too() {
    let out = synth(|app| {
        let arn: Value<String> = queue(app.stack("Mail", PROD), "Inbox").att("Arn");
        reader(app.stack("Reader", PROD), join!["queue: ", arn]);
    });
    let get = json!({ "Fn::GetStackOutput": { "StackName": "Mail", "OutputName": "SharedInboxArn" } });
    assert_eq!(read_value(&out.unwrap(), "Reader"), json!({ "Fn::Join": ["", ["queue: ", get]] }));
}

#[test]
fn handles_of_another_app_are_a_finding() {
    let other = App::new();
    let foreign: Value<String> = queue(other.stack("Mail", PROD), "Inbox").reference();
    let findings = synth(|app| reader(app.stack("Reader", PROD), foreign));
    assert_eq!(findings.unwrap_err().iter().next().unwrap().code.as_str(), "CE0004");
}
