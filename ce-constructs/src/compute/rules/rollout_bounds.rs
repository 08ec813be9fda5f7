//! The bounds of a deployment.

use ce_synth::{Code, Duration, Rule, Scope};

use crate::compute::Rollout;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2012"),
    title: "a deployment has bounds ECS does not take",
    about: "A rolling deployment runs up to 200 % of the tasks, and no less than must stay healthy; requests are shifted in \
            shares of 1 to 100 % (3 to 100 % step by step), with pauses of at most 24 hours. Source: \
            https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html",
};

const DAY: Duration = Duration::hours(24);

#[track_caller]
pub(in crate::compute) fn check(scope: Scope<'_>, rollout: Option<Rollout>) {
    let wrong = |message: String, help: &str| {
        scope.error(RULE.code, message).help(help);
    };
    let (least, share, pauses) = match rollout {
        None => return,
        Some(Rollout::Rolling { maximum, .. }) => {
            if !(100..=200).contains(&maximum) {
                wrong(format!("up to `{maximum}` % of the tasks may run"), "write 100 to 200");
            }
            return;
        }
        Some(Rollout::BlueGreen { bake }) => (1, 100, [bake, bake]),
        Some(Rollout::Canary { share, watched, bake }) => (1, share.value(), [watched, bake]),
        Some(Rollout::Linear { step, watched, bake }) => (3, step.value(), [watched, bake]),
    };
    if share < least {
        wrong(format!("requests are shifted by `{share}` %"), &format!("write {least} to 100"));
    }
    if let Some(pause) = pauses.into_iter().find(|pause| *pause > DAY) {
        wrong(format!("a deployment pauses for `{pause}`"), "write at most `Duration::hours(24)`");
    }
}
