//! The availability zones of a VPC.

use ce_synth::value::{get_azs, select};
use ce_synth::{Region, Scope, Value};

use super::super::rules::zones;

/// A zone, by its letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Zone {
    letter: char,
    /// Whether the letter was asked for; else it is the account's zone at this place that counts.
    pinned: bool,
}

impl Zone {
    #[cfg(test)]
    pub(super) const FIRST: Self = Self { letter: 'a', pinned: false };

    pub(super) fn of(letter: char) -> Option<Self> {
        letter.is_ascii_lowercase().then_some(Self { letter, pinned: true })
    }

    /// The account's zone at this place, whatever its letter.
    fn at_place(letter: char) -> Option<Self> {
        Self::of(letter).map(|zone| Self { pinned: false, ..zone })
    }

    /// 1 for `a`. Ids and addresses are made from it, and not from the place among the zones that are used, so that
    /// taking one out moves no other.
    pub(super) const fn number(self) -> u8 {
        self.letter as u8 - b'a' + 1
    }

    pub(super) fn name(self, region: Region) -> String {
        region.zone(self.letter)
    }

    /// What `Name` tags say of it.
    pub(super) fn label(self, region: Region) -> String {
        if self.pinned { self.name(region) } else { self.number().to_string() }
    }

    /// What the template says: the name, or the account's zone at its place, as letters differ between accounts.
    pub(super) fn value(self, region: Region) -> Value<String> {
        let place = region.zone_letters().chars().position(|letter| letter == self.letter);
        match place {
            Some(place) if !self.pinned => select(u32::try_from(place).unwrap_or_default(), get_azs("")),
            _ => Value::from_expr(self.name(region).into()),
        }
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
    region.zone_letters().chars().filter_map(Zone::at_place).take(usize::from(count)).collect()
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
