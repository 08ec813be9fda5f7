//! Rules of your own: a check that refuses, a change made everywhere, and an exception with its reason.
//!
//! ```text
//! cargo run --example policy -- --no-lock
//! ```
//!
//! A policy is a function over `&App`, so it lives in a crate of its own and is one line in every app that follows it.

use std::process::ExitCode;

use ce::cfn::{logs, sqs};
use ce::prelude::*;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() -> ExitCode {
    ce::run(policy)
}

/// An app that follows the company's policy, with one exception.
pub fn policy(app: &App) {
    company_policy(app);

    let stack = app.stack("Import", PROD);
    let key = Key::builder().allow_service(Principal::regional_service("logs", Region::EU_WEST_1)).build(stack, "Key");
    LogGroup::builder().encrypted_by(&key).build(stack, "Log");
    let refused = stack.add("Refused", sqs::Queue::new().message_retention_period(1_209_600));
    let redrive = Expr::object([("deadLetterTargetArn", refused.arn().into()), ("maxReceiveCount", Expr::from(5))]);
    stack.add("Rows", sqs::Queue::new().redrive_policy(redrive));

    // `CE4001` asks who read what. It is answered here, for this bucket alone; the assembly records why.
    let scratch = Bucket::builder().build(stack, "Scratch");
    scratch.scope().accept(Code::new("CE4001"), "holds public tables only, for an hour");
}

/// What the company asks of everything it runs.
pub fn company_policy(app: &App) {
    app.root().tag("CostCenter", "4711");
    app.before_synth(encrypt_queues);
    app.check(logs_are_kept);
    app.check(queues_give_up);
}

/// A change made everywhere: it runs when the tree is built, and before it is judged.
fn encrypt_queues(app: &App) {
    for queue in app.resources::<sqs::Queue>() {
        if queue.read(sqs::Queue::KMS_MASTER_KEY_ID).is_none() {
            queue.update(|queue| queue.sqs_managed_sse_enabled(true));
        }
    }
}

/// A check: it reads the finished tree, and its findings look like those of ce.
fn logs_are_kept(tree: &Tree, report: &mut Report<'_>) {
    for group in tree.resources::<logs::LogGroup>() {
        let days = group.at_path("RetentionInDays").and_then(Expr::as_integer).unwrap_or(i64::MAX);
        if days < 30 {
            let finding = report.error(group.node(), Code::new("SHOP010"), format!("logs are kept for `{days}` days"));
            finding.help = Some("write `.retention(Retention::days(30))` or more".to_owned());
        }
    }
}

fn queues_give_up(tree: &Tree, report: &mut Report<'_>) {
    let production = |node| tree.environment(node).is_some_and(|at| at.tier.is_production());
    let queues: Vec<_> = tree.resources::<sqs::Queue>().filter(|queue| production(queue.node())).collect();
    for queue in &queues {
        // A queue that keeps messages for two weeks is where the refused ones go.
        let keeps = queue.at_path("MessageRetentionPeriod").and_then(Expr::as_integer) == Some(1_209_600);
        if !keeps && queue.read(sqs::Queue::REDRIVE_POLICY).is_none() {
            let about = "a message that nobody can read comes back for ever";
            let finding = report.warning(queue.node(), Code::new("SHOP011"), about);
            finding.help = Some("name a queue for such messages: `.redrive_policy(..)`".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_bites() {
        let app = App::new();
        company_policy(&app);
        LogGroup::builder().retention(Retention::days(7)).build(app.stack("Test", PROD), "Log");
        let findings = app.synth().unwrap_err();
        assert_eq!(findings.with_code(Code::new("SHOP010")).count(), 1, "{findings}");
    }
}
