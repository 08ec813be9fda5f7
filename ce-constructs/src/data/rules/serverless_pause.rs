//! A production database that sleeps.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3010"),
    title: "a serverless database in production may pause",
    about: "With a minimum of 0 ACU, Aurora Serverless pauses when nobody is connected, and the next connection \
            waits about 15 seconds. Source: \
            https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>) {
    scope
        .warning(RULE.code, "with a minimum of `0` ACU the database pauses in production")
        .help("give a minimum of `Acu::new(0.5)` or more");
}
