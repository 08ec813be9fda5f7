//! Parameters of engines.

use ce_synth::{PropMap, Scope, Value};

use super::rules::weak_parameter;

/// Parameters as they were set; a later value of a key replaces an earlier one.
#[derive(Clone, Debug, Default)]
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(super) fn set(&mut self, key: impl Into<String>, value: impl Into<String>) {
        let key = key.into();
        self.0.retain(|(known, _)| *known != key);
        self.0.push((key, value.into()));
    }

    /// What a parameter was set to.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// The fixed ones first, then what was set; a finding if that would undo a fixed one.
    #[track_caller]
    pub(super) fn with_fixed(
        &self,
        scope: Scope<'_>,
        fixed: &[(&'static str, &'static str)],
        kept: &[&str],
    ) -> PropMap {
        let mut all: PropMap = fixed.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
        for (key, value) in &self.0 {
            let promised = fixed.iter().find(|(known, _)| known == key && kept.contains(known));
            match promised {
                Some((_, promise)) if promise != value => weak_parameter::report(scope, key, value, promise),
                _ => all.set(key.clone(), value.clone().into()),
            }
        }
        all
    }

    /// As a property that is absent when there are none.
    pub(super) fn property<T>(parameters: PropMap) -> Option<Value<T>> {
        (!parameters.is_empty()).then(|| Value::from_expr(parameters.into()))
    }
}
