//! A quarter of a processor comes with at most 2 GiB.

use ce::prelude::*;

const SIZE: TaskSize = TaskSize::new::<256, 8192>();

fn main() {
    println!("{SIZE}");
}
