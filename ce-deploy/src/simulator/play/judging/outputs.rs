//! I13: the outputs of all that is done are told, and the file of them is the one from before or the whole new one.

use std::collections::BTreeMap;

use super::super::Invariant as I;
use super::super::run::Command;
use super::judged::{Found, Judged};
use crate::cloud::Output;
use crate::engine::End;

impl Judged<'_> {
    pub(super) fn outputs(&self, found: &mut Found) {
        self.are_complete(found);
        self.is_whole(found);
    }

    fn are_complete(&self, found: &mut Found) {
        let told = self.run.outcome.as_ref().filter(|_| self.run.command != Command::Plan);
        let Some(outcome) = told else { return };
        for stack in &self.run.assembly.stacks {
            let Some(told) = outcome.stacks.get(&stack.id) else { continue };
            let good = matches!(told.end, End::Changed | End::Unchanged);
            let Some(left) = self.run.left.get(&stack.id).filter(|_| good && !self.is_disturbed(stack)) else {
                continue;
            };
            let (told, there) = (values(&told.outputs), values(&left.outputs));
            if told != there {
                let keys: Vec<_> = told.keys().collect();
                found.push((
                    I::Outputs,
                    format!("{} has {} outputs, and these were told: {keys:?}", stack.id, there.len()),
                ));
            }
        }
    }

    fn is_whole(&self, found: &mut Found) {
        let file = self.run.outputs.as_deref();
        if self.run.command == Command::Plan && file == self.run.outputs_before.as_deref() {
            return;
        }
        let new = self.run.outcome.as_ref().map(|outcome| outcome.outputs(&self.run.assembly));
        let ended = self.run.stopped.is_none();
        let fits = match (file, &new) {
            (Some(file), Some(new)) if file == new => true,
            (file, _) => !ended && file == self.run.outputs_before.as_deref(),
        };
        if !fits {
            found.push((I::Outputs, format!("the file of outputs is neither the old nor the new one: {file:?}")));
        }
    }
}

fn values(outputs: &[Output]) -> BTreeMap<&str, &str> {
    outputs.iter().map(|output| (output.key.as_str(), output.value.reveal())).collect()
}
