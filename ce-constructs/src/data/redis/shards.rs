//! How a cache is cut up and copied.

/// The nodes of a cache: how many shards its keys are spread over, and how many replicas each shard has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shards {
    /// One shard, cluster mode off: for clients that know nothing of shards, such as Celery.
    Single {
        /// Copies of the primary, 0 to 5.
        replicas: u8,
    },
    /// Cluster mode on: clients ask the node that has the key.
    Clustered {
        /// The number of shards, 1 to 500.
        shards: u16,
        /// Copies of each shard's primary, 0 to 5.
        replicas: u8,
    },
}

impl Shards {
    /// Copies of each primary.
    pub const fn replicas(self) -> u8 {
        match self {
            Self::Single { replicas } | Self::Clustered { replicas, .. } => replicas,
        }
    }

    /// The number of shards.
    pub const fn shards(self) -> u16 {
        match self {
            Self::Single { .. } => 1,
            Self::Clustered { shards, .. } => shards,
        }
    }

    /// The number of nodes.
    pub fn nodes(self) -> u32 {
        u32::from(self.shards()) * (u32::from(self.replicas()) + 1)
    }

    /// Whether cluster mode is on.
    pub const fn is_clustered(self) -> bool {
        matches!(self, Self::Clustered { .. })
    }
}
