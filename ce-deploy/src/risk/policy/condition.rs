//! Conditions: whether one is at least as strict as another.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::principals::texts;
use super::wildcard::Wildcard;
use crate::risk::network::Cidr;

/// What `Condition` says: by operator and key, the values.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) struct Condition {
    tests: BTreeMap<(String, String), BTreeSet<String>>,
}

impl Condition {
    /// Reads it; none if it cannot be read.
    pub(super) fn read(value: &Value) -> Option<Self> {
        let mut tests = BTreeMap::new();
        if value.is_null() {
            return Some(Self::default());
        }
        for (operator, keys) in value.as_object()? {
            for (key, values) in keys.as_object()? {
                let test = (operator.to_ascii_lowercase(), key.to_ascii_lowercase());
                if tests.insert(test, texts(values)?.into_iter().collect()).is_some() {
                    return None;
                }
            }
        }
        Some(Self { tests })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.tests.is_empty()
    }

    /// Whether it holds only where the other holds. `false` also where that is not clear.
    pub(super) fn implies(&self, other: &Self) -> bool {
        other.tests.iter().all(|((operator, key), values)| {
            let mine = self.tests.iter().filter(|((_, my_key), _)| my_key == key);
            mine.into_iter().any(|((my_operator, _), my_values)| implies(my_operator, my_values, operator, values))
        })
    }
}

/// What an operator does, without what is before and after its name.
#[derive(PartialEq, Eq)]
struct Operator<'a> {
    name: &'a str,
    /// `forallvalues` or `foranyvalue`.
    set: Option<&'a str>,
    if_exists: bool,
}

impl<'a> Operator<'a> {
    fn of(text: &'a str) -> Self {
        let (set, rest) = text.split_once(':').map_or((None, text), |(set, rest)| (Some(set), rest));
        let name = rest.strip_suffix("ifexists").unwrap_or(rest);
        Self { name, set, if_exists: name.len() < rest.len() }
    }
}

fn implies(mine: &str, my_values: &BTreeSet<String>, other: &str, values: &BTreeSet<String>) -> bool {
    if mine == other && my_values == values {
        return true;
    }
    let (mine, other) = (Operator::of(mine), Operator::of(other));
    // A test that a missing key passes is weaker than one it does not.
    if mine.set != other.set || (mine.if_exists && !other.if_exists) || my_values.is_empty() || values.is_empty() {
        return false;
    }
    let Some(covers) = covering(mine.name, other.name) else { return false };
    if other.name.contains("not") {
        // Fewer values pass the more are excluded.
        return values.iter().all(|value| my_values.iter().any(|mine| covers(mine, value)));
    }
    my_values.iter().all(|mine| values.iter().any(|value| covers(value, mine)))
}

type Covers = fn(&str, &str) -> bool;

/// How values are compared if the first operator can imply the second; `covers(wide, narrow)`.
fn covering(mine: &str, other: &str) -> Option<Covers> {
    let like: Covers = |wide, narrow| Wildcard::new(wide).covers(&Wildcard::new(narrow));
    let literal_in_like: Covers = |wide, narrow| Wildcard::new(wide).covers(&Wildcard::literal(narrow));
    let caseless: Covers = |wide, narrow| wide.eq_ignore_ascii_case(narrow);
    Some(match (mine, other) {
        ("stringequals", "stringequals") | ("stringnotequals", "stringnotequals") => |wide, narrow| wide == narrow,
        ("binaryequals", "binaryequals") => |wide, narrow| wide == narrow,
        ("numericequals", "numericequals") | ("dateequals", "dateequals") => |wide, narrow| wide == narrow,
        ("bool", "bool") | ("null", "null") => caseless,
        ("stringequals" | "stringequalsignorecase", "stringequalsignorecase") => caseless,
        ("stringnotequalsignorecase", "stringnotequals" | "stringnotequalsignorecase") => caseless,
        ("stringequals", "stringlike") => literal_in_like,
        ("stringlike", "stringlike") | ("stringnotlike", "stringnotlike") => like,
        ("stringnotlike", "stringnotequals") => literal_in_like,
        // Both compare ARNs with wildcards. Source: IAM user guide, "ARN condition operators".
        ("arnequals" | "arnlike", "arnequals" | "arnlike") => like,
        ("arnnotequals" | "arnnotlike", "arnnotequals" | "arnnotlike") => like,
        ("ipaddress", "ipaddress") | ("notipaddress", "notipaddress") => {
            |wide, narrow| match (Cidr::of(wide), Cidr::of(narrow)) {
                (Some(wide), Some(narrow)) => wide.covers(narrow),
                _ => wide == narrow,
            }
        }
        ("numericlessthan" | "numericlessthanequals", "numericlessthanequals") => |wide, narrow| number(narrow, wide),
        ("numericlessthan", "numericlessthan") => |wide, narrow| number(narrow, wide),
        ("numericgreaterthan" | "numericgreaterthanequals", "numericgreaterthanequals") => number,
        ("numericgreaterthan", "numericgreaterthan") => number,
        // Dates in one form compare as texts.
        ("datelessthan" | "datelessthanequals", "datelessthanequals") => |wide, narrow| date(narrow, wide),
        ("datelessthan", "datelessthan") => |wide, narrow| date(narrow, wide),
        ("dategreaterthan" | "dategreaterthanequals", "dategreaterthanequals") => date,
        ("dategreaterthan", "dategreaterthan") => date,
        _ => return None,
    })
}

