//! A stack: the unit of deployment.

use crate::scope::Scope;
use crate::tree::{NodeId, StackNode};
use crate::{Environment, diagnostics::Place};

/// How values of a stack reach other stacks of the same account and region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sharing {
    /// `Fn::GetStackOutput`: weak. The producer may change or go; the consumer reads the value when it is next
    /// created or updated.
    #[default]
    Output,
    /// `Export` and `Fn::ImportValue`: strong. CloudFormation refuses to change or delete a value in use.
    Export,
}

/// A handle to a stack, for its settings; got with [`Scope::stack`].
#[derive(Clone, Copy)]
pub struct Stack<'a> {
    pub(crate) scope: Scope<'a>,
}

impl<'a> Stack<'a> {
    fn change(self, change: impl FnOnce(&mut StackNode)) -> Self {
        self.scope.app().change_stack(self.scope.node(), change);
        self
    }

    /// Names the stack in CloudFormation. Default: the id it was made with.
    pub fn named(self, name: impl Into<String>) -> Self {
        self.change(|stack| stack.name = name.into())
    }

    /// Describes the stack, in at most 1,024 bytes. Default: no description.
    pub fn described(self, text: impl Into<String>) -> Self {
        self.change(|stack| stack.description = Some(text.into()))
    }

    /// Whether CloudFormation refuses to delete the stack. Default: true in production.
    pub fn termination_protection(self, on: bool) -> Self {
        self.change(|stack| stack.termination_protection = on)
    }

    /// How its values reach other stacks of the account and region. Default: [`Sharing::Output`].
    pub fn shares(self, sharing: Sharing) -> Self {
        self.change(|stack| stack.sharing = sharing)
    }

    /// The ARN of the role that stacks of other accounts read its outputs with (`RoleArn` of `Fn::GetStackOutput`).
    /// Default: none, so a reference from another account is an error.
    pub fn read_with_role(self, arn: impl Into<String>) -> Self {
        self.change(|stack| stack.reader_role = Some(arn.into()))
    }

    /// Says that the resource at a path below this stack was taken out on purpose, although it holds data.
    /// Default: `ce.lock` refuses to lose one.
    pub fn removed(self, path: impl Into<String>) -> Self {
        self.change(|stack| stack.removed.push(path.into()))
    }

    /// Adds a transform (a macro), such as `AWS::SecretsManager-2024-09-16`. Default: none but those functions need.
    pub fn transform(self, name: &'static str) -> Self {
        self.change(|stack| {
            if !stack.transforms.iter().any(|known| known == name) {
                stack.transforms.push(name.into());
            }
        })
    }

    /// Deploys this stack after `other`, beyond what references say. Default: references alone order stacks.
    pub fn needs(self, other: Scope<'_>) -> Self {
        match other.app().stack_index(other.node()) {
            Some(index) if other.app().number() == self.scope.app().number() => {
                self.change(|stack| stack.needs.push(index))
            }
            _ => self,
        }
    }

    /// Says that this stack must be deployable while `other` cannot be reached, as a standby is: a reference to it
    /// is then an error. Default: stacks may refer to each other.
    pub fn independent_of(self, other: Scope<'_>) -> Self {
        match other.app().stack_index(other.node()) {
            Some(index) if other.app().number() == self.scope.app().number() => {
                self.change(|stack| stack.independent_of.push(index))
            }
            _ => self,
        }
    }

    /// The stack's name in CloudFormation.
    pub fn name(self) -> String {
        self.scope.app().read_stack(self.scope.node(), |stack| stack.name.clone()).unwrap_or_default()
    }

    /// The stack as a scope.
    pub fn scope(self) -> Scope<'a> {
        self.scope
    }

    /// The stack's node.
    pub fn node(self) -> NodeId {
        self.scope.node()
    }
}

impl StackNode {
    pub(crate) fn new(id: &str, environment: Environment) -> Self {
        Self {
            environment,
            name: id.to_owned(),
            description: None,
            termination_protection: environment.tier.is_production(),
            sharing: Sharing::default(),
            reader_role: None,
            removed: Vec::new(),
            needs: Vec::new(),
            transforms: Vec::new(),
            independent_of: Vec::new(),
        }
    }
}

impl<'a> Stack<'a> {
    /// Opens a stack; see [`App::stack`](crate::App::stack).
    pub(crate) fn open(app: &'a crate::App, id: &str, environment: Environment, at: Place) -> Scope<'a> {
        app.add_stack(id, StackNode::new(id, environment), at)
    }
}
