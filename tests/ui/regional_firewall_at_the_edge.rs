//! A CDN takes a firewall of its own scope only.

use ce::edge::cdn::{Behavior, Origin};
use ce::prelude::*;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() {
    let app = App::new();
    let stack = app.stack("Shop", PROD);
    let firewall = WebFirewall::builder().build(stack, "Firewall");
    let origin = Origin::server("origin.example.com");
    Cdn::builder(Behavior::dynamic(origin)).firewall(&firewall).build(stack, "Cdn");
}
