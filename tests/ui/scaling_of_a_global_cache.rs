//! A member of a global datastore cannot scale its shards.

use ce::data::ShardScaling;
use ce::prelude::*;

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

fn main() {
    let app = App::new();
    let stack = app.stack("Shop", PROD);
    let network = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    let pair = RedisGlobal::builder("shop").build(stack, "Pair");
    let cache = RedisCluster::builder(&network).global(&pair);
    cache.scale_shards(ShardScaling::between(1..=3)).build(stack, "Cache");
}
