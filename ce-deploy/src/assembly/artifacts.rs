//! The artifacts of a manifest, and those of the assemblies nested in it.
//!
//! Source: the cloud assembly schema of aws-cdk, `@aws-cdk/cloud-assembly-schema`.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use super::folder::Folder;
use super::{AssemblyError, Asset, AssetId, Reading, Stack, StackId, asset_manifest, stack_artifact};
use crate::json::{Fields, Misshapen};

/// The newest major version of the schema that is known here. Source: aws-cdk 2.1148.1.
const KNOWN: u32 = 55;

/// How deep assemblies may be nested; aws-cdk makes one level for each stage in a stage.
const DEPTH: usize = 10;

/// The largest manifest that is read, in bytes: 500 stacks of 500 resources with a line of metadata each.
pub(super) const MANIFEST_BYTES: u64 = 64 << 20;

/// What was read so far, of all assemblies.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) stacks: Vec<Stack>,
    /// For each stack, the positions of those that come first.
    pub(super) needs: Vec<BTreeSet<usize>>,
    pub(super) assets: BTreeMap<AssetId, Asset>,
}

/// An artifact: what it depends on, and the stacks that it stands for.
struct Artifact<'a> {
    fields: Fields<'a>,
    kind: &'a str,
    dependencies: Vec<&'a str>,
    stacks: Vec<usize>,
}

type Artifacts<'a> = BTreeMap<&'a str, Artifact<'a>>;

/// Reads the assembly in a folder; gives the positions of its stacks, nested ones with them.
pub(super) fn gather(
    reading: &Reading,
    folder: &Folder,
    depth: usize,
    into: &mut Gathered,
) -> Result<Vec<usize>, AssemblyError> {
    const FILE: &str = "manifest.json";
    if depth > DEPTH {
        return Err(AssemblyError::Unsupported { what: FILE.into(), reason: "is nested too deep" });
    }
    let json = folder.json(FILE, MANIFEST_BYTES)?;
    let shape = AssemblyError::shape(FILE);
    let manifest = Fields::of("", &json).map_err(&shape)?;
    check_version(FILE, manifest.required_text("version").map_err(&shape)?)?;
    if !reading.listing {
        check_context(&manifest)?;
    }
    let mut artifacts = index(&manifest).map_err(&shape)?;
    let facts = Facts::read(folder)?;
    let ids: Vec<&str> = artifacts.keys().copied().collect();
    for id in ids {
        let stacks = match artifacts[id].kind {
            "aws:cloudformation:stack" => {
                let files = asset_files(&artifacts, id)?;
                vec![stack(reading, folder, id, &artifacts[id].fields, (&facts, &files), into)?]
            }
            "cdk:cloud-assembly" => {
                let inside = folder.folder(directory(&artifacts[id].fields).map_err(&shape)?)?;
                gather(reading, &inside, depth + 1, into)?
            }
            // What is not known is of no matter to a deployment, now or later.
            _ => Vec::new(),
        };
        if let Some(artifact) = artifacts.get_mut(id) {
            artifact.stacks = stacks;
        }
    }
    connect(&artifacts, &facts, into)?;
    Ok(artifacts.into_values().flat_map(|artifact| artifact.stacks).collect())
}

/// The folder of a stage.
fn directory<'m>(stage: &Fields<'m>) -> Result<&'m str, Misshapen> {
    let properties = stage.object("properties")?.ok_or_else(|| stage.wrong("properties", "an object"))?;
    properties.required_text("directoryName")
}

pub(super) fn check_version(file: &str, version: &str) -> Result<(), AssemblyError> {
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major <= KNOWN => Ok(()),
        _ => {
            Err(AssemblyError::Version { file: file.into(), version: version.escape_debug().to_string(), known: KNOWN })
        }
    }
}

fn check_context(manifest: &Fields<'_>) -> Result<(), AssemblyError> {
    let missing = manifest.list("missing").map_err(AssemblyError::shape("manifest.json"))?;
    if missing.is_empty() {
        return Ok(());
    }
    let key = |item: &serde_json::Value| item["key"].as_str().unwrap_or("unnamed").escape_debug().to_string();
    Err(AssemblyError::MissingContext { keys: missing.iter().map(key).collect() })
}

