//! The containers of a task.

use std::collections::{BTreeMap, BTreeSet};

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE2007"),
    title: "two containers of a task have one name or one port",
    about: "Containers of a task have names of their own, and share one network: a port can be listened on once. Source: \
            https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
};

#[track_caller]
pub(in crate::compute) fn check<'c>(scope: Scope<'_>, containers: impl Iterator<Item = (&'c str, &'c [u16])>) {
    let (mut names, mut owners) = (BTreeSet::new(), BTreeMap::new());
    for (name, ports) in containers {
        if name.is_empty() || !names.insert(name) {
            scope.error(RULE.code, format!("two containers are named `{name}`")).help("give each a name of its own");
            continue;
        }
        for port in ports {
            if let Some(owner) = owners.insert(*port, name) {
                scope
                    .error(RULE.code, format!("`{owner}` and `{name}` both listen on port `{port}`"))
                    .help("let one of them listen on another port");
            }
        }
    }
}
