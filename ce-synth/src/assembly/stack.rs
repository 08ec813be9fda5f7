//! One stack of an assembly.

use std::fmt::Write;
use std::path::Path;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::diagnostics::Place;
use crate::environment::Environment;
use crate::synth::{Borders, Passage, Plan, Thing};
use crate::tree::{NodeKind, Tree};
use crate::value::{Expr, Token};

/// CloudFormation takes a template in the call itself up to this many bytes; a larger one goes through S3.
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>
const INLINE: usize = 51_200;

/// A stack: its template and how it is deployed.
pub struct StackArtifact {
    id: String,
    name: String,
    environment: Environment,
    description: Option<String>,
    termination_protection: bool,
    template: String,
    digest: OnceLock<String>,
    dependencies: Vec<String>,
    resources: Vec<ResourceRecord>,
    kept: Vec<KeptParameter>,
    removed: Vec<String>,
}

/// A resource of a stack, as identity: what `ce.lock` keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceRecord {
    /// The path below the stack.
    pub path: String,
    /// The name in the template.
    pub logical_id: String,
    /// The CloudFormation type.
    pub type_name: String,
    /// Whether it holds data.
    pub stateful: bool,
    /// The line that made it, or else the one that made what is around it: the first whose file is known by a relative
    /// path. A crate from a registry is compiled by an absolute one, which differs from machine to machine.
    pub at: Option<Place>,
}

/// A parameter whose value comes from another stack once, and is kept by CloudFormation from then on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptParameter {
    /// The parameter's name.
    pub parameter: String,
    /// The id of the stack the value comes from.
    pub stack: String,
    /// The output of that stack.
    pub output: String,
}

impl StackArtifact {
    pub(crate) fn new(tree: &Tree, plan: &Plan, index: u32, template: String) -> Self {
        let stack = tree.stack(index);
        let mut dependencies: Vec<String> = plan.order.needs[&index].iter().map(|stack| tree.path_of(*stack)).collect();
        dependencies.sort();
        let members = &plan.members[&index];
        Self {
            id: tree.path_of(index),
            name: stack.map(|stack| stack.name.clone()).unwrap_or_default(),
            environment: tree.environment(tree.id(index)).expect("a stack has an environment"),
            description: stack.and_then(|stack| stack.description.clone()),
            termination_protection: stack.is_some_and(|stack| stack.termination_protection),
            template,
            digest: OnceLock::new(),
            dependencies,
            resources: members.iter().filter_map(|node| record(tree, plan, *node)).collect(),
            kept: members.iter().filter_map(|node| kept(tree, plan, *node)).collect(),
            removed: stack.map(|stack| stack.removed.clone()).unwrap_or_default(),
        }
    }

    /// The id it was made with; names its files.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its name in CloudFormation.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it is deployed.
    pub fn environment(&self) -> Environment {
        self.environment
    }

    /// Its description.
    pub fn description(&self) -> Option<&str> {
        self.description.as_deref()
    }

    /// Whether CloudFormation refuses to delete it.
    pub fn termination_protection(&self) -> bool {
        self.termination_protection
    }

    /// The template's text.
    pub fn template(&self) -> &str {
        &self.template
    }

    /// Ids of the stacks it is deployed after, sorted.
    pub fn dependencies(&self) -> &[String] {
        &self.dependencies
    }

    /// Its resources, in the order of the template.
    pub fn resources(&self) -> &[ResourceRecord] {
        &self.resources
    }

    /// Parameters that are filled from other stacks once and then kept.
    pub fn kept_parameters(&self) -> &[KeptParameter] {
        &self.kept
    }

    /// Paths of resources that were taken out on purpose.
    pub(crate) fn removed(&self) -> &[String] {
        &self.removed
    }

    /// Whether the template is too large for the call itself and goes through S3.
    pub fn is_asset(&self) -> bool {
        self.template.len() > INLINE
    }

    /// The SHA-256 of the template in hex.
    pub fn digest(&self) -> &str {
        self.digest.get_or_init(|| {
            let mut hex = String::with_capacity(64);
            for byte in Sha256::digest(self.template.as_bytes()) {
                write!(hex, "{byte:02x}").ok();
            }
            hex
        })
    }

    /// The name of its template file.
    pub fn template_file(&self) -> String {
        let [template, _] = super::stack_files(&self.id);
        template
    }
}

fn record(tree: &Tree, plan: &Plan, index: u32) -> Option<ResourceRecord> {
    let resource = tree.resource(index)?;
    Some(ResourceRecord {
        path: tree.path_in_stack_now(index),
        logical_id: plan.names.get(index).to_owned(),
        type_name: resource.type_name.to_string(),
        stateful: crate::synth::is_stateful(resource),
        at: tree.upwards(index).map(|node| tree.node(node).at).find(|at| !Path::new(at.file()).is_absolute()),
    })
}

fn kept(tree: &Tree, plan: &Plan, index: u32) -> Option<KeptParameter> {
    let NodeKind::Parameter(parameter) = &tree.node(index).kind else { return None };
    let thing = thing_of(parameter.kept_from.as_ref()?)?;
    let border = plan.borders.all.iter().find(|border| border.consumer == index && border.passage == Passage::Kept)?;
    Some(KeptParameter {
        parameter: plan.names.get(index).to_owned(),
        stack: tree.path_of(border.producer_stack),
        output: output_of(&plan.borders, &thing)?,
    })
}

fn thing_of(source: &Expr) -> Option<Thing> {
    match source {
        Expr::Token(token) => match &**token {
            Token::Ref(node) => Some((node.index, None)),
            Token::Att(node, attribute) => Some((node.index, Some(attribute.clone()))),
            _ => None,
        },
        _ => None,
    }
}

fn output_of(borders: &Borders, thing: &Thing) -> Option<String> {
    borders.output(thing).map(|output| output.name.clone())
}
