//! Which subnets data goes to.

use ce_synth::Scope;

use super::rules::{no_subnets, single_zone};
use crate::network::{Network, Subnet, SubnetTier};

/// A network and the tier of it that was chosen.
#[derive(Clone, Copy)]
pub(super) struct Placement<'n> {
    pub(super) network: &'n dyn Network,
    pub(super) tier: SubnetTier,
}

impl<'n> Placement<'n> {
    pub(super) fn new(network: &'n dyn Network) -> Self {
        Self { network, tier: SubnetTier::Isolated }
    }

    /// The subnets; a finding if there are none, or if one zone is not enough.
    #[track_caller]
    pub(super) fn subnets(&self, scope: Scope<'_>, one_zone_is_enough: bool) -> Vec<Subnet> {
        let subnets = self.network.subnets(self.tier);
        match subnets.as_slice() {
            [] => no_subnets::report(scope, self.tier),
            [first, rest @ ..] if !one_zone_is_enough && rest.iter().all(|other| other.zone() == first.zone()) => {
                single_zone::report(scope, first.zone());
            }
            _ => {}
        }
        subnets
    }
}
