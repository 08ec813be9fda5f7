//! The address of a block has no bits below its prefix.

use ce::prelude::*;

fn main() {
    let block = cidr!("10.0.0.1/16");
    println!("{block}");
}
