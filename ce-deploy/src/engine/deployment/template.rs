//! What a deployer must know of a template.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::assembly::Stack;
use crate::cloud::{Capability, Secret};
use crate::template::{self, Version, extensions, makes_nothing};

/// What a deployer must know of a template. One that cannot be read tells nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct TemplateFacts {
    /// Its parameters, and whether each stands for a value of Systems Manager, which can change on its own.
    pub(super) parameters: BTreeMap<String, bool>,
    /// Those of its parameters that have no value of their own.
    pub(super) required: BTreeSet<String>,
    /// What it reads of other stacks.
    pub(super) reads: BTreeSet<Read>,
    /// Names of exports it imports.
    pub(super) imports: BTreeSet<String>,
    /// Its outputs with the names they are exported under.
    pub(super) exports: BTreeMap<String, String>,
    /// Its outputs that are exported, under whichever name.
    pub(super) exported: BTreeSet<String>,
    /// Its resources by logical id, with their types; of a loop that is not written out the loop itself, without one.
    pub(super) resources: BTreeMap<String, String>,
    /// What it is allowed to do.
    pub(super) capabilities: Vec<Capability>,
    /// Whether it makes nothing, whatever macros make of it.
    pub(super) is_empty: bool,
}

/// An output of another stack (`Fn::GetStackOutput`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Read {
    pub(super) stack: String,
    pub(super) output: String,
    pub(super) region: Option<String>,
    /// The account of the role that reads.
    pub(super) account: Option<String>,
}

impl TemplateFacts {
    /// What the assembly says of a stack; loops (`Fn::ForEach`) are written out with the values that its parameters get.
    pub(super) fn of_stack(stack: &Stack, given: &BTreeMap<String, Secret>) -> Self {
        let loops = stack.template.contains(extensions::LOOP).then(|| Version::of_stack(stack).ok()).flatten();
        let written_out = loops.and_then(|mut version| {
            version.parameters.extend(given.clone());
            version.written_out()
        });
        written_out.map_or_else(|| Self::read(&stack.template), |template| Self::of(&template))
    }

    pub(super) fn read(template: &str) -> Self {
        template::value(template).map_or_else(Self::default, |template| Self::of(&template))
    }

    fn of(template: &Value) -> Self {
        let mut facts = Self {
            parameters: parameters(template),
            required: required(template),
            exports: exports(template),
            exported: exported(template),
            resources: resources(template),
            capabilities: capabilities(template),
            is_empty: makes_nothing(template),
            ..Self::default()
        };
        facts.walk(template);
        facts
    }

    fn walk(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                if let Some(read) = members.get("Fn::GetStackOutput").and_then(read) {
                    self.reads.insert(read);
                }
                if let Some(Value::String(name)) = members.get("Fn::ImportValue") {
                    self.imports.insert(name.clone());
                }
                members.values().for_each(|member| self.walk(member));
            }
            Value::Array(items) => items.iter().for_each(|item| self.walk(item)),
            _ => {}
        }
    }
}

fn read(argument: &Value) -> Option<Read> {
    let text = |key: &str| argument[key].as_str().map(str::to_owned);
    // `arn:aws:iam::111111111111:role/…`
    let account = text("RoleArn").and_then(|arn| arn.split(':').nth(4).map(str::to_owned));
    Some(Read { stack: text("StackName")?, output: text("OutputName")?, region: text("Region"), account })
}

fn required(template: &Value) -> BTreeSet<String> {
    let all = template["Parameters"].as_object().into_iter().flatten();
    all.filter(|(_, parameter)| parameter.get("Default").is_none()).map(|(name, _)| name.clone()).collect()
}

fn parameters(template: &Value) -> BTreeMap<String, bool> {
    let of_systems_manager = |parameter: &Value| {
        parameter["Type"].as_str().is_some_and(|name| name.starts_with("AWS::SSM::Parameter::Value"))
    };
    // aws-cdk's own parameter is only there to be compared by a rule; its value changes nothing.
    let changes = |name: &str, parameter: &Value| name != "BootstrapVersion" && of_systems_manager(parameter);
    let members = template["Parameters"].as_object().into_iter().flatten();
    members.map(|(name, parameter)| (name.clone(), changes(name, parameter))).collect()
}

fn exports(template: &Value) -> BTreeMap<String, String> {
    let outputs = template["Outputs"].as_object().into_iter().flatten();
    let name = |output: &Value| output["Export"]["Name"].as_str().map(str::to_owned);
    outputs.filter_map(|(key, output)| Some((key.clone(), name(output)?))).collect()
}

