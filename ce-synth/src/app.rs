//! The app: owner of the tree.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use indexmap::IndexMap;

use crate::assembly::Assembly;
use crate::deferred::{Deferred, Placing};
use crate::diagnostics::{Code, Diagnostic, Finding, Findings, Place, Severity};
use crate::environment::Environment;
use crate::resource::{CfnResource, Resource, ResourceId};
use crate::schema::Schemas;
use crate::scope::Scope;
use crate::stack::Stack;
use crate::synth;
use crate::tree::{Node, NodeId, NodeKind, StackNode, Tree};

/// A check over the finished tree: any function of this form is one, see [`App::check`].
pub type Check = dyn Fn(&Tree, &mut Report<'_>);

/// A late change of the tree, see [`App::before_synth`].
pub type Hook = dyn Fn(&App);

/// An app: the arena that owns every node of the tree.
///
/// The tree is built in a function that takes `&App`; [`synth`](App::synth) takes the app by value, so nothing can
/// change after it.
///
/// ```
/// use ce_synth::{Account, App, Environment, Region, Tier, Expr};
/// const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
///
/// fn platform(app: &App) {
///     let stack = app.stack("Queues", PROD);
///     stack.raw("Orders", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
/// }
///
/// let app = App::new();
/// platform(&app);
/// let assembly = app.synth()?;
/// assert!(assembly.template("Queues").unwrap().contains("AWS::SQS::Queue"));
/// # Ok::<(), ce_synth::Findings>(())
/// ```
pub struct App {
    number: u32,
    name: RefCell<String>,
    context: RefCell<BTreeMap<String, String>>,
    pub(crate) tree: RefCell<Tree>,
    pub(crate) findings: RefCell<Vec<(u32, Diagnostic)>>,
    pub(crate) checks: RefCell<Vec<Box<Check>>>,
    pub(crate) hooks: RefCell<Vec<Box<Hook>>>,
    pub(crate) deferred: RefCell<Vec<Box<dyn Deferred>>>,
    pub(crate) schemas: RefCell<Option<&'static Schemas>>,
}

static APPS: AtomicU32 = AtomicU32::new(1);

impl Default for App {
    #[track_caller]
    fn default() -> Self {
        Self::new()
    }
}

impl App {
    /// An app without stacks.
    #[track_caller]
    pub fn new() -> Self {
        let number = APPS.fetch_add(1, Ordering::Relaxed);
        let root = Node {
            parent: None,
            id: Arc::from(""),
            kind: NodeKind::Root,
            at: Place::here(),
            children: IndexMap::new(),
            extras: None,
        };
        Self {
            number,
            name: RefCell::new("app".to_owned()),
            context: RefCell::default(),
            tree: RefCell::new(Tree { app: number, nodes: vec![root], files: Vec::new() }),
            findings: RefCell::default(),
            checks: RefCell::default(),
            hooks: RefCell::default(),
            deferred: RefCell::default(),
            schemas: RefCell::new(None),
        }
    }

    /// Names the app: its section of `ce.lock`. Default: `app`.
    pub fn named(&self, name: impl Into<String>) -> &Self {
        *self.name.borrow_mut() = name.into();
        self
    }

    /// The app's name.
    pub fn name(&self) -> String {
        self.name.borrow().clone()
    }

    /// A value given from outside with `-c key=value`, such as the environment to build.
    pub fn context(&self, key: &str) -> Option<String> {
        self.context.borrow().get(key).cloned()
    }

    /// Gives the app a value that it reads with [`context`](App::context).
    pub fn set_context(&self, key: impl Into<String>, value: impl Into<String>) -> &Self {
        self.context.borrow_mut().insert(key.into(), value.into());
        self
    }

    /// The table of resource types that raw resources are checked against; typed resources bring it by themselves.
    pub fn use_schemas(&self, schemas: &'static Schemas) -> &Self {
        *self.schemas.borrow_mut() = Some(schemas);
        self
    }

    /// A new stack in an environment; its settings are at [`Scope::stack`].
    #[track_caller]
    pub fn stack(&self, id: &str, environment: Environment) -> Scope<'_> {
        Stack::open(self, id, environment, Place::here())
    }

    /// The root of the tree: the parent of stacks; for tags and waivers that hold everywhere.
    pub fn root(&self) -> Scope<'_> {
        Scope::of(self, 0)
    }

    /// Adds a check that runs at synthesis, over the finished tree.
    pub fn check(&self, check: impl Fn(&Tree, &mut Report<'_>) + 'static) -> &Self {
        self.checks.borrow_mut().push(Box::new(check));
        self
    }

    /// Adds a change that runs when synthesis begins, in the order added: what other tools call an aspect.
    pub fn before_synth(&self, hook: impl Fn(&App) + 'static) -> &Self {
        self.hooks.borrow_mut().push(Box::new(hook));
        self
    }

    /// Adds something that is placed at synthesis, when it is known which stacks use which.
    pub fn defer(&self, deferred: impl Deferred + 'static) {
        self.deferred.borrow_mut().push(Box::new(deferred));
    }

    /// Every resource of type `R` made so far, as handles: for late changes.
    pub fn resources<R: CfnResource>(&self) -> Vec<R::Handle<'_>> {
        let tree = self.tree.borrow();
        let found = tree.resource_nodes().filter(|(_, resource)| resource.type_name == R::TYPE);
        found.map(|(index, _)| Resource::<R>::of(Scope::of(self, index)).into()).collect()
    }

    /// The handle of a resource that was kept as an id.
    ///
    /// # Panics
    /// If the id is of another app.
    pub fn resource<R: CfnResource>(&self, id: ResourceId<R>) -> R::Handle<'_> {
        assert_eq!(id.node().app, self.number, "a resource id belongs to the app that made it");
        Resource::<R>::of(Scope::of(self, id.node().index)).into()
    }

    /// The scope of a node that was kept as an id.
    ///
    /// # Panics
    /// If the id is of another app.
    pub fn scope(&self, node: NodeId) -> Scope<'_> {
        assert_eq!(node.app, self.number, "a node id belongs to the app that made it");
        Scope::of(self, node.index)
    }

    /// Reads the tree as it is now.
    pub fn read<T>(&self, read: impl FnOnce(&Tree) -> T) -> T {
        read(&self.tree.borrow())
    }

    /// Synthesizes: resolves references, runs every rule and check, writes the templates.
    ///
    /// # Errors
    /// All findings, if one of them is an error.
    pub fn synth(self) -> Result<Assembly, Findings> {
        synth::run(self)
    }

    pub(crate) fn number(&self) -> u32 {
        self.number
    }

    pub(crate) fn record(&self, node: u32, finding: Diagnostic) -> Finding<'_> {
        let mut findings = self.findings.borrow_mut();
        findings.push((node, finding));
        Finding { app: self, index: findings.len() - 1 }
    }

    pub(crate) fn change_finding(&self, index: usize, change: impl FnOnce(&mut Diagnostic)) {
        if let Some((_, finding)) = self.findings.borrow_mut().get_mut(index) {
            change(finding);
        }
    }

    /// Adds a node below `parent`; a second one of the same id is reported and gets another id.
    pub(crate) fn add(&self, parent: u32, id: &str, kind: NodeKind, at: Place) -> Scope<'_> {
        let taken = self.tree.borrow().node(parent).children.get(id).copied();
        let mut id: Arc<str> = Arc::from(id);
        if let Some(first) = taken {
            crate::rules::duplicate_id::report(self, parent, &id, first, at);
            id = self.free_id(parent, &id);
        } else if id.is_empty() || id.contains('/') {
            crate::rules::node_id::report(self, parent, &id, at);
        }
        let mut tree = self.tree.borrow_mut();
        let index = tree.count();
        tree.nodes.push(Node {
            parent: Some(parent),
            id: id.clone(),
            kind,
            at,
            children: IndexMap::new(),
            extras: None,
        });
        tree.nodes[parent as usize].children.insert(id, index);
        Scope::of(self, index)
    }

    fn free_id(&self, parent: u32, id: &str) -> Arc<str> {
        let tree = self.tree.borrow();
        let children = &tree.node(parent).children;
        let free =
            (2..=tree.count()).map(|number| format!("{id}-{number}")).find(|id| !children.contains_key(id.as_str()));
        Arc::from(free.unwrap_or_default())
    }

    pub(crate) fn add_stack(&self, id: &str, stack: StackNode, at: Place) -> Scope<'_> {
        self.add(0, id, NodeKind::Stack(Box::new(stack)), at)
    }

    pub(crate) fn stack_index(&self, node: NodeId) -> Option<u32> {
        self.tree.borrow().stack_of(node.index)
    }

    pub(crate) fn change_stack(&self, node: NodeId, change: impl FnOnce(&mut StackNode)) {
        let mut tree = self.tree.borrow_mut();
        if let NodeKind::Stack(stack) = &mut tree.nodes[node.index as usize].kind {
            change(stack);
        }
    }

    pub(crate) fn read_stack<T>(&self, node: NodeId, read: impl FnOnce(&StackNode) -> T) -> Option<T> {
        self.tree.borrow().stack(node.index).map(read)
    }

    /// Hooks first, then what was deferred; both may add more of either.
    pub(crate) fn finish_tree(&self) {
        loop {
            let hooks = std::mem::take(&mut *self.hooks.borrow_mut());
            let deferred = std::mem::take(&mut *self.deferred.borrow_mut());
            if hooks.is_empty() && deferred.is_empty() {
                break;
            }
            hooks.iter().for_each(|hook| hook(self));
            Placing::run(self, deferred);
        }
    }
}

/// Where a check puts what it found.
pub struct Report<'r> {
    pub(crate) tree: &'r Tree,
    pub(crate) found: Vec<(u32, Diagnostic)>,
}

impl<'r> Report<'r> {
    pub(crate) fn new(tree: &'r Tree) -> Self {
        Self { tree, found: Vec::new() }
    }

    /// Records an error about a node; says what to write instead with the result.
    pub fn error(&mut self, node: NodeId, code: Code, message: impl Into<String>) -> &mut Diagnostic {
        self.add(node, code, Severity::Error, message.into())
    }

    /// Records a warning about a node.
    pub fn warning(&mut self, node: NodeId, code: Code, message: impl Into<String>) -> &mut Diagnostic {
        self.add(node, code, Severity::Warning, message.into())
    }

    fn add(&mut self, node: NodeId, code: Code, severity: Severity, message: String) -> &mut Diagnostic {
        let path = self.tree.path(node);
        let at = Some(self.tree.node(node.index).at);
        let finding = Diagnostic { code, severity, message, path, at, notes: Vec::new(), help: None };
        let place = self.found.len();
        self.found.push((node.index, finding));
        &mut self.found[place].1
    }
}
