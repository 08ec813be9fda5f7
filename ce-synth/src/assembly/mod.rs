//! The result of synthesis: templates and all that deployers need, in memory and on disk.
//!
//! On disk it is a cloud assembly as aws-cdk defines it, so that the stock `cdk` CLI lists, compares and deploys it;
//! `ce.json` beside it holds what only ce knows: findings, waivers, the values a standby keeps, and the line that made
//! each resource.
//!
//! ```
//! # use ce_synth::{Account, App, Environment, Expr, Region, Tier};
//! # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! let app = App::new();
//! app.stack("Mail", PROD).raw("Inbox", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
//! let assembly = app.synth()?;
//! let folder = std::env::temp_dir().join("ce-assembly-example");
//! let written = assembly.write(&folder)?;
//! assert!(written.files.contains(&"Mail.template.json".to_owned()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Files that the app adds with [`Scope::file`](crate::Scope::file) lie beside the templates, in folders of their own.
//!
//! Writing is all or nothing: every file is complete beside the old ones before the first is replaced, and a failure
//! leaves the old assembly whole.

mod attachment;
mod disk;
mod files;
mod manifest;
mod stack;

pub use attachment::AttachError;
pub use disk::{WriteError, Written};
pub(crate) use files::{OWN_FILES, stack_files};
pub use stack::{KeptParameter, ResourceRecord, StackArtifact};

use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::diagnostics::Findings;
use crate::resource::CfnResource;
use crate::synth::Plan;
use crate::tree::{Found, NodeId, Tree};

/// What was written: templates, and the files that were added.
pub(crate) struct Contents {
    pub(crate) stacks: Vec<StackArtifact>,
    pub(crate) files: BTreeMap<String, String>,
}

/// A synthesized app.
pub struct Assembly {
    app: String,
    tree: Tree,
    plan: Plan,
    stacks: IndexMap<String, StackArtifact>,
    files: BTreeMap<String, String>,
    findings: Findings,
}

impl std::fmt::Debug for Assembly {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let stacks = self.stacks().map(|stack| (stack.id(), stack.resources().len()));
        f.debug_map().entries(stacks).finish()
    }
}

impl Assembly {
    pub(crate) fn new(app: String, tree: Tree, plan: Plan, contents: Contents, findings: Findings) -> Self {
        let stacks = contents.stacks.into_iter().map(|stack| (stack.id().to_owned(), stack)).collect();
        Self { app, tree, plan, stacks, files: contents.files, findings }
    }

    /// The app's name.
    pub fn app(&self) -> &str {
        &self.app
    }

    /// Stacks in an order they can be deployed in.
    pub fn stacks(&self) -> impl ExactSizeIterator<Item = &StackArtifact> {
        self.stacks.values()
    }

    /// The stack with this id.
    pub fn stack(&self, id: &str) -> Option<&StackArtifact> {
        self.stacks.get(id)
    }

    /// The text of a stack's template.
    pub fn template(&self, stack: &str) -> Option<&str> {
        self.stack(stack).map(StackArtifact::template)
    }

    /// The text of a file that was added with [`Scope::file`](crate::Scope::file).
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The files that were added, with their texts, by path.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Warnings, and what was accepted.
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Every resource of type `R`, for tests.
    pub fn resources<R: CfnResource>(&self) -> impl Iterator<Item = Found<'_, R>> {
        self.tree.resources()
    }

    /// The finished tree.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The name a node has in its template; empty for scopes and stacks.
    pub fn logical_id(&self, node: NodeId) -> &str {
        self.plan.names.get(node.index)
    }
}
