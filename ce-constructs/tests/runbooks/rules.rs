//! One test for each rule of runbooks.

use ce_constructs::runbooks::{Runbook, RunbookBuilder, RunbookStep};
use ce_synth::{App, Document, Expr};

use super::{PROD, codes, synth};

fn found(runbook: RunbookBuilder) -> Vec<String> {
    codes(&synth(|stack| drop(runbook.build(stack, "Runbook"))))
}

fn whole() -> RunbookBuilder {
    Runbook::builder("Purge")
        .purpose("Empties it.")
        .when("It is full.")
        .who("On-call")
        .verify(RunbookStep::new("Look"))
        .roll_back(RunbookStep::new("Ask again"))
}

#[test]
fn no_steps() {
    assert_eq!(found(whole()), ["CE8601"]);
    assert_eq!(found(whole().step(RunbookStep::new(" "))), ["CE8601"]);
    assert_eq!(found(whole().step(RunbookStep::new("Do"))), Vec::<String>::new());
}

#[test]
fn incomplete() {
    let bare = Runbook::builder("Purge").step(RunbookStep::new("Do"));
    assert_eq!(found(bare), ["CE8602"; 5]);
}

#[test]
fn placeholder() {
    assert_eq!(found(whole().step(RunbookStep::new("Do").command("aws s3 ls <bucket name>"))), ["CE8603"]);
    assert_eq!(found(whole().step(RunbookStep::new("Do").command("aws s3 ls \"${BUCKET:?}\""))), Vec::<String>::new());
}

#[test]
fn unguarded() {
    let delete = || RunbookStep::new("Do").command("aws rds delete-db-cluster --db-cluster-identifier shop");
    assert_eq!(found(whole().step(delete())), ["CE8604"]);
    assert_eq!(found(whole().step(delete().stop_if("it holds data"))), Vec::<String>::new());
}

#[test]
fn words_of_a_command_are_seen_around_a_value() {
    let queue = |app: &App| {
        let stack = app.stack("Stack", PROD);
        let queue = stack.raw("Queue", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
        let purge = ce_synth::join!["aws sqs purge-queue --queue-url ", queue.reference::<String>()];
        whole().step(RunbookStep::new("Do").command(purge)).build(stack, "Runbook");
    };
    let app = App::new();
    queue(&app);
    assert_eq!(codes(&app.synth()), ["CE8604"]);
}

#[test]
fn a_resource_that_left_the_app_is_found() {
    let result =
        synth(|stack| stack.file("runbooks/old.md", Document::template("# Old\n\nRestart {{Stack/Service}}.\n")));
    assert_eq!(codes(&result), ["CE0303"]);
}
