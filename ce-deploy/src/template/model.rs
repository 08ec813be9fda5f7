//! A template as it is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::extensions::{self, Known};
use super::yaml;
use crate::json::{self, JsonError};

/// The largest template that is parsed, in bytes.
const BYTES: usize = 2 << 20;

/// A template. What is of the wrong kind is left out: CloudFormation refuses such a template before anything happens.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Template {
    /// What it makes, by logical id.
    pub resources: BTreeMap<String, Resource>,
    /// What it is given.
    pub parameters: BTreeMap<String, Parameter>,
    /// What it says when it is done.
    pub outputs: BTreeMap<String, Output>,
    /// Its conditions.
    pub conditions: BTreeMap<String, Value>,
    /// Its tables.
    pub mappings: Map<String, Value>,
    /// The macros that it is passed through, by name, and loops (`Fn::ForEach`) that are not written out.
    pub macros: Vec<String>,
    /// As it is written, if it uses `AWS::LanguageExtensions`.
    source: Option<Arc<Map<String, Value>>>,
}

/// A resource as it is written.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Resource {
    /// Its type.
    pub type_name: String,
    /// Its properties.
    pub properties: Map<String, Value>,
    /// What must be there before it.
    pub depends_on: Vec<String>,
    /// The condition under which it is there.
    pub condition: Option<String>,
    /// What it says about itself.
    pub metadata: Value,
    /// Everything else beside the properties: policies of deletion, creation and update.
    pub attributes: BTreeMap<String, Value>,
}

/// A parameter as it is written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Parameter {
    /// Its type.
    pub type_name: String,
    /// What it is if nobody says.
    pub default: Option<String>,
    /// Whether its value is hidden.
    pub hidden: bool,
}

/// An output as it is written.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Output {
    /// Its value.
    pub value: Value,
    /// The name it is exported by.
    pub export: Option<Value>,
    /// The condition under which it is there.
    pub condition: Option<String>,
}

/// Why a text is not taken for a template.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// It is neither, or uses what CloudFormation takes from nobody.
    #[error("the template is neither JSON nor YAML")]
    NoText,
    /// It is no JSON that can be relied on.
    #[error("the template cannot be read: {0}")]
    Json(#[from] JsonError),
    /// It is no object.
    #[error("the template is not an object")]
    NotAnObject,
    /// It is too large.
    #[error("the template has {0} bytes; at most 2097152 are read")]
    TooLarge(usize),
}

impl Template {
    /// Parses a template.
    ///
    /// # Errors
    /// If it is neither JSON nor YAML, is too large, or says two things at once.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        if text.len() > BYTES {
            return Err(TemplateError::TooLarge(text.len()));
        }
        let json = yaml::as_json(text).ok_or(TemplateError::NoText)?;
        match json::parse(json.as_bytes())? {
            Value::Object(map) => {
                let template = Self::of(&map);
                let is_extended = template.uses_extensions() || map.values().any(extensions::has_loop);
                Ok(Self { source: is_extended.then(|| Arc::new(map)), ..template })
            }
            _ => Err(TemplateError::NotAnObject),
        }
    }

    /// What `AWS::LanguageExtensions` makes of it; none if it does not use it.
    pub(super) fn extended(&self, known: &Known<'_>) -> Option<Self> {
        let mut template = Self::of(&self.written_out(known)?);
        // Loops that are left are named by themselves.
        template.macros.retain(|name| name != extensions::NAME);
        Some(template)
    }

    /// The same as it would be written.
    pub(super) fn written_out(&self, known: &Known<'_>) -> Option<Map<String, Value>> {
        self.source.as_ref().map(|source| extensions::carried_out(source, known))
    }

    fn uses_extensions(&self) -> bool {
        self.macros.iter().any(|name| name == extensions::NAME)
    }

    fn of(map: &Map<String, Value>) -> Self {
        let section = |name: &str| map.get(name).and_then(Value::as_object).into_iter().flatten();
        let mut macros = texts(map.get("Transform"));
        let sections = ["Resources", "Outputs", "Conditions"].into_iter().flat_map(section);
        macros.extend(sections.map(|(id, _)| id.clone()).filter(|id| id.starts_with("Fn::")));
        if map.iter().any(|(name, inner)| name == "Fn::Transform" || transforms(inner)) {
            macros.push("Fn::Transform".to_owned());
        }
        let resources = section("Resources").filter_map(|(id, body)| Some((id.clone(), resource(body.as_object()?))));
        let parameters = section("Parameters").map(|(id, body)| (id.clone(), parameter(body)));
        let outputs = section("Outputs").map(|(id, body)| (id.clone(), output(body)));
        Self {
            resources: resources.filter(|(id, _)| !id.starts_with("Fn::")).collect(),
            parameters: parameters.collect(),
            outputs: outputs.filter(|(id, _)| !id.starts_with("Fn::")).collect(),
            conditions: section("Conditions").map(|(id, body)| (id.clone(), body.clone())).collect(),
            mappings: map.get("Mappings").and_then(Value::as_object).cloned().unwrap_or_default(),
            macros,
            source: None,
        }
    }
}

