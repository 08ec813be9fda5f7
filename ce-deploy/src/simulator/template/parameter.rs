//! A parameter of a template.

use regex_lite::Regex;
use serde_json::{Map, Value};

use super::as_text;

/// A parameter. Source: user guide, "CloudFormation template Parameters syntax".
#[derive(Clone, Debug, Default)]
pub(in crate::simulator) struct Parameter {
    /// `String`, `Number`, `CommaDelimitedList`, `AWS::SSM::Parameter::Value<String>`, …
    pub(in crate::simulator) type_name: String,
    /// What holds when nothing is given.
    pub(in crate::simulator) default: Option<String>,
    /// Whether its value is masked.
    pub(in crate::simulator) no_echo: bool,
    allowed: Vec<String>,
    pattern: Option<String>,
    length: [Option<u64>; 2],
    range: [Option<f64>; 2],
}

impl Parameter {
    /// Reads a declaration.
    pub(super) fn read(name: &str, value: &Value) -> Result<Self, String> {
        let wrong = || format!("Template format error: Invalid template parameter property in parameter {name}");
        let members = value.as_object().ok_or_else(wrong)?;
        let text = |key: &str| members.get(key).and_then(as_text).map(std::borrow::Cow::into_owned);
        let type_name = text("Type").ok_or_else(|| {
            format!("Template format error: Every Parameters object must contain a Type member ({name})")
        })?;
        Ok(Self {
            type_name,
            default: text("Default"),
            no_echo: text("NoEcho").is_some_and(|text| text == "true"),
            allowed: texts(members, "AllowedValues"),
            pattern: text("AllowedPattern"),
            length: ["MinLength", "MaxLength"].map(|key| text(key).and_then(|text| text.parse().ok())),
            range: ["MinValue", "MaxValue"].map(|key| text(key).and_then(|text| text.parse().ok())),
        })
    }

    /// The name of the value of Systems Manager that it stands for, if its type says so.
    pub(in crate::simulator) fn is_stored(&self) -> bool {
        self.type_name.starts_with("AWS::SSM::Parameter::Value<")
    }

    /// Whether its value is a list.
    pub(in crate::simulator) fn is_list(&self) -> bool {
        self.type_name == "CommaDelimitedList" || self.type_name.contains("List<")
    }

    /// What is wrong with a value, in the service's words.
    pub(in crate::simulator) fn refuses(&self, name: &str, value: &str) -> Option<String> {
        let number = value.trim().parse::<f64>();
        if self.type_name == "Number" && number.is_err() {
            return Some(format!("Parameter '{name}' must be a number."));
        }
        let is_allowed = |value: &str| self.allowed.iter().any(|allowed| allowed == value);
        // Of a list each item must be one of them.
        let all_allowed =
            if self.is_list() { value.split(',').map(str::trim).all(is_allowed) } else { is_allowed(value) };
        if !self.allowed.is_empty() && !all_allowed {
            return Some(format!("Parameter '{name}' must be one of AllowedValues"));
        }
        if self.pattern.as_deref().is_some_and(|pattern| !matches_whole(pattern, value)) {
            let pattern = self.pattern.as_deref().unwrap_or_default();
            return Some(format!("Parameter '{name}' must match pattern {pattern}"));
        }
        let length = value.chars().count() as u64;
        if self.length[0].is_some_and(|least| length < least) {
            return Some(format!(
                "Parameter '{name}' must contain at least {} characters",
                self.length[0].unwrap_or(0)
            ));
        }
        if self.length[1].is_some_and(|most| length > most) {
            return Some(format!("Parameter '{name}' must contain at most {} characters", self.length[1].unwrap_or(0)));
        }
        let number = number.ok()?;
        let outside =
            self.range[0].is_some_and(|least| number < least) || self.range[1].is_some_and(|most| number > most);
        outside.then(|| format!("Parameter '{name}' must be a number within MinValue and MaxValue"))
    }

    /// A value as `Ref` gives it.
    pub(super) fn value(&self, text: &str) -> Value {
        if self.is_list() {
            text.split(',').filter(|item| !item.is_empty()).map(|item| Value::from(item.trim())).collect()
        } else {
            Value::from(text)
        }
    }
}

fn texts(members: &Map<String, Value>, key: &str) -> Vec<String> {
    let items = members.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(as_text).map(std::borrow::Cow::into_owned).collect()
}

/// The service's patterns hold for the whole value. One that this machine cannot read refuses nothing.
fn matches_whole(pattern: &str, value: &str) -> bool {
    Regex::new(&format!("^(?:{pattern})$")).map_or(true, |pattern| pattern.is_match(value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Parameter;

    #[test]
    fn a_value_is_held_to_its_declaration() {
        let number = Parameter::read("Count", &json!({"Type": "Number", "MinValue": 1, "MaxValue": "3"})).unwrap();
        assert_eq!(number.refuses("Count", "2"), None);
        assert!(number.refuses("Count", "4").is_some() && number.refuses("Count", "two").is_some());
        let text = json!({"Type": "String", "AllowedPattern": "[a-z]+", "MaxLength": 3});
        let text = Parameter::read("Name", &text).unwrap();
        assert_eq!(text.refuses("Name", "abc"), None);
        assert!(text.refuses("Name", "ab1").is_some() && text.refuses("Name", "abcd").is_some());
        let listed = Parameter::read("Tier", &json!({"Type": "String", "AllowedValues": ["dev", "prod"]})).unwrap();
        assert!(listed.refuses("Tier", "test").is_some());
        let tiers =
            Parameter::read("Tiers", &json!({"Type": "CommaDelimitedList", "AllowedValues": ["a", "b"]})).unwrap();
        assert_eq!(tiers.refuses("Tiers", "a, b"), None);
        assert!(tiers.refuses("Tiers", "a,c").is_some());
    }

    #[test]
    fn a_list_is_a_list() {
        let list = Parameter::read("Zones", &json!({"Type": "CommaDelimitedList"})).unwrap();
        assert_eq!(list.value("a, b"), json!(["a", "b"]));
    }
}
