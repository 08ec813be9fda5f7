//! A cloud assembly on disk: `manifest.json`, the templates it names, and every other file beside them.
//!
//! ```no_run
//! let production = ce_verify::Assembly::read("cdk.out/prod")?;
//! # Ok::<(), ce_verify::AssemblyError>(())
//! ```
//!
//! [`Assembly::of_files`] takes the same from memory. Stages (`cdk:cloud-assembly`) and nested stacks (by their
//! `aws:asset:path`) are read too. The shape is that of the CDK, whoever wrote it; nothing here knows which tool did.
//!
//! It does not check the manifest's version, and it leaves assets that are not text alone.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use thiserror::Error;

use crate::template::json::Json;

/// Why a folder can't be read as a cloud assembly.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum AssemblyError {
    /// A file or folder can't be read.
    #[error("can't read `{path}`: {source}")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file is not JSON.
    #[error("`{path}` is not JSON: {source}")]
    Json {
        /// The file.
        path: PathBuf,
        /// What the parser says.
        source: serde_json::Error,
    },
    /// The manifest names no stack.
    #[error("`{path}` names no stack, help: give the folder that holds `manifest.json` and `*.template.json`")]
    Empty {
        /// The folder.
        path: PathBuf,
    },
    /// A stack lacks what is needed to place it.
    #[error("stack `{artifact}` of `{path}` has no `{field}`, help: write it as the CDK does")]
    Field {
        /// The manifest.
        path: PathBuf,
        /// The artifact's id.
        artifact: String,
        /// The field missing.
        field: &'static str,
    },
}

/// A template with the place it is for.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) name: String,
    pub(crate) account: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) tags: Vec<(String, String)>,
    pub(crate) parameters: Vec<(String, Json)>,
    /// Its file, by its path below the folder.
    file: String,
    pub(crate) body: Arc<Json>,
    /// For a nested stack: its parent's position and the logical id of its resource there.
    pub(crate) parent: Option<(usize, String)>,
}

/// All templates and texts of one synthesis.
#[derive(Clone, Debug, Default)]
pub struct Assembly {
    pub(crate) templates: Vec<Template>,
    /// Path below the folder, and text.
    pub(crate) files: Arc<BTreeMap<String, String>>,
}

/// The texts that an assembly is read from.
struct Source<'a> {
    /// Where they lie, for messages.
    folder: &'a Path,
    files: BTreeMap<String, String>,
    /// Another assembly, whose templates need not be read again where they are the same.
    like: Option<&'a Assembly>,
}

impl Source<'_> {
    fn assembly(self) -> Result<Assembly, AssemblyError> {
        let mut assembly = Assembly::default();
        assembly.read_manifest(&self, Path::new(""))?;
        if assembly.templates.is_empty() {
            return Err(AssemblyError::Empty { path: self.folder.to_owned() });
        }
        assembly.files = Arc::new(self.files);
        Ok(assembly)
    }

    fn text(&self, file: &Path) -> Result<&str, AssemblyError> {
        let missing = || AssemblyError::Read { path: self.folder.join(file), source: io::ErrorKind::NotFound.into() };
        self.files.get(&name(file)).map(String::as_str).ok_or_else(missing)
    }

    fn json(&self, file: &Path) -> Result<Json, AssemblyError> {
        let failed = |source| AssemblyError::Json { path: self.folder.join(file), source };
        Json::parse(self.text(file)?).map_err(failed)
    }

    fn template(&self, file: &Path) -> Result<Arc<Json>, AssemblyError> {
        match self.like.and_then(|other| other.body(&name(file), self.files.get(&name(file))?)) {
            Some(body) => Ok(body),
            None => self.json(file).map(Arc::new),
        }
    }
}

impl Assembly {
    /// Reads a folder.
    ///
    /// # Errors
    /// When a file is missing or is not JSON, or the manifest names no stack.
    pub fn read(folder: impl AsRef<Path>) -> Result<Self, AssemblyError> {
        let folder = folder.as_ref();
        Source { folder, files: text_files(folder)?, like: None }.assembly()
    }

    /// The same of files that are not on disk: each a path below the folder, with `/` between its parts, and a text.
    ///
    /// # Errors
    /// As [`Assembly::read`].
    pub fn of_files(files: impl IntoIterator<Item = (String, String)>) -> Result<Self, AssemblyError> {
        Source { folder: Path::new(""), files: files.into_iter().collect(), like: None }.assembly()
    }

    /// An assembly that is much like this one, as [`Assembly::of_files`] reads it: templates that are the same are held
    /// once.
    ///
    /// # Errors
    /// As [`Assembly::read`].
    pub fn like(&self, files: impl IntoIterator<Item = (String, String)>) -> Result<Self, AssemblyError> {
        Source { folder: Path::new(""), files: files.into_iter().collect(), like: Some(self) }.assembly()
    }

