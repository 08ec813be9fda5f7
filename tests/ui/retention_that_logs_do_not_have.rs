//! Log groups keep records for one of a list of days.

use ce::prelude::*;

const KEPT: Retention = Retention::days(91);

fn main() {
    println!("{KEPT}");
}