/// Whether a part is passed through a macro (`Fn::Transform`), wherever it is.
fn transforms(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(transforms),
        Value::Object(map) => map.iter().any(|(name, inner)| name == "Fn::Transform" || transforms(inner)),
        _ => false,
    }
}

fn resource(body: &Map<String, Value>) -> Resource {
    let mut resource = Resource { type_name: text(body.get("Type")), ..Resource::default() };
    for (name, value) in body {
        match (name.as_str(), value) {
            ("Properties", Value::Object(properties)) => resource.properties.clone_from(properties),
            ("DependsOn", value) => resource.depends_on = texts(Some(value)),
            ("Condition", Value::String(condition)) => resource.condition = Some(condition.clone()),
            ("Metadata", value) => resource.metadata.clone_from(value),
            ("Type" | "Properties" | "Condition", _) => {}
            _ => drop(resource.attributes.insert(name.clone(), value.clone())),
        }
    }
    resource
}

fn parameter(body: &Value) -> Parameter {
    let default = match &body["Default"] {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    // `NoEcho` may be a text. What is neither hides: better once too often.
    let hidden = !matches!(&body["NoEcho"], Value::Null | Value::Bool(false)) && body["NoEcho"] != "false";
    Parameter { type_name: text(body.get("Type")), default, hidden }
}

fn output(body: &Value) -> Output {
    Output {
        value: body["Value"].clone(),
        export: Some(body["Export"]["Name"].clone()).filter(|name| !name.is_null()),
        condition: body["Condition"].as_str().map(str::to_owned),
    }
}

/// Whether a template has no resources. One that a macro is given whole may get them from it.
pub(crate) fn makes_nothing(template: &Value) -> bool {
    let none = |section: &Value| section.as_object().is_none_or(Map::is_empty);
    template.is_object() && none(&template["Resources"]) && template["Transform"].is_null()
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A text or a list of texts; what is an object says its name.
fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(items)) => items.iter().flat_map(|item| texts(Some(item))).collect(),
        Some(Value::Object(map)) => texts(map.get("Name")),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Template, TemplateError};

    #[test]
    fn yaml_reads_as_json_does() {
        let yaml = "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: {QueueName: !Sub 'a-${AWS::Region}'}";
        let json = r#"{"Resources": {"A": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": {"Fn::Sub": "a-${AWS::Region}"}}}}}"#;
        assert_eq!(Template::parse(yaml).unwrap(), Template::parse(json).unwrap());
    }

    #[test]
    fn what_is_no_template_says_why() {
        assert!(matches!(Template::parse("no template"), Err(TemplateError::NoText)));
        assert!(matches!(Template::parse("{\"Resources\": "), Err(TemplateError::Json(_))));
        assert!(matches!(Template::parse("[]"), Err(TemplateError::NotAnObject)));
    }

    #[test]
    fn what_is_of_the_wrong_kind_is_left_out() {
        let text =
            r#"{"Resources": {"A": 5, "B": {"Type": 7, "Properties": [], "DependsOn": ["A", 3]}}, "Outputs": []}"#;
        let template = Template::parse(text).unwrap();
        assert_eq!(template.resources.len(), 1);
        assert_eq!(template.resources["B"].depends_on, ["A"]);
        assert!(template.outputs.is_empty());
    }

    #[test]
    fn a_loop_is_a_macro() {
        let text = r#"{"Transform": "AWS::LanguageExtensions", "Resources": {"Fn::ForEach::Topics": ["N", [], {}]}}"#;
        assert_eq!(Template::parse(text).unwrap().macros, ["AWS::LanguageExtensions", "Fn::ForEach::Topics"]);
    }
}