fn exported(template: &Value) -> BTreeSet<String> {
    let outputs = template["Outputs"].as_object().into_iter().flatten();
    outputs.filter(|(_, output)| !output["Export"].is_null()).map(|(key, _)| key.clone()).collect()
}

pub(super) fn resources(template: &Value) -> BTreeMap<String, String> {
    let all = template["Resources"].as_object().into_iter().flatten();
    all.map(|(id, resource)| (id.clone(), resource["Type"].as_str().unwrap_or_default().to_owned())).collect()
}

/// No more than the template needs. What nested stacks need is not known here, so they get both.
fn capabilities(template: &Value) -> Vec<Capability> {
    let types = template["Resources"].as_object().into_iter().flatten();
    let types: Vec<&str> = types.filter_map(|(_, resource)| resource["Type"].as_str()).collect();
    let nested = types.contains(&"AWS::CloudFormation::Stack");
    let identities = types.iter().any(|name| name.starts_with("AWS::IAM::"));
    let macros = !template["Transform"].is_null() || template.to_string().contains("\"Fn::Transform\"");
    let mut capabilities = Vec::new();
    if nested || identities || macros {
        capabilities.push(Capability::NamedIam);
    }
    if nested || macros {
        capabilities.push(Capability::AutoExpand);
    }
    capabilities
}

#[cfg(test)]
mod tests {
    use super::TemplateFacts;
    use crate::cloud::Capability;
    use crate::template::{Template, Version};

    #[test]
    fn what_it_reads_and_needs_is_found() {
        let facts = TemplateFacts::read(
            r#"{
              "Parameters": { "Key": { "Type": "String" }, "Image": { "Type": "AWS::SSM::Parameter::Value<String>" } },
              "Resources": { "Role": { "Type": "AWS::IAM::Role", "Properties": {
                "A": { "Fn::GetStackOutput": { "StackName": "net", "OutputName": "Vpc", "Region": "eu-west-1" } },
                "B": [{ "Fn::ImportValue": "net:Subnet" }] } } },
              "Outputs": { "Arn": { "Value": 1, "Export": { "Name": "role:Arn" } } }
            }"#,
        );
        assert_eq!(facts.parameters, [("Image".to_owned(), true), ("Key".to_owned(), false)].into());
        assert_eq!(facts.reads.iter().next().map(|read| read.output.as_str()), Some("Vpc"));
        assert!(facts.imports.contains("net:Subnet"));
        assert_eq!(facts.exports["Arn"], "role:Arn");
        assert_eq!(facts.capabilities, [Capability::NamedIam]);
    }

    #[test]
    fn what_a_loop_exports_and_imports_is_found() {
        let text = r#"{
          "Transform": "AWS::LanguageExtensions", "Parameters": { "Zones": { "Type": "CommaDelimitedList" } },
          "Resources": { "Fn::ForEach::Roles": ["Z", { "Ref": "Zones" }, { "Role${Z}": { "Type": "AWS::IAM::Role" } }] },
          "Outputs": { "Fn::ForEach::Outs": ["Z", { "Ref": "Zones" },
            { "Out${Z}": { "Value": { "Fn::ImportValue": "net:${Z}" }, "Export": { "Name": "role:${Z}" } } }] } }"#;
        let version = Version::new(Template::parse(text).unwrap()).parameter("Zones", "a,b");
        let facts = TemplateFacts::of(&version.written_out().unwrap());
        assert_eq!(facts.imports, ["net:a", "net:b"].map(str::to_owned).into());
        assert_eq!(facts.exported, ["Outa", "Outb"].map(str::to_owned).into());
        assert_eq!(facts.exports["Outb"], "role:b");
        assert_eq!(facts.capabilities, [Capability::NamedIam, Capability::AutoExpand]);
    }

    #[test]
    fn a_plain_template_is_allowed_nothing() {
        let facts = TemplateFacts::read(r#"{ "Resources": { "Q": { "Type": "AWS::SQS::Queue" } } }"#);
        assert!(facts.capabilities.is_empty());
    }

    #[test]
    fn a_template_makes_nothing_without_resources_and_macros() {
        let is_empty = |template: &str| TemplateFacts::read(template).is_empty;
        assert!(is_empty(r#"{ "Parameters": { "Version": { "Type": "String" } } }"#));
        assert!(is_empty(r#"{ "Resources": {} }"#));
        assert!(!is_empty(r#"{ "Resources": {}, "Transform": "Mine" }"#));
        assert!(!is_empty(r#"{ "Resources": { "Q": { "Type": "AWS::SQS::Queue" } } }"#));
        assert!(is_empty("Parameters: {Version: {Type: String}}"));
        assert!(!is_empty("no template"), "it may make anything");
    }
}
