//! Inputs made of others.

use ce_deploy::simulator::Dice;

/// Pieces that readers trip over.
const PIECES: [&[u8]; 20] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\u0000",
    b"\\ud800",
    b"null",
    b"-1",
    b"1e999",
    b"18446744073709551616",
    b"../",
    b"/",
    b"${AWS::Region}",
    b"{\"Ref\":\"Queue\"}",
    b"{\"Fn::If\":[]}",
    b"%00",
    b"&",
    b"\xff\xfe",
    b"\n",
];
/// The longest input, in bytes.
const LONGEST: usize = 20_000;

/// Makes inputs of a corpus: the same seed, the same input.
pub(super) struct Mutator {
    corpus: Vec<Vec<u8>>,
}

impl Mutator {
    pub(super) fn new(corpus: Vec<Vec<u8>>) -> Self {
        Self { corpus }
    }

    pub(super) fn input(&self, seed: u64) -> Vec<u8> {
        let mut dice = Dice::of(seed);
        let mut input = dice.pick(&self.corpus).clone();
        for _ in 0..dice.range(1..=6) {
            self.change(&mut input, &mut dice);
        }
        input.truncate(LONGEST);
        input
    }

    fn change(&self, input: &mut Vec<u8>, dice: &mut Dice) {
        let (from, to) = span(input.len(), dice);
        match dice.range(0..=7) {
            0 => drop(input.drain(from..to)),
            1 => {
                let piece = *dice.pick(&PIECES);
                input.splice(from..from, piece.iter().copied());
            }
            2 => {
                let piece = *dice.pick(&PIECES);
                input.splice(from..to, piece.iter().copied());
            }
            3 => {
                let twice = input[from..to].to_vec();
                input.splice(from..from, twice);
            }
            4 => {
                let other = dice.pick(&self.corpus);
                let (begin, end) = span(other.len(), dice);
                input.splice(from..to, other[begin..end].iter().copied());
            }
            5 => input.truncate(from),
            _ => {
                if let Some(byte) = input.get_mut(from) {
                    *byte ^= 1 << dice.range(0..=7);
                }
            }
        }
    }
}

/// A part of something so long; mostly a short one.
fn span(length: usize, dice: &mut Dice) -> (usize, usize) {
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    let from = dice.range(0..=length);
    let longest = if dice.chance(80) { 16 } else { length };
    let to = from.saturating_add(dice.range(0..=longest)).min(length);
    (from as usize, to as usize)
}
