//! Files of an assembly, and nothing beside them.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use super::AssemblyError;
use crate::json;

/// A folder that no path leads out of: neither by `..`, nor by being absolute, nor by a link.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    /// Where the outermost assembly is, without links.
    root: PathBuf,
    /// Where this one is.
    here: PathBuf,
}

impl Folder {
    /// # Errors
    /// If there is none.
    pub(super) fn open(path: &Path) -> Result<Self, AssemblyError> {
        let root = path.canonicalize().map_err(|source| AssemblyError::File { path: path.to_owned(), source })?;
        Ok(Self { here: root.clone(), root })
    }

    /// A folder inside.
    pub(super) fn folder(&self, path: &str) -> Result<Self, AssemblyError> {
        let here = self.find(path)?;
        if here.is_dir() { Ok(Self { root: self.root.clone(), here }) } else { Err(outside_kind(path)) }
    }

    /// Where a path of a manifest leads, without links; it exists, is a file or a folder, and is inside. An assembly that
    /// is nested may name what lies in the outer one (`../asset.1234`), as aws-cdk does.
    pub(super) fn find(&self, path: &str) -> Result<PathBuf, AssemblyError> {
        let outside = || AssemblyError::Outside { path: path.to_owned() };
        if path.is_empty() || path.contains(['\0', '\\', ':']) {
            return Err(outside());
        }
        let mut full = self.here.clone();
        for part in Path::new(path).components() {
            match part {
                Component::Normal(name) => full.push(name),
                Component::CurDir => {}
                Component::ParentDir if full != self.root && full.pop() => {}
                _ => return Err(outside()),
            }
        }
        self.confine(&full, path)
    }

    /// The same for a path found by walking, whose links are followed as long as they stay inside.
    pub(super) fn confine(&self, full: &Path, written: &str) -> Result<PathBuf, AssemblyError> {
        let real = full.canonicalize().map_err(|source| AssemblyError::File { path: full.to_owned(), source })?;
        if !real.starts_with(&self.root) {
            return Err(AssemblyError::Outside { path: written.to_owned() });
        }
        let kind = fs::metadata(&real).map_err(|source| AssemblyError::File { path: real.clone(), source })?;
        if kind.is_file() || kind.is_dir() { Ok(real) } else { Err(outside_kind(written)) }
    }

    /// The path as it is seen from the outermost folder, with `/`; the same on every machine.
    pub(super) fn name_of(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    }

    /// The bytes of a file that was found inside.
    pub(super) fn read_found(&self, path: &Path, limit: u64) -> Result<Vec<u8>, AssemblyError> {
        Self { root: self.root.clone(), here: self.root.clone() }.read(&self.name_of(path), limit)
    }

    pub(super) fn exists(&self, path: &str) -> bool {
        self.here.join(path).symlink_metadata().is_ok()
    }

    /// The bytes of a file of at most so many.
    pub(super) fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, AssemblyError> {
        let full = self.find(path)?;
        let failed = |source| AssemblyError::File { path: full.clone(), source };
        if full.is_dir() {
            return Err(failed(std::io::ErrorKind::IsADirectory.into()));
        }
        let mut bytes = Vec::new();
        let file = File::open(&full).map_err(failed)?;
        // One byte more than allowed tells a file that grew since it was looked at.
        file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > limit {
            let bytes = fs::metadata(&full).map_or(limit + 1, |data| data.len());
            return Err(AssemblyError::TooLarge { path: path.to_owned(), bytes, limit });
        }
        Ok(bytes)
    }

    /// A file of JSON.
    pub(super) fn json(&self, path: &str, limit: u64) -> Result<Value, AssemblyError> {
        let bytes = self.read(path, limit)?;
        json::parse(&bytes).map_err(|source| AssemblyError::Json { file: path.to_owned(), source })
    }
}

fn outside_kind(path: &str) -> AssemblyError {
    AssemblyError::Special { path: path.to_owned() }
}
