//! The extract: exactly the part of the two sources that generation reads, in one compressed file.
//!
//! `fetch` writes it, everything else reads it; so generation and `--check` need no registry.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Failure;
use super::sources::Lock;

/// Documentation is cut to its first paragraph, and that to this many bytes.
const DOCUMENTATION_LIMIT: usize = 700;

/// Keys of the service specification that nothing here reads.
const UNUSED_SPEC_KEYS: [&str; 6] =
    ["previousTypes", "vendedLogs", "arnTemplate", "validations", "mustRenderForBwCompat", "scrutinizable"];

/// Keys of registry schemas that nothing here reads.
const UNUSED_LINT_KEYS: [&str; 9] = [
    "sourceUrl",
    "documentationUrl",
    "examples",
    "$comment",
    "$schema",
    "propertyTransform",
    "handlerSchema",
    "resourceLink",
    "typeConfiguration",
];

/// Those of the keys above whose value is an object.
const UNUSED_OBJECTS: [&str; 4] = ["propertyTransform", "handlerSchema", "resourceLink", "typeConfiguration"];

/// Both sources, trimmed.
#[derive(Serialize, Deserialize)]
pub(crate) struct Extract {
    /// Resource entities of the service specification.
    pub(crate) resources: Vec<Value>,
    /// Nested types of the service specification, by entity id.
    pub(crate) definitions: BTreeMap<String, Value>,
    /// Registry schemas, by type.
    pub(crate) schemas: BTreeMap<String, Value>,
    /// The types of each region.
    pub(crate) regions: BTreeMap<String, BTreeSet<String>>,
    /// Rules on top of the schemas.
    pub(crate) extensions: Vec<Extension>,
}

/// A schema that cfn-lint applies at some paths of some types.
#[derive(Serialize, Deserialize)]
pub(crate) struct Extension {
    /// The id of the cfn-lint rule, such as `E3638`.
    pub(crate) rule: String,
    /// Paths such as `Resources/AWS::DynamoDB::Table/Properties`.
    pub(crate) paths: Vec<String>,
    pub(crate) schema: Value,
}

impl Extract {
    /// Reads `schemas.json.gz`.
    pub(crate) fn read(home: &Path) -> Result<Self, Failure> {
        let mut text = String::new();
        GzDecoder::new(fs::File::open(home.join("schemas.json.gz"))?).read_to_string(&mut text)?;
        Ok(serde_json::from_str(&text)?)
    }

    /// Writes `schemas.json.gz`.
    pub(crate) fn write(&self, home: &Path) -> Result<u64, Failure> {
        let path = home.join("schemas.json.gz");
        let mut encoder = GzEncoder::new(fs::File::create(&path)?, Compression::best());
        encoder.write_all(serde_json::to_string(self)?.as_bytes())?;
        encoder.finish()?;
        Ok(fs::metadata(path)?.len())
    }

    /// Downloads both sources and takes what is needed out of them.
    pub(crate) fn fetch(lock: &Lock, folder: &Path) -> Result<Self, Failure> {
        let mut extract = Self {
            resources: vec![],
            definitions: BTreeMap::new(),
            schemas: BTreeMap::new(),
            regions: BTreeMap::new(),
            extensions: vec![],
        };
        for source in &lock.sources {
            let unpacked = source.fetch(&folder.join(&source.name))?;
            match source.name.as_str() {
                "cfn-lint" => extract.take_lint(&unpacked.join("cfnlint"))?,
                _ => extract.take_spec(&unpacked.join("package/db.json.gz"))?,
            }
        }
        Ok(extract)
    }

    fn take_spec(&mut self, path: &Path) -> Result<(), Failure> {
        let mut text = String::new();
        GzDecoder::new(fs::File::open(path)?).read_to_string(&mut text)?;
        let database: Value = serde_json::from_str(&text)?;
        let entities = |kind: &str| database["schema"][kind]["entities"].as_array().cloned().unwrap_or_default();
        for mut resource in entities("resource") {
            trim(&mut resource, &UNUSED_SPEC_KEYS, "documentation");
            self.resources.push(resource);
        }
        for mut definition in entities("typeDefinition") {
            let id = definition["$id"].as_str().unwrap_or_default().to_owned();
            trim(&mut definition, &UNUSED_SPEC_KEYS, "documentation");
            self.definitions.insert(id, definition);
        }
        Ok(())
    }

