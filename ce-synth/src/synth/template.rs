//! One template, as text.

use super::json::{Json, Tokens};
use super::{Passage, Plan};
use crate::tree::{NodeKind, OutputNode, ParameterNode, ResourceNode, StackNode, Tree};
use crate::value::{Expr, PropMap, Token};

/// What joins the elements of a list that passes a border as one text. No value that AWS gives contains it.
const LIST_DELIMITER: &str = "||";

const LANGUAGE_EXTENSIONS: &str = "AWS::LanguageExtensions";

pub(super) fn write(tree: &Tree, plan: &Plan, index: u32) -> String {
    let writer = Writer { tree, plan, stack: index };
    let Some(stack) = tree.stack(index) else { return String::new() };
    let members = &plan.members[&index];
    let mut json = Json::pretty();
    json.object(|json| {
        json.key("AWSTemplateFormatVersion");
        json.text("2010-09-09");
        if let Some(description) = &stack.description {
            json.key("Description");
            json.text(description);
        }
        writer.transforms(json, stack, members);
        writer.section(json, "Parameters", members, |node| matches!(node, NodeKind::Parameter(_)));
        writer.section(json, "Mappings", members, |node| matches!(node, NodeKind::Mapping(_)));
        writer.section(json, "Conditions", members, |node| matches!(node, NodeKind::Condition(_)));
        json.key("Resources");
        json.object(|json| writer.entries(json, members, |node| matches!(node, NodeKind::Resource(_))));
        writer.outputs(json, members);
    });
    json.finish()
}

/// The nodes of a stack, in the order they were made.
pub(super) fn members(tree: &Tree, stack: u32) -> Vec<u32> {
    let mut members = Vec::new();
    let mut open = vec![stack];
    while let Some(here) = open.pop() {
        members.push(here);
        open.extend(tree.node(here).children.values().copied());
    }
    members.sort_unstable();
    members
}

struct Writer<'t> {
    tree: &'t Tree,
    plan: &'t Plan,
    stack: u32,
}

