//! Apps that hold together: every option within its bounds, every reference to something that is there before.

use ce::compute::RepositoryBuilder;
use ce::observe::{Endpoint, MissingData};
use ce::prelude::*;
use ce::security::{Action, Password};
use ce::storage::{LifecycleRule, ObjectLock, StorageClass};

use super::dice::Dice;
use super::large;

/// What a block may use: it was made before, in this stack or in an earlier one, so that stacks never need each other
/// in a circle.
#[derive(Default)]
pub(super) struct Made<'a> {
    pub(super) networks: Vec<MultiAzVpc<'a>>,
    pub(super) groups: Vec<SecurityGroup<'a>>,
    pub(super) keys: Vec<Key<'a>>,
    pub(super) logs: Vec<LogGroup<'a>>,
    pub(super) secrets: Vec<Secret<'a>>,
    pub(super) buckets: Vec<Bucket<'a>>,
    pub(super) topics: Vec<Topic<'a>>,
}

pub(super) fn environment(dice: &mut Dice) -> Environment {
    let tier = dice.pick(&[Tier::Development, Tier::Staging, Tier::Production]);
    // Regions with two zones have no room for what is in three.
    let regions: Vec<Region> = Region::ALL.iter().copied().filter(|region| region.zone_letters().len() > 2).collect();
    Environment::new("random", Account::new("111111111111"), dice.pick(&regions), tier)
}

pub(super) fn app(app: &App, dice: &mut Dice) {
    let environment = environment(dice);
    let mut made = Made::default();
    let stacks = dice.of_range(1..=3);
    for number in 1..=stacks {
        let stack = app.stack(&format!("Stack{number}"), environment);
        if dice.chance(30) {
            stack.tag("Owner", dice.word(1..=8));
        }
        for place in 1..=dice.of_range(1..=4) {
            small(stack, &format!("Small{place}"), dice, &mut made);
        }
        if number == stacks && dice.case().is_multiple_of(16) {
            large::add(stack, dice, &mut made);
        }
    }
    // Groups of any stack, in any direction: the rules are placed so that no circle comes of it.
    for _ in 0..dice.of_range(0..=4) {
        connect(dice, &made.groups);
    }
}

fn small<'a>(stack: Scope<'a>, id: &str, dice: &mut Dice, made: &mut Made<'a>) {
    let scope = if dice.chance(30) { stack.child(&format!("Below{id}")) } else { stack };
    match dice.of_range(0..=9) {
        0 => made.networks.push(network(scope, id, dice)),
        1 | 2 => group(scope, id, dice, made),
        3 => made.keys.push(key(scope, id, dice)),
        4 => logs(scope, id, dice, made),
        5 => secret(scope, id, dice, made),
        6 => bucket(scope, id, dice, made),
        7 => alarm(scope, id, dice, made),
        8 => role(scope, id, dice, made),
        _ => repository(scope, id, dice, made),
    }
}

pub(super) fn network<'a>(scope: Scope<'a>, id: &str, dice: &mut Dice) -> MultiAzVpc<'a> {
    let cidr = format!("10.{}.0.0/{}", dice.of_range(0..=255), dice.of_range(16..=20)).parse().expect("a block");
    let mut builder = MultiAzVpc::builder(cidr).zones(dice.small(2..=3));
    if dice.chance(30) {
        builder = builder.named(dice.word(1..=12));
    }
    if dice.chance(50) {
        builder = builder.nat(dice.pick(&[Nat::PerZone, Nat::Single, Nat::Regional, Nat::None]));
    }
    if dice.chance(30) {
        builder = builder.endpoints([
            AwsService::ECR_API,
            AwsService::ECR_DKR,
            AwsService::LOGS,
            AwsService::SECRETS_MANAGER,
        ]);
    }
    if dice.chance(20) {
        builder = builder.subnet_prefix(SubnetTier::Isolated, dice.small(26..=28));
    }
    if dice.chance(20) {
        builder = builder.standard_network_acls();
    }
    if dice.chance(20) {
        builder = builder.subnet_tag(SubnetTier::Public, dice.word(1..=10), dice.word(0..=10));
    }
    builder.build(scope, id)
}

fn group<'a>(scope: Scope<'a>, id: &str, dice: &mut Dice, made: &mut Made<'a>) {
    let there = ExistingVpc::builder("vpc-0a1b2c3d4e5f60718", cidr!("10.8.0.0/16")).build(scope);
    let mut builder = match dice.maybe(80, &made.networks) {
        Some(network) => SecurityGroup::builder(&network, dice.word(1..=40)),
        None => SecurityGroup::builder(&there, dice.word(1..=40)),
    };
    if dice.chance(30) {
        builder = builder.named(dice.word(1..=30));
    }
    if dice.chance(50) {
        builder = builder.default_port(Port::tcp(dice.short(1..=u16::MAX)));
    }
    let group = builder.build(scope, id);
    if dice.chance(40) {
        group
            .connections()
            .allow_to(Cidr::ANYWHERE, dice.pick(&[Port::HTTPS, Port::udp(53), Port::ALL_TRAFFIC, Port::PING]));
    }
    made.groups.push(group);
}

