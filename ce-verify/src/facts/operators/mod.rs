//! The operators of a row, one file a family, and how a quantifier joins them.
//!
//! `any` asks for one object, and one element of `[*]`, that satisfies every operator of the row together; `all` for
//! every one. Operators that deny (`not_…`, `exists = false`) hold for everything, or not at all.

mod bounds;
pub(crate) mod compare;
mod membership;
mod mirror;
mod pattern;
mod reference;
mod structure;

use regex_lite::Regex;

use crate::facts::assertion::Assertion;
use crate::facts::iam;
use crate::facts::row::{Grant, Quantifier};
use crate::facts::select::{Place, Selected, Selection};
use crate::template::json::Json;
use crate::template::value::Value;

/// What a row asserts of values.
#[derive(Debug)]
pub(crate) enum Operator {
    Equals(Json),
    NotEquals(Json),
    AnyOf(Vec<Json>),
    Contains(Json),
    ContainsAll(Vec<Json>),
    Min(f64),
    Max(f64),
    Length(usize),
    LengthMin(usize),
    Distinct(usize),
    Regex(Regex),
    NotRegex(Regex),
    Exists(bool),
    Subset(Json),
    NotSubset(Json),
    SetEquals(Vec<Json>),
    Ref(Reference),
    Mirrors(Mirror),
    Allows(Grant),
    Denies(Grant),
}

/// What a value must lead to.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) kind: String,
    pub(crate) selection: Selection,
    pub(crate) alternatives: Vec<String>,
}

/// Where the same value must be found.
#[derive(Debug)]
pub(crate) struct Mirror {
    pub(crate) region: String,
    pub(crate) selection: Selection,
}

/// How an operator reads the slots of one object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// The quantifier says how many elements.
    Quantified,
    /// Some element.
    Some,
    /// All elements taken together.
    Together,
    /// Every element of every object; a missing one is no offence.
    Denied,
    /// The object itself, or all objects at once.
    Whole,
}

/// An object with what its path yields.
pub(crate) struct Found<'a> {
    pub(crate) object: Selected<'a>,
    pub(crate) slots: Vec<Option<Value>>,
}

impl Found<'_> {
    fn values(&self) -> impl Iterator<Item = &Value> {
        self.slots.iter().flatten()
    }

    fn is_missing(&self) -> bool {
        self.values().all(Value::is_absent)
    }
}

impl Operator {
    fn reach(&self) -> Reach {
        match self {
            Self::Equals(_)
            | Self::AnyOf(_)
            | Self::Min(_)
            | Self::Max(_)
            | Self::Regex(_)
            | Self::Ref(_)
            | Self::Exists(true) => Reach::Quantified,
            Self::Contains(_) | Self::Subset(_) | Self::Length(_) | Self::LengthMin(_) => Reach::Some,
            Self::ContainsAll(_) | Self::SetEquals(_) => Reach::Together,
            Self::NotEquals(_) | Self::NotRegex(_) | Self::NotSubset(_) | Self::Exists(false) => Reach::Denied,
            Self::Distinct(_) | Self::Mirrors(_) | Self::Allows(_) | Self::Denies(_) => Reach::Whole,
        }
    }

    /// True when one value satisfies the operator, or for one that denies, offends it.
    fn value_fits(&self, object: &Selected<'_>, value: &Value) -> bool {
        match self {
            Self::Equals(literal) | Self::NotEquals(literal) => compare::equal(object, literal, value),
            Self::AnyOf(literals) => literals.iter().any(|literal| compare::equal(object, literal, value)),
            Self::Contains(literal) => membership::contains(object, literal, value),
            Self::Min(bound) => bounds::at_least(value, *bound),
            Self::Max(bound) => bounds::at_most(value, *bound),
            Self::Length(length) => bounds::length(value) == Some(*length),
            Self::LengthMin(length) => bounds::length(value).is_some_and(|found| found >= *length),
            Self::Regex(pattern) => pattern::matches(pattern, value),
            Self::NotRegex(pattern) => pattern::matches_resolved(pattern, value),
            Self::Exists(_) => !value.is_absent(),
            Self::Subset(wanted) | Self::NotSubset(wanted) => structure::contained(object, wanted, value),
            Self::Ref(reference) => reference.holds(object.app, value),
            // Read from several values or objects at once, by `object_fits` and `holds`.
            Self::ContainsAll(_)
            | Self::SetEquals(_)
            | Self::Distinct(_)
            | Self::Mirrors(_)
            | Self::Allows(_)
            | Self::Denies(_) => false,
        }
    }
}

