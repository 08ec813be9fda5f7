//! What a value says once parameters, conditions and tables are known.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::symbol::{clean, symbol};
use super::{Taken, Template, Version, functions};
use crate::cloud::Place;
use crate::json::canonical;

/// How many bytes of text may come out of one template: a parameter that is used often must not fill the memory.
const BYTES: usize = 16 << 20;

/// How many values may come out of it.
const VALUES: usize = 2_000_000;

/// How deep conditions may name each other.
const DEPTH: usize = 64;

/// All that decides what a value says.
pub(super) struct Evaluate<'a> {
    pub(super) template: &'a Template,
    pub(super) parameters: BTreeMap<String, Value>,
    place: Option<&'a Place>,
    stack_name: Option<&'a str>,
    /// What is before the names of symbols: the nested stack they are in.
    pub(super) prefix: &'a str,
    /// What it takes from other stacks, by the names of the symbols.
    pub(super) taken: RefCell<BTreeMap<String, Taken>>,
    conditions: RefCell<BTreeMap<String, Option<bool>>>,
    depth: Cell<usize>,
    bytes: Cell<usize>,
    values: Cell<usize>,
}

impl<'a> Evaluate<'a> {
    pub(super) fn new(template: &'a Template, parameters: BTreeMap<String, Value>, prefix: &'a str) -> Self {
        Self {
            template,
            parameters,
            place: None,
            stack_name: None,
            prefix,
            taken: RefCell::default(),
            conditions: RefCell::default(),
            depth: Cell::new(0),
            bytes: Cell::new(BYTES),
            values: Cell::new(VALUES),
        }
    }

    /// The same, where a version of a stack is.
    pub(super) fn of(self, version: &'a Version, stack_name: Option<&'a str>) -> Self {
        Self { place: version.place.as_ref(), stack_name, ..self }
    }

    /// The value, with all that is known filled in. None where it says that there is none (`AWS::NoValue`).
    pub(super) fn value(&self, value: &Value) -> Option<Value> {
        if self.values.replace(self.values.get().saturating_sub(1)) == 0 {
            return Some(opaque(value));
        }
        match value {
            Value::String(text) => Some(self.spend(clean(text)).into()),
            Value::Array(items) => Some(items.iter().filter_map(|item| self.value(item)).collect()),
            Value::Object(map) => match map.iter().next() {
                Some((name, argument)) if map.len() == 1 && (name == "Ref" || name.starts_with("Fn::")) => {
                    self.function(name, argument)
                }
                _ => Some(Value::Object(self.object(map))),
            },
            plain => Some(plain.clone()),
        }
    }

    /// The value, if all of it is known.
    pub(super) fn known(&self, value: &Value) -> Option<Value> {
        self.value(value).filter(|value| !has_symbol(value) && !has_function(value))
    }

    /// The entries of an object, without those that say that there is none.
    pub(super) fn object(&self, map: &Map<String, Value>) -> Map<String, Value> {
        map.iter().filter_map(|(name, value)| Some((clean(name), self.value(value)?))).collect()
    }

    fn function(&self, name: &str, argument: &Value) -> Option<Value> {
        match name {
            "Ref" => match argument {
                Value::String(name) => self.reference(name),
                other => Some(self.left(name, other)),
            },
            "Fn::GetAtt" => Some(self.attribute(argument)),
            "Fn::If" => self.choice(argument),
            "Fn::Sub" => Some(functions::substitute(self, argument).unwrap_or_else(|| self.left(name, argument))),
            "Fn::Join" => Some(functions::join(self, argument).unwrap_or_else(|| self.left(name, argument))),
            "Fn::Select" => functions::select(self, argument).or_else(|| Some(self.left(name, argument))),
            "Fn::Split" => Some(functions::split(self, argument).unwrap_or_else(|| self.left(name, argument))),
            "Fn::FindInMap" => match functions::find(self, argument) {
                Some(found) => self.value(found),
                None => Some(self.left(name, argument)),
            },
            "Fn::Length" => Some(functions::length(self, argument).unwrap_or_else(|| self.left(name, argument))),
            "Fn::ToJsonString" => Some(functions::json(self, argument).unwrap_or_else(|| self.left(name, argument))),
            _ => Some(self.left(name, argument)),
        }
    }

    /// What `Ref` gives.
    pub(super) fn reference(&self, name: &str) -> Option<Value> {
        if let Some(value) = self.parameters.get(name) {
            return Some(self.spend_value(value));
        }
        let known = match name {
            "AWS::NoValue" => return None,
            "AWS::AccountId" => self.place.map(|place| place.account.as_str()),
            "AWS::Region" => self.place.map(|place| place.region.as_str()),
            "AWS::Partition" => self.place.map(|place| crate::assembly::partition(&place.region)),
            "AWS::StackName" => self.stack_name,
            _ => None,
        };
        Some(known.map_or_else(|| self.symbol(name), Value::from))
    }

