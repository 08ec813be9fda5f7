//! Choices that a seed decides: `SplitMix64`. Source: <https://prng.di.unimi.it/splitmix64.c> (public domain)

use std::ops::RangeInclusive;

/// Choices that a seed decides.
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// The same seed makes the same choices.
    pub fn of(seed: u64) -> Self {
        // Neighbouring seeds would give neighbouring rows without the product.
        Self { state: seed.wrapping_mul(0xD134_2543_DE82_EF95) }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.state)
    }

    /// A number of a range; near enough to even for small ones.
    pub fn range(&mut self, range: RangeInclusive<u32>) -> u32 {
        let size = u64::from(range.end() - range.start()) + 1;
        range.start() + u32::try_from(self.bits() % size).unwrap_or_default()
    }

    /// Yes, in so many of a hundred cases.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.range(1..=100) <= percent
    }

    /// One of these; there must be one.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let last = u32::try_from(from.len().saturating_sub(1)).unwrap_or(u32::MAX);
        &from[self.range(0..=last) as usize]
    }
}

/// Scatters the bits of a number.
pub(super) const fn mix(state: u64) -> u64 {
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
