//! Apps with one mistake, in the midst of what is right.

use ce::cfn::{ec2, s3, sqs};
use ce::data::{Capacity, Shards};
use ce::prelude::*;
use ce::security::Action;
use ce::storage::{LifecycleRule, StorageClass};
use ce::synth::DeletionPolicy;

use super::dice::Dice;
use super::sound;

/// What is wrong, and how it is made so.
type Mistake = (&'static str, fn(Scope<'_>, &mut Dice));

/// Adds a sound app, and one mistake to it, whose name is given back.
pub(super) fn app(app: &App, dice: &mut Dice) -> &'static str {
    if dice.chance(20) {
        sound::app(app, dice);
    }
    let stack = app.stack("Wrong", sound::environment(dice));
    let (name, make) = dice.pick(&MISTAKES);
    make(stack, dice);
    name
}

const MISTAKES: [Mistake; 30] = [
    ("an id used twice", |stack, dice| {
        let id = dice.word(1..=20);
        stack.add(&id, sqs::Queue::new());
        stack.add(&id, sqs::Queue::new());
    }),
    ("a stack's id used twice", |stack, _| {
        stack.app().stack("Wrong", stack.environment());
    }),
    ("an empty id", |stack, _| {
        stack.add("", sqs::Queue::new());
    }),
    ("an id with a slash", |stack, dice| {
        stack.add(&format!("{}/{}", dice.word(0..=3), dice.word(0..=3)), sqs::Queue::new());
    }),
    ("ids that are one logical id", |stack, dice| {
        let id = dice.word(2..=9);
        stack.add(&id, sqs::Queue::new()).with_logical_id("Same");
        stack.add(&format!("{id}-"), sqs::Queue::new()).with_logical_id("Same");
    }),
    ("a stack's name that CloudFormation refuses", |stack, dice| {
        stack.stack().named(dice.pick(&["1st", "a_b", "", "ä"]));
        stack.add("Queue", sqs::Queue::new());
    }),
    ("stacks that need each other", |stack, dice| {
        let other = stack.app().stack("Other", stack.environment());
        let (here, there) = (stack.add("Here", sqs::Queue::new()), other.add("There", sqs::Queue::new()));
        stack.output(&dice.word(1..=9), there.arn());
        other.output(&dice.word(1..=9), here.arn());
    }),
    ("resources that need each other", |stack, _| {
        let (one, two) = (stack.add("One", sqs::Queue::new()), stack.add("Two", sqs::Queue::new()));
        one.depends_on(*two);
        two.depends_on(*one);
    }),
    ("a property that the type does not have", |stack, dice| {
        stack.raw("Queue", "AWS::SQS::Queue", [(format!("X{}", dice.word(1..=9)), Expr::from(true))]);
    }),
    ("a type that AWS does not have", |stack, dice| {
        stack.raw("Thing", format!("AWS::SQS::X{}", dice.word(1..=9)), [("Name", Expr::from("a"))]);
    }),
    ("a value of another kind", |stack, dice| {
        stack.add("Queue", sqs::Queue::new()).set("Properties.DelaySeconds", Expr::from(dice.word(1..=9)));
    }),
    ("a value out of its bounds", |stack, dice| {
        stack.add("Queue", sqs::Queue::new().delay_seconds(dice.of_range(901..=u32::MAX)));
    }),
    ("a required property left out", |stack, _| {
        stack.add("Subnet", ec2::Subnet::new());
    }),
    ("a snapshot of what has none", |stack, _| {
        stack.add("Bucket", s3::Bucket::new()).deletion_policy(DeletionPolicy::Snapshot);
    }),
    ("a path of properties that leads nowhere", |stack, dice| {
        let queue = stack.add("Queue", sqs::Queue::new().queue_name("orders"));
        queue.set(&format!("Properties.QueueName.{}", dice.word(1..=9)), true);
    }),
    ("an exhausted address space", |stack, dice| {
        let cidr = format!("10.0.0.0/{}", dice.of_range(26..=28)).parse().expect("a block");
        MultiAzVpc::builder(cidr).zones(3).subnet_prefix(SubnetTier::Private, dice.small(16..=25)).build(stack, "Vpc");
    }),
    ("a VPC too large or too small", |stack, dice| {
        let prefix = dice.pick(&[0, 1, 8, 15, 29, 30, 31, 32]);
        MultiAzVpc::builder(format!("10.0.0.0/{}", prefix.max(8)).parse().expect("a block")).build(stack, "Vpc");
    }),
    ("more zones than there are", |stack, dice| {
        MultiAzVpc::builder(cidr!("10.0.0.0/16")).zones(dice.pick(&[0, 7, 255])).build(stack, "Vpc");
    }),
    ("a zone that the region does not have", |stack, dice| {
        MultiAzVpc::builder(cidr!("10.0.0.0/16")).zone_letters(dice.pick(&["x", "aa", "a9", "é"])).build(stack, "Vpc");
    }),
    ("a NAT gateway that stands nowhere", |stack, dice| {
        let vpc = MultiAzVpc::builder(cidr!("10.0.0.0/16")).tiers([SubnetTier::Private]);
        vpc.nat(dice.pick(&[Nat::PerZone, Nat::Single])).build(stack, "Vpc");
    }),
    ("a subnet outside of its VPC", |stack, dice| {
        let cidr = format!("10.{}.0.0/24", dice.of_range(9..=255)).parse().expect("a block");
        ExistingVpc::builder("vpc-1", cidr!("10.8.0.0/16"))
            .subnet(SubnetTier::Private, 'a', "subnet-1", cidr)
            .build(stack);
    }),
    ("a key that rotates too often or too seldom", |stack, dice| {
        let days = dice.pick(&[0, 1, 89, 2_561, 10_000]);
        Key::builder().rotated_every(Duration::days(days)).build(stack, "Key");
    }),
    ("a key that is deleted too soon", |stack, dice| {
        Key::builder().pending_window(Duration::days(dice.pick(&[0, 6, 31, 365]))).build(stack, "Key");
    }),
    ("a secret replicated to where it is", |stack, _| {
        let key = Key::builder().multi_region().build(stack, "Key");
        Secret::builder(&key).filled_by_hand().replicated_to([stack.region()]).build(stack, "Secret");
    }),
    ("a statement that allows everything", |stack, dice| {
        let action: Action = format!("{}:*", dice.word(2..=9)).parse().expect("a service and a name");
        Role::builder(Principal::service("ec2.amazonaws.com"))
            .build(stack, "Role")
            .allow(Statement::allow([action]).on(["*"]));
    }),
    ("objects that are deleted before they move", |stack, dice| {
        let rule =
            LifecycleRule::new().transition(StorageClass::GlacierDeepArchive, Duration::days(dice.of_range(100..=900)));
        let rule = rule.expire_after(Duration::days(dice.of_range(1..=99)));
        Bucket::builder().lifecycle(rule).build(stack, "Bucket");
    }),
    ("an alarm with more samples than periods", |stack, dice| {
        let periods = dice.short(1..=20);
        let alarm = Metric::new("Shop", "Orders").below(1.0).for_periods(periods);
        alarm.when_any(periods + dice.short(1..=100)).alarm(stack, "Alarm");
    }),
    ("a variable that is a secret, too", |stack, dice| {
        let name = dice.word(1..=12);
        let secret = Secret::builder(&Key::builder().build(stack, "Key")).filled_by_hand().build(stack, "Secret");
        let network = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(stack, "Vpc");
        let image = ImageSource::public("public.ecr.aws/nginx/nginx", ImageVersion::tag("1.29"));
        FargateService::builder(
            &EcsCluster::builder().build(stack, "Cluster"),
            &network,
            image,
            TaskSize::new::<256, 512>(),
        )
        .env(&name, "1")
        .secret(name, &secret)
        .build(stack, "Service");
    }),
    ("more readers than a cluster has", |stack, dice| {
        let network = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(stack, "Vpc");
        let capacity = Capacity::provisioned(InstanceClass::R6G_LARGE, dice.small(16..=255));
        AuroraCluster::builder(&network).capacity(capacity).build(stack, "Database");
    }),
    ("a cache with more nodes than there can be", |stack, dice| {
        let network = MultiAzVpc::builder(cidr!("10.0.0.0/16")).build(stack, "Vpc");
        let shards = if dice.chance(50) {
            Shards::Single { replicas: dice.small(6..=255) }
        } else {
            Shards::Clustered { shards: dice.short(501..=u16::MAX), replicas: dice.small(0..=5) }
        };
        RedisCluster::builder(&network).shards(shards).build(stack, "Cache");
    }),
];
