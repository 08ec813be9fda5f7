//! Files and images that a stack refers to.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::cloud::Target;

/// The id of an asset: the hash of its content that the manifest gives, and where it goes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct AssetId(String);

impl AssetId {
    /// An id.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AssetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file or an image, and one place it is published to.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its id.
    pub id: AssetId,
    /// What people call it.
    pub name: String,
    /// What it is.
    pub source: Source,
    /// Where it goes.
    pub destination: Destination,
    /// The SHA-256 of the file in hexadecimal; of a folder, that over the names and digests of all in it. Empty for what
    /// a program makes.
    pub digest: String,
    /// How many bytes it has, all files together.
    pub bytes: u64,
}

/// What an asset is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Source {
    /// A file or folder of the assembly.
    File {
        /// The file.
        path: PathBuf,
        /// How it is sent.
        packaging: Packaging,
    },
    /// An image to build.
    Docker(DockerImage),
    /// A program that makes the file or image and says on its output where it is. Only in an assembly that is trusted.
    Program {
        /// The folder it runs in.
        folder: PathBuf,
        /// The program and its arguments.
        command: Vec<String>,
    },
}

/// How a file is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Packaging {
    /// As it is.
    File,
    /// A folder, as a ZIP archive.
    Zip,
}

/// An image to build.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DockerImage {
    /// The folder with what it is built from.
    pub folder: PathBuf,
    /// The Dockerfile in it.
    pub file: Option<String>,
    /// The stage that is built.
    pub stage: Option<String>,
    /// Arguments of the build.
    pub arguments: Vec<(String, String)>,
    /// The platform, `linux/arm64`.
    pub platform: Option<String>,
    /// Further arguments of `docker build`, as the stock CLI gives them: caches, the network, secrets.
    pub flags: Vec<String>,
}

/// Where an asset goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Destination {
    /// A bucket.
    Bucket {
        /// Where the bucket is, and the role that writes to it.
        target: Target,
        /// The bucket.
        bucket: String,
        /// The key.
        key: String,
    },
    /// A repository of images.
    Repository {
        /// Where the repository is, and the role that pushes to it.
        target: Target,
        /// The repository.
        repository: String,
        /// The tag.
        tag: String,
    },
}
