//! Paths into a value: `Rules[*].Transitions[StorageClass=GLACIER].TransitionInDays`.
//!
//! Dots part the keys; `\.` is a dot inside a key. `[*]` is every element, `[n]` the n-th, `[k=v]` those whose `k` is
//! `v`. Text that holds JSON is read as JSON. A leading `@` begins a virtual path.
//!
//! `[*]` on a single value takes it as a list of one, as policy documents may write it.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use thiserror::Error;

use crate::template::value::Value;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Each,
    Index(usize),
    Where { key: String, value: String },
}

/// Where a path starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Root {
    Properties,
    Virtual(String),
    Tag(String),
}

/// A path, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    pub(crate) root: Root,
    pub(crate) steps: Vec<Step>,
    written: String,
}

/// Why a text is no path.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{path}` is no path: {reason}, help: write it like `Rules[*].Status`")]
pub struct PathError {
    path: String,
    reason: &'static str,
}

impl Display for Path {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&self.written)
    }
}

impl FromStr for Path {
    type Err = PathError;

    fn from_str(written: &str) -> Result<Self, PathError> {
        let fail = |reason| PathError { path: written.to_owned(), reason };
        let path = |root, steps| Self { root, steps, written: written.to_owned() };
        if let Some(tag) = written.strip_prefix("@tag.") {
            return Ok(path(Root::Tag(tag.to_owned()), Vec::new()));
        }
        let Some(named) = written.strip_prefix('@') else {
            return Ok(path(Root::Properties, steps(written).map_err(fail)?));
        };
        let end = named.find(['.', '[']).unwrap_or(named.len());
        let (name, rest) = named.split_at(end);
        if name.is_empty() {
            return Err(fail("nothing follows `@`"));
        }
        let rest = rest.strip_prefix('.').unwrap_or(rest);
        Ok(path(Root::Virtual(name.to_owned()), steps(rest).map_err(fail)?))
    }
}

fn steps(written: &str) -> Result<Vec<Step>, &'static str> {
    let mut steps = Vec::new();
    let mut key = String::new();
    let mut signs = written.chars();
    let flush = |key: &mut String, steps: &mut Vec<Step>| {
        if !key.is_empty() {
            steps.push(Step::Key(std::mem::take(key)));
        }
    };
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => key.extend(signs.next()),
            '.' => flush(&mut key, &mut steps),
            '[' => {
                flush(&mut key, &mut steps);
                let inner: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                steps.push(selection(&inner)?);
            }
            other => key.push(other),
        }
    }
    flush(&mut key, &mut steps);
    Ok(steps)
}

fn selection(inner: &str) -> Result<Step, &'static str> {
    if inner == "*" {
        return Ok(Step::Each);
    }
    if let Some((key, value)) = inner.split_once('=') {
        return Ok(Step::Where { key: key.to_owned(), value: value.to_owned() });
    }
    inner.parse().map(Step::Index).map_err(|_| "brackets hold `*`, a number or `key=value`")
}

/// The values at the end of a path; none where a branch of it is missing.
pub(crate) fn walk(value: &Value, steps: &[Step]) -> Vec<Option<Value>> {
    let Some((step, rest)) = steps.split_first() else {
        return vec![Some(value.clone()).filter(|value| !matches!(value, Value::Null))];
    };
    let held = if matches!(value, Value::Text(_)) { value.structured() } else { None };
    let value = held.as_ref().unwrap_or(value);
    let next: Vec<&Value> = match step {
        Step::Key(key) => value.get(key).into_iter().collect(),
        Step::Each => value.elements(),
        Step::Index(index) => value.elements().get(*index).copied().into_iter().collect(),
        Step::Where { key, value: wanted } => value
            .elements()
            .into_iter()
            .filter(|element| element.get(key).and_then(Value::scalar_text).as_ref() == Some(wanted))
            .collect(),
    };
    if next.is_empty() {
        return vec![None];
    }
    next.into_iter().flat_map(|value| walk(value, rest)).collect()
}
