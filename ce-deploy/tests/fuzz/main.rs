//! The fuzz targets of `fuzz/`, for a while and the same way each time: from their corpora, changed at random by fixed
//! seeds.

mod mutator;
#[path = "../../../fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "a crate of its own for cargo-fuzz")]
mod targets;

use std::path::PathBuf;

use mutator::Mutator;

/// Runs a target over its corpus as it is, and over so many changed inputs.
fn run(name: &str, target: fn(&[u8]), inputs: u64) {
    let corpus = corpus(name);
    assert!(!corpus.is_empty(), "fuzz/corpus/{name} is empty");
    corpus.iter().for_each(|input| target(input));
    let mut mutator = Mutator::new(corpus);
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

macro_rules! targets {
    ($($name:ident: $inputs:expr;)*) => {
        $(#[test]
        fn $name() {
            run(stringify!($name), targets::$name, $inputs);
        })*
    };
}

targets! {
    change_set: 3_000;
    events: 3_000;
    journal: 10_000;
    json: 20_000;
    manifest: 1_500;
    plan: 10_000;
    policy: 10_000;
    template: 3_000;
    wire: 10_000;
}
