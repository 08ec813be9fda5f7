//! An IPv4 block has at most 32 bits.

use ce::prelude::*;

fn main() {
    let block = cidr!("10.0.0.0/33");
    println!("{block}");
}
