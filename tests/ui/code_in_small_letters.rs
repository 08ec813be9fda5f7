//! A code is capital letters, then digits.

use ce::prelude::*;

const RULE: Code = Code::new("shop1");

fn main() {
    println!("{RULE}");
}
