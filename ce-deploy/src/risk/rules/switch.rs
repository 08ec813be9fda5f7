//! Properties of which some values are unsafe.

use serde_json::Value;

use crate::risk::change::{Change, Report, at, flag, words};
use crate::risk::{Gravity, RiskClass};

/// A property of a type, and which of its values are unsafe.
pub(super) struct Switch {
    pub(super) type_name: &'static str,
    /// Its path, `Nested.Name`.
    pub(super) path: &'static str,
    pub(super) unsafe_when: When,
    /// What happens, after the resource's name.
    pub(super) what: &'static str,
}

/// Which values are unsafe.
pub(super) enum When {
    /// `true`; unset is safe.
    True,
    /// `false`; unset is safe.
    False,
    /// `true` or unset.
    TrueOrUnset,
    /// `false` or unset.
    FalseOrUnset,
    /// One of these words; unset is safe.
    Is(&'static [&'static str]),
    /// One of these words, or unset.
    IsOrUnset(&'static [&'static str]),
    /// None of these words; unset is unsafe.
    IsNot(&'static [&'static str]),
    /// Unset.
    Unset,
}

impl When {
    /// Whether a value is unsafe. One that is not known is, unless it is what it was.
    fn holds(&self, value: &Value) -> bool {
        let unset = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        let known = value.as_str().filter(|text| !crate::template::symbol::is_in(text));
        let is = |list: &[&str]| known.map_or(!unset, |text| list.iter().any(|word| word.eq_ignore_ascii_case(text)));
        match self {
            Self::True => !unset && flag(value) != Some(false),
            Self::False => !unset && flag(value) != Some(true),
            Self::TrueOrUnset => flag(value) != Some(false),
            Self::FalseOrUnset => flag(value) != Some(true),
            Self::Is(list) => is(list),
            Self::IsOrUnset(list) => unset || is(list),
            Self::IsNot(list) => {
                unset || known.is_none_or(|text| !list.iter().any(|word| word.eq_ignore_ascii_case(text)))
            }
            Self::Unset => unset,
        }
    }
}

/// Reports properties that become unsafe; with `new`, also those of resources that are new.
pub(super) fn find(
    table: &[Switch],
    rule: &str,
    class: RiskClass,
    new: bool,
    change: &Change<'_>,
    report: &mut Report<'_>,
) {
    for (id, resource, old) in change.resources() {
        for switch in table.iter().filter(|switch| switch.type_name == resource.type_name) {
            let value = at(&resource.properties, switch.path);
            let was = old.map(|old| at(&old.properties, switch.path));
            let safe_before = was.map_or(new, |was| !switch.unsafe_when.holds(was));
            if switch.unsafe_when.holds(value) && safe_before && was != Some(value) {
                let value = if value.is_null() { "unset".to_owned() } else { words(value) };
                let what = format!("{} (`{}`: {value})", switch.what, switch.path);
                let gravity = if class == RiskClass::Exposure { Gravity::High } else { Gravity::default() };
                report.add_as(gravity, rule, class, id, what);
            }
        }
    }
}

/// Rows whose property the schemas do not have.
#[cfg(test)]
pub(super) fn unknown(table: &[Switch]) -> Vec<String> {
    let known =
        |row: &Switch| ce_cfn::SCHEMAS.find(row.type_name).is_some_and(|schema| schema.property(row.path).is_some());
    table.iter().filter(|row| !known(row)).map(|row| format!("{}.{}", row.type_name, row.path)).collect()
}
