//! What is known of the resources that are there: their ids, and what was read of them.

use std::collections::{BTreeMap, BTreeSet};

use ce_synth::schema::Schemas;
use serde_json::{Map, Value};

use super::identity::identifier;
use crate::assembly::partition;
use crate::cloud::Place;
use crate::template::{Active, Resolved, as_text, symbol};

/// What is known of the resources of a stack.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    schemas: &'static Schemas,
    place: Place,
    arn: String,
    /// What `Ref` gives, by logical id.
    physical: BTreeMap<String, String>,
    /// Properties that were read, by logical id.
    read: BTreeMap<String, Value>,
}

impl Known {
    pub(crate) fn new(schemas: &'static Schemas, place: &Place, arn: &str) -> Self {
        let (place, arn) = (place.clone(), arn.to_owned());
        Self { schemas, place, arn, physical: BTreeMap::new(), read: BTreeMap::new() }
    }

    /// What `Ref` gives of a resource.
    pub(crate) fn is_called(&mut self, logical_id: impl Into<String>, physical: impl Into<String>) {
        self.physical.insert(logical_id.into(), physical.into());
    }

    /// What was read of a resource.
    pub(crate) fn reads(&mut self, logical_id: impl Into<String>, properties: Value) {
        self.read.insert(logical_id.into(), properties);
    }

    pub(crate) fn schemas(&self) -> &'static Schemas {
        self.schemas
    }

    pub(crate) fn physical(&self, logical_id: &str) -> Option<&str> {
        self.physical.get(logical_id).map(String::as_str)
    }

    /// What Cloud Control knows a resource by.
    pub(crate) fn identifier(&self, logical_id: &str, resource: &Active) -> Option<String> {
        let schema = self.schemas.find(&resource.type_name)?;
        let resolve = |(name, value): (&String, &Value)| Some((name.clone(), self.resolve(value).ok()?));
        let properties = resource.properties.as_object().into_iter().flatten().filter_map(resolve);
        identifier(schema, self.physical(logical_id)?, &Value::Object(properties.collect::<Map<_, _>>()))
    }

    /// Resources of which values take something that is not known yet, and that can be read.
    pub(crate) fn to_read<'a>(
        &self,
        values: impl Iterator<Item = &'a Value>,
        resolved: &Resolved,
    ) -> BTreeMap<String, (String, String)> {
        let mut names = BTreeSet::new();
        values.for_each(|value| gather(value, &mut names));
        let unknown = names.iter().filter(|name| self.value(name).is_none());
        let of = unknown.filter_map(|name| Some(name.split_once('.')?.0.to_owned()));
        let of = of.filter(|id| !self.read.contains_key(id)).collect::<BTreeSet<_>>();
        let readable = of.into_iter().filter_map(|id| {
            let resource = resolved.resources.get(&id)?;
            let identifier = self.identifier(&id, resource)?;
            Some((id, (resource.type_name.clone(), identifier)))
        });
        readable.collect()
    }

    /// A value with everything filled in.
    ///
    /// # Errors
    /// What it takes that is not known, in words.
    pub(crate) fn resolve(&self, value: &Value) -> Result<Value, String> {
        match value {
            Value::String(text) => self.text(text),
            Value::Array(items) => items.iter().map(|item| self.resolve(item)).collect(),
            Value::Object(members) => {
                if let Some(function) = members.keys().find(|name| *name == "Ref" || name.starts_with("Fn::")) {
                    return Err(format!("`{function}` is worked out by CloudFormation"));
                }
                let resolved = members.iter().map(|(name, value)| Ok((name.clone(), self.resolve(value)?)));
                Ok(Value::Object(resolved.collect::<Result<Map<_, _>, String>>()?))
            }
            plain => Ok(plain.clone()),
        }
    }

    fn text(&self, text: &str) -> Result<Value, String> {
        if text.contains("{{resolve:") {
            return Err("a dynamic reference (`{{resolve:…}}`) is looked up by CloudFormation".to_owned());
        }
        let names: Vec<&str> = symbol::names(text).collect();
        // A value of any kind, where that is all there is.
        if let [name] = names[..]
            && text == symbol::symbol(name)
        {
            return self.value(name).ok_or_else(|| unknown(name));
        }
        let mut filled = text.to_owned();
        for name in names {
            let value = self.value(name).ok_or_else(|| unknown(name))?;
            let value = as_text(&value).ok_or_else(|| unknown(name))?;
            filled = filled.replace(&symbol::symbol(name), &value);
        }
        Ok(filled.into())
    }

    /// What a symbol stands for.
    fn value(&self, name: &str) -> Option<Value> {
        match name {
            "AWS::StackId" => return Some(self.arn.clone().into()),
            "AWS::URLSuffix" => {
                let is_china = partition(&self.place.region) == "aws-cn";
                return Some(if is_china { "amazonaws.com.cn" } else { "amazonaws.com" }.into());
            }
            _ => {}
        }
        match name.split_once('.') {
            None => self.physical.get(name).map(|physical| Value::from(physical.as_str())),
            Some((id, attribute)) => {
                let read = self.read.get(id)?;
                let value = attribute.split('.').fold(read, |value, step| &value[step]);
                (!value.is_null()).then(|| value.clone())
            }
        }
    }
}

fn unknown(name: &str) -> String {
    let shown: String = name.chars().filter(|letter| !letter.is_control()).take(80).collect();
    // What follows the mark is a trace of a value that is hidden.
    format!("`{}` is not known here", shown.split('#').next().unwrap_or_default())
}

fn gather(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => names.extend(symbol::names(text).map(str::to_owned)),
        Value::Array(items) => items.iter().for_each(|item| gather(item, names)),
        Value::Object(members) => members.values().for_each(|member| gather(member, names)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Known;
    use crate::cloud::Place;
    use crate::template::symbol::symbol;

    fn known() -> Known {
        let mut known = Known::new(&ce_cfn::SCHEMAS, &Place::new("111111111111", "eu-west-1"), "arn:stack");
        known.is_called("Table", "shop-table");
        known.reads("Table", json!({ "Arn": "arn:table", "Shards": ["a", "b"], "At": { "Port": 1 } }));
        known
    }

    #[test]
    fn values_are_filled_in() {
        let value = json!({
            "Name": symbol("Table"), "All": [format!("{}/*", symbol("Table.Arn"))], "List": symbol("Table.Shards"),
            "Deep": format!("{}:{}", symbol("Table.At.Port"), symbol("AWS::URLSuffix"))
        });
        let filled = json!({
            "Name": "shop-table", "All": ["arn:table/*"], "List": ["a", "b"], "Deep": "1:amazonaws.com"
        });
        assert_eq!(known().resolve(&value), Ok(filled));
    }

    #[test]
    fn what_is_not_known_is_named_without_its_value() {
        let cases = [
            (json!(symbol("Password#abc123")), "`Password` is not known here"),
            (json!({ "Fn::Base64": "x" }), "`Fn::Base64` is worked out by CloudFormation"),
            (json!(format!("a-{}", symbol("Table.Shards"))), "`Table.Shards` is not known here"),
            (json!(symbol("Queue.Arn")), "`Queue.Arn` is not known here"),
        ];
        for (value, why) in cases {
            assert_eq!(known().resolve(&value), Err(why.to_owned()));
        }
        assert!(known().resolve(&json!("{{resolve:ssm:x}}")).is_err());
    }
}
