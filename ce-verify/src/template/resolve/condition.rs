//! Conditions, decided by the values and defaults of parameters.

use super::Resolver;
use crate::template::json::Json;
use crate::template::value::Value;

impl Resolver<'_> {
    /// A condition by its name; one that is not declared is false.
    pub(crate) fn condition(&self, stack: usize, name: &str) -> bool {
        let mut decided = false;
        self.hop(|| {
            let written = self.app.stacks[stack].entry("Conditions", name);
            decided = written.is_some_and(|written| self.decide(stack, written));
            None
        });
        decided
    }

    pub(super) fn choose(&self, stack: usize, argument: &Json) -> Option<Value> {
        let [condition, yes, no] = argument.as_list().unwrap_or_default() else { return None };
        let chosen = if self.condition(stack, condition.as_text()?) { yes } else { no };
        self.resolve(stack, chosen)
    }

    fn decide(&self, stack: usize, written: &Json) -> bool {
        let [(function, argument)] = written.members() else { return false };
        let parts = argument.as_list().unwrap_or_default();
        match function.as_str() {
            "Condition" => argument.as_text().is_some_and(|name| self.condition(stack, name)),
            "Fn::And" => parts.iter().all(|part| self.decide(stack, part)),
            "Fn::Or" => parts.iter().any(|part| self.decide(stack, part)),
            "Fn::Not" => !parts.first().is_some_and(|part| self.decide(stack, part)),
            "Fn::Equals" => match parts {
                [left, right] => self.text(stack, left).full() == self.text(stack, right).full(),
                _ => false,
            },
            _ => false,
        }
    }
}
