//! A stack as it was, so that it can be made so again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::inputs::FOLLOWED;
use crate::assembly::{self, StackId};
use crate::cloud::{self, Guard, Output, Secret};
use crate::digest::sha256;
use crate::journal::{self, Before, Entry, Trace, TraceKey};
use crate::template::Template;

/// What the service answers instead of a value that is hidden.
const MASK: &str = "****";

/// A stack as it was before this deployment changed it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Former {
    /// None if it was not there.
    before: Option<Before>,
    /// Its parameters, but for those that the service hides; none of a stack that an earlier run changed.
    values: BTreeMap<String, Secret>,
    /// Its outputs, where they are known.
    outputs: Option<Vec<Output>>,
}

impl Former {
    /// A stack as it is now.
    pub(super) fn of(
        found: Option<&cloud::Stack>,
        template: &str,
        nested: &BTreeMap<String, String>,
        key: Option<&TraceKey>,
    ) -> Self {
        let Some(found) = found else { return Self { before: None, values: BTreeMap::new(), outputs: None } };
        let given = found.parameters.iter().filter_map(|parameter| Some((&parameter.key, parameter.value.as_ref()?)));
        let given: Vec<(&String, &Secret)> = given.collect();
        let print = |name: &str, value: &Secret| match value.reveal() {
            MASK => Trace::hidden(),
            _ => Trace::of(key, &found.name, name, value),
        };
        let plain = given.iter().filter(|(_, value)| value.reveal() != MASK);
        let before = Before {
            template: template.to_owned(),
            nested: nested.clone(),
            parameters: given.iter().map(|(name, value)| ((*name).clone(), print(name, value))).collect(),
            tags: found.tags.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect(),
            notification_arns: found.notification_arns.clone(),
            protected: found.termination_protection,
            guard: found.guard.clone(),
        };
        Self {
            values: plain.map(|(name, value)| ((*name).clone(), (*value).clone())).collect(),
            before: Some(before),
            outputs: Some(found.outputs.clone()),
        }
    }

    /// What an earlier run wrote down.
    pub(super) fn recalled(former: journal::Former) -> Self {
        Self { before: former.before, values: BTreeMap::new(), outputs: None }
    }

    pub(super) fn entry(&self, id: &StackId) -> Entry {
        Entry::Altering(journal::Former { stack: id.clone(), before: self.before.clone() })
    }

    /// Whether the stack was not there.
    pub(super) fn is_nothing(&self) -> bool {
        self.before.is_none()
    }

    /// The alarms that took its operations back.
    pub(super) fn guard(&self) -> Option<&Guard> {
        self.before.as_ref().map(|before| &before.guard)
    }

