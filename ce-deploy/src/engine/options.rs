//! How a deployment is done.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

use super::Span;
use crate::assembly::StackId;
use crate::cloud::{Guard, ImportedResource, Mode, Secret};
use crate::journal::{Journal, TraceKey};
use crate::plan::{Approval, Ask};

/// How a deployment is done.
///
/// ```
/// use ce_deploy::engine::{OnFailure, Options};
/// let options = Options::default().on_failure(OnFailure::Stop).rollback(false);
/// # let _ = options;
/// ```
#[derive(Clone, Debug)]
#[must_use = "options do nothing until a deployment is made with them"]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct Options {
    pub(crate) selection: Option<BTreeSet<StackId>>,
    pub(crate) parameters: BTreeMap<StackId, BTreeMap<String, Secret>>,
    pub(crate) concurrency: Concurrency,
    pub(crate) on_failure: OnFailure,
    pub(crate) mode: Mode,
    pub(crate) rollback: bool,
    pub(crate) detach: bool,
    pub(crate) timeout: Span,
    pub(crate) lifetime: Span,
    pub(crate) ask: Ask,
    pub(crate) approval: Approval,
    pub(crate) follow: bool,
    pub(crate) tell_changes: bool,
    pub(crate) keep: bool,
    pub(crate) imports: BTreeMap<StackId, Vec<ImportedResource>>,
    pub(crate) forgets: BTreeMap<StackId, BTreeSet<String>>,
    pub(crate) guard: Option<Guard>,
    pub(crate) stack_policy: bool,
    pub(crate) journal: Journal,
    pub(crate) trace_key: Option<TraceKey>,
    pub(crate) seed: u64,
}

/// How many stacks are worked on at once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Concurrency {
    /// As many as do not depend on each other; the service slows us down when it must.
    #[default]
    Auto,
    /// At most so many.
    AtMost(NonZeroUsize),
}

/// What a failure does to the others.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum OnFailure {
    /// Those that need the stack are left out; all others are done.
    #[default]
    Continue,
    /// Nothing new is begun.
    Stop,
    /// Nothing new is begun, and what this deployment changed is put back: the last stack first, by change sets with the
    /// templates and parameters that were there before. What it made is deleted.
    RollbackAll,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            selection: None,
            parameters: BTreeMap::new(),
            concurrency: Concurrency::Auto,
            on_failure: OnFailure::Continue,
            mode: Mode::Standard,
            rollback: true,
            detach: false,
            timeout: Span::seconds(4 * 3_600),
            lifetime: Span::seconds(24 * 3_600),
            ask: Ask::default(),
            approval: Approval::default(),
            follow: true,
            tell_changes: false,
            keep: true,
            imports: BTreeMap::new(),
            forgets: BTreeMap::new(),
            guard: None,
            stack_policy: true,
            journal: Journal::default(),
            trace_key: None,
            seed: 0,
        }
    }
}

impl Options {
    /// Only these stacks; what they need is taken as it is. Default: all.
    pub fn only(self, stacks: impl IntoIterator<Item = StackId>) -> Self {
        Self { selection: Some(stacks.into_iter().collect()), ..self }
    }

    /// A value for a parameter of a stack, before the one of the assembly. Default: none.
    pub fn parameter(mut self, stack: &StackId, name: impl Into<String>, value: Secret) -> Self {
        self.parameters.entry(stack.clone()).or_default().insert(name.into(), value);
        self
    }

    /// How many stacks are worked on at once. Default: [`Concurrency::Auto`].
    pub fn concurrency(self, concurrency: Concurrency) -> Self {
        Self { concurrency, ..self }
    }

    /// What a failure does to the others. Default: [`OnFailure::Continue`].
    pub fn on_failure(self, on_failure: OnFailure) -> Self {
        Self { on_failure, ..self }
    }

    /// How the service works. Default: [`Mode::Standard`].
    pub fn mode(self, mode: Mode) -> Self {
        Self { mode, ..self }
    }

    /// Whether a stack that fails is put back. Default: yes.
    pub fn rollback(self, rollback: bool) -> Self {
        Self { rollback, ..self }
    }

    /// Whether operations are begun and left to run: stacks that need them are not begun. Default: no.
    pub fn detach(self, detach: bool) -> Self {
        Self { detach, ..self }
    }

    /// After this time the run leaves what goes on to itself. Default: four hours.
    pub fn timeout(self, timeout: Span) -> Self {
        Self { timeout, ..self }
    }

    /// How long a plan may be applied. Default: a day.
    pub fn lifetime(self, lifetime: Span) -> Self {
        Self { lifetime, ..self }
    }

    /// Which risks are asked about. Default: broadening, exposure, weakening, and loss of data.
    pub fn ask(self, ask: Ask) -> Self {
        Self { ask, ..self }
    }

    /// What was agreed to beforehand. Default: nothing.
    pub fn approval(self, approval: Approval) -> Self {
        Self { approval, ..self }
    }

    /// Whether a stack that reads outputs of another is updated when their values change. Default: yes.
    pub fn follow(self, follow: bool) -> Self {
        Self { follow, ..self }
    }

    /// Whether a plan with changes ends with exit code 2. Default: no.
    pub fn tell_changes(self, tell_changes: bool) -> Self {
        Self { tell_changes, ..self }
    }

    /// Whether a plan leaves its change sets for `apply`. Default: yes.
    pub fn keep_change_sets(self, keep: bool) -> Self {
        Self { keep, ..self }
    }

    /// A resource that is there, which a stack takes in. Nothing else of the stack is changed in the same run. Default:
    /// none.
    pub fn import(mut self, stack: &StackId, resource: ImportedResource) -> Self {
        self.imports.entry(stack.clone()).or_default().push(resource);
        self
    }

    /// A resource that the assembly no longer has, which is let go without being deleted. Default: none.
    pub fn forget(mut self, stack: &StackId, logical_id: impl Into<String>) -> Self {
        self.forgets.entry(stack.clone()).or_default().insert(logical_id.into());
        self
    }

    /// Alarms that take an operation back, also those that go off a while after it; an alarm guards stacks of its own
    /// account and region. Default: what each stack has from before.
    pub fn guard(self, guard: Guard) -> Self {
        Self { guard: Some(guard), ..self }
    }

    /// Whether the policies of stacks hold what holds data, so that the service itself refuses to replace or delete it.
    /// Default: yes.
    pub fn stack_policy(self, stack_policy: bool) -> Self {
        Self { stack_policy, ..self }
    }

    /// What earlier runs wrote down. Default: nothing.
    pub fn journal(self, journal: Journal) -> Self {
        Self { journal, ..self }
    }

    /// What values of parameters are traced with in the journal, so that a run which comes after one that was killed knows
    /// them again. Default: none, and it knows none.
    pub fn trace_key(self, key: TraceKey) -> Self {
        Self { trace_key: Some(key), ..self }
    }

    /// What the disorder of retries is made from. Default: 0.
    pub fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }
}
