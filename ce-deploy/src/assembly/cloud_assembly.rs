//! The assembly as a whole.

use std::path::{Path, PathBuf};

use super::{AssemblyError, Asset, AssetId, Reading, Stack, StackId};

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
    /// Reads an assembly whose stacks all say where they belong, and runs no program of it.
    ///
    /// # Errors
    /// If it is not whole, or asks for what an assembly must not; see [`AssemblyError`].
    pub fn read(folder: impl AsRef<Path>) -> Result<Self, AssemblyError> {
        Reading::new().read(folder)
    }

    /// The stack with this id.
    pub fn stack(&self, id: &StackId) -> Option<&Stack> {
        self.stacks.iter().find(|stack| stack.id == *id)
    }

    /// The asset with this id.
    pub fn asset(&self, id: &AssetId) -> Option<&Asset> {
        self.assets.iter().find(|asset| asset.id == *id)
    }
}