/// Groups know each other within one network only.
fn connect(dice: &mut Dice, groups: &[SecurityGroup<'_>]) {
    if groups.is_empty() {
        return;
    }
    let (from, to) = (dice.pick(groups), dice.pick(groups));
    let vpc = |group: &SecurityGroup<'_>| group.group().peek("VpcId");
    if vpc(&from) != vpc(&to) {
        return;
    }
    match to.connections().port() {
        Some(_) if dice.chance(50) => from.connections().allow_to_default_port(&to),
        _ => {
            let first = dice.short(1..=60_000);
            let port = Port::tcp_range(first, first.saturating_add(dice.pick(&[0, 1, 99, 1_000])));
            if dice.chance(50) {
                from.connections().allow_to(&to, port);
            } else {
                to.connections().allow_from(&from, port);
            }
        }
    }
}

fn key<'a>(scope: Scope<'a>, id: &str, dice: &mut Dice) -> Key<'a> {
    let mut builder = Key::builder().allow_service(Principal::regional_service("logs", scope.region()));
    if dice.chance(40) {
        builder = builder.alias(format!("alias/{}/{}", dice.word(1..=8), dice.word(8..=30)));
    }
    if dice.chance(50) {
        builder = builder.multi_region();
    }
    if dice.chance(30) {
        builder = builder.rotated_every(Duration::days(dice.within(90..=2_560)));
    }
    if dice.chance(30) {
        builder = builder.pending_window(Duration::days(dice.within(7..=30)));
    }
    builder.build(scope, id)
}

fn logs<'a>(scope: Scope<'a>, id: &str, dice: &mut Dice, made: &mut Made<'a>) {
    let mut builder = LogGroup::builder();
    if dice.chance(50) {
        let kept = [
            1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288,
            3_653,
        ];
        builder = builder.retention(Retention::days(dice.pick(&kept)));
    }
    if dice.chance(40) {
        builder = builder.named(format!("/{}/{}", dice.word(1..=10), dice.word(8..=20)));
    }
    if let Some(key) = dice.maybe(50, &made.keys) {
        builder = builder.encrypted_by(&key);
    }
    let group = builder.build(scope, id);
    if dice.chance(30) {
        group.count("Errors", "{ $.level = \"error\" }", &dice.word(1..=10), &dice.word(1..=10));
    }
    made.logs.push(group);
}

fn secret<'a>(scope: Scope<'a>, id: &str, dice: &mut Dice, made: &mut Made<'a>) {
    if made.keys.is_empty() {
        made.keys.push(key(scope, &format!("{id}Key"), dice));
    }
    let key = dice.pick(&made.keys);
    let mut builder = Secret::builder(&key);
    if dice.chance(50) {
        builder = builder.named(format!("{}/{}", dice.word(1..=10), dice.word(10..=30)));
    }
    let password = Password::new().length(dice.short(16..=128));
    builder = match dice.of_range(0..=3) {
        0 => builder.generated(password.without_punctuation()),
        1 => builder.login(&dice.word(1..=16), password),
        2 => builder.generated_field(dice.word(1..=10), password),
        _ => builder.filled_by_hand(),
    };
    // In the partition of the key, and not where the secret is itself.
    let here = scope.region();
    let apart = |region: &Region| *region != here && region.partition() == here.partition();
    let others: Vec<Region> = Region::ALL.iter().copied().filter(apart).collect();
    if key.is_multi_region() && !others.is_empty() && dice.chance(40) {
        builder = builder.replicated_to([dice.pick(&others)]);
    }
    made.secrets.push(builder.build(scope, id));
}

fn bucket<'a>(scope: Scope<'a>, id: &str, dice: &mut Dice, made: &mut Made<'a>) {
    let mut builder = Bucket::builder();
    if let Some(key) = dice.maybe(30, &made.keys) {
        builder = builder.encrypted_by(&key);
    }
    if dice.chance(40) {
        let (first, second) = (dice.within(30..=100), dice.within(30..=100));
        let mut rule = LifecycleRule::new()
            .prefix(format!("{}/", dice.word(1..=5)))
            .transition(StorageClass::StandardInfrequentAccess, Duration::days(first))
            .transition(StorageClass::GlacierFlexibleRetrieval, Duration::days(first.saturating_add(second)));
        if dice.chance(50) {
            rule =
                rule.expire_after(Duration::days(first.saturating_add(second).saturating_add(dice.within(90..=3_000))));
        }
        builder = builder.lifecycle(rule);
    }
    if dice.chance(10) {
        builder = builder.object_lock(ObjectLock::Governance(Duration::days(dice.within(1..=3_650))));
    }
    builder =
        if dice.chance(50) { builder.without_access_logs() } else { builder.logs_of_buckets_elsewhere(scope, id) };
    if dice.chance(20) {
        builder = builder.event_bridge();
    }
    made.buckets.push(builder.build(scope, id));
}

