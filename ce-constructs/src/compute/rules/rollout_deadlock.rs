//! Deployments that cannot move.

use std::collections::BTreeMap;

use ce_cfn::applicationautoscaling::ScalableTarget;
use ce_cfn::ecs;
use ce_synth::{Code, Expr, Report, Rule, Tree};

use crate::compute::checks::references;
use crate::compute::rollout::replaceable;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2002"),
    title: "a rolling deployment can neither start nor stop a task",
    about: "Of n tasks, ECS may run n × maximum % rounded down, and must keep n × minimum % rounded up. Without a task between \
            the two it waits forever: three tasks at 100 % and 120 % leave no room. Looked at for the least number of tasks. \
            Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html",
};

pub(in crate::compute) fn check(tree: &Tree, report: &mut Report<'_>) {
    let mut least = BTreeMap::new();
    for target in tree.resources::<ScalableTarget>() {
        let tasks = target.at_path("MinCapacity").and_then(Expr::as_integer).unwrap_or(0);
        for service in references(target.at_path("ResourceId")) {
            least.insert(service, tasks);
        }
    }
    for service in tree.resources::<ecs::Service>() {
        let number = |path: &str| service.at_path(path).and_then(Expr::as_integer);
        let tasks = least.get(&service.node()).copied().or_else(|| number("DesiredCount")).unwrap_or(1);
        let minimum = number("DeploymentConfiguration.MinimumHealthyPercent");
        let maximum = number("DeploymentConfiguration.MaximumPercent");
        let (Some(minimum), Some(maximum)) = (minimum, maximum) else { continue };
        let numbers = [tasks, minimum, maximum].map(|number| u32::try_from(number).ok());
        let [Some(tasks), Some(minimum), Some(maximum)] = numbers else { continue };
        if tasks > 0 && replaceable(tasks, minimum, maximum) < 1 {
            let message =
                format!("of `{tasks}` tasks, `{minimum}` % must stay and `{maximum}` % may run: none can be replaced");
            let least = [120, 125, 150, 200].into_iter().find(|most| replaceable(tasks, minimum, *most) >= 1);
            let finding = report.error(service.node(), RULE.code, message);
            finding.help = Some(match least {
                Some(most) => format!("write a maximum of at least `{most}`"),
                None => "write a lower minimum".to_owned(),
            });
        }
    }
}
