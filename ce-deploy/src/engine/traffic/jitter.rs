//! A little disorder, from a seed.

/// Numbers that look random and are the same for the same seed, so that many runs do not retry at the same instant and
/// one run can be repeated.
#[derive(Clone, Debug)]
pub(crate) struct Jitter(u64);

impl Jitter {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Between three quarters of a number and the number.
    pub(crate) fn soften(&mut self, number: u64) -> u64 {
        let quarter = number / 4;
        number - self.next() % (quarter + 1)
    }

    /// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (`SplitMix64`).
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