    /// The template in a file, if the file holds this text.
    fn body(&self, file: &str, text: &str) -> Option<Arc<Json>> {
        let same = self.files.get(file).is_some_and(|held| held == text);
        let template = self.templates.iter().find(|template| same && template.file == file)?;
        Some(Arc::clone(&template.body))
    }

    fn read_manifest(&mut self, source: &Source<'_>, inside: &Path) -> Result<(), AssemblyError> {
        let path = source.folder.join(inside).join("manifest.json");
        let manifest = source.json(&inside.join("manifest.json"))?;
        for (id, artifact) in manifest.get("artifacts").map(Json::members).unwrap_or_default() {
            let property = |name: &str| artifact.get("properties").and_then(|all| all.get(name));
            match artifact.get("type").and_then(Json::as_text) {
                Some("aws:cloudformation:stack") => {
                    let missing = |field| AssemblyError::Field { path: path.clone(), artifact: id.clone(), field };
                    let file = property("templateFile").and_then(Json::as_text);
                    let file = file.ok_or_else(|| missing("properties.templateFile"))?;
                    let place = artifact.get("environment").and_then(Json::as_text);
                    let (account, region) = environment(place.ok_or_else(|| missing("environment"))?);
                    let stack_name = property("stackName").and_then(Json::as_text).unwrap_or(id);
                    let file = inside.join(file);
                    self.templates.push(Template {
                        name: stack_name.to_owned(),
                        account,
                        region,
                        tags: tags(property("tags")),
                        parameters: property("parameters").map(Json::members).unwrap_or_default().to_vec(),
                        body: source.template(&file)?,
                        file: name(&file),
                        parent: None,
                    });
                    self.read_nested(source, inside, self.templates.len() - 1)?;
                }
                Some("cdk:cloud-assembly") => {
                    if let Some(inner) = property("directoryName").and_then(Json::as_text) {
                        self.read_manifest(source, &inside.join(inner))?;
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn read_nested(&mut self, source: &Source<'_>, inside: &Path, parent: usize) -> Result<(), AssemblyError> {
        let outer = self.templates[parent].clone();
        for (id, resource) in outer.body.get("Resources").map(Json::members).unwrap_or_default() {
            let asset = resource.get("Metadata").and_then(|metadata| metadata.get("aws:asset:path"));
            let (Some("AWS::CloudFormation::Stack"), Some(file)) =
                (resource.get("Type").and_then(Json::as_text), asset.and_then(Json::as_text))
            else {
                continue;
            };
            let file = inside.join(file);
            self.templates.push(Template {
                name: format!("{}-{id}", outer.name),
                parameters: Vec::new(),
                body: source.template(&file)?,
                file: name(&file),
                parent: Some((parent, id.clone())),
                ..outer.clone()
            });
            self.read_nested(source, inside, self.templates.len() - 1)?;
        }
        Ok(())
    }
}

/// Account and Region of `aws://account/region`; a Region not yet known is none.
fn environment(place: &str) -> (Option<String>, Option<String>) {
    let mut parts = place.trim_start_matches("aws://").splitn(2, '/');
    let mut part = |unknown: &str| parts.next().filter(|text| !text.is_empty() && *text != unknown).map(str::to_owned);
    (part("unknown-account"), part("unknown-region"))
}

fn tags(written: Option<&Json>) -> Vec<(String, String)> {
    let text = |value: &Json| value.as_text().map_or_else(|| value.to_string(), str::to_owned);
    match written {
        Some(Json::Table(members)) => members.iter().map(|(key, value)| (key.clone(), text(value))).collect(),
        Some(Json::List(pairs)) => {
            pairs.iter().filter_map(|pair| Some((text(pair.get("Key")?), text(pair.get("Value")?)))).collect()
        }
        _ => Vec::new(),
    }
}

/// A path with `/` between its parts, whatever the system writes.
fn name(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// Every text file below a folder, by name.
fn text_files(folder: &Path) -> Result<BTreeMap<String, String>, AssemblyError> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        let failed = |source| AssemblyError::Read { path: path.clone(), source };
        for entry in fs::read_dir(&path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let inner = entry.path();
            if entry.file_type().map_err(failed)?.is_dir() {
                open.push(inner);
            } else if let Ok(text) = String::from_utf8(fs::read(&inner).map_err(failed)?) {
                found.insert(name(inner.strip_prefix(folder).unwrap_or(&inner)), text);
            }
        }
    }
    Ok(found)
}