/// A bucket for the logs of another.
trait Logged<'a> {
    fn logs_of_buckets_elsewhere(self, scope: Scope<'a>, id: &str) -> Self;
}

impl<'a> Logged<'a> for ce::storage::BucketBuilder<'a> {
    fn logs_of_buckets_elsewhere(self, scope: Scope<'a>, id: &str) -> Self {
        let logs = Bucket::builder().logs_of_buckets().without_access_logs().build(scope, &format!("{id}Logs"));
        self.access_logs_to(&logs, format!("{id}/"))
    }
}

fn alarm<'a>(scope: Scope<'a>, id: &str, dice: &mut Dice, made: &mut Made<'a>) {
    if made.topics.is_empty() {
        let key = Key::builder().build(scope, &format!("{id}Key"));
        let topic = Topic::builder(&key).build(scope, &format!("{id}Topic"));
        topic.subscribe("Mail", Endpoint::email("oncall@example.com"));
        made.topics.push(topic);
    }
    let minutes = dice.pick(&[1, 5, 15, 60]);
    let metric = Metric::new(dice.word(1..=20), dice.word(1..=20))
        .statistic(dice.pick(&[Statistic::Average, Statistic::Sum, Statistic::Maximum, Statistic::SampleCount]))
        .period(Duration::minutes(minutes))
        .dimension(dice.word(1..=10), dice.word(1..=10));
    let threshold = f64::from(dice.within(0..=1_000)) / 8.0;
    let builder = match dice.of_range(0..=3) {
        0 => metric.above(threshold),
        1 => metric.below(threshold),
        2 => metric.at_least(threshold),
        _ => metric.outside_expected(2.0),
    };
    let periods = dice.short(1..=u16::try_from(1_440 / minutes).expect("at most 1,440").min(24));
    let missing = [MissingData::Missing, MissingData::Breaching, MissingData::NotBreaching, MissingData::Ignore];
    let builder = builder.for_periods(periods).when_any(dice.short(1..=periods.max(1))).missing(dice.pick(&missing));
    builder.alarm(scope, id).notify(&dice.pick(&made.topics));
}

fn role<'a>(scope: Scope<'a>, id: &str, dice: &mut Dice, made: &Made<'a>) {
    let service = dice.pick(&["ecs-tasks.amazonaws.com", "lambda.amazonaws.com", "ec2.amazonaws.com"]);
    let mut builder = Role::builder(Principal::service(service));
    if dice.chance(30) {
        builder = builder.named(dice.word(1..=64));
    }
    if dice.chance(30) {
        builder = builder.max_session(Duration::hours(dice.within(1..=12)));
    }
    let role = builder.build(scope, id);
    if let Some(key) = dice.maybe(40, &made.keys) {
        key.grants().encrypt_decrypt(&role);
    }
    if let Some(secret) = dice.maybe(40, &made.secrets) {
        secret.grants().read(&role);
    }
    if let Some(bucket) = dice.maybe(50, &made.buckets) {
        match dice.of_range(0..=2) {
            0 => bucket.grants().read(&role),
            1 => bucket.grants().below(format!("{}/", dice.word(1..=9))).write(&role),
            _ => bucket.grants().read_write(&role),
        }
    }
    if let Some(topic) = dice.maybe(40, &made.topics) {
        topic.allow_publish(&role);
    }
    if dice.chance(30) {
        let arn = format!("arn:aws:sqs:eu-west-1:111111111111:{}", dice.word(1..=80));
        role.allow(Statement::allow([Action::new("sqs:SendMessage"), Action::new("sqs:GetQueueUrl")]).on([arn]));
    }
}

fn repository<'a>(scope: Scope<'a>, id: &str, dice: &mut Dice, made: &Made<'a>) {
    let mut builder: RepositoryBuilder = Repository::builder().keep(dice.short(1..=1_000));
    if dice.chance(40) {
        builder = builder.named(format!("{}/{}", dice.word(2..=10), dice.word(8..=20)));
    }
    if let Some(key) = dice.maybe(40, &made.keys) {
        builder = builder.encrypted_by(&key);
    }
    builder.build(scope, id);
}
