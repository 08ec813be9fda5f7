//! What a plan backs up.

use ce_cfn::backup::backup_selection::{BackupSelectionResourceType, ConditionResourceType, ConditionType};
use ce_synth::{IntoValue, Scope, Value};

use super::rules;
use crate::security::Role;

/// What a plan backs up: by tags, or by ARNs.
///
/// ```
/// use ce_constructs::backup::Selection;
/// let tagged = Selection::tagged("databases", "Backup", "nightly");
/// let one = Selection::resources("orders", ["arn:aws:rds:us-east-1:111111111111:cluster:orders"]);
/// # let _ = (tagged, one);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a selection does nothing until a plan has it"]
pub struct Selection {
    name: String,
    resources: Vec<Value<String>>,
    except: Vec<Value<String>>,
    tags: Vec<(String, Value<String>)>,
}

impl Selection {
    fn named(name: impl Into<String>) -> Self {
        let (resources, except, tags) = Default::default();
        Self { name: name.into(), resources, except, tags }
    }

    /// What has a tag.
    pub fn tagged(name: impl Into<String>, key: impl Into<String>, value: impl IntoValue<String>) -> Self {
        Self::named(name).or_tagged(key, value)
    }

    /// What has these ARNs, in which `*` is for any text.
    pub fn resources<V: IntoValue<String>>(name: impl Into<String>, arns: impl IntoIterator<Item = V>) -> Self {
        let mut selection = Self::named(name);
        selection.resources.extend(arns.into_iter().map(IntoValue::into_value));
        selection
    }

    /// Also what has another tag. Default: what it was made with.
    pub fn or_tagged(mut self, key: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.tags.push((key.into(), value.into_value()));
        self
    }

    /// Not what has these ARNs. Default: nothing is left out.
    pub fn except<V: IntoValue<String>>(mut self, arns: impl IntoIterator<Item = V>) -> Self {
        self.except.extend(arns.into_iter().map(IntoValue::into_value));
        self
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>) {
        rules::selection::check(scope, &self.name, self.resources.len() + self.tags.len());
    }

    pub(super) fn property(&self, role: Role<'_>) -> BackupSelectionResourceType {
        let some = |arns: &Vec<Value<String>>| (!arns.is_empty()).then(|| arns.clone());
        let tag = |(key, value): &(String, Value<String>)| {
            let condition = ConditionResourceType::new().condition_type(ConditionType::STRINGEQUALS);
            condition.condition_key(key).condition_value(value)
        };
        let tags: Vec<_> = self.tags.iter().map(tag).collect();
        BackupSelectionResourceType::new()
            .selection_name(&self.name)
            .iam_role_arn(role.arn())
            .resources(some(&self.resources))
            .not_resources(some(&self.except))
            .list_of_tags((!tags.is_empty()).then_some(tags))
    }
}
