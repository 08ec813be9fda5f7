//! Reading a template's text.

use std::collections::BTreeSet;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::references::{Target, targets};
use super::{Expression, Function, Parameter, as_text, limits, read_function};
use crate::simulator::provider::Behaviour;
use crate::template;

/// A template.
#[derive(Clone, Debug)]
pub(in crate::simulator) struct Template {
    /// As it was sent.
    pub(in crate::simulator) text: Arc<str>,
    pub(in crate::simulator) parameters: IndexMap<String, Parameter>,
    pub(in crate::simulator) mappings: Map<String, Value>,
    pub(in crate::simulator) conditions: IndexMap<String, Expression>,
    /// In an order in which each comes after those it needs.
    pub(in crate::simulator) resources: IndexMap<String, Declaration>,
    pub(in crate::simulator) outputs: IndexMap<String, Output>,
    pub(in crate::simulator) transforms: Vec<String>,
    /// All of it, if `AWS::LanguageExtensions` has its part in it: what that makes depends on parameters.
    pub(super) source: Option<Arc<Map<String, Value>>>,
}

/// A resource in a template.
#[derive(Clone, Debug)]
pub(in crate::simulator) struct Declaration {
    pub(in crate::simulator) type_name: String,
    pub(in crate::simulator) properties: Vec<(String, Expression)>,
    pub(in crate::simulator) metadata: Option<Expression>,
    /// How the simulator is told to play it.
    pub(in crate::simulator) behaviour: Option<Arc<Behaviour>>,
    pub(in crate::simulator) condition: Option<String>,
    pub(in crate::simulator) depends_on: Vec<String>,
    pub(in crate::simulator) deletion: Option<Policy>,
    pub(in crate::simulator) replacement: Option<Policy>,
    /// Other resources that come first, by reference or by `DependsOn`.
    pub(in crate::simulator) needs: Vec<String>,
    /// What each property points to.
    pub(in crate::simulator) targets: Vec<(String, BTreeSet<Target>)>,
    /// Properties that read an output of another stack.
    pub(in crate::simulator) reading: BTreeSet<String>,
}

/// What becomes of a resource that goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::simulator) enum Policy {
    Delete,
    Retain,
    RetainExceptOnCreate,
    Snapshot,
}

/// An output of a template.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::simulator) struct Output {
    pub(in crate::simulator) value: Expression,
    pub(in crate::simulator) condition: Option<String>,
    pub(in crate::simulator) export: Option<Expression>,
}

impl Template {
    /// Reads a text; what is wrong comes in the service's words.
    pub(super) fn read(text: Arc<str>) -> Result<Self, String> {
        let json = template::as_json(&text).ok_or("Template format error: YAML not well-formed.")?;
        let value: Value = serde_json::from_str(&json).map_err(|error| {
            format!("Template format error: JSON not well-formed. (line {}, column {})", error.line(), error.column())
        })?;
        let Value::Object(sections) = value else {
            return Err("Template format error: unsupported structure.".to_owned());
        };
        if !transforms(sections.get("Transform")).iter().any(|name| name == template::extensions::NAME) {
            return Self::of(text, &sections);
        }
        Ok(Self {
            parameters: read_section(&sections, "Parameters", Parameter::read)?,
            mappings: section(&sections, "Mappings").cloned().unwrap_or_default(),
            conditions: IndexMap::new(),
            resources: IndexMap::new(),
            outputs: IndexMap::new(),
            transforms: transforms(sections.get("Transform")),
            source: Some(Arc::new(sections)),
            text,
        })
    }

    /// Reads the sections of a template in which no transform has a part any more.
    pub(super) fn of(text: Arc<str>, sections: &Map<String, Value>) -> Result<Self, String> {
        if let Some(exceeded) = limits::exceeded(sections) {
            return Err(exceeded);
        }
        let mut template = Self {
            parameters: read_section(sections, "Parameters", Parameter::read)?,
            mappings: section(sections, "Mappings").cloned().unwrap_or_default(),
            conditions: read_section(sections, "Conditions", |_, value| read_function::read(value))?,
            resources: read_section(sections, "Resources", Declaration::read)?,
            outputs: read_section(sections, "Outputs", Output::read)?,
            transforms: transforms(sections.get("Transform")),
            source: None,
            text,
        };
        if template.resources.is_empty() {
            return Err("Template format error: At least one Resources member must be defined.".to_owned());
        }
        template.check_targets()?;
        template.order()?;
        Ok(template)
    }

