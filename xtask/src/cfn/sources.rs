//! Where the schemas come from: two packages, pinned by version and SHA-256.
//!
//! Packages are fetched by name through the ordinary client of their registry
//! (`pip download`, `npm pack`) into a temporary folder and refused when the bytes differ from the pin.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::Failure;

/// `xtask/cfn/sources.lock.json`.
#[derive(Deserialize)]
pub(crate) struct Lock {
    pub(crate) sources: Vec<Source>,
}

/// One pinned package.
#[derive(Deserialize)]
pub(crate) struct Source {
    pub(crate) name: String,
    pub(crate) registry: String,
    pub(crate) package: String,
    pub(crate) version: String,
    pub(crate) sha256: String,
    pub(crate) licence: String,
    pub(crate) gives: String,
}

impl Lock {
    pub(crate) fn read(home: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(home.join("sources.lock.json"))?;
        Ok(serde_json::from_str(&text)?)
    }

    /// The version of a source, for the header of generated files.
    pub(crate) fn version(&self, name: &str) -> &str {
        self.sources.iter().find(|source| source.name == name).map_or("unknown", |source| &source.version)
    }

    /// One line a source: what it is, where it comes from and what is taken from it.
    pub(crate) fn describe(&self) -> String {
        let line = |source: &Source| {
            format!(
                "  {} {} ({}: {}, {}, sha256 {}): {}\n",
                source.name,
                source.version,
                source.registry,
                source.package,
                source.licence,
                source.sha256,
                source.gives
            )
        };
        self.sources.iter().map(line).collect()
    }
}

impl Source {
    /// Downloads the package into `folder`, checks its digest and unpacks it; returns the unpacked folder.
    pub(crate) fn fetch(&self, folder: &Path) -> Result<PathBuf, Failure> {
        fs::create_dir_all(folder)?;
        let archive = self.download(folder)?;
        let found = digest(&fs::read(&archive)?);
        if found != self.sha256 {
            return Err(Failure::new(format!(
                "`{}` {} has SHA-256 {found}, pinned is {}",
                self.package, self.version, self.sha256
            )));
        }
        let unpacked = folder.join("unpacked");
        fs::create_dir_all(&unpacked)?;
        if self.registry == "pypi" {
            run(Command::new("python3").args(["-m", "zipfile", "-e"]).arg(&archive).arg(&unpacked))?;
        } else {
            run(Command::new("tar").arg("-xzf").arg(&archive).arg("-C").arg(&unpacked))?;
        }
        Ok(unpacked)
    }

    fn download(&self, folder: &Path) -> Result<PathBuf, Failure> {
        if self.registry == "pypi" {
            let pin = format!("{}=={}", self.package, self.version);
            run(Command::new("pip").args(["download", "--quiet", "--no-deps", "--dest"]).arg(folder).arg(pin))?;
        } else {
            let pin = format!("{}@{}", self.package, self.version);
            run(Command::new("npm").args(["pack", "--silent", "--pack-destination"]).arg(folder).arg(pin))?;
        }
        let mut archives: Vec<PathBuf> = fs::read_dir(folder)?
            .filter_map(Result::ok)
            .map(|entry| entry.path())
            .filter(|path| path.is_file())
            .collect();
        archives.sort();
        archives.pop().ok_or_else(|| Failure::new(format!("the client of {} left no archive", self.registry)))
    }
}

fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("{command:?} ended with {status}"))) }
}

fn digest(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
