//! What no block is for: any type of CloudFormation typed, types newer than this version, and properties newer still.
//!
//! ```text
//! cargo run --example every_type -- --no-lock
//! ```
//!
//! Every `AWS::*` type is typed in `ce::cfn`, one module a service; a service is switched on by a feature of `ce-cfn`
//! (`sns` and `sqs` here). All of them, raw ones too, are checked against the schemas AWS publishes.

use std::process::ExitCode;

use ce::cfn::{sns, sqs};
use ce::prelude::*;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() -> ExitCode {
    ce::run(every_type)
}

/// Orders that are said once: a topic, the queue that hears it, and a stream that keeps them.
pub fn every_type(app: &App) {
    let stack = app.stack("Orders", PROD);
    let key = Key::builder().allow_service(Principal::service("sns.amazonaws.com")).build(stack, "Key");

    // Typed: setters for every property, references that know what they refer to.
    let orders = stack.add("Placed", sns::Topic::new().display_name("Orders placed").kms_master_key_id(key.id()));
    let refused =
        stack.add("Refused", sqs::Queue::new().kms_master_key_id(key.id()).message_retention_period(1_209_600));
    let redrive = Expr::object([("deadLetterTargetArn", refused.arn().into()), ("maxReceiveCount", Expr::from(5))]);
    let bills = sqs::Queue::new().kms_master_key_id(key.id()).visibility_timeout(60).redrive_policy(redrive);
    let bills = stack.add("Bills", bills);
    let subscription =
        sns::Subscription::new().topic_arn(orders).protocol("sqs").endpoint(bills.arn()).raw_message_delivery(true);
    stack.add("BillsHear", subscription);
    stack.add(
        "BillsPolicy",
        sqs::QueuePolicy::new().queues([bills.queue_url()]).policy_document(only_from(orders, bills)),
    );

    // Changed afterwards: with the type's own setters, or by the path in the template, checked all the same.
    bills.update(|queue| queue.receive_message_wait_time_seconds(20));
    bills.set("Properties.DelaySeconds", 5);
    bills.set("Metadata.Owner", serde_json::json!("billing"));

    // Raw: a type that has no module here yet, or whose service is not switched on.
    let stream = stack.raw(
        "Archive",
        "AWS::Kinesis::Stream",
        [
            ("StreamModeDetails", Expr::object([("StreamMode", "ON_DEMAND".into())])),
            ("StreamEncryption", Expr::object([("EncryptionType", "KMS".into()), ("KeyId", key.arn().into())])),
        ],
    );
    stack.output("ArchiveArn", stream.att::<String>("Arn")).described("Where orders are kept for analysis");
}

/// The topic may send to the queue, and nothing else may.
fn only_from(topic: sns::TopicRef<'_>, queue: sqs::QueueRef<'_>) -> Expr {
    let source = Expr::object([("ArnEquals", Expr::object([("aws:SourceArn", topic.topic_arn().into())]))]);
    let allow = Expr::object([
        ("Effect", "Allow".into()),
        ("Principal", Expr::object([("Service", "sns.amazonaws.com".into())])),
        ("Action", "sqs:SendMessage".into()),
        ("Resource", queue.arn().into()),
        ("Condition", source),
    ]);
    Expr::object([("Version", "2012-10-17".into()), ("Statement", Expr::from([allow]))])
}
