//! Writing an assembly to a folder, all or nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Assembly, files};

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The folder.
    pub folder: PathBuf,
    /// The names of the files in it, sorted.
    pub files: Vec<String>,
    /// Their size in bytes, together.
    pub bytes: u64,
}

/// Why an assembly could not be written. The folder holds what it held before.
#[derive(Debug, thiserror::Error)]
#[error("cannot write `{}`", path.display())]
pub struct WriteError {
    path: PathBuf,
    source: io::Error,
}

impl WriteError {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |source| Self { path, source }
    }

    /// The file or folder that could not be written.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Assembly {
    /// Writes the assembly to a folder, which is made if it is not there. Files of an earlier assembly that are no
    /// longer part of it are removed; files of others are left alone.
    ///
    /// Every file is first written whole to a folder beside the final places, so that a full disk or a missing
    /// permission leaves the earlier assembly as it was; then each takes its place, the manifest last.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<Written, WriteError> {
        let folder = folder.as_ref();
        let mut files = files::all(self);
        fs::create_dir_all(folder).map_err(WriteError::at(folder))?;
        let stale = stale(folder, &files);
        let staging = folder.join(format!(".writing-{}", std::process::id()));
        let result = stage(&staging, &files).and_then(|()| place(folder, &staging, &files));
        // Whatever is left of it is of no use to anybody; a failure to remove it changes nothing.
        fs::remove_dir_all(&staging).ok();
        result?;
        for file in stale {
            fs::remove_file(folder.join(file)).ok();
        }
        files.sort();
        let bytes = files.iter().map(|(_, content)| content.len() as u64).sum();
        Ok(Written { folder: folder.to_owned(), files: files.into_iter().map(|(name, _)| name).collect(), bytes })
    }
}

/// Template and asset files that an earlier manifest names and this assembly has not.
fn stale(folder: &Path, files: &[(String, String)]) -> Vec<String> {
    let Ok(text) = fs::read_to_string(folder.join("manifest.json")) else { return Vec::new() };
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let artifacts = manifest["artifacts"].as_object().into_iter().flatten();
    let names = artifacts.flat_map(|(_, artifact)| {
        let properties = &artifact["properties"];
        [&properties["templateFile"], &properties["file"]].into_iter().filter_map(|name| name.as_str().map(str::to_owned))
    });
    // A manifest is a file like any other: a name that leads out of the folder is none of ours.
    let plain = |name: &String| !name.contains(['/', '\\']) && name.ends_with(".json");
    names.filter(plain).filter(|name| files.iter().all(|(kept, _)| kept != name)).collect()
}

fn stage(staging: &Path, files: &[(String, String)]) -> Result<(), WriteError> {
    fs::create_dir_all(staging).map_err(WriteError::at(staging))?;
    for (name, content) in files {
        let path = staging.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(WriteError::at(parent))?;
        }
        fs::write(&path, content).map_err(WriteError::at(&path))?;
    }
    Ok(())
}

fn place(folder: &Path, staging: &Path, files: &[(String, String)]) -> Result<(), WriteError> {
    for (name, _) in files {
        let path = folder.join(name);
        // A folder in a file's place would stop half way: look before the first file moves.
        if path.is_dir() {
            return Err(WriteError { path, source: io::ErrorKind::IsADirectory.into() });
        }
    }
    for (name, _) in files {
        let path = folder.join(name);
        fs::rename(staging.join(name), &path).map_err(WriteError::at(&path))?;
    }
    Ok(())
}
