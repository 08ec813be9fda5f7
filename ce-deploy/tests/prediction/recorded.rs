//! Change sets that were recorded from the service.
//!
//! Source: the snapshots that the tests of `LocalStack` took of AWS (github.com/localstack/localstack, commit
//! 8b9a79f05846835cf4dff63ab7eefdde9df83783, `tests/aws/services/cloudformation/test_change_set*.snapshot.json`,
//! Apache-2.0), with other names, and of each change what decides.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ce_deploy::difference::{Class, Difference, Effect};
use ce_deploy::template::{Template, Version};
use serde::Deserialize;
use serde_json::Value;

const RECORDED: &str = include_str!("recorded.json");

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Case {
    pub(crate) of: String,
    /// The day it was recorded.
    #[allow(dead_code, reason = "for people")]
    recorded: String,
    before: Value,
    after: Value,
    #[serde(default)]
    parameters_before: BTreeMap<String, String>,
    #[serde(default)]
    parameters_after: BTreeMap<String, String>,
    changes: BTreeMap<String, Recorded>,
}

/// What the service said of a resource.
#[derive(Deserialize)]
struct Recorded {
    action: String,
    replacement: Option<String>,
    /// Property and whether its change recreates the resource.
    #[serde(default)]
    details: Vec<String>,
}

/// How a prediction stands to what the service said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Told {
    /// The same.
    Agreed,
    /// "May be replaced" or "may change" where the service was certain.
    Unsure,
    /// The service says less: it leaves out what follows an attribute that changes.
    More,
    /// The service says that it changes, though the attribute it follows is a property that stays.
    Less,
    /// The service says more.
    Missed,
    /// It would be replaced here, and is not.
    Spurious,
}

pub(crate) static CASES: LazyLock<Vec<Case>> =
    LazyLock::new(|| serde_json::from_str(RECORDED).expect("recorded cases"));

impl Case {
    pub(crate) fn difference(&self) -> Difference {
        let version = |template: &Value, parameters: &BTreeMap<String, String>| {
            let version = Version::new(Template::parse(&template.to_string()).expect("a template"));
            parameters.iter().fold(version, |version, (name, value)| version.parameter(name, value))
        };
        let before = version(&self.before, &self.parameters_before);
        let after = version(&self.after, &self.parameters_after);
        Difference::between(Some(&before), Some(&after), &ce_cfn::SCHEMAS)
    }

    /// Every resource that either side names.
    pub(crate) fn told(&self) -> Vec<(String, Told)> {
        let difference = self.difference();
        let changed = difference.resources.iter().filter(|resource| resource.class > Class::Metadata);
        let mut here: BTreeMap<&str, Class> =
            changed.map(|resource| (resource.logical_id.as_str(), resource.class)).collect();
        let mut told: Vec<_> = self
            .changes
            .iter()
            .map(|(id, recorded)| (id.clone(), compare(here.remove(id.as_str()), recorded)))
            .collect();
        told.extend(here.into_keys().map(|id| (id.to_owned(), Told::More)));
        told
    }
}

fn compare(class: Option<Class>, recorded: &Recorded) -> Told {
    let Some(class) = class else {
        return if recorded.replacement.as_deref() == Some("False") { Told::Less } else { Told::Missed };
    };
    match (recorded.action.as_str(), recorded.replacement.as_deref()) {
        ("Add", _) if class == Class::Added => Told::Agreed,
        ("Remove", _) if class == Class::Removed => Told::Agreed,
        ("Modify", Some("True")) if class.replaces() || class == Class::Blocked => Told::Agreed,
        ("Modify", _) if class == Class::ConditionalReplacement => Told::Unsure,
        ("Modify", Some("False")) if class.replaces() || class == Class::Blocked => Told::Spurious,
        ("Modify", Some("False")) => Told::Agreed,
        ("Modify", Some("Conditional")) if class.replaces() => Told::Agreed,
        _ => Told::Missed,
    }
}

#[test]
fn no_recorded_replacement_is_missed_and_none_is_spurious() {
    let mut wrong = Vec::new();
    for case in CASES.iter() {
        let bad = |told: &Told| matches!(told, Told::Missed | Told::Spurious);
        wrong.extend(case.told().into_iter().filter(|(_, told)| bad(told)).map(|(id, told)| (&case.of, id, told)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_properties_named_are_the_ones_that_are_named_here() {
    for case in CASES.iter() {
        let difference = case.difference();
        for (id, recorded) in &case.changes {
            let Some(resource) = difference.resource(id) else { continue };
            for detail in &recorded.details {
                let (name, recreates) = detail.split_once(' ').expect("a name and a word");
                let at = |path: &str| path.split(['.', '[']).next() == Some(name);
                let effects = resource.properties.iter().filter(|property| at(&property.path));
                let effect = effects.map(|property| property.effect).max();
                let effect = effect.unwrap_or_else(|| panic!("{}: {id}.{name}", case.of));
                assert_eq!(effect == Effect::Replaces, recreates == "Always", "{}: {id}.{name}", case.of);
            }
        }
    }
}
