//! One statement of a policy.

use serde_json::Value;

use super::condition::Condition;
use super::patterns::Patterns;
use super::principals::{self, Accounts, texts};
use super::wildcard::Wildcard;

/// A statement, or a part of one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Statement {
    pub(super) allows: bool,
    pub(super) actions: Patterns,
    pub(super) resources: Patterns,
    pub(super) principals: Patterns,
    pub(super) condition: Condition,
    /// Whether it says who it is about, as the policy of a resource does.
    pub(super) says_who: bool,
}

impl Statement {
    /// Reads a statement; none if something in it cannot be read.
    pub(super) fn read(value: &Value, accounts: &Accounts) -> Option<Self> {
        const KNOWN: [&str; 9] = [
            "Sid",
            "Effect",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Principal",
            "NotPrincipal",
            "Condition",
        ];
        let map = value.as_object()?;
        if map.keys().any(|key| !KNOWN.contains(&key.as_str())) {
            return None;
        }
        let action = |text: &String| Wildcard::caseless(text);
        let resource = |text: &String| Wildcard::new(text);
        Some(Self {
            allows: match map.get("Effect")?.as_str()? {
                "Allow" => true,
                "Deny" => false,
                _ => return None,
            },
            actions: set(map.get("Action"), map.get("NotAction"), |value| {
                Some(texts(value)?.iter().map(action).collect())
            })?,
            resources: set(map.get("Resource"), map.get("NotResource"), |value| {
                Some(texts(value)?.iter().map(resource).collect())
            })?,
            principals: match (map.get("Principal"), map.get("NotPrincipal")) {
                (None, None) => principals::attached(),
                (only, all_but) => set(only, all_but, |value| principals::read(value, accounts))?,
            },
            condition: Condition::read(map.get("Condition").unwrap_or(&Value::Null))?,
            says_who: map.contains_key("Principal") || map.contains_key("NotPrincipal"),
        })
    }

    /// The smallest parts: one action, one resource, one principal each.
    pub(super) fn parts(&self) -> Vec<Self> {
        let mut parts = Vec::new();
        for actions in self.actions.parts() {
            for resources in self.resources.parts() {
                for principals in self.principals.parts() {
                    let (actions, resources) = (actions.clone(), resources.clone());
                    parts.push(Self { actions, resources, principals, ..self.bare() });
                }
            }
        }
        parts
    }

    /// It, about nothing.
    fn bare(&self) -> Self {
        let nothing = Patterns::Only(Vec::new());
        let (actions, resources, principals) = (nothing.clone(), nothing.clone(), nothing);
        Self { actions, resources, principals, condition: self.condition.clone(), ..*self }
    }

    /// How many parts there would be.
    pub(super) fn size(&self) -> usize {
        let sizes = [&self.actions, &self.resources, &self.principals].map(Patterns::size);
        sizes.into_iter().map(|(count, _)| count).fold(1, usize::saturating_mul)
    }

    /// How much there is to read in it.
    pub(super) fn length(&self) -> usize {
        [&self.actions, &self.resources, &self.principals].into_iter().map(|patterns| patterns.size().1).sum()
    }

    /// Whether everything that this is about is what the other is about.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.actions.is_within(&other.actions)
            && self.resources.is_within(&other.resources)
            && self.principals.is_within(&other.principals)
            && self.condition.implies(&other.condition)
    }

    /// Whether another differs only in its actions, and those can be said together.
    pub(super) fn takes(&self, other: &Self) -> bool {
        let lists = [&self.actions, &other.actions].iter().all(|actions| matches!(actions, Patterns::Only(_)));
        let (mine, theirs) = ((&self.resources, &self.principals), (&other.resources, &other.principals));
        lists && mine == theirs && self.condition == other.condition
    }

    /// In words: `s3:*` on `*` to `AWS:111111111111:*`.
    pub(super) fn words(&self) -> String {
        let mut words = self.actions.words();
        if self.resources != Patterns::all() {
            words = format!("{words} on {}", self.resources.words());
        }
        if self.principals != Patterns::all() {
            words = format!("{words} to {}", self.principals.words());
        }
        if self.condition.is_empty() { words } else { format!("{words} under a condition") }
    }
}

/// One of two fields; a document for a role says no resource, which is then that role. Both at once cannot be read.
fn set(
    only: Option<&Value>,
    all_but: Option<&Value>,
    read: impl Fn(&Value) -> Option<Vec<Wildcard>>,
) -> Option<Patterns> {
    match (only, all_but) {
        (Some(only), None) => Some(Patterns::Only(read(only)?)),
        (None, Some(all_but)) => Some(Patterns::AllBut(read(all_but)?)),
        (None, None) => Some(Patterns::all()),
        (Some(_), Some(_)) => None,
    }
}
