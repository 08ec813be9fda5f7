//! Resources, as they are named on the command line.

use ce_deploy::assembly::{Assembly, Stack};
use ce_deploy::engine::Exit;
use serde_json::Value;

use crate::commands::deploying;
use crate::stop::Stop;

/// The stack and the logical id of `Stack.Resource`.
pub(super) fn named<'a>(assembly: &'a Assembly, text: &'a str) -> Result<(&'a Stack, &'a str), Stop> {
    // Names of stacks may have dots, logical ids have none.
    let (stack, logical_id) = text.rsplit_once('.').ok_or_else(|| {
        Stop::new(Exit::Usage, format!("`{text}` names no resource"))
            .help("write `Stack.Resource`, with its logical id")
    })?;
    Ok((deploying::called(assembly, stack)?, logical_id))
}

/// The type of a resource in the template that the app made.
pub(super) fn type_of(stack: &Stack, logical_id: &str) -> Result<String, Stop> {
    let template: Value = serde_json::from_str(&stack.template).unwrap_or_default();
    let found = template["Resources"][logical_id]["Type"].as_str().map(str::to_owned);
    found.ok_or_else(|| {
        Stop::new(Exit::Usage, format!("the template of stack `{}` has no resource `{logical_id}`", stack.id))
            .help("have the app say it first")
    })
}

/// The command that does the same again.
pub(super) fn again(command: &str, assembly: &Assembly, words: &[String]) -> String {
    format!("ce {command} {} {}", assembly.folder.display(), words.join(" "))
}
