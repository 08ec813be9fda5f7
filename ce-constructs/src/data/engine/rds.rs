//! Engines of single RDS instances.

use super::EngineVersion;
use crate::network::Port;

/// The engine of an RDS instance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RdsEngine {
    dialect: Dialect,
    version: EngineVersion,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Dialect {
    PostgreSql,
    MySql,
    MariaDb,
}

/// Versions new instances can have, oldest first; lines in standard support.
///
/// Source: the lists of `EngineVersion` in cfn-lint 1.58.0 (E3691 without W3691), taken from the RDS API. It has no
/// list of MariaDB versions that can no longer be created: of those, every one of the lines from 10.6 is here.
const POSTGRESQL: &[&str] = &[
    "14.18", "14.19", "14.20", "14.21", "14.22", "14.23", "14.24", "15.13", "15.14", "15.15", "15.16", "15.17",
    "15.18", "15.19", "16.9", "16.10", "16.11", "16.12", "16.13", "16.14", "16.15", "17.5", "17.6", "17.7", "17.8",
    "17.9", "17.10", "17.11", "18.1", "18.2", "18.3", "18.4", "18.6",
];

const MYSQL: &[&str] = &[
    "8.0.42", "8.0.43", "8.0.44", "8.0.45", "8.0.46", "8.4.5", "8.4.6", "8.4.7", "8.4.8", "8.4.9", "8.4.10", "8.4.11",
];

const MARIADB: &[&str] = &[
    "10.6.22", "10.6.23", "10.6.24", "10.6.25", "10.6.27", "10.6.28", "10.11.13", "10.11.14", "10.11.15", "10.11.16",
    "10.11.18", "10.11.19", "11.4.7", "11.4.8", "11.4.9", "11.4.10", "11.4.12", "11.4.13", "11.8.3", "11.8.4",
    "11.8.5", "11.8.6", "11.8.8", "11.8.9",
];

impl RdsEngine {
    /// PostgreSQL 15.19.
    pub const POSTGRESQL_15: Self = Self::known(Dialect::PostgreSql, "15.19");
    /// PostgreSQL 16.15.
    pub const POSTGRESQL_16: Self = Self::known(Dialect::PostgreSql, "16.15");
    /// PostgreSQL 17.11.
    pub const POSTGRESQL_17: Self = Self::known(Dialect::PostgreSql, "17.11");
    /// PostgreSQL 18.6.
    pub const POSTGRESQL_18: Self = Self::known(Dialect::PostgreSql, "18.6");
    /// MySQL 8.4.11.
    pub const MYSQL_8_4: Self = Self::known(Dialect::MySql, "8.4.11");
    /// MariaDB 11.8.9.
    pub const MARIADB_11_8: Self = Self::known(Dialect::MariaDb, "11.8.9");

    const fn known(dialect: Dialect, version: &'static str) -> Self {
        Self { dialect, version: EngineVersion::literal(version) }
    }

    /// PostgreSQL of this version, such as `17.11`.
    pub fn postgresql(version: impl Into<EngineVersion>) -> Self {
        Self { dialect: Dialect::PostgreSql, version: version.into() }
    }

    /// MySQL of this version, such as `8.4.11`.
    pub fn mysql(version: impl Into<EngineVersion>) -> Self {
        Self { dialect: Dialect::MySql, version: version.into() }
    }

    /// MariaDB of this version, such as `11.8.9`.
    pub fn mariadb(version: impl Into<EngineVersion>) -> Self {
        Self { dialect: Dialect::MariaDb, version: version.into() }
    }

    /// AWS's name: `postgres`, `mysql` or `mariadb`.
    pub const fn name(&self) -> &'static str {
        match self.dialect {
            Dialect::PostgreSql => "postgres",
            Dialect::MySql => "mysql",
            Dialect::MariaDb => "mariadb",
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
            Dialect::MySql | Dialect::MariaDb => Port::tcp(3306),
        }
    }

    /// The family of its parameter groups, `postgres17`.
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
            Dialect::MariaDb => MARIADB,
        }
    }

    pub(in crate::data) const fn line_parts(&self) -> usize {
        match self.dialect {
            Dialect::PostgreSql => 1,
            Dialect::MySql | Dialect::MariaDb => 2,
        }
    }

    /// Logs that can be sent to CloudWatch; all of them by default, but the audit logs of an option group.
    pub(in crate::data) const fn logs(&self) -> &'static [&'static str] {
        match self.dialect {
            Dialect::PostgreSql => &["postgresql", "upgrade"],
            Dialect::MySql | Dialect::MariaDb => &["error", "general", "slowquery"],
        }
    }

    /// The parameters that make clients use TLS, and MySQL write the logs it exports to files.
    pub(in crate::data) const fn secure_parameters(&self) -> &'static [(&'static str, &'static str)] {
        match self.dialect {
            Dialect::PostgreSql => &[("rds.force_ssl", "1")],
            Dialect::MySql | Dialect::MariaDb => {
                &[("require_secure_transport", "1"), ("log_output", "FILE"), ("slow_query_log", "1")]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_constants_can_be_created() {
        let known = [
            RdsEngine::POSTGRESQL_15,
            RdsEngine::POSTGRESQL_16,
            RdsEngine::POSTGRESQL_17,
            RdsEngine::POSTGRESQL_18,
            RdsEngine::MYSQL_8_4,
            RdsEngine::MARIADB_11_8,
        ];
        for engine in known {
            assert!(engine.creatable().contains(&engine.version().as_str()), "{}", engine.version());
        }
        assert_eq!(RdsEngine::MARIADB_11_8.parameter_family(), "mariadb11.8");
    }
}
