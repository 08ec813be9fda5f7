//! What may be swapped.

use serde_json::Value;

/// The types, and of each the properties.
///
/// Each is known to Cloud Control with a handler for updates, changes in place within seconds to a minute, holds no data,
/// and is what somebody edits while they work on an app. Roles, networks, keys, tags and names are in none.
///
/// Sources: Cloud Control user guide, "Resource types that support Cloud Control API"; the types that aws-cdk-cli swaps
/// (`toolkit-lib/lib/api/hotswap/hotswap-deployments.ts`), without those that hold data or watch over something.
const TYPES: [(&str, &[&str]); 11] = [
    (
        "AWS::AppSync::FunctionConfiguration",
        &["Code", "CodeS3Location", "Description", "RequestMappingTemplate", "ResponseMappingTemplate"],
    ),
    (
        "AWS::AppSync::Resolver",
        &["Code", "CodeS3Location", "PipelineConfig", "RequestMappingTemplate", "ResponseMappingTemplate"],
    ),
    (
        "AWS::Bedrock::Agent",
        &["ActionGroups", "Description", "FoundationModel", "Instruction", "PromptOverrideConfiguration"],
    ),
    (
        "AWS::Bedrock::Flow",
        &["Definition", "DefinitionS3Location", "DefinitionString", "DefinitionSubstitutions", "Description"],
    ),
    ("AWS::Bedrock::Prompt", &["DefaultVariant", "Description", "Variants"]),
    ("AWS::BedrockAgentCore::Runtime", &["AgentRuntimeArtifact", "Description", "EnvironmentVariables"]),
    ("AWS::CloudFront::Function", &["FunctionCode", "FunctionConfig"]),
    ("AWS::CloudWatch::Dashboard", &["DashboardBody"]),
    // Its task definition alone, and only where that is swapped.
    ("AWS::ECS::Service", &["TaskDefinition"]),
    (
        "AWS::Lambda::Function",
        &[
            "Code",
            "Description",
            "Environment",
            "EphemeralStorage",
            "Handler",
            "ImageConfig",
            "Layers",
            "LoggingConfig",
            "MemorySize",
            "Runtime",
            "Timeout",
            "TracingConfig",
        ],
    ),
    (
        "AWS::StepFunctions::StateMachine",
        &["Definition", "DefinitionS3Location", "DefinitionString", "DefinitionSubstitutions", "TracingConfiguration"],
    ),
];

/// What may differ in a task definition, of which a new revision is made. Source: as above, `ecs-services.ts`; the roles
/// of a task are left out.
const REVISED: [&str; 4] = ["ContainerDefinitions", "Cpu", "EphemeralStorage", "Memory"];

/// Properties that a read gives back whichever way the template gives them, and the ways that no read gives back: with both,
/// nobody knows which holds. Source: the schemas' write-only properties, and the descriptions of these.
const ALTERNATIVES: [(&str, &str, &[&str]); 8] = [
    ("AWS::AppSync::FunctionConfiguration", "Code", &["CodeS3Location"]),
    ("AWS::AppSync::FunctionConfiguration", "RequestMappingTemplate", &["RequestMappingTemplateS3Location"]),
    ("AWS::AppSync::FunctionConfiguration", "ResponseMappingTemplate", &["ResponseMappingTemplateS3Location"]),
    ("AWS::AppSync::Resolver", "Code", &["CodeS3Location"]),
    ("AWS::AppSync::Resolver", "RequestMappingTemplate", &["RequestMappingTemplateS3Location"]),
    ("AWS::AppSync::Resolver", "ResponseMappingTemplate", &["ResponseMappingTemplateS3Location"]),
    ("AWS::Bedrock::Flow", "Definition", &["DefinitionS3Location", "DefinitionString"]),
    ("AWS::StepFunctions::StateMachine", "DefinitionString", &["Definition", "DefinitionS3Location"]),
];

/// Whether a property of a type may be swapped.
pub fn is_swappable(type_name: &str, property: &str) -> bool {
    properties(type_name).is_some_and(|properties| properties.contains(&property))
}

/// The types of which something may be swapped, with the properties; a task definition is not swapped but made anew.
pub fn types() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    TYPES.into_iter()
}

/// The properties of a type that may be swapped; none for other types.
pub(super) fn properties(type_name: &str) -> Option<&'static [&'static str]> {
    TYPES.iter().find(|(known, _)| *known == type_name).map(|(_, properties)| *properties)
}

/// The properties of a type that a read gives back, though the template gives them in another way.
pub(super) fn given_otherwise<'a>(
    type_name: &'a str,
    properties: &'a Value,
) -> impl Iterator<Item = &'static str> + 'a {
    let of_type = ALTERNATIVES.iter().filter(move |(known, ..)| *known == type_name);
    let given = |name: &&str| properties.get(*name).is_some();
    of_type.filter(move |(_, read, ways)| !given(read) && ways.iter().any(&given)).map(|(_, read, _)| *read)
}

/// Whether a property may differ between two revisions of a task definition.
pub(super) fn is_revised(property: &str) -> bool {
    REVISED.contains(&property)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ALTERNATIVES, REVISED, given_otherwise, types};

    /// What the schemas say of the list: all of it is there, is set in place, and holds no data.
    #[test]
    fn the_list_is_of_what_changes_in_place() {
        for (type_name, properties) in types() {
            let schema = ce_cfn::SCHEMAS.find(type_name).unwrap_or_else(|| panic!("{type_name} is not known"));
            assert!(!schema.stateful, "{type_name} holds data");
            assert!(!schema.primary_identifier.is_empty(), "{type_name} cannot be named");
            for name in properties {
                let property = schema.property(name).unwrap_or_else(|| panic!("{type_name} has no {name}"));
                let replaces = property.replacement != ce_synth::schema::Replacement::Never;
                assert!(!replaces && !property.read_only, "{type_name}.{name}");
            }
        }
    }

    #[test]
    fn what_is_given_otherwise_is_write_only() {
        for (type_name, read, ways) in ALTERNATIVES {
            let schema = ce_cfn::SCHEMAS.find(type_name).unwrap();
            assert!(!schema.write_only.contains(&read), "{type_name}.{read}");
            assert!(ways.iter().all(|way| schema.write_only.contains(way)), "{type_name}.{ways:?}");
        }
        let machine = |properties| given_otherwise("AWS::StepFunctions::StateMachine", &properties).count();
        assert_eq!(machine(json!({ "Definition": {} })), 1);
        assert_eq!(machine(json!({ "DefinitionString": "{}" })), 0);
    }

    #[test]
    fn the_list_is_on_its_page() {
        let page = include_str!("../../../docs/hotswap.md");
        for (type_name, properties) in types() {
            let named: Vec<String> = properties.iter().map(|name| format!("`{name}`")).collect();
            let row = format!("| `{type_name}` | {} |", named.join(", "));
            assert!(page.lines().any(|line| line == row), "docs/hotswap.md has no row `{row}`");
        }
        assert_eq!(page.lines().filter(|line| line.starts_with("| `AWS::")).count(), types().count());
    }

    #[test]
    fn what_is_revised_is_there() {
        let schema = ce_cfn::SCHEMAS.find("AWS::ECS::TaskDefinition").unwrap();
        assert!(REVISED.iter().all(|name| schema.property(name).is_some()));
    }
}
