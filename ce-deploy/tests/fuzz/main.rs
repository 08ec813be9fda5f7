//! The fuzz targets of what `ce-deploy` reads, as plain tests.

#[path = "../../../fuzz/plain/mod.rs"]
mod plain;
#[path = "../../../fuzz/src/deploy/mod.rs"]
#[allow(unreachable_pub, reason = "a crate of its own for cargo-fuzz")]
mod targets;

plain::plain_tests! {
    assets: 1_500;
    change_set: 3_000;
    difference: 3_000;
    events: 3_000;
    evidence: 10_000;
    journal: 10_000;
    json: 20_000;
    manifest: 1_500;
    network: 3_000;
    plan: 3_000;
    policy: 10_000;
    template: 3_000;
    wire: 10_000;
}
