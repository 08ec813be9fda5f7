//! Merging: the service specification gives the tree, registry schemas are walked beside it.

mod assertions;
mod complete;
mod constraints;
mod from_schema;
mod from_spec;
mod overlay;
mod paths;
mod references;
mod schema;
mod tagging;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Failure;
use super::extract::Extract;
use super::model::{Model, ResourceType};
use schema::Schema;

/// Builds the model of every type either source knows.
pub(crate) fn model(extract: &Extract) -> Result<Model, Failure> {
    let resources: BTreeMap<&str, &Value> = extract
        .resources
        .iter()
        .filter_map(|resource| Some((resource["cloudFormationType"].as_str()?, resource)))
        .collect();
    let names: BTreeSet<&str> = resources.keys().copied().chain(extract.schemas.keys().map(String::as_str)).collect();
    let mut types = BTreeMap::new();
    for name in names {
        let schema = extract.schemas.get(name).map(Schema::new);
        let mut merged = match (resources.get(name), schema) {
            (Some(resource), _) => from_spec::resource(name, resource, &extract.definitions)?,
            (None, Some(schema)) => from_schema::resource(name, schema),
            (None, None) => continue,
        };
        if let Some(schema) = schema {
            if resources.contains_key(name) {
                complete::add(&mut merged, schema);
            }
            overlay::apply(&mut merged, schema);
            take_schema_facts(&mut merged, schema, !resources.contains_key(name));
        }
        assertions::take(&mut merged, &extract.extensions, schema);
        references::keep_known(&mut merged, &resources, &extract.schemas);
        types.insert(name.to_owned(), merged);
    }
    let regions = listed_regions(extract);
    mark_missing_regions(&mut types, extract, &regions);
    Ok(Model { types, regions })
}

/// What stands at the top of a registry schema.
fn take_schema_facts(merged: &mut ResourceType, schema: Schema<'_>, alone: bool) {
    merged.create_only = schema.paths("createOnlyProperties");
    merged.conditional_create_only = schema.paths("conditionalCreateOnlyProperties");
    merged.write_only = schema.paths("writeOnlyProperties");
    merged.read_only = schema.paths("readOnlyProperties");
    paths::mark(merged, &schema.paths("deprecatedProperties"), alone);
    tagging::complete(merged, schema);
    if merged.primary_identifier.is_empty() {
        merged.primary_identifier = schema.list("primaryIdentifier");
    }
    if merged.reference.is_empty() {
        merged.reference = merged.primary_identifier.clone();
    }
    merged.permissions = schema.permissions();
}

/// Regions whose list of types is its own; the isolated and sovereign partitions copy `us-east-1`.
fn listed_regions(extract: &Extract) -> Vec<String> {
    let model_region = extract.regions.get("us-east-1");
    extract
        .regions
        .iter()
        .filter(|(name, types)| {
            name.as_str() == "us-east-1" || (Some(*types) != model_region && name.as_str() != "sam")
        })
        .map(|(name, _)| name.clone())
        .collect()
}

fn mark_missing_regions(types: &mut BTreeMap<String, ResourceType>, extract: &Extract, regions: &[String]) {
    for (name, merged) in types.iter_mut() {
        // Types of a transform are expanded before CloudFormation sees them; types no region lists have no data.
        let known = regions.iter().any(|region| extract.regions[region].contains(name));
        if merged.transform.is_none() && known {
            merged.is_listed = true;
            merged.missing_regions =
                regions.iter().filter(|region| !extract.regions[*region].contains(name)).cloned().collect();
        }
    }
}
