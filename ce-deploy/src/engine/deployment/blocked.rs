//! What would fail for certain: a replacement that would have the name of what it replaces.
//!
//! The service makes such a change set without a word, and refuses it only once it is executed. Here it is refused before.
//! Where there is no change set yet, it is only said.

use super::reducer::Deployment;
use crate::assembly::StackId;
use crate::cloud::Replacement;
use crate::engine::{Exit, Problem};
use crate::risk::Risk;

impl Deployment {
    /// A problem for each resource that the change set of a stack replaces and that cannot be replaced.
    pub(super) fn blocked(&self, id: &StackId) -> Vec<Problem> {
        let blocked = self.work(id).risks.iter().filter(|risk| risk.rule == "blocked");
        blocked.filter(|risk| self.is_replaced(id, &risk.logical_id)).map(|risk| refusal(risk).of(id)).collect()
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
