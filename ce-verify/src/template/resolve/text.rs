//! `Fn::Sub`, `Fn::Join` and `Fn::Split`: text that keeps the provenance of its parts.

use super::{Resolver, as_text};
use crate::template::json::Json;
use crate::template::value::{Text, Value};

impl Resolver<'_> {
    pub(super) fn join(&self, stack: usize, argument: &Json) -> Text {
        let [delimiter, list] = argument.as_list().unwrap_or_default() else {
            return Text::default();
        };
        let delimiter = delimiter.as_text().unwrap_or_default();
        let mut joined = Text::default();
        let value = self.resolve(stack, list).unwrap_or(Value::Null);
        for (index, element) in value.elements().into_iter().enumerate() {
            if index > 0 {
                joined.append(Text::literal(delimiter));
            }
            joined.append(as_text(Some(element.clone())));
        }
        joined
    }

    pub(super) fn split(&self, stack: usize, argument: &Json) -> Value {
        let [delimiter, text] = argument.as_list().unwrap_or_default() else { return Value::Null };
        let parts = self.text(stack, text).split(delimiter.as_text().unwrap_or_default());
        Value::List(parts.into_iter().map(Value::Text).collect())
    }

    pub(super) fn substitute(&self, stack: usize, argument: &Json) -> Text {
        let (template, variables) = match argument {
            Json::List(parts) => (parts.first().and_then(Json::as_text).unwrap_or_default(), parts.get(1)),
            other => (other.as_text().unwrap_or_default(), None),
        };
        let mut made = Text::default();
        let mut rest = template;
        while let Some(start) = rest.find("${") {
            made.append(Text::literal(&rest[..start]));
            let Some(end) = rest[start..].find('}') else { break };
            let name = &rest[start + 2..start + end];
            made.append(match name.strip_prefix('!') {
                Some(kept) => Text::literal(format!("${{{kept}}}")),
                None => self.variable(stack, name.trim(), variables),
            });
            rest = &rest[start + end + 1..];
        }
        made.append(Text::literal(rest));
        made.pieces.retain(|piece| !piece.text.is_empty());
        made
    }

    fn variable(&self, stack: usize, name: &str, variables: Option<&Json>) -> Text {
        if let Some(value) = variables.and_then(|all| all.get(name)) {
            return self.text(stack, value);
        }
        match name.split_once('.') {
            Some(_) => as_text(Some(self.attribute(stack, &Json::Text(name.to_owned())))),
            None => as_text(self.reference(stack, name)),
        }
    }
}
