//! Files of the repository and of the assemblies, as facts look at them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use crate::facts::evidence::Location;
use crate::template::app::App;
use crate::template::json::Json;
use crate::template::value::Value;
use crate::template::yaml;

/// What is found at a location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    Missing,
    /// A folder, or something in one that fits a name with `*`.
    Folder,
    File(String),
}

/// Everything that files are looked for in.
pub(crate) struct Files<'a> {
    repository: Option<&'a Path>,
    apps: &'a BTreeMap<(String, Option<String>), App>,
    documents: Mutex<BTreeMap<Location, Result<Arc<Value>, String>>>,
}

impl<'a> Files<'a> {
    pub(crate) fn new(repository: Option<&'a Path>, apps: &'a BTreeMap<(String, Option<String>), App>) -> Self {
        Self { repository, apps, documents: Mutex::default() }
    }

    /// What is there; the reason, when nobody said where to look.
    pub(crate) fn entry(&self, location: &Location) -> Result<Entry, String> {
        match location {
            Location::Repository(file) => {
                let root = self.repository.ok_or("no repository is given")?;
                Ok(of_repository(root, file))
            }
            Location::Assembly { environment, file } => {
                let app = self.apps.get(&(environment.clone(), None));
                let app = app.ok_or_else(|| format!("no assembly of `{environment}`"))?;
                Ok(of_assembly(&app.files, file))
            }
        }
    }

    /// The tables and lists that a file holds, by the kind its ending says; the reason, when it can't be read.
    pub(crate) fn document(&self, location: &Location, text: &str) -> Result<Arc<Value>, String> {
        let mut documents = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        documents.entry(location.clone()).or_insert_with(|| read(location.file(), text)).clone()
    }
}

impl Location {
    /// The path below its root.
    pub(crate) fn file(&self) -> &str {
        match self {
            Self::Repository(file) | Self::Assembly { file, .. } => file,
        }
    }
}

fn read(file: &str, text: &str) -> Result<Arc<Value>, String> {
    let fail = |kind: &str, error: &dyn std::fmt::Display| format!("`{file}` is not {kind}: {error}");
    let json = match Path::new(file).extension().and_then(|ending| ending.to_str()) {
        Some("yml" | "yaml") => yaml::parse(text).map_err(|error| fail("YAML", &error))?,
        Some("json") => Json::parse(text).map_err(|error| fail("JSON", &error))?,
        Some("toml") => {
            let table: toml::Table = text.parse().map_err(|error| fail("TOML", &error))?;
            Json::from(&toml::Value::Table(table))
        }
        _ => return Err(format!("`{file}` holds no tables, help: leave out `path` to look at its text")),
    };
    Ok(Arc::new(Value::from(&json)))
}

fn of_repository(root: &Path, file: &str) -> Entry {
    let (folder, name) = split(file);
    if name.contains('*') {
        let mut names = fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
        let fits = names.any(|entry| entry.file_name().to_str().is_some_and(|found| covers(name, found)));
        return if fits { Entry::Folder } else { Entry::Missing };
    }
    let path = root.join(file);
    match fs::read_to_string(&path) {
        Ok(text) => Entry::File(text),
        Err(_) if path.exists() => Entry::Folder,
        Err(_) => Entry::Missing,
    }
}

fn of_assembly(files: &BTreeMap<String, String>, file: &str) -> Entry {
    if let Some(text) = files.get(file) {
        return Entry::File(text.clone());
    }
    let (folder, name) = split(file);
    let inside = |path: &str| file.is_empty() || path.strip_prefix(file).is_some_and(|rest| rest.starts_with('/'));
    let fits = |path: &str| {
        let (found, last) = split(path);
        name.contains('*') && found == folder && covers(name, last)
    };
    if files.keys().any(|path| inside(path) || fits(path)) { Entry::Folder } else { Entry::Missing }
}

fn split(file: &str) -> (&str, &str) {
    file.rsplit_once('/').unwrap_or(("", file))
}

/// True when a name with one `*` covers another name.
fn covers(pattern: &str, name: &str) -> bool {
    let (before, after) = pattern.split_once('*').unwrap_or((pattern, ""));
    name.len() >= before.len() + after.len() && name.starts_with(before) && name.ends_with(after)
}
