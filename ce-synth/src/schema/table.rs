//! The table: an index of types over blobs that are decoded on first use.

use std::sync::OnceLock;

use super::TypeSchema;
use super::decode::{self, Index};

/// The schema of every resource type; a `static` of `ce-cfn`.
pub struct Schemas {
    bytes: &'static [u8],
    opened: OnceLock<Opened>,
}

struct Opened {
    index: Index,
    // Boxed: most types are never asked for.
    types: Box<[OnceLock<Option<Box<TypeSchema>>>]>,
}

impl Schemas {
    /// The table in these bytes, written by `cargo xtask cfn`. Nothing is read yet.
    ///
    /// Bytes of another format make an empty table.
    pub const fn new(bytes: &'static [u8]) -> Self {
        Self { bytes, opened: OnceLock::new() }
    }

    /// The schema of a type.
    pub fn find(&'static self, name: &str) -> Option<&'static TypeSchema> {
        let opened = self.opened();
        let at = opened.index.find(name)?;
        opened.types[at].get_or_init(|| decode::type_schema(&opened.index, at).map(Box::new)).as_deref()
    }

    /// The names of all types, sorted.
    pub fn names(&'static self) -> impl ExactSizeIterator<Item = &'static str> {
        let index = &self.opened().index;
        (0..index.len()).map(|at| index.name(at))
    }

    /// The regions whose list of types is known, sorted.
    pub fn regions(&'static self) -> &'static [&'static str] {
        &self.opened().index.regions
    }

    fn opened(&self) -> &Opened {
        self.opened.get_or_init(|| {
            let index = Index::open(self.bytes).unwrap_or_default();
            let types = (0..index.len()).map(|_| OnceLock::new()).collect();
            Opened { index, types }
        })
    }
}

impl std::fmt::Debug for Schemas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Schemas({} bytes)", self.bytes.len())
    }
}
