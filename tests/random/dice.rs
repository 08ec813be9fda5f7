//! Choices that are the same in every run: `SplitMix64`, seeded by the number of the case.

use std::ops::RangeInclusive;

/// Choices, sound or bold: bold ones leave the bounds of numbers and the letters of names now and then.
pub(super) struct Dice {
    case: u64,
    state: u64,
    bold: bool,
}

/// What nobody thinks of when naming things.
const ODD: [&str; 10] = ["", " ", "-", "a b", "ä", "🦀", "${AWS::Region}", "a/../b", "aws:", "{{resolve:ssm:a}}"];

impl Dice {
    pub(super) fn of(case: u64) -> Self {
        // Neighbouring seeds would give neighbouring streams without the product.
        Self { case, state: case.wrapping_mul(0xD134_2543_DE82_EF95), bold: false }
    }

    pub(super) fn bold(&mut self) {
        self.bold = true;
    }

    fn dares(&mut self) -> bool {
        self.bold && self.chance(8)
    }

    pub(super) fn case(&self) -> u64 {
        self.case
    }

    /// The next 64 bits. Source: <https://prng.di.unimi.it/splitmix64.c> (public domain)
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number of a range whatever the dice are, by its remainder: near enough to even for small ranges.
    pub(super) fn of_range(&mut self, range: RangeInclusive<u32>) -> u32 {
        let size = u64::from(range.end() - range.start()) + 1;
        range.start() + u32::try_from(self.next() % size).expect("less than the range's size")
    }

    /// A number for an option.
    pub(super) fn within(&mut self, range: RangeInclusive<u32>) -> u32 {
        self.option(range, u32::MAX)
    }

    /// A number for an option of one byte.
    pub(super) fn small(&mut self, range: RangeInclusive<u8>) -> u8 {
        let range = u32::from(*range.start())..=u32::from(*range.end());
        u8::try_from(self.option(range, u32::from(u8::MAX))).expect("at most the most")
    }

    /// A number for an option of two bytes.
    pub(super) fn short(&mut self, range: RangeInclusive<u16>) -> u16 {
        let range = u32::from(*range.start())..=u32::from(*range.end());
        u16::try_from(self.option(range, u32::from(u16::MAX))).expect("at most the most")
    }

    fn option(&mut self, range: RangeInclusive<u32>, most: u32) -> u32 {
        if self.dares() {
            let beside = [range.start().saturating_sub(1), range.end().saturating_add(1).min(most)];
            let far = [0, 1, most / 2, most];
            return if self.chance(50) { self.pick(&beside) } else { self.pick(&far) };
        }
        self.of_range(range)
    }

    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.of_range(1..=100) <= percent
    }

    pub(super) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.of_range(0..=u32::try_from(from.len() - 1).expect("few")) as usize].clone()
    }

    /// One of what there is, if there is any and the dice say so.
    pub(super) fn maybe<T: Clone>(&mut self, percent: u32, from: &[T]) -> Option<T> {
        (!from.is_empty() && self.chance(percent)).then(|| self.pick(from))
    }

    /// Small letters and digits, a letter first; of something with a name.
    pub(super) fn word(&mut self, length: RangeInclusive<u32>) -> String {
        if self.dares() {
            let times = self.pick(&[1, 1, 1, 300]);
            return self.pick(&ODD).repeat(times);
        }
        let length = self.of_range(length);
        (0..length)
            .map(|place| {
                let letters = if place == 0 { 26 } else { 36 };
                let letter = self.of_range(0..=letters - 1);
                char::from_digit((letter + 10) % 36, 36).expect("a digit of base 36")
            })
            .collect()
    }
}
