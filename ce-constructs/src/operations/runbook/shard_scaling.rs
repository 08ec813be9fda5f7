//! More shards for Redis.

use ce_synth::{IntoValue, Scope};

use super::redis_target::RedisTarget;
use crate::operations::{
    ApiOperation, AutomationDocument, DocumentParameter, Script, Step, ValueType, output, parameter,
};

const GROW: ApiOperation = ApiOperation::new("elasticache:ModifyReplicationGroupShardConfiguration");
const GROW_GLOBAL: ApiOperation = ApiOperation::new("elasticache:IncreaseNodeGroupsInGlobalReplicationGroup");

/// Counts in Python: documents know no sums.
const COUNT: &str = "\
import boto3

def count(events, context):
    found = boto3.client('elasticache').describe_replication_groups(ReplicationGroupId=events['ReplicationGroupId'])
    shards = len(found['ReplicationGroups'][0]['NodeGroups']) + int(events['AddShards'])
    if shards > int(events['MaximumShards']):
        raise Exception('{} shards would be more than {}'.format(shards, events['MaximumShards']))
    return {'Shards': shards}
";

/// A runbook that gives Redis more shards: what an alarm about memory starts where Application Auto Scaling cannot, as
/// with members of a global datastore.
///
/// ```
/// # use ce_constructs::operations::{EventPattern, AlarmState, EventRule, ShardScaling};
/// # use ce_constructs::observe::Metric;
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// # let memory = Metric::new("AWS/ElastiCache", "DatabaseMemoryUsagePercentage").above(80.0).alarm(stack, "Memory");
/// let grow = ShardScaling::of_global("ldgnf-sessions", "sessions").named("sessions-add-shard").build(stack, "Grow");
/// let full = EventPattern::alarm_state(AlarmState::Alarm).about_alarm(&memory);
/// EventRule::builder(full).to(&grow).build(stack, "Full");
/// # app.synth().unwrap();
/// ```
///
/// By default it adds one shard, up to 20, and waits until they serve. Its parameters are `AddShards` and `MaximumShards`.
#[derive(Clone, Debug)]
#[must_use = "a runbook does nothing until `build`"]
pub struct ShardScaling {
    target: RedisTarget,
    name: Option<String>,
    maximum: u16,
}

impl ShardScaling {
    /// For a replication group, by its id, that is in no global datastore.
    pub fn of_group(id: impl IntoValue<String>) -> Self {
        Self { target: RedisTarget::group(id), name: None, maximum: 20 }
    }

    /// For a global datastore, by its id and that of its primary replication group.
    pub fn of_global(id: impl IntoValue<String>, primary: impl IntoValue<String>) -> Self {
        Self { target: RedisTarget::global(id, primary), name: None, maximum: 20 }
    }

    /// Names the document. Default: CloudFormation names it.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// How many shards there may be, if whoever starts it does not say. Default: 20.
    pub fn at_most(mut self, shards: u16) -> Self {
        self.maximum = shards;
        self
    }

    /// Adds the document.
    #[track_caller]
    pub fn build<'a>(self, scope: Scope<'a>, id: &str) -> AutomationDocument<'a> {
        let whole = |name: &str| DocumentParameter::new(name, ValueType::Integer);
        let mut document = AutomationDocument::builder("Gives Redis more shards")
            .target_type("/AWS::ElastiCache::ReplicationGroup")
            .parameter(whole("AddShards").described("how many shards are added").default(1))
            .parameter(whole("MaximumShards").described("how many there may be").default(i64::from(self.maximum)))
            .step(self.count())
            .step(self.grow())
            .step(self.target.wait());
        if let Some(name) = self.name {
            document = document.named(name);
        }
        document.build(scope, id)
    }

    fn count(&self) -> Step {
        let script = Script::new(COUNT, "count")
            .input("ReplicationGroupId", self.target.id())
            .input("AddShards", parameter("AddShards"))
            .input("MaximumShards", parameter("MaximumShards"))
            .calling(self.target.describe());
        Step::script("CountShards", script).output("Shards", "$.Payload.Shards", ValueType::Integer)
    }

    /// The step is named by what it calls.
    fn grow(&self) -> Step {
        let call = self.target.change(GROW, GROW_GLOBAL);
        let name = call.operation().name().to_owned();
        Step::call(name, call.input("NodeGroupCount", output("CountShards", "Shards")).input("ApplyImmediately", true))
    }
}
