//! What a manifest says about the constructs of a stack.

use std::collections::BTreeMap;
use std::io::ErrorKind;

use serde_json::Value;

use super::artifacts::MANIFEST_BYTES;
use super::folder::Folder;
use super::{AssemblyError, Origin, Reading, Stack};
use crate::json::{Fields, Misshapen};

/// Reads the metadata of a stack's artifact, in the manifest or in a file beside it.
///
/// # Errors
/// If the app reported an error, or an asset is published the old way.
pub(super) fn read(
    reading: &Reading,
    folder: &Folder,
    artifact: &Fields<'_>,
    template: &Value,
    stack: &mut Stack,
) -> Result<(), AssemblyError> {
    const FILE: &str = "manifest.json";
    let mut blocked = Vec::new();
    let inline = artifact.entries("metadata").map_err(AssemblyError::shape(FILE))?;
    take(stack, inline, &mut blocked).map_err(AssemblyError::shape(FILE))?;
    if let Some(file) = artifact.text("additionalMetadataFile").map_err(AssemblyError::shape(FILE))? {
        let json = match folder.json(file, MANIFEST_BYTES) {
            Err(AssemblyError::File { source, .. })
                if reading.without_files && source.kind() == ErrorKind::NotFound =>
            {
                Value::Null
            }
            read => read?,
        };
        let entries = json.as_object().into_iter().flatten().map(|(path, entries)| (path.as_str(), entries));
        take(stack, entries.collect(), &mut blocked).map_err(AssemblyError::shape(file))?;
    }
    if !blocked.is_empty() && !reading.listing {
        return Err(AssemblyError::Blocked { messages: blocked });
    }
    paths_of_template(template, stack);
    if reading.listing { Ok(()) } else { refuse_legacy_assets(artifact, stack) }
}

fn take(stack: &mut Stack, all: Vec<(&str, &Value)>, blocked: &mut Vec<String>) -> Result<(), Misshapen> {
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    let mut made: Vec<(String, &str)> = Vec::new();
    for (path, entries) in all {
        let list = entries.as_array();
        let list = list.ok_or_else(|| Misshapen { at: format!("metadata.{path}"), expected: "a list" })?;
        for entry in list {
            let entry = Fields::of(format!("metadata.{path}"), entry)?;
            let path = path.trim_start_matches('/');
            match entry.required_text("type")? {
                "aws:cdk:logicalId" => {
                    made.push((path.to_owned(), entry.required_text("data")?));
                    lines.extend(line_of(&entry, "trace").map(|line| (path.to_owned(), line)));
                }
                "aws:cdk:creationStack" => lines.extend(line_of(&entry, "data").map(|line| (path.to_owned(), line))),
                "aws:cdk:error" => {
                    let data = entry.value("data");
                    let message = data.map(|data| data.as_str().map_or_else(|| data.to_string(), Into::into));
                    blocked.push(format!("{path}: {}", message.unwrap_or_default()));
                }
                _ => {}
            }
        }
    }
    for (path, id) in made {
        let origin = stack.origins.entry(id.to_owned()).or_default();
        origin.source = origin.source.take().or_else(|| nearest(&lines, &path));
        origin.path = path;
    }
    Ok(())
}

/// The line of a construct, or of the nearest around it that has one.
fn nearest(lines: &BTreeMap<String, String>, path: &str) -> Option<String> {
    let mut here = Some(path);
    while let Some(path) = here {
        if let Some(line) = lines.get(path) {
            return Some(line.clone());
        }
        here = path.rsplit_once('/').map(|(above, _)| above);
    }
    None
}

/// The first line of a trace that is not of a library: `new Shop (lib/shop.ts:12:5)`.
fn line_of(entry: &Fields<'_>, field: &str) -> Option<String> {
    let trace = entry.texts(field).ok()?;
    let is_own = |line: &&str| line.contains(':') && !line.contains("node_modules") && !line.contains("node:");
    let line = trace.into_iter().find(is_own)?;
    let inside = line.rsplit_once('(').map_or(line, |(_, inside)| inside);
    Some(inside.trim_end_matches(')').trim().to_owned())
}

/// A template may name the construct of each resource itself.
fn paths_of_template(template: &Value, stack: &mut Stack) {
    for (id, resource) in template["Resources"].as_object().into_iter().flatten() {
        let Some(path) = resource["Metadata"]["aws:cdk:path"].as_str() else { continue };
        stack.origins.entry(id.clone()).or_insert_with(|| Origin { path: path.to_owned(), source: None });
    }
}

/// An asset that is described in a stack's metadata goes to a bucket named by parameters, which was the way of
/// bootstrap version 1.
fn refuse_legacy_assets(artifact: &Fields<'_>, stack: &Stack) -> Result<(), AssemblyError> {
    let entries = artifact.entries("metadata").map_err(AssemblyError::shape("manifest.json"))?;
    let legacy = |entry: &Value| entry["type"] == "aws:cdk:asset";
    if entries.iter().any(|(_, list)| list.as_array().into_iter().flatten().any(legacy)) {
        let reason = "publishes assets the way of the first bootstrap (`aws:cdk:asset`), which is not supported; help: \
                      use the default stack synthesizer (`@aws-cdk/core:newStyleStackSynthesis`)";
        return Err(AssemblyError::Unsupported { what: stack.id.to_string(), reason });
    }
    Ok(())
}
