//! A cloud assembly as a deployer needs it: stacks with their templates, what they need, and files to publish.
//!
//! The assembly may be ours (`ce.out`) or aws-cdk's (`cdk.out`); both have a `manifest.json`. It is not trusted.

mod asset;
mod stack;

pub use asset::{Asset, AssetId, Destination, DockerImage, Packaging, Source};
pub use stack::{Bootstrap, KeptParameter, Origin, Stack, StackId};

use std::path::PathBuf;

/// A cloud assembly, read and checked.
#[derive(Clone, Debug)]
pub struct Assembly {
    /// The folder it was read from.
    pub folder: PathBuf,
    /// The SHA-256 over all that a deployment takes from it, in hexadecimal.
    pub digest: String,
    /// The stacks, each after those it needs.
    pub stacks: Vec<Stack>,
    /// Files and images to publish, by id.
    pub assets: Vec<Asset>,
}

impl Assembly {
    /// The stack with this id.
    pub fn stack(&self, id: &StackId) -> Option<&Stack> {
        self.stacks.iter().find(|stack| stack.id == *id)
    }

    /// The asset with this id.
    pub fn asset(&self, id: &AssetId) -> Option<&Asset> {
        self.assets.iter().find(|asset| asset.id == *id)
    }
}
