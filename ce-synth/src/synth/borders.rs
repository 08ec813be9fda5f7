//! Borders: references from one stack to something in another.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Names;
use crate::stack::Sharing;
use crate::tree::{NodeKind, Tree};
use crate::value::{Expr, Token};

/// How a value passes a border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Passage {
    /// `Fn::GetStackOutput`
    Output,
    /// `Export` and `Fn::ImportValue`
    Export,
    /// A parameter whose value the deployer fills and CloudFormation keeps.
    Kept,
}

/// One reference across a border: who refers, and how it passes.
pub(crate) struct Border {
    pub(crate) consumer: u32,
    pub(crate) producer_stack: u32,
    pub(crate) consumer_stack: u32,
    pub(crate) producer: Thing,
    pub(crate) passage: Passage,
}

/// What is referred to: a node, and an attribute or its `Ref`.
pub(crate) type Thing = (u32, Option<Cow<'static, str>>);

/// An output that exists because another stack refers to it.
pub(crate) struct SharedOutput {
    pub(crate) name: String,
    pub(crate) list: bool,
    pub(crate) exported: bool,
}

/// All references between stacks.
#[derive(Default)]
pub(crate) struct Borders {
    pub(crate) all: Vec<Border>,
    /// By producing stack, then by the thing's output name: the order in the template.
    pub(crate) outputs: BTreeMap<u32, BTreeMap<String, Thing>>,
    shared: BTreeMap<Thing, SharedOutput>,
}

impl Borders {
    pub(crate) fn of(tree: &Tree, names: &Names) -> Self {
        let mut borders = Self::default();
        for index in 0..tree.count() {
            match &tree.node(index).kind {
                NodeKind::Resource(resource) => {
                    let parts = [&resource.properties, &resource.metadata, &resource.attributes];
                    for value in parts.into_iter().flat_map(|part| part.iter()).map(|(_, value)| value) {
                        borders.visit(tree, names, index, value, false);
                    }
                }
                NodeKind::Output(output) => borders.visit(tree, names, index, &output.value, false),
                NodeKind::Parameter(parameter) => {
                    if let Some(source) = &parameter.kept_from {
                        borders.visit(tree, names, index, source, true);
                    }
                }
                _ => {}
            }
        }
        borders
    }

    fn visit(&mut self, tree: &Tree, names: &Names, consumer: u32, value: &Expr, kept: bool) {
        value.tokens(&mut |token| {
            let thing = match token {
                Token::Ref(node) if node.app == tree.app => (node.index, None),
                Token::Att(node, attribute) if node.app == tree.app => (node.index, Some(attribute.clone())),
                _ => return,
            };
            let (Some(here), Some(there)) = (tree.stack_of(consumer), tree.stack_of(thing.0)) else { return };
            if here != there {
                self.add(tree, names, (consumer, here), (thing, there), kept);
            }
        });
    }

    fn add(&mut self, tree: &Tree, names: &Names, consumer: (u32, u32), producer: (Thing, u32), kept: bool) {
        let ((thing, producer_stack), (consumer, consumer_stack)) = (producer, consumer);
        let (Some(from), Some(to)) = (tree.stack(producer_stack), tree.stack(consumer_stack)) else { return };
        let neighbours =
            (from.environment.account, from.environment.region) == (to.environment.account, to.environment.region);
        let passage = match from.sharing {
            _ if kept => Passage::Kept,
            Sharing::Export if neighbours => Passage::Export,
            _ => Passage::Output,
        };
        let output = self.shared.entry(thing.clone()).or_insert_with(|| SharedOutput {
            name: output_name(names, &thing),
            list: gives_list(tree, &thing),
            exported: false,
        });
        output.exported |= passage == Passage::Export;
        self.outputs.entry(producer_stack).or_default().insert(output.name.clone(), thing.clone());
        self.all.push(Border { consumer, producer_stack, consumer_stack, producer: thing, passage });
    }

    pub(crate) fn output(&self, thing: &Thing) -> Option<&SharedOutput> {
        self.shared.get(thing)
    }

    /// The output a thing is shared by, and how it passes between two stacks.
    pub(crate) fn passage(&self, tree: &Tree, thing: &Thing, consumer_stack: u32) -> Option<(&SharedOutput, Passage)> {
        let output = self.shared.get(thing)?;
        let producer = tree.stack(tree.stack_of(thing.0)?)?;
        let consumer = tree.stack(consumer_stack)?;
        let (there, here) = (producer.environment, consumer.environment);
        let neighbours = (there.account, there.region) == (here.account, here.region);
        let export = producer.sharing == Sharing::Export && neighbours;
        Some((output, if export { Passage::Export } else { Passage::Output }))
    }
}

/// `Shared`, the logical id, and the attribute without dots; a contract like any logical id.
fn output_name(names: &Names, (node, attribute): &Thing) -> String {
    let attribute = attribute.as_deref().unwrap_or("Ref");
    let attribute = attribute.chars().filter(char::is_ascii_alphanumeric);
    format!("Shared{}{}", names.get(*node), attribute.collect::<String>())
}

fn gives_list(tree: &Tree, (node, attribute): &Thing) -> bool {
    match (&tree.node(*node).kind, attribute) {
        (NodeKind::Parameter(parameter), None) => {
            let kind = parameter.body.get("Type").and_then(Expr::as_text).unwrap_or_default();
            kind == "CommaDelimitedList" || kind.starts_with("List<")
        }
        (NodeKind::Resource(resource), Some(attribute)) => super::type_facts::gives_list(resource, attribute),
        _ => false,
    }
}
