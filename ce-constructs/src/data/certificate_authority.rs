//! Who signs the certificates that databases show to their clients.

/// The authority that signs a database's certificate; clients trust it by the bundle of RDS.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CertificateAuthority {
    /// `rds-ca-rsa2048-g1`: what every client can read.
    Rsa2048,
    /// `rds-ca-rsa4096-g1`.
    Rsa4096,
    /// `rds-ca-ecc384-g1`.
    Ecc384,
}

impl CertificateAuthority {
    /// AWS's identifier.
    pub const fn identifier(self) -> &'static str {
        match self {
            Self::Rsa2048 => "rds-ca-rsa2048-g1",
            Self::Rsa4096 => "rds-ca-rsa4096-g1",
            Self::Ecc384 => "rds-ca-ecc384-g1",
        }
    }
}
