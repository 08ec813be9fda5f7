//! From what was asked for to the blocks of a tier's subnets.

use ce_synth::Scope;

use super::super::rules::{address_space, subnet_blocks};
use super::super::{Cidr, SubnetTier};
use super::plan::Plan;
use super::zone::Zone;

/// How large subnets are.
#[derive(Clone, Debug, Default)]
pub(super) struct Sizes {
    asked: Vec<(SubnetTier, Size)>,
}

#[derive(Clone, Debug)]
enum Size {
    Prefix(u8),
    Blocks(Vec<Cidr>),
}

impl Sizes {
    pub(super) fn set_prefix(&mut self, tier: SubnetTier, prefix: u8) {
        self.set(tier, Size::Prefix(prefix));
    }

    pub(super) fn set_blocks(&mut self, tier: SubnetTier, blocks: Vec<Cidr>) {
        self.set(tier, Size::Blocks(blocks));
    }

    fn set(&mut self, tier: SubnetTier, size: Size) {
        self.asked.retain(|(known, _)| *known != tier);
        self.asked.push((tier, size));
    }

    /// The blocks of a tier, one for each zone; what does not fit is reported, and gets a block that harms nobody.
    #[track_caller]
    pub(super) fn blocks(&self, scope: Scope<'_>, vpc: Cidr, tier: SubnetTier, zones: &[Zone]) -> Vec<(Zone, Cidr)> {
        let size = self.asked.iter().find(|(known, _)| *known == tier).map(|(_, size)| size);
        let prefix = match size {
            Some(Size::Blocks(blocks)) => return by_hand(scope, vpc, tier, zones, blocks),
            Some(Size::Prefix(prefix)) => Some(*prefix),
            None => None,
        };
        let plan = Plan::of(vpc);
        let fits = |vpc: Cidr| zones.iter().all(|zone| Plan::of(vpc).block(tier, *zone, prefix).is_ok());
        let mut reported = false;
        let mut blocks = Vec::new();
        for zone in zones {
            let block = plan.block(tier, *zone, prefix);
            if let Err(misfit) = block
                && !reported
            {
                address_space::report(scope, vpc, tier, prefix, misfit, larger(vpc, fits));
                reported = true;
            }
            blocks.push((*zone, block.unwrap_or_else(|_| plan.stand_in(tier, *zone))));
        }
        blocks
    }
}

/// The smallest VPC around this one that would do.
fn larger(vpc: Cidr, fits: impl Fn(Cidr) -> bool) -> Option<u8> {
    (16..vpc.prefix()).rev().find(|prefix| fits(Cidr::holding(vpc.first(), *prefix)))
}

#[track_caller]
fn by_hand(scope: Scope<'_>, vpc: Cidr, tier: SubnetTier, zones: &[Zone], blocks: &[Cidr]) -> Vec<(Zone, Cidr)> {
    subnet_blocks::check(scope, vpc, tier, zones.len(), blocks);
    let stand_in = |zone: Zone| Plan::of(vpc).stand_in(tier, zone);
    let given = blocks.iter().copied().map(Some).chain(std::iter::repeat(None));
    zones.iter().zip(given).map(|(zone, block)| (*zone, block.unwrap_or_else(|| stand_in(*zone)))).collect()
}
