//! Engines of Aurora.

use super::EngineVersion;
use crate::network::Port;

/// The engine of an Aurora cluster.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AuroraEngine {
    dialect: Dialect,
    version: EngineVersion,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Dialect {
    PostgreSql,
    MySql,
}

/// Versions new clusters can have, oldest first; lines in standard support.
///
/// Source: the lists of `EngineVersion` in cfn-lint 1.58.0 (E3691 without W3690), taken from the RDS API.
const POSTGRESQL: &[&str] = &[
    "14.18", "14.19", "14.20", "14.22", "14.23", "14.24", "15.10", "15.12", "15.13", "15.14", "15.15", "15.17",
    "15.18", "15.19", "16.8", "16.9", "16.10", "16.11", "16.13", "16.14", "16.15", "17.4", "17.5", "17.6", "17.7",
    "17.9", "17.10", "17.11", "18.3", "18.4", "18.6",
];

const MYSQL: &[&str] = &[
    "8.0.mysql_aurora.3.04.0",
    "8.0.mysql_aurora.3.04.1",
    "8.0.mysql_aurora.3.04.2",
    "8.0.mysql_aurora.3.04.3",
    "8.0.mysql_aurora.3.04.4",
    "8.0.mysql_aurora.3.04.6",
    "8.0.mysql_aurora.3.08.0",
    "8.0.mysql_aurora.3.08.1",
    "8.0.mysql_aurora.3.08.2",
    "8.0.mysql_aurora.3.09.0",
    "8.0.mysql_aurora.3.10.0",
    "8.0.mysql_aurora.3.10.1",
    "8.0.mysql_aurora.3.10.2",
    "8.0.mysql_aurora.3.10.3",
    "8.0.mysql_aurora.3.10.4",
    "8.0.mysql_aurora.3.10.5",
    "8.0.mysql_aurora.3.10.6",
    "8.0.mysql_aurora.3.11.1",
    "8.0.mysql_aurora.3.12.0",
    "8.0.mysql_aurora.3.13.0",
    "8.4.mysql_aurora.8.4.7",
    "8.4.mysql_aurora.8.4.8",
];

impl AuroraEngine {
    /// PostgreSQL 15.19.
    pub const POSTGRESQL_15: Self = Self::known(Dialect::PostgreSql, "15.19");
    /// PostgreSQL 16.15.
    pub const POSTGRESQL_16: Self = Self::known(Dialect::PostgreSql, "16.15");
    /// PostgreSQL 17.11.
    pub const POSTGRESQL_17: Self = Self::known(Dialect::PostgreSql, "17.11");
    /// PostgreSQL 18.6.
    pub const POSTGRESQL_18: Self = Self::known(Dialect::PostgreSql, "18.6");
    /// Aurora MySQL 3.10.5, compatible with MySQL 8.0; the line with long-term support.
    pub const MYSQL_8_0: Self = Self::known(Dialect::MySql, "8.0.mysql_aurora.3.10.5");
    /// Aurora MySQL compatible with MySQL 8.4.
    pub const MYSQL_8_4: Self = Self::known(Dialect::MySql, "8.4.mysql_aurora.8.4.8");

    const fn known(dialect: Dialect, version: &'static str) -> Self {
        Self { dialect, version: EngineVersion::literal(version) }
    }

    /// PostgreSQL of this version, such as `15.17`.
    pub fn postgresql(version: impl Into<EngineVersion>) -> Self {
        Self { dialect: Dialect::PostgreSql, version: version.into() }
    }

    /// MySQL of this version, such as `8.0.mysql_aurora.3.10.6`.
    pub fn mysql(version: impl Into<EngineVersion>) -> Self {
        Self { dialect: Dialect::MySql, version: version.into() }
    }

    /// AWS's name, `aurora-postgresql` or `aurora-mysql`.
    pub const fn name(&self) -> &'static str {
        match self.dialect {
            Dialect::PostgreSql => "aurora-postgresql",
            Dialect::MySql => "aurora-mysql",
        }
    }

    /// The version.
    pub const fn version(&self) -> &EngineVersion {
        &self.version
    }

    /// The port it listens on if none is chosen: 5432 or 3306.
    pub const fn port(&self) -> Port {
        match self.dialect {
            Dialect::PostgreSql => Port::tcp(5432),
            Dialect::MySql => Port::tcp(3306),
        }
    }

    /// The family of its parameter groups, `aurora-postgresql15`.
    pub fn parameter_family(&self) -> String {
        format!("{}{}", self.name(), self.version.line(self.line_parts()))
    }

    /// Whether it speaks PostgreSQL.
    pub const fn is_postgresql(&self) -> bool {
        matches!(self.dialect, Dialect::PostgreSql)
    }

    pub(in crate::data) const fn creatable(&self) -> &'static [&'static str] {
        match self.dialect {
            Dialect::PostgreSql => POSTGRESQL,
            Dialect::MySql => MYSQL,
        }
    }

    pub(in crate::data) const fn line_parts(&self) -> usize {
        match self.dialect {
            Dialect::PostgreSql => 1,
            Dialect::MySql => 2,
        }
    }

    /// Logs that can be sent to CloudWatch; all of them by default.
    pub(in crate::data) const fn logs(&self) -> &'static [&'static str] {
        match self.dialect {
            Dialect::PostgreSql => &["postgresql"],
            Dialect::MySql => &["audit", "error", "general", "slowquery"],
        }
    }

    /// The cluster parameters that make clients use TLS, and MySQL write the logs it exports.
    pub(in crate::data) const fn secure_parameters(&self) -> &'static [(&'static str, &'static str)] {
        match self.dialect {
            Dialect::PostgreSql => &[("rds.force_ssl", "1")],
            Dialect::MySql => &[
                ("require_secure_transport", "ON"),
                ("server_audit_logging", "1"),
                ("server_audit_events", "CONNECT,QUERY_DCL,QUERY_DDL"),
                ("slow_query_log", "1"),
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_constants_can_be_created() {
        let known = [
            AuroraEngine::POSTGRESQL_15,
            AuroraEngine::POSTGRESQL_16,
            AuroraEngine::POSTGRESQL_17,
            AuroraEngine::POSTGRESQL_18,
            AuroraEngine::MYSQL_8_0,
            AuroraEngine::MYSQL_8_4,
        ];
        for engine in known {
            assert!(engine.creatable().contains(&engine.version().as_str()), "{}", engine.version());
        }
        assert_eq!(AuroraEngine::MYSQL_8_0.parameter_family(), "aurora-mysql8.0");
    }
}
