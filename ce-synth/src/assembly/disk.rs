//! Writing an assembly to a folder, all or nothing.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Assembly;
use super::files::{self, File};

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
    /// permission leaves the earlier assembly as it was; then each takes its place, the manifest last. A file that is there
    /// already is not touched.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn write(&self, folder: impl AsRef<Path>) -> Result<Written, WriteError> {
        let folder = folder.as_ref();
        let mut files = files::all(self);
        fs::create_dir_all(folder).map_err(WriteError::at(folder))?;
        let staging = folder.join(format!(".writing-{}", std::process::id()));
        let changed: Vec<_> = files.iter().filter(|(name, content)| !is_there(&folder.join(name), content)).collect();
        let stale = stale(folder, &files, &changed);
        let result = stage(&staging, &changed).and_then(|()| place(folder, &staging, &changed));
        // Whatever is left of it is of no use to anybody; a failure to remove it changes nothing.
        fs::remove_dir_all(&staging).ok();
        result?;
        for file in stale {
            remove(folder, &file);
        }
        files.sort();
        let bytes = files.iter().map(|(_, content)| content.len() as u64).sum();
        Ok(Written { folder: folder.to_owned(), files: files.into_iter().map(|(name, _)| name).collect(), bytes })
    }
}

/// Whether a file holds this already. A link is replaced: what it leads to may change.
fn is_there(path: &Path, content: &str) -> bool {
    let size = |file: &fs::Metadata| file.is_file() && file.len() == content.len() as u64;
    fs::symlink_metadata(path).is_ok_and(|file| size(&file))
        && fs::read(path).is_ok_and(|held| held == content.as_bytes())
}

/// Files that an earlier assembly had and this one has not. They are named in two files; if these are the same as they
/// were, there are none.
fn stale(folder: &Path, files: &[File<'_>], changed: &[&File<'_>]) -> Vec<String> {
    if !changed.iter().any(|(name, _)| name == "manifest.json" || name == "ce.json") {
        return Vec::new();
    }
    let read = |name: &str| -> serde_json::Value {
        let text = fs::read_to_string(folder.join(name)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    };
    let (manifest, facts) = (read("manifest.json"), read("ce.json"));
    let artifacts = manifest["artifacts"].as_object().into_iter().flatten();
    let of_stacks = artifacts.flat_map(|(_, artifact)| {
        let properties = &artifact["properties"];
        [&properties["templateFile"], &properties["file"]].into_iter().filter_map(serde_json::Value::as_str)
    });
    let added = facts["files"].as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
    // A manifest is a file like any other: a name that leads out of the folder is none of ours.
    let of_stacks = of_stacks
        .filter(|name| !name.contains(['/', '\\']) && Path::new(name).extension().is_some_and(|kind| kind == "json"));
    let added = added.filter(|path| crate::rules::file_path::is_plain(path));
    let names = of_stacks.chain(added).filter(|name| files.iter().all(|(kept, _)| kept != name));
    names.map(str::to_owned).collect()
}

/// Removes a file, and the folders that it leaves empty. A link on the way leads elsewhere: what is there stays. So
/// does what cannot be removed; it is of no use to anybody.
fn remove(folder: &Path, file: &str) {
    let path = folder.join(file);
    let folders: Vec<&Path> = path.ancestors().skip(1).take_while(|above| *above != folder).collect();
    if folders.iter().any(|above| above.is_symlink()) {
        return;
    }
    fs::remove_file(&path).ok();
    for above in folders {
        fs::remove_dir(above).ok();
    }
}

fn stage(staging: &Path, files: &[&File<'_>]) -> Result<(), WriteError> {
    fs::create_dir_all(staging).map_err(WriteError::at(staging))?;
    for (name, content) in files {
        let path = staging.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(WriteError::at(parent))?;
        }
        fs::write(&path, content.as_bytes()).map_err(WriteError::at(&path))?;
    }
    Ok(())
}

fn place(folder: &Path, staging: &Path, files: &[&File<'_>]) -> Result<(), WriteError> {
    for (name, _) in files {
        let path = folder.join(name);
        // A folder in a file's place would stop half way: look before the first file moves.
        if path.is_dir() {
            return Err(WriteError { path, source: io::ErrorKind::IsADirectory.into() });
        }
        // Nor can a file stand in a folder's place.
        let mut above = path.ancestors().skip(1).take_while(|above| *above != folder);
        if let Some(file) = above.find(|above| above.is_file()) {
            return Err(WriteError { path: file.to_owned(), source: io::ErrorKind::NotADirectory.into() });
        }
    }
    for (name, _) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(WriteError::at(parent))?;
        }
        fs::rename(staging.join(name), &path).map_err(WriteError::at(&path))?;
    }
    Ok(())
}
