//! Fuzz targets as plain tests: for a while and the same way each time, from their corpora, changed at random by fixed
//! seeds.

mod corpus;
mod mutator;

pub(crate) use corpus::{plain_tests, run};
