//! Synthesis beside `serde_json`: the time from a built tree to all templates as text, and the time `serde_json` takes to
//! write the same content from built `Value`s. Each pair runs in one process, so their ratio is fair.

#![allow(missing_docs, reason = "criterion's macros make items without docs")]

use std::hint::black_box;

use ce::cfn::{ec2, s3, sqs};
use ce::prelude::*;
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};

#[path = "../examples/prod/main.rs"]
#[allow(dead_code, reason = "the example's entry point is not used here")]
mod prod;

const ENVIRONMENT: Environment =
    Environment::new("bench", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);

/// Resources of six kinds, in stacks of at most 480, with references within and between stacks.
fn build(app: &App, resources: usize) {
    let mut shared = None;
    for number in 0..resources.div_ceil(480) {
        let stack = app.stack(&format!("Stack{number}"), ENVIRONMENT).tag("team", "bench");
        let vpc = stack.add("Vpc", ec2::Vpc::new().cidr_block("10.0.0.0/16").enable_dns_support(true));
        let queue = *shared.get_or_insert_with(|| stack.add("Dead", sqs::Queue::new().visibility_timeout(30)));
        let left = (resources - number * 480).min(480);
        for group in 0..(left.saturating_sub(2)).div_ceil(4) {
            let scope = stack.child(&format!("Group{group}"));
            let subnet = ec2::Subnet::new().vpc_id(vpc).cidr_block(format!("10.0.{}.0/24", group % 256));
            scope.add("Subnet", subnet.map_public_ip_on_launch(false).availability_zone("us-east-1a"));
            let firewall = ec2::SecurityGroup::new().vpc_id(vpc).group_description("one group of many");
            scope.add("Firewall", firewall);
            let bucket = scope.add("Bucket", s3::Bucket::new().bucket_name(format!("bench-{number}-{group}")));
            let inbox = sqs::Queue::new().queue_name(join!["inbox-", bucket.ref_()]).kms_master_key_id("alias/aws/sqs");
            scope.add("Inbox", inbox.redrive_policy(Expr::object([("deadLetterTargetArn", queue.arn().into_expr())])));
        }
    }
}

fn values(assembly: &ce::synth::Assembly) -> Vec<serde_json::Value> {
    assembly.stacks().map(|stack| serde_json::from_str(stack.template()).expect("a template is JSON")).collect()
}

fn pair(criterion: &mut Criterion, name: &str, build: impl Fn(&App)) {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(20);
    let make = || {
        let app = App::new();
        build(&app);
        app
    };
    group.bench_function("build the tree", |bencher| bencher.iter(|| black_box(make())));
    group.bench_function("synth, all rules", |bencher| {
        bencher.iter_batched(make, |app| black_box(app.synth()), BatchSize::PerIteration);
    });
    let assembly = make().synth().unwrap_or_else(|findings| panic!("{findings}"));
    let values = values(&assembly);
    group.bench_function("serde_json writes the same", |bencher| {
        bencher.iter(|| {
            values.iter().map(|value| serde_json::to_string_pretty(value).map_or(0, |text| text.len())).sum::<usize>()
        });
    });
    group.finish();
}

fn synth(criterion: &mut Criterion) {
    pair(criterion, "prod", prod::claude_enhancer);
    for resources in [1_650, 10_000, 100_000] {
        pair(criterion, &format!("{resources} resources"), move |app| build(app, resources));
    }
}

criterion_group!(benches, synth);
criterion_main!(benches);
