//! What holds for every VPC: subnets never overlap, never leave it, never move.

use std::collections::BTreeMap;

use ce_constructs::network::{AwsService, Cidr, MultiAzVpc, MultiAzVpcBuilder, Nat, Network, SubnetTier};
use proptest::prelude::*;

use super::{PROD, codes, synth};

#[derive(Clone, Debug)]
struct Wish {
    vpc: Cidr,
    tiers: Vec<SubnetTier>,
    letters: String,
    sizes: Vec<(SubnetTier, u8)>,
    nat: Option<Nat>,
    endpoints: bool,
    acls: bool,
}

type Places = BTreeMap<(SubnetTier, String), Cidr>;

impl Wish {
    fn builder(&self) -> MultiAzVpcBuilder {
        let mut vpc = MultiAzVpc::builder(self.vpc).tiers(self.tiers.clone()).zone_letters(self.letters.clone());
        for (tier, prefix) in &self.sizes {
            vpc = vpc.subnet_prefix(*tier, *prefix);
        }
        if let Some(nat) = self.nat {
            vpc = vpc.nat(nat);
        }
        if self.endpoints {
            vpc = vpc.endpoints([AwsService::LOGS, AwsService::DYNAMODB]);
        }
        if self.acls { vpc.standard_network_acls() } else { vpc }
    }

    /// Where its subnets are; `None` if it was refused.
    fn places(&self) -> Option<Places> {
        let mut places = Places::new();
        let outcome = synth(PROD, |scope| {
            let vpc = self.builder().build(scope, "Vpc");
            for tier in SubnetTier::ALL {
                places.extend(vpc.subnets(tier).iter().map(|subnet| ((tier, subnet.zone().to_owned()), subnet.cidr())));
            }
        });
        // No block is given by hand: an overlap would be the plan's own mistake, and not a reason to refuse a wish.
        assert!(!codes(&outcome).contains(&"CE1009".to_owned()), "{self:?}");
        outcome.ok().map(|_| places)
    }
}

fn tiers() -> impl Strategy<Value = Vec<SubnetTier>> {
    prop::sample::subsequence(SubnetTier::ALL.to_vec(), 0..=3)
}

fn letters(size: impl Into<prop::sample::SizeRange>) -> impl Strategy<Value = String> {
    prop::sample::subsequence(vec!['a', 'b', 'c', 'd', 'e', 'f'], size).prop_map(String::from_iter)
}

fn sizes(shortest: u8, longest: u8) -> impl Strategy<Value = Vec<(SubnetTier, u8)>> {
    prop::collection::vec((prop::sample::select(SubnetTier::ALL.to_vec()), shortest..=longest), 0..3)
}

fn nat() -> impl Strategy<Value = Option<Nat>> {
    prop::option::of(prop::sample::select(vec![Nat::PerZone, Nat::Single, Nat::Regional, Nat::None]))
}

fn wish(prefixes: std::ops::RangeInclusive<u8>) -> impl Strategy<Value = Wish> {
    let vpc = prefixes.prop_map(|prefix| format!("10.0.0.0/{prefix}").parse::<Cidr>().unwrap_or(Cidr::ANYWHERE));
    let parts = (vpc, tiers(), letters(0..=6), sizes(14, 30), nat(), any::<bool>(), any::<bool>());
    parts.prop_map(|(vpc, tiers, letters, sizes, nat, endpoints, acls)| Wish {
        vpc,
        tiers,
        letters,
        sizes,
        nat,
        endpoints,
        acls,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn subnets_stay_inside_and_apart(wish in wish(8..=30)) {
        let places: Vec<Cidr> = wish.places().unwrap_or_default().into_values().collect();
        for (place, block) in places.iter().enumerate() {
            prop_assert!(wish.vpc.contains(*block), "{block} of {}", wish.vpc);
            for other in &places[..place] {
                prop_assert!(!block.overlaps(*other), "{block} and {other}");
            }
        }
    }

    #[test]
    fn what_is_there_never_moves(wish in wish(16..=24), tiers in tiers(), letters in letters(0..=6)) {
        let mut grown = wish.clone();
        grown.tiers.extend(tiers);
        let added: String = letters.chars().filter(|letter| !wish.letters.contains(*letter)).collect();
        grown.letters.push_str(&added);
        if let (Some(before), Some(after)) = (wish.places(), grown.places()) {
            for (subnet, block) in before {
                prop_assert_eq!(after.get(&subnet), Some(&block));
            }
        }
    }

    #[test]
    fn a_usual_vpc_always_fits(prefix in 16_u8..=24, tiers in tiers(), letters in letters(1..=4)) {
        prop_assume!(!tiers.is_empty() && letters.chars().all(|letter| letter <= 'd'));
        let vpc = format!("10.0.0.0/{prefix}").parse::<Cidr>().unwrap_or(Cidr::ANYWHERE);
        let zones = letters.len() * tiers.len();
        let wish = Wish { vpc, tiers, letters, sizes: Vec::new(), nat: None, endpoints: false, acls: true };
        prop_assert_eq!(wish.places().map(|places| places.len()), Some(zones));
    }
}
