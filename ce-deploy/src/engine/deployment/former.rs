//! A stack as it was, so that it can be made so again.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::inputs::FOLLOWED;
use super::keeping::LARGEST_BODY;
use crate::assembly::{self, StackId};
use crate::cloud::{self, Guard, Output, Secret};
use crate::digest::sha256;
use crate::journal::{self, Before, Entry};
use crate::plan::Fingerprint;

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
    pub(super) fn of(found: Option<&cloud::Stack>, template: &str, nested: &BTreeMap<String, String>) -> Self {
        let Some(found) = found else { return Self { before: None, values: BTreeMap::new(), outputs: None } };
        let given = found.parameters.iter().filter_map(|parameter| Some((&parameter.key, parameter.value.as_ref()?)));
        let given: Vec<(&String, &Secret)> = given.collect();
        let print = |name: &str, value: &Secret| match value.reveal() {
            MASK => Fingerprint::kept(),
            _ => Fingerprint::of(&found.name, name, value),
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
    ) -> Result<Option<assembly::Stack>, String> {
        let Some(before) = &self.before else { return Ok(None) };
        let template_digest = sha256(&before.template);
        let tags = before.tags.iter().filter(|(key, _)| *key != FOLLOWED);
        let nested = before.nested.iter().map(|(path, text)| (path.clone(), Arc::from(text.as_str())));
        Ok(Some(assembly::Stack {
            template: Arc::from(before.template.as_str()),
            template_url: url(wanted, &before.template, &template_digest),
            template_digest,
            parameters: self.parameters(before, now)?,
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
    fn parameters(&self, before: &Before, now: &cloud::Stack) -> Result<BTreeMap<String, Secret>, String> {
        let template: Value = serde_json::from_str(&before.template).unwrap_or_default();
        let mut values = BTreeMap::new();
        for (name, print) in &before.parameters {
            let default = template["Parameters"][name]["Default"].as_str().map(Secret::new);
            let has = now.parameters.iter().find(|parameter| parameter.key == *name);
            let alike = |value: &Secret| Fingerprint::of(&now.name, name, value) == *print;
            let there = has.and_then(|has| has.value.clone()).filter(alike);
            let value = self.values.get(name).cloned().or(there).or_else(|| default.filter(alike));
            match value {
                Some(value) => drop(values.insert(name.clone(), value)),
                None if *print == Fingerprint::kept() && has.is_some() => {}
                None => return Err(name.clone()),
            }
        }
        Ok(values)
    }
}

/// Where a template lies that is too large to be sent: beside the new one, if it was published as that one is.
fn url(wanted: &assembly::Stack, template: &str, digest: &str) -> Option<String> {
    let url = wanted.template_url.as_ref().filter(|_| template.len() > LARGEST_BODY)?;
    Some(url.replace(&wanted.template_digest, digest))
}

#[cfg(test)]
mod tests {
    use super::Former;
    use crate::cloud::{ParameterValue, Secret, Stack, StackStatus};
    use crate::journal;

    fn stack(parameters: &[(&str, &str)]) -> Stack {
        let mut stack = Stack::new("arn:1", "shop", StackStatus::UpdateComplete);
        let value =
            |(key, value): &(&str, &str)| ParameterValue { key: (*key).to_owned(), value: Some(Secret::new(*value)) };
        stack.parameters = parameters.iter().map(value).collect();
        stack
    }

    fn values(former: &Former, now: &Stack) -> Result<Vec<(String, String)>, String> {
        let before = former.before.as_ref().unwrap();
        let values = former.parameters(before, now)?;
        Ok(values.into_iter().map(|(name, value)| (name, value.reveal().to_owned())).collect())
    }

    #[test]
    fn values_are_given_again_and_hidden_ones_kept() {
        let former = Former::of(Some(&stack(&[("Size", "1"), ("Word", "****")])), "{}", &[].into());
        let now = stack(&[("Size", "2"), ("Word", "****")]);
        assert_eq!(values(&former, &now), Ok(vec![("Size".into(), "1".into())]));
        assert_eq!(values(&former, &stack(&[])), Err("Word".into()));
    }

    #[test]
    fn what_an_earlier_run_changed_is_known_only_by_its_trace() {
        let template = r#"{"Parameters": {"Size": {"Type": "String", "Default": "1"}}}"#;
        let entry = Former::of(Some(&stack(&[("Size", "1"), ("Stage", "prod")])), template, &[].into());
        let line = entry.entry(&crate::assembly::StackId::new("Shop")).line();
        assert!(!line.contains("prod"), "{line}");
        let Some(journal::Entry::Altering(written)) = journal::Entry::read(&line) else { panic!("{line}") };
        let former = Former::recalled(written);
        assert_eq!(values(&former, &stack(&[("Size", "2"), ("Stage", "prod")])).map(|values| values.len()), Ok(2));
        assert_eq!(values(&former, &stack(&[("Size", "2"), ("Stage", "test")])), Err("Stage".into()));
    }
}