/// True when the operators of an assertion hold for the objects found.
pub(crate) fn hold(assertion: &Assertion, found: &[Found<'_>], places: &[Place<'_>]) -> bool {
    if assertion.operators.is_empty() {
        return true;
    }
    if found.iter().all(Found::is_missing) && assertion.vacuous_ok {
        return true;
    }
    if found.is_empty() {
        return false;
    }
    let of = |reach| assertion.operators.iter().filter(move |operator| operator.reach() == reach);
    let denied = of(Reach::Denied).all(|operator| {
        let mut values = found.iter().flat_map(|one| one.values().map(move |value| (&one.object, value)));
        !values.any(|(object, value)| operator.value_fits(object, value))
    });
    let whole = of(Reach::Whole).all(|operator| whole_holds(operator, assertion, found, places));
    denied && whole && positive_hold(assertion, found)
}

fn positive_hold(assertion: &Assertion, found: &[Found<'_>]) -> bool {
    let apart = |operator: &&Operator| !matches!(operator.reach(), Reach::Denied | Reach::Whole);
    let operators: Vec<&Operator> = assertion.operators.iter().filter(apart).collect();
    if operators.is_empty() {
        return true;
    }
    let fits = |one: &Found<'_>| object_fits(assertion, &operators, one);
    match assertion.quantifier {
        Quantifier::Any => found.iter().any(fits),
        Quantifier::All => found.iter().all(fits),
    }
}

fn object_fits(assertion: &Assertion, operators: &[&Operator], one: &Found<'_>) -> bool {
    if one.is_missing() && assertion.absent_ok {
        return true;
    }
    let of = |reach| operators.iter().copied().filter(move |operator: &&Operator| operator.reach() == reach);
    let object = &one.object;
    let some = of(Reach::Some).all(|operator| one.values().any(|value| operator.value_fits(object, value)));
    let together = of(Reach::Together).all(|operator| {
        let values: Vec<&Value> = one.values().collect();
        match operator {
            Operator::ContainsAll(literals) => membership::contains_all(object, literals, &values),
            Operator::SetEquals(literals) => membership::same_set(object, literals, &values),
            _ => false,
        }
    });
    let slot_fits = |slot: &Option<Value>| match slot {
        Some(value) => of(Reach::Quantified).all(|operator| operator.value_fits(object, value)),
        None => assertion.absent_ok,
    };
    let quantified = of(Reach::Quantified).next().is_none()
        || match assertion.quantifier {
            Quantifier::Any => one.slots.iter().any(slot_fits),
            Quantifier::All => one.slots.iter().all(slot_fits),
        };
    some && together && quantified
}

fn whole_holds(operator: &Operator, assertion: &Assertion, found: &[Found<'_>], places: &[Place<'_>]) -> bool {
    let mirrored = |one: &Found<'_>, mirror: &Mirror| mirror.holds(&assertion.kind, one, assertion, places);
    match operator {
        Operator::Distinct(count) => {
            let values: Vec<&Value> = found.iter().flat_map(Found::values).collect();
            (values.is_empty() && assertion.absent_ok) || bounds::distinct(&values) == *count
        }
        Operator::Mirrors(mirror) => match assertion.quantifier {
            Quantifier::Any => found.iter().any(|one| mirrored(one, mirror)),
            Quantifier::All => found.iter().all(|one| mirrored(one, mirror)),
        },
        Operator::Allows(grant) => found.iter().any(|one| iam::allows(&one.object, grant)),
        Operator::Denies(grant) => !found.iter().any(|one| iam::grants_any(&one.object, grant)),
        _ => true,
    }
}
