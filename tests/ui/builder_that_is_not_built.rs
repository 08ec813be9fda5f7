//! A builder does nothing until it is built.

#![deny(unused_must_use)]

use ce::prelude::*;

fn main() {
    MultiAzVpc::builder(cidr!("10.0.0.0/16")).zones(2);
}
