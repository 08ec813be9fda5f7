//! Engines of caches.

use super::EngineVersion;

/// The engine of a cache.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CacheEngine {
    kind: Kind,
    version: EngineVersion,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Redis,
    Valkey,
}

/// Versions whose clusters can be encrypted and forced to TLS; oldest first.
///
/// Source: the list of `EngineVersion` in cfn-lint 1.58.0, taken from the ElastiCache API.
const REDIS: &[&str] = &["6.2", "7.0", "7.1"];
const VALKEY: &[&str] = &["7.2", "8.0", "8.1", "8.2", "9.0", "9.1"];

impl CacheEngine {
    /// Redis OSS 7.0.
    pub const REDIS_7_0: Self = Self::known(Kind::Redis, "7.0");
    /// Redis OSS 7.1, the last of its line at AWS.
    pub const REDIS_7_1: Self = Self::known(Kind::Redis, "7.1");
    /// Valkey 7.2: the fork of Redis under its old licence, a fifth cheaper per node.
    pub const VALKEY_7_2: Self = Self::known(Kind::Valkey, "7.2");
    /// Valkey 8.2.
    pub const VALKEY_8_2: Self = Self::known(Kind::Valkey, "8.2");
    /// Valkey 9.1.
    pub const VALKEY_9_1: Self = Self::known(Kind::Valkey, "9.1");

    const fn known(kind: Kind, version: &'static str) -> Self {
        Self { kind, version: EngineVersion::literal(version) }
    }

    /// Redis OSS of this version, such as `7.1`.
    pub fn redis(version: impl Into<EngineVersion>) -> Self {
        Self { kind: Kind::Redis, version: version.into() }
    }

    /// Valkey of this version, such as `8.2`.
    pub fn valkey(version: impl Into<EngineVersion>) -> Self {
        Self { kind: Kind::Valkey, version: version.into() }
    }

    /// AWS's name: `redis` or `valkey`.
    pub const fn name(&self) -> &'static str {
        match self.kind {
            Kind::Redis => "redis",
            Kind::Valkey => "valkey",
        }
    }

    /// The version.
    pub const fn version(&self) -> &EngineVersion {
        &self.version
    }

    /// The family of its parameter groups, `redis7`.
    pub fn parameter_family(&self) -> String {
        match (self.kind, self.version.line(1).as_str()) {
            // The only family that is named differently: all of Redis OSS 6.
            (Kind::Redis, "6") => "redis6.x".to_owned(),
            (_, major) => format!("{}{major}", self.name()),
        }
    }

    pub(in crate::data) const fn creatable(&self) -> &'static [&'static str] {
        match self.kind {
            Kind::Redis => REDIS,
            Kind::Valkey => VALKEY,
        }
    }
}
