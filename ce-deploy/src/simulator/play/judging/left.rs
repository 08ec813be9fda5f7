//! How a run left the stacks.

use std::collections::BTreeMap;

use super::super::run::Left;
use super::judged::find;
use crate::assembly::{Assembly, Stack, StackId};
use crate::cloud::{Secret, StackStatus};
use crate::engine::Moment;
use crate::simulator::{Simulator, Truth};
use crate::template;

/// How the stacks of an assembly are now.
pub(in super::super) fn left(simulator: &Simulator, assembly: &Assembly) -> BTreeMap<StackId, Left> {
    let of = |stack: &Stack| {
        let truth =
            find(simulator, stack, Moment(u64::MAX)).filter(|truth| truth.status() != StackStatus::DeleteComplete);
        Left {
            status: truth.map(|truth| truth.status()),
            as_wanted: truth.as_ref().map_or_else(|| makes_nothing(stack), |truth| is_as_wanted(truth, stack)),
            outputs: truth.map(|truth| truth.outputs().to_vec()).unwrap_or_default(),
            unheld: truth.map(|truth| truth.unheld()).unwrap_or_default(),
        }
    };
    assembly.stacks.iter().map(|stack| (stack.id.clone(), of(stack))).collect()
}

/// A stack without resources is as the assembly says when it is not there.
fn makes_nothing(stack: &Stack) -> bool {
    template::value(&stack.template).is_some_and(|template| template::makes_nothing(&template))
}

/// Whether a stack is as the assembly says: its state, its template, its tags, its parameters.
fn is_as_wanted(truth: &Truth<'_>, stack: &Stack) -> bool {
    let settled = truth.status().takes_updates();
    // Tags of ce's own are no part of the assembly.
    let tags = truth.tags().iter().filter(|tag| !tag.key.starts_with("ce:"));
    let tags: BTreeMap<&str, &str> = tags.map(|tag| (tag.key.as_str(), tag.value.as_str())).collect();
    let wanted: BTreeMap<&str, &str> = stack.tags.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let given = |(name, value): (&String, &Secret)| truth.given().get(name).map(String::as_str) == Some(value.reveal());
    let same = truth.template() == Some(&*stack.template) && tags == wanted && stack.parameters.iter().all(given);
    settled && same && truth.is_in_step()
}

/// A cloud without ids and times: what one run and two runs must come to alike.
pub(in super::super) fn essence(simulator: &Simulator, assembly: &Assembly) -> Vec<String> {
    let mut all: Vec<String> = assembly
        .stacks
        .iter()
        .map(|stack| {
            let truth = find(simulator, stack, Moment(u64::MAX));
            let told = truth.map(|truth| {
                let resources: Vec<_> =
                    truth.resources().map(|(logical, type_name, _)| format!("{logical} {type_name}")).collect();
                let outputs: Vec<_> = truth.outputs().iter().map(|output| output.key.clone()).collect();
                let good = truth.status().takes_updates();
                let template = crate::digest::sha256(truth.template().unwrap_or_default());
                format!("{good} {template} {:?} {resources:?} {outputs:?} {:?}", truth.tags(), truth.policy())
            });
            format!("{}: {told:?}", stack.id)
        })
        .collect();
    all.sort();
    all
}
