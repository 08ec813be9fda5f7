//! Which TLS versions and ciphers a listener accepts.

/// The security policy of an HTTPS listener.
///
/// Source: <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TlsPolicy {
    /// TLS 1.2 and 1.3, forward secrecy only, with hybrid post-quantum key exchange for clients that know it. What the
    /// console of AWS takes by default.
    #[default]
    PostQuantum2025,
    /// TLS 1.2 and 1.3, forward secrecy only; for regions that do not have the newer policy.
    Restricted2021,
    /// TLS 1.3 alone, with hybrid post-quantum key exchange.
    Tls13PostQuantum2025,
    /// TLS 1.3 alone.
    Tls13Only2021,
    /// As [`PostQuantum2025`](Self::PostQuantum2025), with FIPS 140-3 validated cryptography.
    FipsPostQuantum2025,
    /// TLS 1.2 alone, CBC ciphers included. Security Hub's control ELB.17 fails it.
    Legacy2017,
}

impl TlsPolicy {
    /// The name AWS knows it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PostQuantum2025 => "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
            Self::Restricted2021 => "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
            Self::Tls13PostQuantum2025 => "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
            Self::Tls13Only2021 => "ELBSecurityPolicy-TLS13-1-3-2021-06",
            Self::FipsPostQuantum2025 => "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
            Self::Legacy2017 => "ELBSecurityPolicy-TLS-1-2-2017-01",
        }
    }
}
