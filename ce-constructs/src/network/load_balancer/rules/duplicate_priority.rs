//! Two rules of a listener with one priority.

use std::collections::BTreeMap;

use ce_cfn::elasticloadbalancingv2::ListenerRule;
use ce_synth::value::Token;
use ce_synth::{Code, Expr, Found, NodeId, Report, Rule, Tree};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1052"),
    title: "two rules of a listener have the same priority",
    about: "A priority is used once in a listener: it decides which of two rules that match wins. CloudFormation fails \
            with `PriorityInUse`. Source: \
            https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html",
};

pub(crate) fn check(tree: &Tree, report: &mut Report<'_>) {
    let mut taken: BTreeMap<(NodeId, i64), String> = BTreeMap::new();
    for rule in tree.resources::<ListenerRule>() {
        let Some((listener, priority)) = place(&rule) else { continue };
        if let Some(first) = taken.get(&(listener, priority)) {
            let finding =
                report.error(rule.node(), RULE.code, format!("priority `{priority}` is that of `{first}` already"));
            finding.help = Some(format!("give it another one: `.priority({})`", free(&taken, listener, priority)));
        } else {
            taken.insert((listener, priority), rule.path());
        }
    }
}

fn free(taken: &BTreeMap<(NodeId, i64), String>, listener: NodeId, priority: i64) -> i64 {
    (priority + 1..=50_000).find(|free| !taken.contains_key(&(listener, *free))).unwrap_or(priority)
}

/// The listener and the priority, where both are known.
pub(crate) fn place(rule: &Found<'_, ListenerRule>) -> Option<(NodeId, i64)> {
    let priority = rule.at_path("Priority")?.as_integer()?;
    match rule.at_path("ListenerArn")? {
        Expr::Token(token) => match &**token {
            Token::Ref(listener) | Token::Att(listener, _) => Some((*listener, priority)),
            _ => None,
        },
        _ => None,
    }
}