    /// Whether two say the same of a stack.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.before == other.before
    }

    /// Whether an output had another value, or was not there. It counts as such where that is not known.
    pub(super) fn had_other(&self, now: &[Output], key: &str) -> bool {
        let Some(outputs) = &self.outputs else { return true };
        let of = |outputs: &[Output]| outputs.iter().find(|output| output.key == key).cloned();
        of(outputs) != of(now)
    }

    /// The stack as an assembly would have it that brings it back; none if it was not there.
    ///
    /// Fails with the name of a parameter whose value is not known: one that the service hides and that is gone, or one
    /// that a run changed which was killed.
    pub(super) fn stack(
        &self,
        wanted: &assembly::Stack,
        now: &cloud::Stack,
        key: Option<&TraceKey>,
    ) -> Result<Option<assembly::Stack>, String> {
        let Some(before) = &self.before else { return Ok(None) };
        let tags = before.tags.iter().filter(|(key, _)| *key != FOLLOWED);
        let nested = before.nested.iter().map(|(path, text)| (path.clone(), Arc::from(text.as_str())));
        Ok(Some(assembly::Stack {
            template: Arc::from(before.template.as_str()),
            template_digest: sha256(&before.template),
            template_url: None,
            parameters: self.parameters(before, now, key)?,
            kept: Vec::new(),
            tags: tags.map(|(key, value)| (key.clone(), value.clone())).collect(),
            termination_protection: wanted.termination_protection.map(|_| before.protected),
            notification_arns: wanted.notification_arns.as_ref().map(|_| before.notification_arns.clone()),
            assets: Vec::new(),
            nested: nested.collect(),
            ..wanted.clone()
        }))
    }

    /// The values that must be given; all others are those the stack has.
    fn parameters(
        &self,
        before: &Before,
        now: &cloud::Stack,
        key: Option<&TraceKey>,
    ) -> Result<BTreeMap<String, Secret>, String> {
        let template = Template::parse(&before.template).unwrap_or_default();
        let mut values = BTreeMap::new();
        for (name, trace) in &before.parameters {
            let default =
                template.parameters.get(name).and_then(|parameter| parameter.default.as_ref()).map(Secret::new);
            let has = now.parameters.iter().find(|parameter| parameter.key == *name);
            let alike = |value: &Secret| trace.is_of(key, &now.name, name, value);
            let there = has.and_then(|has| has.value.clone()).filter(alike);
            let value = self.values.get(name).cloned().or(there).or_else(|| default.filter(alike));
            match value {
                Some(value) => drop(values.insert(name.clone(), value)),
                None if trace.is_hidden() && has.is_some() => {}
                None => return Err(name.clone()),
            }
        }
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::Former;
    use crate::cloud::{ParameterValue, Secret, Stack, StackStatus};
    use crate::journal::{self, TraceKey};

    const KEY: TraceKey = TraceKey::new([7; 32]);

    fn stack(parameters: &[(&str, &str)]) -> Stack {
        let mut stack = Stack::new("arn:1", "shop", StackStatus::UpdateComplete);
        let value =
            |(key, value): &(&str, &str)| ParameterValue { key: (*key).to_owned(), value: Some(Secret::new(*value)) };
        stack.parameters = parameters.iter().map(value).collect();
        stack
    }

    fn values(former: &Former, now: &Stack) -> Result<Vec<(String, String)>, String> {
        let before = former.before.as_ref().unwrap();
        let values = former.parameters(before, now, Some(&KEY))?;
        Ok(values.into_iter().map(|(name, value)| (name, value.reveal().to_owned())).collect())
    }

    #[test]
    fn values_are_given_again_and_hidden_ones_kept() {
        let former = Former::of(Some(&stack(&[("Size", "1"), ("Word", "****")])), "{}", &[].into(), Some(&KEY));
        let now = stack(&[("Size", "2"), ("Word", "****")]);
        assert_eq!(values(&former, &now), Ok(vec![("Size".into(), "1".into())]));
        assert_eq!(values(&former, &stack(&[])), Err("Word".into()));
    }

    #[test]
    fn what_an_earlier_run_changed_is_known_only_by_its_trace() {
        let template = "Parameters: {Size: {Type: Number, Default: 1}}";
        let entry = Former::of(Some(&stack(&[("Size", "1"), ("Stage", "prod")])), template, &[].into(), Some(&KEY));
        let line = entry.entry(&crate::assembly::StackId::new("Shop")).line();
        assert!(!line.contains("prod"), "{line}");
        let Some(journal::Entry::Altering(written)) = journal::Entry::read(&line) else { panic!("{line}") };
        let former = Former::recalled(written);
        assert_eq!(values(&former, &stack(&[("Size", "2"), ("Stage", "prod")])).map(|values| values.len()), Ok(2));
        assert_eq!(values(&former, &stack(&[("Size", "2"), ("Stage", "test")])), Err("Stage".into()));
    }

    /// Of 16 bits there are so few that another value had the same: it was taken for the one from before.
    #[test]
    fn a_value_that_only_looks_alike_is_not_taken_for_the_one_from_before() {
        let print = |value: String| crate::plan::Fingerprint::of("shop", "Size", &Secret::new(value));
        let alike = (2..1_000_000_u32)
            .map(|size| size.to_string())
            .find(|size| print(size.clone()) == print("1".into()))
            .unwrap();
        let Some(before) = Former::of(Some(&stack(&[("Size", "1")])), "{}", &[].into(), Some(&KEY)).before else {
            panic!()
        };
        let former =
            Former::recalled(journal::Former { stack: crate::assembly::StackId::new("Shop"), before: Some(before) });
        assert_eq!(values(&former, &stack(&[("Size", &alike)])), Err("Size".into()));
    }
}
