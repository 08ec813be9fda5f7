//! A percentage is 0 to 100.

use ce::prelude::*;

const SHARE: Percent = Percent::new(101);

fn main() {
    println!("{SHARE}");
}