    /// Whether there are stacks in it.
    pub(in crate::simulator) fn nests(&self) -> bool {
        self.resources.values().any(|declaration| declaration.type_name == "AWS::CloudFormation::Stack")
    }

    fn check_targets(&self) -> Result<(), String> {
        for declaration in self.resources.values() {
            let all = declaration.targets.iter().flat_map(|(_, targets)| targets);
            let named = declaration.depends_on.iter().cloned().map(Target::Named);
            self.check_each(all.cloned().chain(named), "Resources")?;
            self.check_condition(declaration.condition.as_ref())?;
        }
        for output in self.outputs.values() {
            self.check_each(targets(&output.value).into_iter(), "Outputs")?;
            self.check_condition(output.condition.as_ref())?;
        }
        for condition in self.conditions.values() {
            for target in targets(condition) {
                match &target {
                    Target::Named(name) if self.resources.contains_key(name) => {
                        return Err(unresolved(name, "Conditions"));
                    }
                    Target::Attribute(name, _) => return Err(unresolved(name, "Conditions")),
                    _ => self.check_each([target].into_iter(), "Conditions")?,
                }
            }
        }
        Ok(())
    }

    fn check_each(&self, targets: impl Iterator<Item = Target>, section: &str) -> Result<(), String> {
        for target in targets {
            match target {
                Target::Named(name) => {
                    let known = name.starts_with("AWS::")
                        || self.parameters.contains_key(&name)
                        || self.resources.contains_key(&name);
                    if !known {
                        return Err(unresolved(&name, section));
                    }
                }
                Target::Attribute(name, _) if !self.resources.contains_key(&name) => {
                    return Err(format!("Template error: instance of Fn::GetAtt references undefined resource {name}"));
                }
                Target::Condition(name) => self.check_condition(Some(&name))?,
                Target::Attribute(..) => {}
            }
        }
        Ok(())
    }

    fn check_condition(&self, name: Option<&String>) -> Result<(), String> {
        match name {
            Some(name) if !self.conditions.contains_key(name) => Err(format!(
                "Template format error: Unresolved condition dependency {name} in the Resources block of the template"
            )),
            _ => Ok(()),
        }
    }

    /// Puts every resource after those it needs.
    fn order(&mut self) -> Result<(), String> {
        let resources = std::mem::take(&mut self.resources);
        let names: BTreeSet<&String> = resources.keys().collect();
        let mut waiting: Vec<(String, Declaration)> = Vec::with_capacity(resources.len());
        for (name, declaration) in &resources {
            let mut declaration = declaration.clone();
            declaration.needs.retain(|need| names.contains(need));
            waiting.push((name.clone(), declaration));
        }
        while !waiting.is_empty() {
            let before = waiting.len();
            let mut left = Vec::new();
            for (name, declaration) in waiting {
                if declaration.needs.iter().all(|need| self.resources.contains_key(need)) {
                    self.resources.insert(name, declaration);
                } else {
                    left.push((name, declaration));
                }
            }
            if left.len() == before {
                let names: Vec<&str> = left.iter().map(|(name, _)| name.as_str()).collect();
                return Err(format!("Circular dependency between resources: [{}]", names.join(", ")));
            }
            waiting = left;
        }
        Ok(())
    }
}