    fn attribute(&self, argument: &Value) -> Value {
        match argument {
            Value::String(name) => self.symbol(name),
            Value::Array(parts) => {
                let texts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
                if texts.len() == parts.len() {
                    self.symbol(&texts.join("."))
                } else {
                    self.left("Fn::GetAtt", argument)
                }
            }
            other => self.left("Fn::GetAtt", other),
        }
    }

    /// The symbol of something in this template; pseudo parameters are the same everywhere.
    pub(super) fn symbol(&self, name: &str) -> Value {
        let prefix = if name.starts_with("AWS::") { "" } else { self.prefix };
        self.spend(symbol(&format!("{prefix}{name}"))).into()
    }

    fn choice(&self, argument: &Value) -> Option<Value> {
        let Some([Value::String(condition), yes, no]) = argument.as_array().map(Vec::as_slice) else {
            return Some(self.left("Fn::If", argument));
        };
        match self.condition(condition) {
            Some(true) => self.value(yes),
            Some(false) => self.value(no),
            None => Some(self.left("Fn::If", argument)),
        }
    }

    /// Whether a condition holds; none if that is not known.
    pub(super) fn condition(&self, name: &str) -> Option<bool> {
        if let Some(known) = self.conditions.borrow().get(name) {
            return *known;
        }
        if self.depth.get() > DEPTH {
            return None;
        }
        self.depth.set(self.depth.get() + 1);
        // Until it is known: a condition that names itself has no value.
        self.conditions.borrow_mut().insert(name.to_owned(), None);
        let known = self.template.conditions.get(name).and_then(|test| self.holds(test, 0));
        self.conditions.borrow_mut().insert(name.to_owned(), known);
        self.depth.set(self.depth.get() - 1);
        known
    }

    fn holds(&self, test: &Value, depth: usize) -> Option<bool> {
        let (name, argument) = test.as_object().filter(|map| map.len() == 1)?.iter().next()?;
        let list = || argument.as_array().filter(|_| depth < DEPTH).map(Vec::as_slice);
        let all = || list().map(|tests| tests.iter().map(|test| self.holds(test, depth + 1)).collect::<Vec<_>>());
        match name.as_str() {
            "Condition" => self.condition(argument.as_str()?),
            "Fn::Equals" => self.equal(list()?),
            "Fn::Not" => all()?.first().copied().flatten().map(|held| !held),
            "Fn::And" => decide(&all()?, false),
            "Fn::Or" => decide(&all()?, true),
            _ => None,
        }
    }

    fn equal(&self, sides: &[Value]) -> Option<bool> {
        let [left, right] = sides else { return None };
        let (left, right) = (self.value(left)?, self.value(right)?);
        let known = |value: &Value| !has_symbol(value) && !value.is_object();
        // Texts and numbers are compared as texts, as the service does.
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        (left == right).then_some(true).or_else(|| (known(&left) && known(&right)).then(|| text(&left) == text(&right)))
    }

    /// A function that is not carried out, with what is known in its argument.
    fn left(&self, name: &str, argument: &Value) -> Value {
        let argument = self.value(argument).unwrap_or_default();
        if matches!(name, "Fn::ImportValue" | "Fn::GetStackOutput") {
            let taken = format!("{}:{}", &name[4..], canonical(&argument).replace('"', ""));
            self.taken.borrow_mut().extend(Taken::by(name, &argument).map(|what| (clean(&taken), what)));
            return self.spend(symbol(&taken)).into();
        }
        Value::Object(Map::from_iter([(name.to_owned(), argument)]))
    }

    fn spend(&self, text: String) -> String {
        let left = self.bytes.get();
        self.bytes.set(left.saturating_sub(text.len()));
        if left == 0 { symbol(&format!("opaque:{}", crate::digest::sha256(text))) } else { text }
    }

    fn spend_value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.spend(text.clone()).into(),
            Value::Array(items) => items.iter().map(|item| self.spend_value(item)).collect(),
            plain => plain.clone(),
        }
    }
}

/// What is too much to be worked out is one symbol, the same for the same text.
fn opaque(value: &Value) -> Value {
    symbol(&format!("opaque:{}", crate::digest::sha256(canonical(value)))).into()
}

/// `And` is decided by one that is false, `Or` by one that is true.
fn decide(tests: &[Option<bool>], by: bool) -> Option<bool> {
    if tests.contains(&Some(by)) {
        return Some(by);
    }
    tests.iter().all(Option::is_some).then_some(!by)
}

/// Whether a value, or a part of it, is a function that is not carried out.
pub(super) fn has_function(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_function),
        Value::Object(map) => {
            map.iter().any(|(name, inner)| name.starts_with("Fn::") || has_function(inner))
                || (map.len() == 1 && map.contains_key("Ref"))
        }
        _ => false,
    }
}

fn has_symbol(value: &Value) -> bool {
    match value {
        Value::String(text) => super::symbol::is_in(text),
        Value::Array(items) => items.iter().any(has_symbol),
        Value::Object(map) => map.values().any(has_symbol),
        _ => false,
    }
}
