//! Intrinsic functions, worked out as far as the templates of one assembly allow.
//!
//! Parameters take the manifest's value, or their default, or stay open. Conditions are decided by those.
//! `Fn::Base64` and `Fn::ToJsonString` are read through: what matters is inside. `Fn::GetAZs` gives six zones.
//!
//! Macros (`Fn::Transform`) and dynamic references (`{{resolve:…}}`) stay as they are.

mod cidr;
mod condition;
mod lists;
mod ports;
mod reference;
mod text;

use std::cell::Cell;

use crate::template::app::App;
use crate::template::json::Json;
use crate::template::value::{Text, Value};

/// More hops than any real chain of references; a circle ends here.
const MAX_HOPS: usize = 32;

/// Resolves values of one app.
pub(crate) struct Resolver<'a> {
    app: &'a App,
    hops: Cell<usize>,
}

impl<'a> Resolver<'a> {
    pub(crate) fn new(app: &'a App) -> Self {
        Self { app, hops: Cell::new(0) }
    }

    /// A value of a stack with its intrinsics resolved; none where it is `AWS::NoValue`.
    pub(crate) fn resolve(&self, stack: usize, json: &Json) -> Option<Value> {
        match json {
            Json::Table(members) => match members.as_slice() {
                [(name, argument)] if name == "Ref" || name.starts_with("Fn::") => {
                    let value = self.intrinsic(stack, name, argument)?;
                    Some(sourced(value, &json.to_string()))
                }
                _ => Some(Value::Table(
                    members
                        .iter()
                        .filter_map(|(key, value)| Some((key.clone(), self.resolve(stack, value)?)))
                        .collect(),
                )),
            },
            Json::List(elements) => {
                Some(Value::List(elements.iter().filter_map(|element| self.resolve(stack, element)).collect()))
            }
            scalar => Some(Value::from(scalar)),
        }
    }

    fn intrinsic(&self, stack: usize, name: &str, argument: &Json) -> Option<Value> {
        match name {
            "Ref" => self.reference(stack, argument.as_text()?),
            "Fn::GetAtt" => Some(self.attribute(stack, argument)),
            "Fn::ImportValue" => Some(self.import(stack, argument)),
            "Fn::GetStackOutput" => Some(self.stack_output(stack, argument)),
            "Fn::Sub" => Some(Value::Text(self.substitute(stack, argument))),
            "Fn::Join" => Some(Value::Text(self.join(stack, argument))),
            "Fn::Split" => Some(self.split(stack, argument)),
            "Fn::Select" => Some(self.select(stack, argument)),
            "Fn::GetAZs" => Some(self.zones(stack, argument)),
            "Fn::Length" => Some(self.length(stack, argument)),
            "Fn::Cidr" => Some(self.cidr(stack, argument)),
            "Fn::FindInMap" => Some(self.find_in_map(stack, argument)),
            "Fn::If" => self.choose(stack, argument),
            "Fn::Base64" | "Fn::ToJsonString" => self.resolve(stack, argument),
            _ => Some(unknown(name)),
        }
    }

    /// Follows a reference, unless it has been going in circles.
    fn hop(&self, follow: impl FnOnce() -> Option<Value>) -> Option<Value> {
        if self.hops.get() >= MAX_HOPS {
            return Some(unknown("circle"));
        }
        self.hops.set(self.hops.get() + 1);
        let value = follow();
        self.hops.set(self.hops.get() - 1);
        value
    }

    /// A value as text; a table or list as its JSON.
    fn text(&self, stack: usize, json: &Json) -> Text {
        as_text(self.resolve(stack, json))
    }
}

/// A marker that leads nowhere.
fn unknown(what: &str) -> Value {
    Value::Text(Text::leading(format!("<{what}>"), true, Vec::new()))
}

fn as_text(value: Option<Value>) -> Text {
    match value {
        None | Some(Value::Null) => Text::default(),
        Some(Value::Text(text)) => text,
        Some(other) => {
            let leads = other.leads();
            let text = other.scalar_text().unwrap_or_else(|| other.json());
            Text::leading(text, false, leads)
        }
    }
}

fn sourced(value: Value, source: &str) -> Value {
    match value {
        Value::Text(mut text) => {
            text.source = Some(source.to_owned());
            Value::Text(text)
        }
        Value::List(elements) => Value::List(elements.into_iter().map(|element| sourced(element, source)).collect()),
        other => other,
    }
}
