//! Bytes changed at random: reading ends with an assembly or an error, never with a panic.

use std::fs;

use crate::folder::aws_cdk;

/// A generator of numbers whose sequence is the same everywhere (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap()
    }
}

#[test]
fn mutated_manifests_never_panic() {
    const SNIPPETS: [&str; 8] = ["null", "[]", "{}", "\"..\"", "1e999", "\"\"", ",", "\\u0000"];
    for (seed, file) in ["manifest.json", "Shop.assets.json", "Shop.template.json"].into_iter().enumerate() {
        let folder = aws_cdk(&format!("mutated-{seed}"));
        let original = fs::read(folder.path().join(file)).unwrap();
        let mut dice = Dice(0x9e37_79b9 + seed as u64);
        for _ in 0..300 {
            let mut bytes = original.clone();
            for _ in 0..=dice.roll(3) {
                let at = dice.roll(bytes.len());
                match dice.roll(4) {
                    0 => bytes[at] = u8::try_from(dice.roll(256)).unwrap(),
                    1 => bytes.truncate(at),
                    2 => drop(bytes.splice(at..at, SNIPPETS[dice.roll(SNIPPETS.len())].bytes())),
                    _ => drop(bytes.drain(at..(at + dice.roll(40)).min(bytes.len()))),
                }
                if bytes.is_empty() {
                    break;
                }
            }
            folder.write(file, &bytes);
            if let Err(error) = folder.read() {
                assert!(!error.to_string().is_empty());
            }
        }
    }
}