impl Writer<'_> {
    fn transforms(&self, json: &mut Json, stack: &StackNode, members: &[u32]) {
        let mut names: Vec<&str> = stack.transforms.iter().map(|name| &**name).collect();
        if !names.contains(&LANGUAGE_EXTENSIONS) && members.iter().any(|node| self.needs_language_extensions(*node)) {
            names.insert(0, LANGUAGE_EXTENSIONS);
        }
        match names[..] {
            [] => {}
            [only] => {
                json.key("Transform");
                json.text(only);
            }
            _ => {
                json.key("Transform");
                json.list(|json| {
                    names.iter().for_each(|name| {
                        json.next();
                        json.text(name);
                    })
                });
            }
        }
    }

    fn needs_language_extensions(&self, index: u32) -> bool {
        let mut needed = false;
        let mut visit = |value: &Expr| {
            value.tokens(&mut |token| {
                needed |= matches!(token, Token::Call(function, _) if function.needs_language_extensions());
            });
        };
        match &self.tree.node(index).kind {
            NodeKind::Resource(resource) => resource.properties.iter().for_each(|(_, value)| visit(value)),
            NodeKind::Output(output) => visit(&output.value),
            _ => {}
        }
        needed
    }

    fn section(&self, json: &mut Json, name: &str, members: &[u32], belongs: fn(&NodeKind) -> bool) {
        if members.iter().any(|index| belongs(&self.tree.node(*index).kind)) {
            json.key(name);
            json.object(|json| self.entries(json, members, belongs));
        }
    }

    fn entries(&self, json: &mut Json, members: &[u32], belongs: fn(&NodeKind) -> bool) {
        for index in members {
            let kind = &self.tree.node(*index).kind;
            if !belongs(kind) {
                continue;
            }
            json.key(self.plan.names.get(*index));
            match kind {
                NodeKind::Resource(resource) => self.resource(json, resource),
                NodeKind::Parameter(parameter) => self.parameter(json, parameter),
                NodeKind::Condition(condition) => json.expr(&condition.test, self),
                NodeKind::Mapping(mapping) => self.object(json, &mapping.entries),
                NodeKind::Output(output) => self.output(json, output),
                NodeKind::Root | NodeKind::Scope | NodeKind::Stack(_) => {}
            }
        }
    }

    fn object(&self, json: &mut Json, map: &PropMap) {
        json.object(|json| self.fields(json, map));
    }

    fn fields(&self, json: &mut Json, map: &PropMap) {
        for (key, value) in map.iter() {
            json.key(key);
            json.expr(value, self);
        }
    }

    fn parameter(&self, json: &mut Json, parameter: &ParameterNode) {
        self.object(json, &parameter.body);
    }

    fn resource(&self, json: &mut Json, resource: &ResourceNode) {
        json.object(|json| {
            json.key("Type");
            json.text(&resource.type_name);
            if let Some(condition) = resource.condition {
                json.key("Condition");
                json.text(self.plan.names.get(condition));
            }
            self.depends_on(json, resource);
            if let Some(policy) = resource.deletion_policy {
                json.key("DeletionPolicy");
                json.text(policy.as_str());
            }
            if let Some(policy) = resource.update_replace_policy {
                json.key("UpdateReplacePolicy");
                json.text(policy.as_str());
            }
            self.fields(json, &resource.attributes);
            if !resource.properties.is_empty() {
                json.key("Properties");
                self.object(json, &resource.properties);
            }
            if !resource.metadata.is_empty() {
                json.key("Metadata");
                self.object(json, &resource.metadata);
            }
        });
    }

    /// Neighbours by name, in order; a resource of another stack orders the stacks instead.
    fn depends_on(&self, json: &mut Json, resource: &ResourceNode) {
        let here = |index: &&u32| self.tree.stack_of(**index) == Some(self.stack);
        let mut names: Vec<&str> =
            resource.depends_on.iter().filter(here).map(|index| self.plan.names.get(*index)).collect();
        names.sort_unstable();
        if names.is_empty() {
            return;
        }
        json.key("DependsOn");
        json.list(|json| {
            names.iter().for_each(|name| {
                json.next();
                json.text(name);
            })
        });
    }

    fn outputs(&self, json: &mut Json, members: &[u32]) {
        let own = |index: &u32| matches!(self.tree.node(*index).kind, NodeKind::Output(_));
        let shared = self.plan.borders.outputs.get(&self.stack);
        if shared.is_none() && !members.iter().any(own) {
            return;
        }
        json.key("Outputs");
        json.object(|json| {
            self.entries(json, members, |node| matches!(node, NodeKind::Output(_)));
            for (name, thing) in shared.into_iter().flatten() {
                json.key(name);
                json.object(|json| self.shared_output(json, name, thing));
            }
        });
    }

    fn output(&self, json: &mut Json, output: &OutputNode) {
        json.object(|json| {
            if let Some(description) = &output.description {
                json.key("Description");
                json.text(description);
            }
            if let Some(condition) = output.condition {
                json.key("Condition");
                json.text(self.plan.names.get(condition));
            }
            json.key("Value");
            json.expr(&output.value, self);
            if let Some(name) = &output.export {
                json.key("Export");
                json.object(|json| {
                    json.key("Name");
                    json.expr(name, self);
                });
            }
        });
    }

    fn shared_output(&self, json: &mut Json, name: &str, thing: &super::borders::Thing) {
        let Some(output) = self.plan.borders.output(thing) else { return };
        // The thing may exist only under a condition: then so does the output.
        if let Some(condition) = self.tree.resource(thing.0).and_then(|resource| resource.condition) {
            json.key("Condition");
            json.text(self.plan.names.get(condition));
        }
        json.key("Value");
        if output.list {
            json.object(|json| {
                json.key("Fn::Join");
                json.list(|json| {
                    json.next();
                    json.text(LIST_DELIMITER);
                    json.next();
                    self.local(json, thing);
                });
            });
        } else {
            self.local(json, thing);
        }
        if output.exported {
            json.key("Export");
            json.pair("Name", &self.export_name(self.stack, name));
        }
    }

    fn export_name(&self, stack: u32, output: &str) -> String {
        let stack = self.tree.stack(stack).map(|stack| stack.name.as_str()).unwrap_or_default();
        format!("{stack}:{output}")
    }

    fn local(&self, json: &mut Json, (node, attribute): &super::borders::Thing) {
        let name = self.plan.names.get(*node);
        match attribute {
            None => json.pair("Ref", name),
            Some(attribute) => json.object(|json| {
                json.key("Fn::GetAtt");
                json.list(|json| {
                    json.next();
                    json.text(name);
                    json.next();
                    json.text(attribute);
                });
            }),
        }
    }

    /// A thing of this stack by name; of another stack through its output.
    fn reference(&self, json: &mut Json, thing: &super::borders::Thing) {
        let Some((output, passage)) = self.plan.borders.passage(self.tree, thing, self.stack) else {
            return self.local(json, thing);
        };
        let Some(producer) = self.tree.stack_of(thing.0).filter(|stack| *stack != self.stack) else {
            return self.local(json, thing);
        };
        if !output.list {
            return self.across(json, producer, &output.name, passage);
        }
        json.object(|json| {
            json.key("Fn::Split");
            json.list(|json| {
                json.next();
                json.text(LIST_DELIMITER);
                json.next();
                Self::as_text(json, |json| self.across(json, producer, &output.name, passage));
            });
        });
    }

    /// `Fn::Split` takes a function that gives a text; the grammar's tables list `Fn::Join` and not the functions that
    /// read other stacks, so one is put around the other.
    fn as_text(json: &mut Json, inside: impl FnOnce(&mut Json)) {
        json.object(|json| {
            json.key("Fn::Join");
            json.list(|json| {
                json.next();
                json.text("");
                json.next();
                json.list(|json| {
                    json.next();
                    inside(json);
                });
            });
        });
    }

    fn across(&self, json: &mut Json, producer: u32, output: &str, passage: Passage) {
        if passage == Passage::Export {
            return json.pair("Fn::ImportValue", &self.export_name(producer, output));
        }
        let (Some(from), Some(to)) = (self.tree.stack(producer), self.tree.stack(self.stack)) else { return };
        json.object(|json| {
            json.key("Fn::GetStackOutput");
            json.object(|json| {
                json.key("StackName");
                json.text(&from.name);
                json.key("OutputName");
                json.text(output);
                if from.environment.region != to.environment.region {
                    json.key("Region");
                    json.text(from.environment.region.as_str());
                }
                if let Some(role) =
                    from.reader_role.as_ref().filter(|_| from.environment.account != to.environment.account)
                {
                    json.key("RoleArn");
                    json.text(role);
                }
            });
        });
    }
}

impl Tokens for Writer<'_> {
    fn write(&self, token: &Token, json: &mut Json) {
        match token {
            Token::Ref(node) => self.reference(json, &(node.index, None)),
            Token::Att(node, attribute) => self.reference(json, &(node.index, Some(attribute.clone()))),
            Token::LogicalId(node) => json.text(self.plan.names.get(node.index)),
            Token::Pseudo(pseudo) => json.pair("Ref", pseudo.name()),
            Token::Call(function, argument) => json.object(|json| {
                json.key(function.name());
                json.expr(argument, self);
            }),
        }
    }
}
