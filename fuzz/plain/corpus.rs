//! Running a target over its corpus.

use std::path::PathBuf;

use super::mutator::Mutator;

/// Runs a target over its corpus as it is, and over so many changed inputs.
pub(crate) fn run(name: &str, target: fn(&[u8]), inputs: u64) {
    let corpus = corpus(name);
    assert!(!corpus.is_empty(), "fuzz/corpus/{name} is empty");
    corpus.iter().for_each(|input| target(input));
    let mutator = Mutator::new(corpus);
    for seed in 0..inputs {
        target(&mutator.input(seed));
    }
}

/// The inputs of a target, in the order of their names.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(name);
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("a corpus").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).expect("a file")).collect()
}

/// A test for each target, and how many inputs it is run over.
macro_rules! plain_tests {
    ($($name:ident: $inputs:expr;)*) => {
        $(#[test]
        fn $name() {
            crate::plain::run(stringify!($name), crate::targets::$name, $inputs);
        })*
    };
}

pub(crate) use plain_tests;
