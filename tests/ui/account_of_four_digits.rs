//! An account is twelve digits.

use ce::prelude::*;

const OPERATIONS: Account = Account::new("1234");

fn main() {
    println!("{OPERATIONS}");
}
