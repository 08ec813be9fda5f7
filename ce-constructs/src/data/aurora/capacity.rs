//! How much an Aurora cluster can do.

use crate::data::{Acu, InstanceClass};

/// The instances of an Aurora cluster: one writer, and readers that stand by for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Capacity {
    /// Instances of one class.
    Provisioned {
        /// The class of the writer and of every reader.
        class: InstanceClass,
        /// The number of readers, 0 to 15.
        readers: u8,
    },
    /// Serverless instances, each of which grows and shrinks with its load.
    Serverless {
        /// The least capacity of an instance; zero lets it pause.
        min: Acu,
        /// The most capacity of an instance.
        max: Acu,
        /// The number of readers, 0 to 15.
        readers: u8,
    },
}

impl Capacity {
    /// Instances of one class.
    pub const fn provisioned(class: InstanceClass, readers: u8) -> Self {
        Self::Provisioned { class, readers }
    }

    /// Serverless instances between two capacities.
    pub const fn serverless(min: Acu, max: Acu, readers: u8) -> Self {
        Self::Serverless { min, max, readers }
    }

    /// The number of readers.
    pub const fn readers(&self) -> u8 {
        match self {
            Self::Provisioned { readers, .. } | Self::Serverless { readers, .. } => *readers,
        }
    }

    pub(super) fn class(&self) -> InstanceClass {
        match self {
            Self::Provisioned { class, .. } => class.clone(),
            Self::Serverless { .. } => InstanceClass::SERVERLESS,
        }
    }
}
