//! What a plan holds of a stack.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Fingerprint;
use super::content::written;
use crate::assembly::{AssetId, StackId};
use crate::cloud::{self, Capability, Change, Guard, StackStatus, Target};
use crate::difference::Disagreement;
use crate::digest::sha256;
use crate::risk::Risk;

/// What a plan holds of a stack.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StackPlan {
    /// The stack of the assembly.
    pub stack: StackId,
    /// Its name.
    pub name: String,
    /// Where it is worked on, and as whom.
    pub target: Target,
    /// Its ARN, if it is there.
    pub arn: Option<String>,
    /// How it was seen, if it is there.
    pub seen: Option<Seen>,
    /// The SHA-256 of its template.
    pub template: String,
    /// Its parameters.
    pub parameters: BTreeMap<String, Fingerprint>,
    /// The SHA-256 of its tags.
    pub tags: String,
    /// What is published for it.
    pub assets: Vec<AssetId>,
    /// What must be done first.
    pub needs: Vec<StackId>,
    /// What is done.
    pub step: Step,
    /// Whether protection against deletion is set or lifted afterwards; none leaves it.
    pub protect: Option<bool>,
    /// Alarms that take the operation back; none leaves what the stack has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guard: Option<Guard>,
    /// What is done with it after that.
    pub then: Option<Then>,
    /// Outputs of other stacks that it reads and that will have another value, `Net.VpcId`: it is updated after them, also
    /// if nothing else changes.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub follows: BTreeSet<String>,
    /// The logical ids of what was hotswapped since it was last deployed: it is put back, or set to what the template says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hotswapped: Vec<String>,
    /// What somebody must know or agree to.
    pub risks: Vec<Risk>,
    /// Where the change set says something else than was worked out offline; the change set is right.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disagreements: Vec<Disagreement>,
}

/// A last phase: exports that are imported go when those that import them have let go.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Then {
    /// The names of the exports.
    pub drops: BTreeSet<String>,
    /// The stacks that import them now.
    pub after: BTreeSet<StackId>,
}

/// How a stack was when it was looked at. When it is different, somebody worked on it since.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// Its state.
    pub status: StackStatus,
    /// The change set that was executed last.
    pub change_set: Option<String>,
    /// The id of its last operation, where the service tells it.
    pub operation: Option<String>,
    /// When an update last began, in milliseconds since 1970.
    pub updated: Option<u64>,
}

impl Seen {
    /// How a stack is.
    pub fn of(stack: &cloud::Stack) -> Self {
        // A stack that only waits for its first change set is the same whichever change sets it has.
        let review = stack.status == StackStatus::ReviewInProgress;
        Self {
            status: stack.status,
            change_set: stack.change_set.clone().filter(|_| !review),
            operation: stack.operations.first().map(|operation| operation.id.clone()).filter(|_| !review),
            updated: stack.updated.filter(|_| !review),
        }
    }
}

/// What is done with a stack.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", deny_unknown_fields)]
pub enum Step {
    /// Nothing.
    Unchanged,
    /// It is made by executing a change set.
    Create(ChangeSetPlan),
    /// It is changed by executing a change set.
    Update(ChangeSetPlan),
    /// It is deleted, with all that no policy keeps.
    Delete,
    /// What it takes is not there yet: it is planned again when it is. A risk that is not in this plan then stops it.
    Later {
        /// What is missing.
        because: Later,
    },
}

/// Why a stack cannot be planned yet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "missing", rename_all = "camelCase")]
pub enum Later {
    /// The output of a stack that is made or changed first.
    Output {
        /// The stack.
        stack: StackId,
        /// The output.
        output: String,
    },
    /// What the failed creation left is deleted first; there is nothing in it.
    Leftover,
}

/// A change set, and what makes it this one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChangeSetPlan {
    /// Its ARN.
    pub change_set: String,
    /// The SHA-256 of its template as the service has it.
    pub template: String,
    /// What it changes.
    pub changes: Vec<Change>,
    /// What it changes in nested stacks, by dotted logical id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub nested: BTreeMap<String, Vec<Change>>,
    /// The SHA-256 of all changes.
    pub changes_digest: String,
    /// What the template is allowed to do.
    pub capabilities: Vec<Capability>,
}

impl ChangeSetPlan {
    /// The SHA-256 of all changes, in whichever order the service gives them.
    pub(super) fn digest_of_changes(&self) -> String {
        let root = std::iter::once((String::new(), self.changes.clone()));
        digest_of_changes(&root.chain(self.nested.clone()).collect())
    }
}

/// The SHA-256 of changes by dotted logical id of the nested stack, the root's under the empty text; in whichever order
/// the service gives them.
pub(crate) fn digest_of_changes(changes: &BTreeMap<String, Vec<Change>>) -> String {
    let lines = changes.iter().flat_map(|(path, changes)| changes.iter().map(move |change| written(path, change)));
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    sha256(lines.join("\n"))
}

impl Step {
    /// The change set, where there is one.
    pub fn change_set(&self) -> Option<&ChangeSetPlan> {
        match self {
            Self::Create(plan) | Self::Update(plan) => Some(plan),
            Self::Unchanged | Self::Delete | Self::Later { .. } => None,
        }
    }

    /// Whether something is done.
    pub fn changes_something(&self) -> bool {
        *self != Self::Unchanged
    }
}
