//! What would fail for certain: a replacement that would have the name of what it replaces, and any replacement where a
//! failure is left as it is.
//!
//! The service makes such a change set without a word, and refuses it only once it is executed. Here it is refused before.
//! Where there is no change set yet, it is only said.

use super::reducer::Deployment;
use crate::assembly::StackId;
use crate::cloud::{Change, Replacement};
use crate::engine::{Exit, Problem};
use crate::risk::Risk;

impl Deployment {
    /// A problem for each resource that the change set of a stack replaces and that cannot be replaced.
    pub(super) fn blocked(&self, id: &StackId) -> Vec<Problem> {
        let blocked = self.work(id).risks.iter().filter(|risk| risk.rule == "blocked");
        let named = blocked.filter(|risk| self.is_replaced(id, &risk.logical_id)).map(|risk| refusal(risk).of(id));
        named.chain(self.needs_rollback(id)).collect()
    }

    /// Source: user guide, "Choose how to handle failures": a stack that is not put back takes no replacement.
    fn needs_rollback(&self, id: &StackId) -> Option<Problem> {
        let draft = self.work(id).draft.as_ref().filter(|_| self.leaves_failures(id))?;
        let replaced = |change: &&Change| change.replacement == Some(Replacement::True);
        let (path, change) =
            draft.changes.all().iter().find_map(|(path, changes)| Some((path, changes.iter().find(replaced)?)))?;
        let within = if path.is_empty() { String::new() } else { format!("{path}.") };
        let message = format!(
            "`{id}.{within}{}` is replaced, which takes a stack that is put back if it fails",
            change.logical_id
        );
        let help = if self.run.options.rollback {
            "an earlier failure was left as it is: run `ce recover` first; nothing was executed"
        } else {
            "deploy it with rollback; nothing was executed"
        };
        Some(Problem::new(Exit::Refused, message).of(id).help(help))
    }

    /// Whether the change set replaces a resource, by dotted logical id.
    fn is_replaced(&self, id: &StackId, logical_id: &str) -> bool {
        let Some(draft) = &self.work(id).draft else { return false };
        let (path, name) = logical_id.rsplit_once('.').unwrap_or(("", logical_id));
        let changes = draft.changes.all().get(path).into_iter().flatten();
        changes.filter(|change| change.logical_id == name).any(|change| change.replacement == Some(Replacement::True))
    }
}

fn refusal(risk: &Risk) -> Problem {
    let at = risk.origin.source.as_ref().map(|source| format!(" ({source})")).unwrap_or_default();
    let why = risk.causes.first().map(|cause| format!(": {cause}")).unwrap_or_default();
    let message = format!("`{}`{at} cannot be changed as it is{why}", risk.id());
    Problem::new(Exit::Refused, message)
        .help("give it another name, or another id if its type changes; nothing was executed")
}
