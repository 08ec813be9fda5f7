//! `hidden-parameter`: a parameter whose value was hidden shows, or an output shows it.

use crate::json::canonical;
use crate::risk::RiskClass::Weakening;
use crate::risk::change::{Change, Report};
use crate::template::{ActiveOutput, symbol};

pub(super) fn find(change: &Change<'_>, report: &mut Report<'_>) {
    for (name, hidden) in &change.after.parameters {
        if !hidden && change.before.parameters.get(name) == Some(&true) {
            let what = format!("the value of the parameter `{name}` is no longer hidden");
            report.add("hidden-parameter", Weakening, "", what);
        }
    }
    for (output, value) in &change.after.outputs {
        let was = change.before.outputs.get(output).map(hidden_in).unwrap_or_default();
        for name in hidden_in(value).into_iter().filter(|name| !was.contains(name)) {
            if change.after.parameters.get(&name) == Some(&true) {
                report.add(
                    "hidden-parameter",
                    Weakening,
                    "",
                    format!("the output `{output}` shows the parameter `{name}`"),
                );
            }
        }
    }
}

/// The names of symbols in an output, without the mark of their value.
fn hidden_in(output: &ActiveOutput) -> Vec<String> {
    let text = canonical(&output.value);
    symbol::names(&text).map(|name| name.split('#').next().unwrap_or(name).to_owned()).collect()
}
