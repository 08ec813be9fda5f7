//! `mirrors`: the same value on the matching resource of another Region.
//!
//! Security groups compare by role, and the Regions and name prefixes of both sites by what they stand for.

use super::{Found, Mirror};
use crate::facts::assertion::Assertion;
use crate::facts::select::{Place, select};
use crate::template::app::App;
use crate::template::value::{Lead, Text, Value};

impl Mirror {
    pub(super) fn holds(&self, kind: &str, one: &Found<'_>, assertion: &Assertion, places: &[Place<'_>]) -> bool {
        let Some(path) = &assertion.path else { return false };
        let here = spelling(one.object.app, &one.slots);
        let there: Vec<Place<'_>> =
            places.iter().map(|place| Place { stacks: stacks_of(place.app, &self.region), ..place.clone() }).collect();
        select(&there, kind, &self.selection)
            .iter()
            .any(|other| !one.is_missing() && spelling(other.app, &other.slots(path)) == here)
    }
}

fn stacks_of(app: &App, region: &str) -> Vec<usize> {
    let within = |(index, stack): (usize, &crate::template::app::Stack)| (stack.region == region).then_some(index);
    app.stacks.iter().enumerate().filter_map(within).collect()
}

/// One spelling for values that mean the same in two Regions.
fn spelling(app: &App, slots: &[Option<Value>]) -> Vec<String> {
    let mut parts: Vec<String> = slots
        .iter()
        .flatten()
        .flat_map(|value| value.elements().into_iter().map(|element| spell(app, element)).collect::<Vec<_>>())
        .collect();
    parts.sort();
    parts
}

fn spell(app: &App, value: &Value) -> String {
    match value {
        Value::Text(text) => spell_text(app, text),
        Value::List(elements) => {
            let mut parts: Vec<String> = elements.iter().map(|element| spell(app, element)).collect();
            parts.sort();
            format!("[{}]", parts.join(","))
        }
        Value::Table(members) => {
            let mut parts: Vec<String> =
                members.iter().map(|(key, value)| format!("{key}:{}", spell(app, value))).collect();
            parts.sort();
            format!("{{{}}}", parts.join(","))
        }
        scalar => scalar.scalar_text().unwrap_or_default(),
    }
}

fn spell_text(app: &App, text: &Text) -> String {
    let full = text.full();
    let group = text.leads().find_map(Lead::resource);
    if let Some(id) = group.filter(|_| full.starts_with("sg:")) {
        return format!("sg:{}", without_site(app, &app.role_spelling(id)));
    }
    without_site(app, &full)
}

/// A text without what tells one site from another.
fn without_site(app: &App, text: &str) -> String {
    let mut regions: Vec<&str> = app.stacks.iter().map(|stack| stack.region.as_str()).collect();
    regions.sort_unstable();
    regions.dedup();
    let text = regions.iter().fold(text.to_owned(), |text, region| text.replace(region, "<region>"));
    app.prefixes.iter().fold(text, |text, prefix| text.replace(prefix, "<prefix>"))
}
