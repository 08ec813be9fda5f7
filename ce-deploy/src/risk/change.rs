//! What rules look at, and where they say what they found.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::policy::{Accounts, Gain};
use super::{Consent, Gravity, Risk, RiskClass};
use crate::assembly::{Origin, StackId};
use crate::difference::Difference;
use crate::template::{Active, Resolved, symbol};

/// A change of a stack, as rules look at it.
pub(super) struct Change<'a> {
    pub(super) difference: &'a Difference,
    pub(super) before: &'a Resolved,
    pub(super) after: &'a Resolved,
    pub(super) stack: &'a StackId,
    pub(super) origins: &'a BTreeMap<String, Origin>,
}

/// What rules found.
pub(super) struct Report<'a> {
    change: &'a Change<'a>,
    pub(super) risks: BTreeSet<Risk>,
}

impl<'a> Change<'a> {
    /// Resources of a type that will be there, each with what it was.
    pub(super) fn resources(&self) -> impl Iterator<Item = (&'a str, &'a Active, Option<&'a Active>)> {
        let (before, after) = (self.before, self.after);
        after.resources.iter().map(|(id, new)| {
            let old = before.resources.get(id).filter(|old| old.type_name == new.type_name);
            (id.as_str(), new, old)
        })
    }

    /// What is known of accounts on a side.
    pub(super) fn accounts(side: &Resolved) -> Accounts {
        let roles = side
            .resources
            .iter()
            .filter(|(_, one)| matches!(one.type_name.as_str(), "AWS::IAM::Role" | "AWS::IAM::User"));
        let made = roles.map(|(id, _)| symbol::symbol(&format!("{id}.Arn"))).collect();
        let own = side.account.clone().unwrap_or_else(|| symbol::symbol("AWS::AccountId"));
        Accounts { own, made, unsure: side.unsure.clone() }
    }
}

impl<'a> Report<'a> {
    pub(super) fn new(change: &'a Change<'a>) -> Self {
        Self { change, risks: BTreeSet::new() }
    }

    /// Adds a risk of a resource.
    pub(super) fn add(&mut self, rule: &str, class: RiskClass, id: &str, what: impl Into<String>) {
        self.add_as(Gravity::default(), rule, class, id, what);
    }

    /// Adds a risk that is graver than others of its class, or less grave.
    pub(super) fn add_as(&mut self, gravity: Gravity, rule: &str, class: RiskClass, id: &str, what: impl Into<String>) {
        let consent = if class == RiskClass::Interruption { Consent::None } else { Consent::Class };
        let risk = self.risk(rule, class, id, &what.into());
        self.risks.insert(Risk { consent, gravity, ..risk });
    }

    /// Adds what a policy newly allows.
    pub(super) fn add_gain(&mut self, rule: &str, id: &str, gain: Gain) {
        self.add_as(gain.gravity, rule, RiskClass::Broadening, id, gain.words);
    }

    /// Adds a risk that takes more than agreement to its class.
    pub(super) fn add_with(
        &mut self,
        rule: &str,
        class: RiskClass,
        id: &str,
        what: impl Into<String>,
        consent: Consent,
    ) {
        let risk = self.risk(rule, class, id, &what.into());
        self.risks.insert(Risk { consent, gravity: Gravity::High, ..risk });
    }

    fn risk(&self, rule: &str, class: RiskClass, id: &str, what: &str) -> Risk {
        let change = self.change;
        let resource = change.after.resources.get(id).or_else(|| change.before.resources.get(id));
        let difference = change.difference.resource(id);
        Risk {
            class,
            rule: rule.to_owned(),
            stack: change.stack.clone(),
            logical_id: id.to_owned(),
            type_name: resource
                .map(|one| one.type_name.clone())
                .or_else(|| difference.map(|one| one.type_name.clone()))
                .unwrap_or_default(),
            origin: origin(change, id, resource),
            what: plain(what),
            causes: difference.map(|one| one.causes.clone()).unwrap_or_default(),
            consent: Consent::Class,
            gravity: Gravity::default(),
        }
    }
}

/// Texts of templates are in it: no control character, and nothing that turns the direction of a line.
fn plain(text: &str) -> String {
    let turns =
        |letter: char| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|letter| if letter.is_control() || turns(letter) { '\u{fffd}' } else { letter }).collect()
}

/// Where a resource was written. aws-cdk names those of a nested stack by their inner id; at least the nested stack itself
/// is known.
fn origin(change: &Change<'_>, id: &str, resource: Option<&Active>) -> Origin {
    let (outer, inner) = (id.split('.').next().unwrap_or_default(), id.rsplit('.').next().unwrap_or_default());
    let is_outer = change.after.resources.contains_key(inner) || change.before.resources.contains_key(inner);
    let by_inner = change.origins.get(inner).filter(|_| !is_outer);
    let known = change.origins.get(id).or(by_inner);
    let mut origin = known.or_else(|| change.origins.get(outer)).cloned().unwrap_or_default();
    if let Some(path) = resource.and_then(Active::construct).filter(|_| known.is_none()) {
        path.clone_into(&mut origin.path);
    }
    origin
}

/// The value at a path, `Nested.Name`.
pub(super) fn at<'a>(value: &'a Value, path: &str) -> &'a Value {
    static NULL: Value = Value::Null;
    path.split('.').try_fold(value, |value, step| value.get(step)).unwrap_or(&NULL)
}

/// `true` or `"true"`; none if it is neither that nor `false`. Templates in YAML also say `yes` and `on`, as YAML 1.1 has it.
pub(super) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// A value as text, to be shown or compared.
pub(super) fn words(value: &Value) -> String {
    symbol::shown(&value.as_str().map_or_else(|| crate::json::canonical(value), str::to_owned))
}
