//! `Fn::Select`, `Fn::GetAZs`, `Fn::Length` and `Fn::FindInMap`.

use super::{Resolver, unknown};
use crate::template::json::Json;
use crate::template::value::{Text, Value};

impl Resolver<'_> {
    pub(super) fn select(&self, stack: usize, argument: &Json) -> Value {
        let [index, list] = argument.as_list().unwrap_or_default() else { return Value::Null };
        let wanted = self.text(stack, index).full().parse::<usize>().ok();
        let elements = self.resolve(stack, list).unwrap_or(Value::Null);
        let elements = elements.elements();
        if let Some(element) = wanted.and_then(|index| elements.get(index)) {
            return (*element).clone();
        }
        // A list that only CloudFormation knows: some part of it, leading where the whole leads.
        let leads: Vec<_> = elements.iter().flat_map(|element| element.leads()).collect();
        let marker = elements.last().and_then(|element| element.scalar_text());
        Value::Text(Text::leading(marker.unwrap_or_else(|| "<Select>".to_owned()), true, leads))
    }

    pub(super) fn zones(&self, stack: usize, argument: &Json) -> Value {
        let named = self.text(stack, argument).full();
        let region = if named.is_empty() { self.app.stacks[stack].region.clone() } else { named };
        Value::List(('a'..='f').map(|letter| Value::text(format!("{region}{letter}"))).collect())
    }

    pub(super) fn length(&self, stack: usize, argument: &Json) -> Value {
        let value = self.resolve(stack, argument).unwrap_or(Value::Null);
        Value::Number(value.elements().len().into())
    }

    pub(super) fn find_in_map(&self, stack: usize, argument: &Json) -> Value {
        let parts = argument.as_list().unwrap_or_default();
        let keys: Vec<String> = parts.iter().take(3).map(|part| self.text(stack, part).full()).collect();
        let body = &self.app.stacks[stack].body;
        let mapping = keys.iter().try_fold(body.get("Mappings"), |found, key| Some(found?.get(key)));
        let fallback = parts.get(3).and_then(|options| options.get("DefaultValue"));
        mapping
            .flatten()
            .or(fallback)
            .and_then(|found| self.resolve(stack, found))
            .unwrap_or_else(|| unknown("FindInMap"))
    }
}