impl Declaration {
    fn read(name: &str, value: &Value) -> Result<Self, String> {
        let wrong = || format!("Template format error: [/Resources/{name}] resource definition is malformed");
        let members = value.as_object().ok_or_else(wrong)?;
        let type_name = members.get("Type").and_then(Value::as_str).ok_or_else(|| {
            format!("Template format error: [/Resources/{name}] Every Resources object must contain a Type member.")
        })?;
        if !name.chars().all(|letter| letter.is_ascii_alphanumeric()) {
            return Err(format!("Template format error: Resource name {name} is non alphanumeric."));
        }
        let properties = match members.get("Properties") {
            Some(value) => value.as_object().ok_or_else(wrong)?,
            None => &Map::new(),
        };
        let properties = properties
            .iter()
            .map(|(key, value)| Ok((key.clone(), read_function::read(value)?)))
            .collect::<Result<Vec<_>, String>>()?;
        let targets: Vec<_> = properties.iter().map(|(key, value)| (key.clone(), targets(value))).collect();
        let depends_on = match members.get("DependsOn") {
            Some(Value::String(one)) => vec![one.clone()],
            Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => vec![],
        };
        let metadata = members.get("Metadata").map(read_function::read).transpose()?;
        Ok(Self {
            type_name: type_name.to_owned(),
            behaviour: metadata.as_ref().and_then(Behaviour::read).map(Arc::new),
            metadata,
            condition: members.get("Condition").and_then(Value::as_str).map(str::to_owned),
            deletion: policy(members, "DeletionPolicy")?,
            replacement: policy(members, "UpdateReplacePolicy")?,
            needs: needs(&targets, &depends_on),
            reading: properties.iter().filter(|(_, value)| reads_output(value)).map(|(key, _)| key.clone()).collect(),
            properties,
            targets,
            depends_on,
        })
    }
}

impl Output {
    fn read(name: &str, value: &Value) -> Result<Self, String> {
        let given = value.get("Value").ok_or_else(|| {
            format!("Template format error: Every Outputs member must contain a Value object ({name})")
        })?;
        let export = value.get("Export").and_then(|export| export.get("Name"));
        Ok(Self {
            value: read_function::read(given)?,
            condition: value.get("Condition").and_then(Value::as_str).map(str::to_owned),
            export: export.map(read_function::read).transpose()?,
        })
    }
}

/// Whether an expression reads an output of another stack.
fn reads_output(expression: &Expression) -> bool {
    let mut reads = false;
    expression.each_function(&mut |function| reads |= matches!(function, Function::GetStackOutput(_)));
    reads
}

fn needs(targets: &[(String, BTreeSet<Target>)], depends_on: &[String]) -> Vec<String> {
    let pointed = targets.iter().flat_map(|(_, targets)| targets).filter_map(|target| match target {
        Target::Named(name) | Target::Attribute(name, _) => Some(name.clone()),
        Target::Condition(_) => None,
    });
    let all: BTreeSet<String> = pointed.chain(depends_on.iter().cloned()).collect();
    all.into_iter().collect()
}

fn policy(members: &Map<String, Value>, key: &str) -> Result<Option<Policy>, String> {
    Ok(match members.get(key).and_then(Value::as_str) {
        None => None,
        Some("Delete") => Some(Policy::Delete),
        Some("Retain") => Some(Policy::Retain),
        Some("RetainExceptOnCreate") if key == "DeletionPolicy" => Some(Policy::RetainExceptOnCreate),
        Some("Snapshot") => Some(Policy::Snapshot),
        Some(other) => return Err(format!("Template format error: Unrecognized {key} {other}")),
    })
}

fn section<'a>(sections: &'a Map<String, Value>, name: &str) -> Option<&'a Map<String, Value>> {
    sections.get(name).and_then(Value::as_object)
}

fn read_section<T>(
    sections: &Map<String, Value>,
    name: &str,
    read: impl Fn(&str, &Value) -> Result<T, String>,
) -> Result<IndexMap<String, T>, String> {
    let members = section(sections, name).into_iter().flatten();
    members.map(|(key, value)| Ok((key.clone(), read(key, value)?))).collect()
}

fn transforms(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(all)) => all.iter().filter_map(as_text).map(std::borrow::Cow::into_owned).collect(),
        Some(value) => as_text(value).map(std::borrow::Cow::into_owned).into_iter().collect(),
        None => vec![],
    }
}

fn unresolved(name: &str, section: &str) -> String {
    format!("Template format error: Unresolved resource dependencies [{name}] in the {section} block of the template")
}
