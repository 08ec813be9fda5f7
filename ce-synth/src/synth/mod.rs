//! Synthesis: from the finished tree to templates.
//!
//! The phases, in order: late changes ([`App::before_synth`](crate::App::before_synth)) and deferred things; names
//! (logical ids); inherited tags and policies; borders (references between stacks); rules and checks; writing.

mod borders;
mod documents;
mod inherit;
pub(crate) mod json;
mod names;
mod order;
mod reading;
mod template;
mod type_facts;

pub(crate) use borders::{Borders, Passage, Thing};
pub(crate) use names::Names;
pub(crate) use order::Order;
pub(crate) use type_facts::is_stateful;

use std::collections::BTreeMap;

use crate::app::{App, Report};
use crate::assembly::{Assembly, Contents, StackArtifact};
use crate::diagnostics::{Diagnostic, Findings, Severity, Waiver};
use crate::tree::Tree;

/// What the phases before writing found out; what rules look at.
pub(crate) struct Plan {
    /// The nodes of each stack, in the order they were made.
    pub(crate) members: BTreeMap<u32, Vec<u32>>,
    pub(crate) names: Names,
    pub(crate) borders: Borders,
    pub(crate) order: Order,
}

pub(crate) fn run(app: App) -> Result<Assembly, Findings> {
    app.finish_tree();
    let name = app.name();
    let checks = app.checks.take();
    let mut found = app.findings.take();
    let mut tree = app.tree.into_inner();
    inherit::policies(&mut tree);
    inherit::tags(&mut tree);
    let names = Names::of(&tree);
    let borders = Borders::of(&tree, &names);
    let order = Order::of(&tree, &borders);
    let members = tree.stacks().map(|(stack, _)| (stack, template::members(&tree, stack))).collect();
    let plan = Plan { members, names, borders, order };

    let mut report = Report::new(&tree);
    crate::rules::run(&plan, &mut report);
    let files = documents::write(&tree, &plan, &mut report);
    checks.iter().for_each(|check| check(&tree, &mut report));
    found.append(&mut report.found);
    let findings = settle(&tree, found.clone());
    if findings.errors() > 0 {
        return Err(findings);
    }
    let stacks = write(&tree, &plan, &mut found);
    let findings = settle(&tree, found);
    if findings.errors() > 0 {
        return Err(findings);
    }
    Ok(Assembly::new(name, tree, plan, Contents { stacks, files }, findings))
}

/// Writes every template, in the order of deployment; sizes are known only now, so their rule runs here.
fn write(tree: &Tree, plan: &Plan, found: &mut Vec<(u32, Diagnostic)>) -> Vec<StackArtifact> {
    let mut report = Report::new(tree);
    let stacks = plan.order.stacks.iter().map(|stack| {
        let text = template::write(tree, plan, *stack);
        crate::rules::template_size::check(*stack, &text, &mut report);
        StackArtifact::new(tree, plan, *stack, text)
    });
    let stacks = stacks.collect();
    found.append(&mut report.found);
    stacks
}

/// Takes out what scopes accepted.
fn settle(tree: &Tree, found: Vec<(u32, Diagnostic)>) -> Findings {
    let mut open = Vec::new();
    let mut waived = Vec::new();
    for (node, finding) in found {
        match waiver(tree, node, &finding) {
            Some((scope, reason)) => waived.push(Waiver { finding, scope, reason }),
            None => open.push(finding),
        }
    }
    Findings::new(open, waived)
}

fn waiver(tree: &Tree, node: u32, finding: &Diagnostic) -> Option<(String, String)> {
    if finding.severity == Severity::Error && !finding.code.can_be_accepted() {
        return None;
    }
    tree.upwards(node).find_map(|here| {
        let waivers = &tree.node(here).extras.as_ref()?.waivers;
        let (_, reason) = waivers.iter().find(|(code, _)| *code == finding.code)?;
        Some((tree.path_of(here), reason.clone()))
    })
}
