//! A stack as a read shows it.

use super::Stack;
use crate::cloud::{self, ParameterValue, Secret};

impl Stack {
    /// What `DescribeStacks` gives of it; the ids of its root and its change set are the caller's to fill in.
    pub(in crate::simulator) fn view(&self) -> cloud::Stack {
        let mut view = cloud::Stack::new(self.id.clone(), self.name.clone(), self.status);
        view.status_reason.clone_from(&self.reason);
        view.outputs.clone_from(&self.outputs);
        view.parameters = self.shown_parameters();
        view.tags.clone_from(&self.definition.tags);
        view.termination_protection = self.protected;
        view.role.clone_from(&self.definition.role);
        view.created = self.created.0;
        view.updated = self.updated.map(|moment| moment.0);
        view.operations = self.operations.iter().rev().take(2).cloned().collect();
        view.express = self.express;
        view.guard.clone_from(&self.definition.guard);
        view.notification_arns.clone_from(&self.definition.notification_arns);
        view
    }

    /// Its parameters, masked where the template says so.
    fn shown_parameters(&self) -> Vec<ParameterValue> {
        let Some(template) = &self.definition.template else { return vec![] };
        let shown = |(key, value): (&String, &String)| {
            let hidden = template.parameters.get(key).is_some_and(|parameter| parameter.no_echo);
            let value = Secret::new(if hidden { "****" } else { value.as_str() });
            ParameterValue { key: key.clone(), value: Some(value) }
        };
        self.definition.given.iter().map(shown).collect()
    }
}
