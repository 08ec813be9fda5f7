//! The availability zones of a VPC.

use ce_synth::{Region, Scope};

use super::super::rules::zones;

/// A zone, by its letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Zone {
    letter: char,
}

impl Zone {
    #[cfg(test)]
    pub(super) const FIRST: Self = Self { letter: 'a' };

    pub(super) fn of(letter: char) -> Option<Self> {
        letter.is_ascii_lowercase().then_some(Self { letter })
    }

    /// 1 for `a`. Ids and addresses are made from it, and not from the place among the zones that are used, so that
    /// taking one out moves no other.
    pub(super) const fn number(self) -> u8 {
        self.letter as u8 - b'a' + 1
    }

    pub(super) fn name(self, region: Region) -> String {
        region.zone(self.letter)
    }
}

/// Which zones were asked for.
#[derive(Clone, Debug, Default)]
pub(super) enum ZoneChoice {
    #[default]
    ByTier,
    Count(u8),
    Letters(String),
}

impl ZoneChoice {
    /// The zones; what the region does not have is reported.
    #[track_caller]
    pub(super) fn choose(&self, scope: Scope<'_>) -> Vec<Zone> {
        let region = scope.region();
        match self {
            Self::ByTier => {
                let count = if scope.environment().tier.is_production() { 3 } else { 2 };
                first(region, count)
            }
            Self::Count(count) => {
                zones::check_count(scope, *count);
                first(region, (*count).max(1))
            }
            Self::Letters(letters) => named(scope, letters),
        }
    }
}

fn first(region: Region, count: u8) -> Vec<Zone> {
    region.zone_letters().chars().filter_map(Zone::of).take(usize::from(count)).collect()
}

#[track_caller]
fn named(scope: Scope<'_>, letters: &str) -> Vec<Zone> {
    zones::check_letters(scope, letters);
    let mut chosen = Vec::new();
    for zone in letters.chars().filter_map(Zone::of) {
        if !chosen.contains(&zone) {
            chosen.push(zone);
        }
    }
    if chosen.is_empty() { first(scope.region(), 1) } else { chosen }
}