/// Whether the first number is at most the second.
fn number(small: &str, large: &str) -> bool {
    match (small.parse::<f64>(), large.parse::<f64>()) {
        (Ok(small), Ok(large)) => small <= large,
        _ => small == large,
    }
}

/// Whether the first date is not after the second: `2026-01-01T00:00:00Z`.
fn date(early: &str, late: &str) -> bool {
    let plain = |text: &str| text.len() == 20 && text.ends_with('Z') && text.is_ascii();
    early == late || (plain(early) && plain(late) && early <= late)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Condition;

    fn implies(mine: impl std::borrow::Borrow<Value>, other: impl std::borrow::Borrow<Value>) -> bool {
        Condition::read(mine.borrow()).unwrap().implies(&Condition::read(other.borrow()).unwrap())
    }

    #[test]
    fn more_tests_and_fewer_values_are_stricter() {
        let one = json!({ "StringEquals": { "aws:PrincipalOrgID": "o-1" } });
        let two = json!({ "StringEquals": { "aws:principalorgid": ["o-1", "o-2"] } });
        let more = json!({ "StringEquals": { "aws:PrincipalOrgID": "o-1", "aws:SourceAccount": "1" } });
        assert!(implies(one.clone(), json!(null)) && !implies(json!(null), one.clone()));
        assert!(implies(one.clone(), two.clone()) && !implies(two, one.clone()));
        assert!(implies(more.clone(), one.clone()) && !implies(one, more));
    }

    #[test]
    fn operators_are_compared_by_what_they_let_through() {
        let test = |operator: &str, value: &str| json!({ operator: { "k": value } });
        assert!(implies(test("StringEquals", "abc"), test("StringLike", "a*")));
        assert!(!implies(test("StringLike", "a*"), test("StringEquals", "a*")));
        assert!(!implies(test("StringEquals", "a*"), test("StringLike", "ab")));
        assert!(implies(test("ArnEquals", "arn:x:1"), test("ArnLike", "arn:x:*")));
        assert!(implies(test("IpAddress", "10.1.0.0/16"), test("IpAddress", "10.0.0.0/8")));
        assert!(!implies(test("IpAddress", "10.0.0.0/8"), test("IpAddress", "10.1.0.0/16")));
        assert!(implies(test("StringEquals", "a"), test("StringEqualsIfExists", "a")));
        assert!(!implies(test("StringEqualsIfExists", "a"), test("StringEquals", "a")));
        assert!(implies(test("NumericLessThan", "5"), test("NumericLessThan", "10")));
        assert!(!implies(test("NumericLessThan", "10"), test("NumericLessThan", "5")));
        assert!(implies(json!({ "StringNotEquals": { "k": ["a", "b"] } }), json!({ "StringNotEquals": { "k": "a" } })));
        assert!(!implies(
            json!({ "StringNotEquals": { "k": "a" } }),
            json!({ "StringNotEquals": { "k": ["a", "b"] } })
        ));
        assert!(!implies(test("ForAnyValue:StringEquals", "a"), test("ForAllValues:StringEquals", "a")));
        assert!(implies(test("DateLessThan", "2026-01-01T00:00:00Z"), test("DateLessThan", "2027-01-01T00:00:00Z")));
    }
}
