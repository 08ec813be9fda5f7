//! Properties that were set past CloudFormation.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::assembly::StackId;

/// Properties of a stack's resources that a hotswap sets past CloudFormation. No value is in it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Swap {
    /// The stack of the assembly.
    pub stack: StackId,
    /// Its ARN.
    pub arn: String,
    /// What is set, by logical id and by JSON pointer within the properties.
    pub resources: Settings,
}

/// What is set, by logical id and by JSON pointer within the properties.
pub type Settings = BTreeMap<String, BTreeMap<String, Setting>>;

/// One property, or a part of one, that is set.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Setting {
    /// A trace of the value; none where it is not known whether it was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
    /// The task definition of which a revision was made for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<String>,
}

/// What is known of a stack that was swapped and not deployed since.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Swapped {
    /// Its ARN. A stack of the same name that was made since is another.
    pub arn: String,
    /// All that was set since it was last in step with its template.
    pub resources: Settings,
    /// Whether nobody saw the last swap end: it may still go on.
    pub open: bool,
}

impl Swapped {
    pub(super) fn new(arn: &str) -> Self {
        Self { arn: arn.to_owned(), resources: Settings::new(), open: false }
    }

    /// Notes what is about to be set: until it is known to be, it may be set or not.
    pub(super) fn begin(&mut self, settings: &Settings) {
        self.open = true;
        for (id, settings) in settings {
            let known = self.resources.entry(id.clone()).or_default();
            let unsure = |setting: &Setting| Setting { trace: None, ..setting.clone() };
            known.extend(settings.iter().map(|(pointer, setting)| (pointer.clone(), unsure(setting))));
        }
    }

    /// What was about to be set is, but for what has no trace.
    pub(super) fn end(&mut self, settings: &Settings) {
        self.open = false;
        for (id, settings) in settings {
            self.resources.entry(id.clone()).or_default().extend(settings.clone());
        }
    }
}
