//! The plan, and its file.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{StackPlan, content};
use crate::digest::sha256;
use crate::engine::Moment;
use crate::risk::Risk;

const VERSION: u64 = 1;

/// What will be done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Plan {
    /// The digest of the assembly.
    pub assembly: String,
    /// After this moment it is not applied.
    pub expires: Moment,
    /// The stacks, each after those it needs.
    pub stacks: Vec<StackPlan>,
}

#[derive(Serialize)]
struct File<'a> {
    version: u64,
    digest: String,
    seal: String,
    plan: &'a Plan,
}

/// Why a plan is refused.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PlanError {
    /// It is not JSON, or not a plan.
    #[error("this is no plan of ce: {0}")]
    Form(String),
    /// Another version of ce wrote it.
    #[error("the plan has version {0}, and {VERSION} is known here")]
    Version(String),
    /// Somebody changed it.
    #[error("the plan was changed after it was made: its digest is `{actual}`, and it says `{stated}`")]
    Digest {
        /// What it says.
        stated: String,
        /// What it is.
        actual: String,
    },
}

impl Plan {
    /// A plan.
    pub fn new(assembly: impl Into<String>, expires: Moment, stacks: Vec<StackPlan>) -> Self {
        Self { assembly: assembly.into(), expires, stacks }
    }

    /// What an approval names it by: the SHA-256 of all that is done. A plan that is made again has it again: the moment
    /// it expires is not part of it, nor are the names that AWS gives to change sets.
    pub fn digest(&self) -> String {
        content::digest(&self.assembly, &self.stacks)
    }

    /// All risks.
    pub fn risks(&self) -> impl Iterator<Item = &Risk> {
        self.stacks.iter().flat_map(|stack| &stack.risks)
    }

    /// Whether something is done.
    pub fn changes_something(&self) -> bool {
        self.stacks.iter().any(|stack| {
            let beside = stack.protect.is_some() || stack.then.is_some() || !stack.hotswapped.is_empty();
            stack.step.changes_something() || beside
        })
    }

    /// Its file.
    pub fn to_json(&self) -> String {
        let file = File { version: VERSION, digest: self.digest(), seal: self.seal(), plan: self };
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it is not a plan, has another version, or was changed.
    pub fn read(text: &str) -> Result<Self, PlanError> {
        let file: Value = serde_json::from_str(text).map_err(|error| PlanError::Form(error.to_string()))?;
        match &file["version"] {
            Value::Null => return Err(PlanError::Form("it has no version".to_owned())),
            version if *version != VERSION => return Err(PlanError::Version(version.to_string())),
            _ => {}
        }
        let plan = Self::deserialize(&file["plan"]).map_err(|error| PlanError::Form(error.to_string()))?;
        for (stated, actual) in [(&file["digest"], plan.digest()), (&file["seal"], plan.seal())] {
            let stated = stated.as_str().unwrap_or_default();
            if stated != actual {
                return Err(PlanError::Digest { stated: stated.to_owned(), actual });
            }
        }
        // What is compared with the service when the plan is applied must be what was agreed to.
        for change_set in plan.stacks.iter().filter_map(|stack| stack.step.change_set()) {
            let (stated, actual) = (change_set.changes_digest.clone(), change_set.digest_of_changes());
            if stated != actual {
                return Err(PlanError::Digest { stated, actual });
            }
        }
        Ok(plan)
    }

    /// Over everything, also the names of change sets and the moment it expires.
    fn seal(&self) -> String {
        // A value of strings, lists and numbers can always be written.
        sha256(serde_json::to_string(self).unwrap_or_default())
    }
}
