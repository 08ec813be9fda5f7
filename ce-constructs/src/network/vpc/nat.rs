//! How private subnets reach the internet.

/// The NAT gateways of a VPC: what private subnets reach the internet through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nat {
    /// One in each zone: the loss of a zone takes none of the others off the internet, and traffic crosses no zone.
    PerZone,
    /// One in the first zone, for all: cheap, and off the internet when that zone is.
    Single,
    /// One for the whole region, which AWS extends to the zones that have traffic; it stands in no subnet.
    ///
    /// Source: <https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html>
    Regional,
    /// None: AWS services through VPC endpoints only.
    None,
}
