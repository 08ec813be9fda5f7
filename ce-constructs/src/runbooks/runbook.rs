//! Runbooks.

use super::RunbookBuilder;
use crate::operations::AutomationDocument;

/// A runbook: a file of the assembly, and the document of Systems Manager that goes through it, if there is one.
#[derive(Clone)]
pub struct Runbook<'a> {
    path: String,
    automation: Option<AutomationDocument<'a>>,
}

impl<'a> Runbook<'a> {
    /// A runbook by its title.
    pub fn builder(title: impl Into<String>) -> RunbookBuilder {
        RunbookBuilder::new(title.into())
    }

    pub(super) fn new(path: String, automation: Option<AutomationDocument<'a>>) -> Self {
        Self { path, automation }
    }

    /// Its path below the assembly's folder.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The document of Systems Manager.
    pub fn automation(&self) -> Option<AutomationDocument<'a>> {
        self.automation
    }
}