fn index<'a>(manifest: &Fields<'a>) -> Result<Artifacts<'a>, Misshapen> {
    let read = |(id, fields): (&'a str, Fields<'a>)| {
        let kind = fields.required_text("type")?;
        let dependencies = fields.texts("dependencies")?;
        Ok((id, Artifact { fields, kind, dependencies, stacks: Vec::new() }))
    };
    manifest.objects("artifacts")?.into_iter().map(read).collect()
}

/// The asset manifests that an artifact depends on, and the bootstrap each needs.
fn asset_files<'a>(artifacts: &Artifacts<'a>, id: &str) -> Result<Vec<Fields<'a>>, AssemblyError> {
    let mut files = Vec::new();
    for dependency in &artifacts[id].dependencies {
        let Some(artifact) = artifacts.get(dependency) else {
            return Err(AssemblyError::Dangling { from: id.into(), on: (*dependency).into() });
        };
        if artifact.kind == "cdk:asset-manifest" {
            files.extend(artifact.fields.object("properties").map_err(AssemblyError::shape("manifest.json"))?);
        }
    }
    Ok(files)
}

fn stack(
    reading: &Reading,
    folder: &Folder,
    id: &str,
    fields: &Fields<'_>,
    (facts, files): (&Facts, &[Fields<'_>]),
    into: &mut Gathered,
) -> Result<usize, AssemblyError> {
    let mut stack = stack_artifact::read(reading, folder, id, fields)?;
    facts.add_to(id, &mut stack);
    for properties in files {
        stack_artifact::require_bootstrap(&mut stack, properties)?;
        let file = properties.required_text("file").map_err(AssemblyError::shape("manifest.json"))?;
        for asset in asset_manifest::read(reading, folder, file, &stack.place)? {
            asset_manifest::take(asset, &mut stack, &mut into.assets)?;
        }
    }
    stack.assets.sort();
    stack.assets.dedup();
    super::nested::find(folder, &mut stack, &into.assets)?;
    into.stacks.push(stack);
    into.needs.push(BTreeSet::new());
    Ok(into.stacks.len() - 1)
}

/// Makes dependencies between artifacts dependencies between stacks.
fn connect(artifacts: &Artifacts<'_>, facts: &Facts, into: &mut Gathered) -> Result<(), AssemblyError> {
    for (id, artifact) in artifacts {
        let mut seen = BTreeSet::new();
        let mut open: Vec<&str> = artifact.dependencies.clone();
        while let Some(dependency) = open.pop() {
            let Some(on) = artifacts.get(dependency) else {
                return Err(AssemblyError::Dangling { from: (*id).into(), on: dependency.into() });
            };
            if !seen.insert(dependency) {
                continue;
            }
            for stack in &artifact.stacks {
                into.needs[*stack].extend(&on.stacks);
            }
            // What stands for no stack passes on what it waits for.
            if on.stacks.is_empty() {
                open.extend(&on.dependencies);
            }
        }
        for stack in &artifact.stacks {
            name_kept(artifacts, facts, id, *stack, into)?;
        }
    }
    Ok(())
}

/// Facts name a stack by its artifact; a deployment names it as people do.
fn name_kept(
    artifacts: &Artifacts<'_>,
    facts: &Facts,
    id: &str,
    stack: usize,
    into: &mut Gathered,
) -> Result<(), AssemblyError> {
    let names: Vec<StackId> = into.stacks.iter().map(|stack| stack.id.clone()).collect();
    if !facts.has(id) || artifacts[id].kind != "aws:cloudformation:stack" {
        return Ok(());
    }
    for kept in &mut into.stacks[stack].kept {
        let on = artifacts.get(kept.stack.as_str()).and_then(|artifact| artifact.stacks.first());
        let Some(on) = on else {
            return Err(AssemblyError::Dangling { from: id.into(), on: kept.stack.to_string() });
        };
        kept.stack = names[*on].clone();
    }
    Ok(())
}
