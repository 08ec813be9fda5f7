//! Values outside of any template: as people and shells read them.

use super::Plan;
use crate::document::Reading;
use crate::rules::file_reference::Lost;
use crate::schema::RefKind;
use crate::tree::{NodeId, NodeKind, Tree};
use crate::value::{Expr, Function, Pseudo, Token};

/// Reads values for a file.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    pub(super) tree: &'t Tree,
    pub(super) plan: &'t Plan,
    pub(super) reading: Reading,
    /// The stack whose account and region are meant where a value names none.
    pub(super) home: Option<u32>,
    /// How many names of names were read on the way here.
    pub(super) depth: u8,
}

/// A name is made of names, and those of others, at most this often: a resource that is named after itself has none.
const DEEPEST: u8 = 8;

fn lost<T>(message: impl Into<String>, help: Option<&str>) -> Result<T, Lost> {
    Err(Lost { message: message.into(), help: help.map(str::to_owned) })
}

impl Reader<'_> {
    pub(super) fn text(self, value: &Expr) -> Result<String, Lost> {
        match value {
            Expr::Text(text) => Ok(text.to_string()),
            Expr::Bool(value) => Ok(value.to_string()),
            Expr::Integer(number) => Ok(number.to_string()),
            Expr::Number(number) => Ok(number.to_string()),
            Expr::Token(token) => self.token(token),
            Expr::Null | Expr::List(_) | Expr::Object(_) => {
                lost(format!("has a value that is no text: `{}`", value.to_json()), None)
            }
        }
    }

    fn token(self, token: &Token) -> Result<String, Lost> {
        match token {
            Token::Ref(node) | Token::Att(node, _) | Token::LogicalId(node) if node.app != self.tree.app => {
                lost("refers to a resource of another app", Some("build both in one `App`, or pass the physical name"))
            }
            Token::Ref(node) => self.reference(*node),
            Token::Att(node, attribute) => self.attribute(*node, attribute),
            Token::LogicalId(node) => Ok(self.plan.names.get(node.index).to_owned()),
            Token::Pseudo(pseudo) => self.pseudo(*pseudo),
            Token::Call(function, argument) => self.call(*function, argument),
        }
    }

    fn reference(self, node: NodeId) -> Result<String, Lost> {
        if let Some(name) = self.physical_name(node.index) {
            return Ok(name);
        }
        let Some(stack) = self.tree.stack_of(node.index) else { return lost("refers to the app itself", None) };
        match (self.reading, &self.tree.node(node.index).kind) {
            (Reading::People, _) => Ok(self.described(node.index, stack)),
            (Reading::Shell, NodeKind::Parameter(_)) => {
                Ok(self.query(stack, "Parameters", "ParameterKey", self.plan.names.get(node.index), "ParameterValue"))
            }
            (Reading::Shell, _) => {
                let rest = "--query StackResourceDetail.PhysicalResourceId --output text)";
                let (call, name) = (self.call_for(stack, "describe-stack-resource"), self.plan.names.get(node.index));
                Ok(format!("{call} --logical-resource-id {name} {rest}"))
            }
        }
    }

    fn attribute(self, node: NodeId, attribute: &str) -> Result<String, Lost> {
        let Some(stack) = self.tree.stack_of(node.index) else { return lost("refers to the app itself", None) };
        if self.reading == Reading::People {
            let name = self.physical_name(node.index);
            return Ok(format!("{attribute} of {}", name.unwrap_or_else(|| self.described(node.index, stack))));
        }
        match self.output_of(node, attribute, stack) {
            Some(output) => Ok(self.query(stack, "Outputs", "OutputKey", &output, "OutputValue")),
            None => lost(
                format!(
                    "needs `{attribute}` of `{}`, which no output of its stack tells",
                    self.tree.path_of(node.index)
                ),
                Some("add one with `scope.output(..)`, or use the resource's name"),
            ),
        }
    }

    /// The output of a stack that has an attribute: one that the app added, or one that another stack reads.
    fn output_of(self, node: NodeId, attribute: &str, stack: u32) -> Option<String> {
        let wanted = Expr::from(Token::Att(node, attribute.to_owned().into()));
        let members = self.plan.members.get(&stack)?;
        let own = members
            .iter()
            .find(|index| matches!(&self.tree.node(**index).kind, NodeKind::Output(output) if output.value == wanted));
        let shared = || self.plan.borders.output(&(node.index, Some(attribute.to_owned().into())));
        own.map(|index| self.plan.names.get(*index).to_owned()).or_else(|| shared().map(|output| output.name.clone()))
    }

    /// The name that the app gives a resource, where `Ref` is that name.
    fn physical_name(self, index: u32) -> Option<String> {
        let resource = self.tree.resource(index).filter(|_| self.depth < DEEPEST)?;
        let schema = resource.schema()?;
        let [identifier] = schema.reference.identifier[..] else { return None };
        if schema.reference.kind == RefKind::Arn || schema.read_only.contains(&identifier) {
            return None;
        }
        let value = resource.properties.get(identifier)?;
        // A name may be put together from others, in the account and region of its own stack.
        let name = Self { home: self.tree.stack_of(index), depth: self.depth + 1, ..self }.text(value).ok()?;
        Some(if self.reading == Reading::Shell && self.depth == 0 { quoted(name) } else { name })
    }

    fn described(self, index: u32, stack: u32) -> String {
        let stack = self.tree.stack(stack).map(|stack| stack.name.as_str()).unwrap_or_default();
        format!("{} of stack {stack}", self.plan.names.get(index))
    }

    /// The beginning of a call about a stack, to be closed by a bracket.
    fn call_for(self, stack: u32, command: &str) -> String {
        let Some(stack) = self.tree.stack(stack) else { return String::new() };
        format!("$(aws cloudformation {command} --region {} --stack-name {}", stack.environment.region, stack.name)
    }

    fn query(self, stack: u32, list: &str, key: &str, name: &str, value: &str) -> String {
        let call = self.call_for(stack, "describe-stacks");
        format!("{call} --query \"Stacks[0].{list}[?{key}=='{name}'].{value}\" --output text)")
    }

    fn pseudo(self, pseudo: Pseudo) -> Result<String, Lost> {
        let Some(stack) = self.home.and_then(|stack| self.tree.stack(stack)) else {
            return lost(
                format!("uses `{}`, and belongs to no stack", pseudo.name()),
                Some("add the file to a scope of a stack, or write the account and region out"),
            );
        };
        let region = stack.environment.region;
        Ok(match pseudo {
            Pseudo::AccountId => stack.environment.account.to_string(),
            Pseudo::Region => region.to_string(),
            Pseudo::Partition => region.partition().to_owned(),
            Pseudo::StackName => stack.name.clone(),
            Pseudo::UrlSuffix if region.partition() == "aws-cn" => "amazonaws.com.cn".to_owned(),
            Pseudo::UrlSuffix => "amazonaws.com".to_owned(),
            Pseudo::NoValue | Pseudo::StackId | Pseudo::NotificationArns => {
                return lost(format!("uses `{}`, which is known to a template only", pseudo.name()), None);
            }
        })
    }

    fn call(self, function: Function, argument: &Expr) -> Result<String, Lost> {
        match (function, argument.as_list(), argument.as_text()) {
            (Function::Join, Some([Expr::Text(delimiter), Expr::List(items)]), _) => {
                let items: Result<Vec<String>, Lost> = items.iter().map(|item| self.text(item)).collect();
                Ok(items?.join(delimiter))
            }
            (Function::Sub, _, Some(template)) => self.substituted(template, None),
            (Function::Sub, Some([Expr::Text(template), Expr::Object(variables)]), _) => {
                self.substituted(template, Some(variables))
            }
            (Function::Select, Some([Expr::Integer(index), Expr::List(items)]), _) => {
                match usize::try_from(*index).ok().and_then(|index| items.get(index)) {
                    Some(item) => self.text(item),
                    None => lost("selects an item that is not there", None),
                }
            }
            _ => lost(
                format!("uses `{}`, which is worked out in a template only", function.name()),
                Some("write the value out, or give it an output and name that"),
            ),
        }
    }

    fn substituted(self, template: &str, variables: Option<&crate::value::PropMap>) -> Result<String, Lost> {
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("${") {
            text.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                rest = &rest[before.len()..];
                break;
            };
            rest = after;
            if let Some(literal) = name.strip_prefix('!') {
                text.push_str("${");
                text.push_str(literal);
                text.push('}');
            } else if let Some(value) = variables.and_then(|variables| variables.get(name)) {
                text.push_str(&self.text(value)?);
            } else if let Some(pseudo) = Pseudo::ALL.into_iter().find(|pseudo| pseudo.name() == name) {
                text.push_str(&self.pseudo(pseudo)?);
            } else {
                return lost(format!("uses `Fn::Sub` with `{name}`, which has no value"), None);
            }
        }
        Ok(text + rest)
    }
}

/// One word of a shell; a command that looks something up is one already.
fn quoted(word: String) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./:@=+,".contains(letter);
    if word.contains("$(") || (!word.is_empty() && word.chars().all(plain)) {
        return word;
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
