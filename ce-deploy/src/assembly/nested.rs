//! Templates of nested stacks.
//!
//! What a nested stack deploys is what its `TemplateURL` names. `Metadata` may name a file too, but nobody deploys that:
//! a template that says one thing and deploys another must not be believed. So only the address counts.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::folder::Folder;
use super::stack_artifact::TEMPLATE_BYTES;
use super::{AssemblyError, Asset, AssetId, Destination, Packaging, Source, Stack};
use crate::template;

/// How deep stacks may be nested in one another.
const DEPTH: usize = 10;

/// Finds the templates of a stack's nested stacks among the files that are published.
pub(super) fn find(folder: &Folder, stack: &mut Stack, assets: &BTreeMap<AssetId, Asset>) -> Result<(), AssemblyError> {
    let mine: Vec<&Asset> = stack.assets.iter().filter_map(|id| assets.get(id)).collect();
    let mut found = BTreeMap::new();
    search(folder, &stack.template, "", &mine, 0, &mut found)?;
    stack.nested = found;
    Ok(())
}

fn search(
    folder: &Folder,
    template: &str,
    above: &str,
    assets: &[&Asset],
    depth: usize,
    found: &mut BTreeMap<String, Arc<str>>,
) -> Result<(), AssemblyError> {
    let Some(body) = template::value(template) else { return Ok(()) };
    for (id, resource) in body["Resources"].as_object().into_iter().flatten() {
        if resource["Type"] != "AWS::CloudFormation::Stack" || depth >= DEPTH {
            continue;
        }
        let mut address = String::new();
        literals(&resource["Properties"]["TemplateURL"], &mut address);
        let Some(path) = assets.iter().find_map(|asset| file_at(asset, &address)) else { continue };
        let text = folder.read_found(path, TEMPLATE_BYTES)?;
        let text: Arc<str> = String::from_utf8_lossy(&text).into();
        let name = if above.is_empty() { id.clone() } else { format!("{above}.{id}") };
        search(folder, &text, &name, assets, depth + 1, found)?;
        found.insert(name, text);
    }
    Ok(())
}

/// The file that lies at an address once it is published.
fn file_at<'a>(asset: &'a Asset, address: &str) -> Option<&'a std::path::Path> {
    let Destination::Bucket { key, .. } = &asset.destination else { return None };
    let Source::File { path, packaging: Packaging::File } = &asset.source else { return None };
    let before = address.strip_suffix(key.as_str())?;
    before.ends_with('/').then_some(path.as_path())
}

/// The literal parts of an address that is joined or substituted.
fn literals(value: &Value, text: &mut String) {
    match value {
        Value::String(part) => text.push_str(part),
        Value::Array(parts) => parts.iter().for_each(|part| literals(part, text)),
        Value::Object(map) => {
            if let Some(Value::Array(join)) = map.get("Fn::Join") {
                join.get(1).into_iter().for_each(|parts| literals(parts, text));
            }
            match map.get("Fn::Sub") {
                Some(Value::Array(sub)) => sub.first().into_iter().for_each(|part| literals(part, text)),
                Some(part) => literals(part, text),
                None => {}
            }
        }
        _ => {}
    }
}