    fn take_lint(&mut self, package: &Path) -> Result<(), Failure> {
        let schemas = package.join("data/schemas");
        let mut files = BTreeMap::new();
        for entry in sorted(&schemas.join("providers"))? {
            let region = entry.trim_end_matches(".json").to_owned();
            let types: BTreeMap<String, String> = json(&schemas.join("providers").join(&entry))?;
            self.regions.insert(region, types.keys().cloned().collect());
            files.extend(types);
        }
        for (name, file) in files {
            let mut schema: Value = json(&schemas.join("resources").join(format!("{file}.json")))?;
            trim(&mut schema, &UNUSED_LINT_KEYS, "description");
            self.schemas.insert(name, schema);
        }
        self.take_rules(&package.join("rules/resources"), &schemas.join("extensions"))
    }

    /// The rules name the schema file they apply and where: a line-wise reading of their source is enough.
    fn take_rules(&mut self, rules: &Path, extensions: &Path) -> Result<(), Failure> {
        for entry in sorted(rules)? {
            let path = rules.join(entry);
            if path.is_dir() {
                self.take_rules(&path, extensions)?;
                continue;
            }
            if path.extension().is_none_or(|extension| extension != "py") {
                continue;
            }
            let source = fs::read_to_string(&path)?;
            let (Some(rule), Some(module), Some(file)) = (
                between(&source, "    id = \"", "\""),
                between(&source, "import cfnlint.data.schemas.extensions.", "\n"),
                between(&source, "filename=\"", "\""),
            ) else {
                continue;
            };
            let schema: Value = json(&extensions.join(module.trim()).join(file))?;
            // Lists of instance types by region change weekly and are megabytes: they are not rules about shape.
            if schema.get("us-east-1").is_some() || serde_json::to_string(&schema)?.len() > 40_000 {
                continue;
            }
            self.extensions.push(Extension { rule: rule.to_owned(), paths: quoted_paths(&source), schema });
        }
        self.extensions.sort_by(|a, b| a.rule.cmp(&b.rule));
        Ok(())
    }
}

fn sorted(folder: &Path) -> Result<Vec<String>, Failure> {
    let mut names: Vec<String> = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Ok(names)
}

fn json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Failure> {
    let text = fs::read_to_string(path).map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    Ok(serde_json::from_str(&text)?)
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let start = text.find(before)? + before.len();
    let length = text[start..].find(after)?;
    Some(&text[start..start + length])
}

fn quoted_paths(source: &str) -> Vec<String> {
    source
        .split('"')
        .filter(|part| part.starts_with("Resources/") && part.contains("::") && !part.contains('\n'))
        .map(str::to_owned)
        .collect()
}

/// Removes unused keys and cuts documentation, at every level.
fn trim(value: &mut Value, unused: &[&str], documentation: &str) {
    match value {
        Value::Object(map) => trim_map(map, unused, documentation),
        Value::Array(items) => items.iter_mut().for_each(|item| trim(item, unused, documentation)),
        _ => {}
    }
}

fn trim_map(map: &mut Map<String, Value>, unused: &[&str], documentation: &str) {
    // A property may itself be called `examples` or `validations`; then its value is a schema, that is an object.
    let is_property = |key: &str, value: &Value| value.is_object() && !UNUSED_OBJECTS.contains(&key);
    map.retain(|key, value| !unused.contains(&key.as_str()) || is_property(key, value));
    for (key, value) in map.iter_mut() {
        match value {
            Value::String(text) if key == documentation => *text = first_paragraph(text),
            other => trim(other, unused, documentation),
        }
    }
}

fn first_paragraph(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    let mut end = paragraph.len().min(DOCUMENTATION_LIMIT);
    while !paragraph.is_char_boundary(end) {
        end -= 1;
    }
    paragraph[..end].to_owned()
}
