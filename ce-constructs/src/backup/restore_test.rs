//! What is restored to see whether it can be.

use ce_cfn::backup;
use ce_cfn::backup::restore_testing_selection::{KeyValue, ProtectedResourceConditions};
use ce_synth::{Duration, IntoValue, MapOf, Scope, Value};

use super::{ProtectedKind, rules};
use crate::security::Role;

/// A test of a kind of resource: what is restored, with which settings, and how long it is there to be looked at.
///
/// ```
/// use ce_constructs::backup::{ProtectedKind, RestoreTest};
/// use ce_synth::Duration;
/// let orders = RestoreTest::of("orders", ProtectedKind::Aurora)
///     .restored_with("dbSubnetGroupName", "restore-test")
///     .validated_within(Duration::hours(4));
/// # let _ = orders;
/// ```
///
/// By default everything of the kind is tested that has a backup, and what was restored is deleted at once.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a test does nothing until a plan has it"]
pub struct RestoreTest {
    name: String,
    kind: ProtectedKind,
    resources: Vec<Value<String>>,
    tags: Vec<(String, Value<String>)>,
    settings: Vec<(String, Value<String>)>,
    validation: Option<Duration>,
}

impl RestoreTest {
    /// A test of a name, 1 to 50 letters, digits and `_`, of a kind of resource.
    pub fn of(name: impl Into<String>, kind: ProtectedKind) -> Self {
        let (resources, tags, settings) = Default::default();
        Self { name: name.into(), kind, resources, tags, settings, validation: None }
    }

    /// Only what has these ARNs. Default: everything.
    pub fn only<V: IntoValue<String>>(mut self, arns: impl IntoIterator<Item = V>) -> Self {
        self.resources.extend(arns.into_iter().map(IntoValue::into_value));
        self
    }

    /// Only what has a tag; called again, all of them. Default: everything.
    pub fn tagged(mut self, key: &str, value: impl IntoValue<String>) -> Self {
        self.tags.push((format!("aws:ResourceTag/{key}"), value.into_value()));
        self
    }

    /// A setting of the restore, as the kind has them: `dbSubnetGroupName`. Default: what AWS Backup infers.
    pub fn restored_with(mut self, setting: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.settings.push((setting.into(), value.into_value()));
        self
    }

    /// How long what was restored is there to be looked at, in whole hours, 1 to 168. Default: not at all.
    pub fn validated_within(mut self, time: Duration) -> Self {
        self.validation = Some(time);
        self
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    #[track_caller]
    pub(super) fn check(&self, scope: Scope<'_>) {
        rules::restore_testing::check_validation(scope, &self.name, self.validation);
    }

    pub(super) fn resource(
        &self,
        plan: backup::RestoreTestingPlanRef<'_>,
        role: Role<'_>,
    ) -> backup::RestoreTestingSelection {
        let equals: Vec<_> = self.tags.iter().map(|(key, value)| KeyValue::new().key(key).value(value)).collect();
        let conditions = (!equals.is_empty()).then(|| ProtectedResourceConditions::new().string_equals(equals));
        let everything = self.resources.is_empty() && self.tags.is_empty();
        let arns = if everything { vec!["*".into_value()] } else { self.resources.clone() };
        let settings: Value<MapOf<String>> = self.settings.clone().into_value();
        backup::RestoreTestingSelection::new()
            .restore_testing_plan_name(plan)
            .restore_testing_selection_name(&self.name)
            .protected_resource_type(self.kind.name())
            .protected_resource_arns((!arns.is_empty()).then_some(arns))
            .protected_resource_conditions(conditions)
            .restore_metadata_overrides((!self.settings.is_empty()).then_some(settings))
            .validation_window_hours(self.validation.map(|time| time.as_seconds().div_ceil(3_600)))
            .iam_role_arn(role.arn())
    }
}
