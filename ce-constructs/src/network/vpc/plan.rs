//! Which addresses a subnet has: a plan that grows without moving what is there.
//!
//! Every tier and zone has its slot, whether it is used or not, and a slot depends on nothing but the VPC's block:
//!
//! | VPC | slots | number of a slot |
//! |---|---|---|
//! | /16 to /19 | /24 | tier × 10 + zone, decimal: 10.0.1.0/24, 10.0.11.0/24, 10.0.21.0/24; nine zones |
//! | /20 to /24 | a sixteenth of the VPC, /24 to /28 | tier × 4 + zone - 1; four zones |
//!
//! Tiers count from zero (public, private, isolated), zones by their letter from one (`c` is 3 whichever others are
//! used). A tier with subnets smaller than its slots has them at the start of its slots; one with larger subnets has
//! them in an area of its own: private the second half of the VPC, public its second quarter, isolated its second
//! eighth, as far as these are clear of the slots.

use super::super::{Cidr, SubnetTier};
use super::zone::Zone;

/// The longest prefix of a subnet.
///
/// Source: <https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html>
pub(in crate::network) const SMALLEST_SUBNET: u8 = 28;

/// The longest prefix of a VPC whose slots are counted in decimal: it takes 30 of them.
const DECIMAL: u8 = 19;

/// Why a subnet has no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::network) enum Misfit {
    /// The VPC has slots for zones up to this letter.
    Zone { last: char },
    /// Larger than the tier has room for.
    TooLarge,
    /// Under [`SMALLEST_SUBNET`].
    TooSmall,
}

#[derive(Clone, Copy)]
pub(in crate::network) struct Plan {
    vpc: Cidr,
}

impl Plan {
    pub(in crate::network) const fn of(vpc: Cidr) -> Self {
        Self { vpc }
    }

    /// The addresses of a tier in a zone: its slot, or a block of the prefix length asked for.
    pub(super) fn block(self, tier: SubnetTier, zone: Zone, prefix: Option<u8>) -> Result<Cidr, Misfit> {
        let slot = self.slot(tier, zone)?;
        match prefix {
            None if slot.prefix() > SMALLEST_SUBNET => Err(Misfit::TooSmall),
            None => Ok(slot),
            Some(prefix) if prefix > SMALLEST_SUBNET => Err(Misfit::TooSmall),
            Some(prefix) if prefix >= slot.prefix() => slot.subnet(prefix, 0).ok_or(Misfit::TooSmall),
            Some(prefix) => self.large(tier, zone, prefix).ok_or(Misfit::TooLarge),
        }
    }

    /// The prefix length of its slots.
    pub(in crate::network) const fn slot_prefix(self) -> u8 {
        if self.vpc.prefix() <= DECIMAL { 24 } else { self.vpc.prefix() + 4 }
    }

    fn slot(self, tier: SubnetTier, zone: Zone) -> Result<Cidr, Misfit> {
        let (zones, last) = if self.vpc.prefix() <= DECIMAL { (9, 'i') } else { (4, 'd') };
        if zone.number() > zones {
            return Err(Misfit::Zone { last });
        }
        let zone = u32::from(zone.number());
        let number = if self.vpc.prefix() <= DECIMAL { order(tier) * 10 + zone } else { order(tier) * 4 + zone - 1 };
        // A block under /28 has no subnets at all; its slots would be under a single address.
        self.vpc.subnet(self.slot_prefix(), number).ok_or(Misfit::TooSmall)
    }

    fn large(self, tier: SubnetTier, zone: Zone, prefix: u8) -> Option<Cidr> {
        let fraction = match tier {
            SubnetTier::Private => 1,
            SubnetTier::Public => 2,
            SubnetTier::Isolated => 3,
        };
        let area = self.vpc.subnet(self.vpc.prefix() + fraction, 1)?;
        let last_slot = self.vpc.subnet(self.slot_prefix(), if self.vpc.prefix() <= DECIMAL { 31 } else { 15 })?;
        let clear = area.first() > last_slot.first();
        if clear { area.subnet(prefix, u32::from(zone.number()) - 1) } else { None }
    }

    /// A block that is in nobody's way, for a subnet that was already reported.
    pub(super) fn stand_in(self, tier: SubnetTier, zone: Zone) -> Cidr {
        let number = order(tier) * 32 + u32::from(zone.number());
        Cidr::holding(self.vpc.first().wrapping_sub((number + 1) << 8), 24)
    }
}

const fn order(tier: SubnetTier) -> u32 {
    match tier {
        SubnetTier::Public => 0,
        SubnetTier::Private => 1,
        SubnetTier::Isolated => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cidr;

    fn block(vpc: Cidr, tier: SubnetTier, zone: char, prefix: Option<u8>) -> Result<String, Misfit> {
        let zone = Zone::of(zone).unwrap_or(Zone::FIRST);
        Plan::of(vpc).block(tier, zone, prefix).map(|block| block.to_string())
    }

    #[test]
    fn slots_of_a_large_block_are_decimal() {
        let vpc = cidr!("10.0.0.0/16");
        assert_eq!(block(vpc, SubnetTier::Public, 'a', None).as_deref(), Ok("10.0.1.0/24"));
        assert_eq!(block(vpc, SubnetTier::Private, 'c', None).as_deref(), Ok("10.0.13.0/24"));
        assert_eq!(block(vpc, SubnetTier::Isolated, 'f', None).as_deref(), Ok("10.0.26.0/24"));
        assert_eq!(block(cidr!("10.9.96.0/19"), SubnetTier::Isolated, 'i', None).as_deref(), Ok("10.9.125.0/24"));
    }

    #[test]
    fn slots_of_a_small_block_are_sixteenths() {
        assert_eq!(block(cidr!("10.0.16.0/20"), SubnetTier::Isolated, 'd', None).as_deref(), Ok("10.0.27.0/24"));
        assert_eq!(block(cidr!("10.0.0.0/24"), SubnetTier::Private, 'a', None).as_deref(), Ok("10.0.0.64/28"));
        assert_eq!(block(cidr!("10.0.0.0/24"), SubnetTier::Private, 'e', None), Err(Misfit::Zone { last: 'd' }));
        assert_eq!(block(cidr!("10.0.0.0/25"), SubnetTier::Private, 'a', None), Err(Misfit::TooSmall));
    }

    #[test]
    fn other_sizes_move_no_other_tier() {
        let vpc = cidr!("10.2.0.0/16");
        assert_eq!(block(vpc, SubnetTier::Private, 'b', Some(20)).as_deref(), Ok("10.2.144.0/20"));
        assert_eq!(block(vpc, SubnetTier::Public, 'a', Some(26)).as_deref(), Ok("10.2.1.0/26"));
        assert_eq!(block(vpc, SubnetTier::Public, 'c', Some(22)).as_deref(), Ok("10.2.72.0/22"));
        assert_eq!(block(vpc, SubnetTier::Private, 'c', Some(18)), Err(Misfit::TooLarge));
        assert_eq!(block(cidr!("10.2.0.0/17"), SubnetTier::Isolated, 'a', Some(23)), Err(Misfit::TooLarge));
        assert_eq!(block(vpc, SubnetTier::Public, 'a', Some(29)), Err(Misfit::TooSmall));
    }
}
