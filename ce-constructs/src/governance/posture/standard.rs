//! Standards that Security Hub checks.

use ce_synth::value::{partition, region};
use ce_synth::{Value, join};

use crate::security::own_arn;

/// A standard that Security Hub checks.
///
/// Source: <https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// AWS's own: Foundational Security Best Practices v1.0.0.
    AwsFoundational,
    /// CIS AWS Foundations Benchmark v5.0.0.
    Cis5,
    /// CIS AWS Foundations Benchmark v3.0.0.
    Cis3,
    /// CIS AWS Foundations Benchmark v1.4.0.
    Cis14,
    /// CIS AWS Foundations Benchmark v1.2.0.
    Cis12,
    /// NIST SP 800-53 Revision 5.
    Nist80053,
    /// PCI DSS v4.0.1.
    Pci4,
    /// AWS Resource Tagging Standard v1.0.0.
    ResourceTagging,
}

impl Standard {
    const fn path(self) -> &'static str {
        match self {
            Self::AwsFoundational => "aws-foundational-security-best-practices/v/1.0.0",
            Self::Cis5 => "cis-aws-foundations-benchmark/v/5.0.0",
            Self::Cis3 => "cis-aws-foundations-benchmark/v/3.0.0",
            Self::Cis14 => "cis-aws-foundations-benchmark/v/1.4.0",
            Self::Cis12 => "cis-aws-foundations-benchmark/v/1.2.0",
            Self::Nist80053 => "nist-800-53/v/5.0.0",
            Self::Pci4 => "pci-dss/v/4.0.1",
            Self::ResourceTagging => "aws-resource-tagging-standard/v/1.0.0",
        }
    }

    /// The id of its resource.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::AwsFoundational => "AwsFoundational",
            Self::Cis5 => "Cis5",
            Self::Cis3 => "Cis3",
            Self::Cis14 => "Cis14",
            Self::Cis12 => "Cis12",
            Self::Nist80053 => "Nist80053",
            Self::Pci4 => "Pci4",
            Self::ResourceTagging => "ResourceTagging",
        }
    }

    /// The oldest standard is named in another way, and is of no region.
    pub(super) fn arn(self) -> Value<String> {
        match self {
            Self::Cis12 => join!["arn:", partition(), ":securityhub:::ruleset/", self.path()],
            _ => join!["arn:", partition(), ":securityhub:", region(), "::standards/", self.path()],
        }
    }

    /// A control of it, `ELB.18`.
    pub(super) fn control(self, id: &str) -> Value<String> {
        own_arn("securityhub", join!["control/", self.path(), "/", id])
    }
}
