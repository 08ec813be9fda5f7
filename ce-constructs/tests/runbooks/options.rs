//! One assertion for each option of a runbook.

use ce_cfn::{rds, sns};
use ce_constructs::operations::{ApiCall, ApiOperation, DocumentParameter, Step};
use ce_constructs::runbooks::{Runbook, RunbookBuilder, RunbookStep};
use ce_synth::{Duration, Scope, join};

use super::{built, of_type, text};

fn whole() -> RunbookBuilder {
    Runbook::builder("Purge the inbox")
        .purpose("Empties it.")
        .when("It is full.")
        .who("On-call")
        .verify(RunbookStep::new("Look").expect("nothing is left"))
        .roll_back(RunbookStep::new("Ask again"))
}

fn one(step: RunbookStep) -> String {
    let assembly = built(|stack| drop(whole().step(step).build(stack, "Purge")));
    text(&assembly, "purge-the-inbox").to_owned()
}

#[test]
fn a_whole_runbook() {
    let assembly = built(|stack| {
        let cluster = rds::DbCluster::new().engine("aurora-postgresql").db_cluster_identifier("shop-prod");
        let cluster = stack.add("Cluster", cluster.manage_master_user_password(true).master_username("shop"));
        let topic = stack.add("Pages", sns::Topic::new());
        let first = whole().file("first").step(RunbookStep::new("Nothing")).build(stack, "First");
        whole()
            .takes(Duration::minutes(20))
            .before("Nobody writes.")
            .before("Somebody watches.")
            .phase("Prepare")
            .step(
                RunbookStep::new("Stop the cluster")
                    .text(join!["Stops ", cluster.ref_(), "."])
                    .text("It takes a while.")
                    .command(join!["aws rds stop-db-cluster --db-cluster-identifier ", cluster.ref_()])
                    .command(join!["aws sns publish --message stopped --topic-arn ", topic.ref_()])
                    .expect("it is stopped")
                    .stop_if("somebody is connected"),
            )
            .step(RunbookStep::new("Wait"))
            .phase("End")
            .step(RunbookStep::new("Start it"))
            .see(&first)
            .build(stack, "Purge");
    });
    insta::assert_snapshot!(text(&assembly, "purge-the-inbox"));
}

#[test]
fn names_are_read_at_synthesis() {
    let assembly = built(|stack| {
        let cluster =
            rds::DbCluster::new().engine("aurora-postgresql").master_username("shop").manage_master_user_password(true);
        let cluster = stack.add("Cluster", cluster);
        whole().step(RunbookStep::new("Stop").command(join!["aws rds stop ", cluster.ref_()])).build(stack, "Purge");
        cluster.update(|cluster| cluster.db_cluster_identifier("named-later"));
    });
    assert!(text(&assembly, "purge-the-inbox").contains("aws rds stop named-later\n"));
}

#[test]
fn the_file_has_a_name_of_its_own() {
    let runbook =
        |stack: Scope<'_>| whole().step(RunbookStep::new("Do")).file("inbox").build(stack, "Purge").path().to_owned();
    let assembly = built(|stack| assert_eq!(runbook(stack), "runbooks/inbox.md"));
    assert!(assembly.file("runbooks/inbox.md").is_some());
}

#[test]
fn an_automated_runbook_pauses_where_people_act() {
    const STOP: ApiOperation = ApiOperation::new("rds:StopDBCluster");
    let assembly = built(|stack| {
        let arn = "arn:aws:rds:us-east-1:111111111111:cluster:shop";
        let stop = Step::call("StopCluster", ApiCall::new(STOP).on([arn]).input("DBClusterIdentifier", "shop"));
        let runbook = whole()
            .automated("shop-purge")
            .parameter(DocumentParameter::text("Reason"))
            .step(RunbookStep::new("Stop the cluster").automated(stop))
            .step(RunbookStep::new("Look at DNS records"))
            .step(RunbookStep::new("Wait").named("WaitForIt"))
            .build(stack, "Purge");
        assert!(runbook.automation().is_some());
    });
    let documents = of_type(&assembly, "AWS::SSM::Document");
    let steps = documents[0]["Content"]["mainSteps"].as_array().cloned().unwrap_or_default();
    let shown: Vec<_> = steps.iter().map(|step| (step["name"].as_str(), step["action"].as_str())).collect();
    let expected = [
        (Some("StopCluster"), Some("aws:executeAwsApi")),
        (Some("LookAtDnsRecords"), Some("aws:pause")),
        (Some("WaitForIt"), Some("aws:pause")),
        (Some("Look"), Some("aws:pause")),
    ];
    assert_eq!(shown, expected);
    assert_eq!(steps[0]["description"], "Stop the cluster");
    let text = text(&assembly, "purge-the-inbox");
    assert!(text.contains("--document-name shop-purge --parameters \"Reason=$Reason\"\n"), "{text}");
    assert!(text.contains("Systems Manager does this as `StopCluster`."), "{text}");
}

#[test]
fn a_runbook_that_is_not_automated_has_no_document() {
    let assembly =
        built(|stack| assert!(whole().step(RunbookStep::new("Do")).build(stack, "Purge").automation().is_none()));
    assert!(of_type(&assembly, "AWS::SSM::Document").is_empty());
    assert!(!text(&assembly, "purge-the-inbox").contains("## Start"));
}

#[test]
fn commands_are_fenced_and_trimmed() {
    let text = one(RunbookStep::new("Do").command("first\nsecond\n\n"));
    assert!(text.contains("```sh\nfirst\nsecond\n```\n"), "{text}");
}

#[test]
fn a_step_may_be_left_to_people() {
    let runbook = |automated: bool| {
        let assembly = built(|stack| {
            let runbook = Runbook::builder("Mail")
                .purpose("Sends it.")
                .when("It waits.")
                .who("On-call engineer")
                .step(RunbookStep::new("Send it").automated(Step::sleep("SendIt", Duration::seconds(1))))
                .step(RunbookStep::new("Tell them").left_to_people())
                .verify(RunbookStep::new("Ask them"))
                .roll_back(RunbookStep::new("Say sorry"));
            let runbook = if automated { runbook.automated("shop-mail") } else { runbook };
            runbook.build(stack, "Mail");
        });
        let steps = of_type(&assembly, "AWS::SSM::Document").pop().map(|one| one["Content"]["mainSteps"].clone());
        let names = steps.iter().flat_map(|steps| steps.as_array().cloned().unwrap_or_default());
        let names: Vec<String> = names.filter_map(|step| step["name"].as_str().map(str::to_owned)).collect();
        (text(&assembly, "mail").to_owned(), names)
    };
    let (page, names) = runbook(true);
    assert_eq!(names, ["SendIt", "AskThem"]);
    assert!(page.contains("Systems Manager goes on without this.") && page.contains("does this as `SendIt`"), "{page}");
    let (page, names) = runbook(false);
    assert!(names.is_empty() && !page.contains("Systems Manager"), "{page}");
}
