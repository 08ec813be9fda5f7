//! Where a stack lives: account, region and tier; typed and required.
//!
//! There are no environment-agnostic stacks: what a construct may do (how many zones, which instance classes)
//! depends on the region, and its defaults depend on the tier.
//!
//! ```
//! use ce_synth::{Account, Environment, Region, Tier};
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
//! assert_eq!(PROD.in_region(Region::US_WEST_2).region.as_str(), "us-west-2");
//! ```

mod account;
mod region;

pub use account::{Account, ParseAccountError};
pub use region::{ParseRegionError, Region};

/// How much a deployment matters: constructs read their defaults from it and say so in their docs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Short-lived and cheap: no deletion protection, one NAT gateway, little retention.
    Development,
    /// Like production, smaller.
    Staging,
    /// Deletion protection, a NAT gateway per zone, long retention.
    Production,
}

impl Tier {
    /// Whether this is [`Tier::Production`].
    pub const fn is_production(self) -> bool {
        matches!(self, Self::Production)
    }
}

/// An account, a region and a tier, with a name people use for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Environment {
    /// The name people use, such as `prod`.
    pub name: &'static str,
    /// The account that owns what is deployed.
    pub account: Account,
    /// The region it is deployed to.
    pub region: Region,
    /// How much it matters.
    pub tier: Tier,
}

impl Environment {
    /// An environment; usable in a `const`.
    pub const fn new(name: &'static str, account: Account, region: Region, tier: Tier) -> Self {
        Self { name, account, region, tier }
    }

    /// The same environment in another region.
    #[must_use]
    pub const fn in_region(self, region: Region) -> Self {
        Self { region, ..self }
    }

    /// The same environment in another account.
    #[must_use]
    pub const fn in_account(self, account: Account) -> Self {
        Self { account, ..self }
    }
}
