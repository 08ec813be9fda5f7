//! Which sizes engines run on.
//!
//! Source: cfn-lint 1.58.0, E3025 (`DBInstanceClass` by engine and region) cut down to what the newest version of each
//! line takes, and E3647 (`CacheNodeType` by region); the union over regions. Both come from the AWS price list.

use crate::data::{InstanceClass, NodeType};

use super::AuroraEngine;

type Family = (&'static str, &'static [&'static str]);

const TO_16: &[&str] = &["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"];
const TO_24: &[&str] = &["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge"];
const TO_32: &[&str] =
    &["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "32xlarge"];
const TO_48: &[&str] =
    &["large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge"];
const XLARGE_TO_48: &[&str] =
    &["xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge", "48xlarge"];
const BURSTING: &[&str] = &["micro", "small", "medium", "large", "xlarge", "2xlarge"];

const AURORA: &[Family] = &[
    ("r5", TO_24),
    ("r6g", TO_16),
    ("r6i", TO_32),
    ("r6id", &["24xlarge", "32xlarge"]),
    ("r7g", TO_16),
    ("r7i", TO_48),
    ("r8a", TO_48),
    ("r8g", TO_48),
    ("t3", &["small", "medium", "large", "xlarge", "2xlarge"]),
    ("x2g", TO_16),
];

const AURORA_POSTGRESQL: &[Family] = &[
    ("r6gd", &["xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"]),
    ("r8gd", XLARGE_TO_48),
    ("t4g", &["medium", "large", "xlarge", "2xlarge"]),
];

const AURORA_MYSQL: &[Family] = &[("t4g", &["small", "medium", "large", "xlarge", "2xlarge"])];

const RDS: &[Family] = &[
    ("m5", TO_24),
    ("m5d", TO_24),
    ("m6g", TO_16),
    ("m6gd", TO_16),
    ("m6i", TO_32),
    ("m6id", TO_32),
    ("m6idn", TO_32),
    ("m6in", TO_32),
    ("m7g", TO_16),
    ("m7i", TO_48),
    ("m8a", TO_48),
    ("m8g", TO_48),
    ("m8gd", TO_48),
    ("m9g", TO_48),
    ("r5", TO_24),
    ("r5b", TO_24),
    ("r5d", TO_24),
    ("r6g", TO_16),
    ("r6gd", TO_16),
    ("r6i", TO_32),
    ("r6id", TO_32),
    ("r6idn", TO_32),
    ("r6in", TO_32),
    ("r7g", TO_16),
    ("r7i", TO_48),
    ("r8a", TO_48),
    ("r8g", TO_48),
    ("r8gd", TO_48),
    ("t3", BURSTING),
    ("t4g", BURSTING),
    ("x2g", TO_16),
    ("x2iedn", &["xlarge", "2xlarge", "4xlarge", "8xlarge", "16xlarge", "24xlarge", "32xlarge"]),
];

const CACHE: &[Family] = &[
    ("c7gn", TO_16),
    ("c8gn", TO_16),
    ("m5", &["large", "xlarge", "2xlarge", "4xlarge", "12xlarge", "24xlarge"]),
    ("m6g", TO_16),
    ("m7g", TO_16),
    ("m8g", TO_16),
    ("r5", &["large", "xlarge", "2xlarge", "4xlarge", "12xlarge", "24xlarge"]),
    ("r6g", TO_16),
    ("r6gd", &["xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"]),
    ("r7g", TO_16),
    ("r8g", TO_16),
    ("t2", &["micro", "small", "medium"]),
    ("t3", &["micro", "small", "medium"]),
    ("t4g", &["micro", "small", "medium"]),
];

fn has(table: &[Family], family: &str, size: &str) -> bool {
    table.iter().any(|(name, sizes)| *name == family && sizes.contains(&size))
}

/// Whether instances of a cluster of this engine can be of this class.
pub(in crate::data) fn aurora_takes(engine: &AuroraEngine, class: &InstanceClass) -> bool {
    let own = if engine.is_postgresql() { AURORA_POSTGRESQL } else { AURORA_MYSQL };
    has(AURORA, class.family(), class.size()) || has(own, class.family(), class.size())
}

/// Whether a single instance can be of this class; the same for its three engines.
pub(in crate::data) fn rds_takes(class: &InstanceClass) -> bool {
    has(RDS, class.family(), class.size())
}

/// Whether there are cache nodes of this type.
pub(in crate::data) fn cache_has(node: &NodeType) -> bool {
    has(CACHE, node.family(), node.size())
}
