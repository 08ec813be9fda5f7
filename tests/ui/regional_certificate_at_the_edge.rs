//! A CDN takes a certificate of us-east-1 only.

use ce::edge::cdn::{Behavior, Origin};
use ce::prelude::*;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() {
    let app = App::new();
    let stack = app.stack("Shop", PROD);
    let zone = HostedZone::builder("example.com").build(stack, "Zone");
    let certificate = Certificate::builder("example.com", &zone).build(stack, "Certificate");
    let origin = Origin::server("origin.example.com");
    Cdn::builder(Behavior::dynamic(origin)).domain(&certificate, ["example.com"]).build(stack, "Cdn");
}
