//! What is recorded of the account's resources.

use ce_cfn::config::configuration_recorder::{
    ExclusionByResourceTypes, RecordingGroup, RecordingMode, RecordingStrategy,
};
use ce_cfn::config::delivery_channel::{ConfigSnapshotDeliveryProperties, DeliveryFrequency};
use ce_cfn::{config, ids};
use ce_synth::tree::NodeId;
use ce_synth::value::{account_id, partition};
use ce_synth::{IntoValue, Scope, Value, join};

use crate::governance::rules;
use crate::observe::Topic;
use crate::security::{Action, Principal, Role, Statement, aws_managed_policy};
use crate::storage::{Bucket, LogSource};

/// The recorder of AWS Config and the channel it delivers through: one of an account and region; `Copy`.
///
/// ```
/// # use ce_constructs::governance::ConfigRecorder;
/// # use ce_constructs::storage::Bucket;
/// # use ce_synth::{Account, App, Environment, Parameter, Region, Test, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Config", PROD);
/// let history = Bucket::builder().without_access_logs().build(stack, "History");
/// let wanted = stack.parameter("Recorder", Parameter::text().allowed(["yes", "no"]).default("yes"));
/// let wanted = stack.condition("RecorderWanted", Test::equals(wanted, "yes"));
/// ConfigRecorder::builder(&history).when(wanted).build(stack, "Config");
/// # app.synth().unwrap();
/// ```
///
/// By default it records every change of every type, global ones too, delivers a snapshot a day, and acts with a role of
/// its own that has AWS's policy for it. Global types are recorded once an account: leave them out elsewhere with
/// [`without_global_types`](ConfigRecorderBuilder::without_global_types).
#[derive(Clone, Copy)]
pub struct ConfigRecorder<'a> {
    recorder: config::ConfigurationRecorderRef<'a>,
    channel: config::DeliveryChannelRef<'a>,
    condition: Option<NodeId>,
}

impl<'a> ConfigRecorder<'a> {
    /// A recorder that delivers to a bucket, and may.
    pub fn builder(bucket: &Bucket<'a>) -> ConfigRecorderBuilder<'a> {
        let (topic, condition, excluded) = Default::default();
        ConfigRecorderBuilder {
            bucket: *bucket,
            topic,
            global: true,
            excluded,
            daily: false,
            own_role: true,
            condition,
        }
    }

    /// The recorder, for what this block does not set.
    pub fn recorder(self) -> config::ConfigurationRecorderRef<'a> {
        self.recorder
    }

    /// The condition it is made on.
    pub(super) fn condition(self) -> Option<NodeId> {
        self.condition
    }

    /// The channel, for what this block does not set.
    pub fn channel(self) -> config::DeliveryChannelRef<'a> {
        self.channel
    }
}

/// Settings of a [`ConfigRecorder`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct ConfigRecorderBuilder<'a> {
    bucket: Bucket<'a>,
    topic: Option<Topic<'a>>,
    global: bool,
    excluded: Vec<&'static str>,
    daily: bool,
    own_role: bool,
    condition: Option<NodeId>,
}

impl<'a> ConfigRecorderBuilder<'a> {
    /// Tells a topic of each change; that is many messages. Default: nobody is told.
    pub fn notify(mut self, topic: &Topic<'a>) -> Self {
        self.topic = Some(*topic);
        self
    }

    /// Leaves types out that belong to no region, as users and roles. Default: they are recorded.
    pub fn without_global_types(mut self) -> Self {
        self.global = false;
        self
    }

    /// Leaves types out; global ones are then recorded in their home region alone. Default: none.
    pub fn without_types(mut self, types: impl IntoIterator<Item = &'static str>) -> Self {
        self.excluded.extend(types);
        self
    }

    /// Records once a day what has changed, which costs less. Default: every change.
    pub fn daily(mut self) -> Self {
        self.daily = true;
        self
    }

    /// Acts with the role that AWS keeps for AWS Config, which must be there. Default: a role of its own.
    pub fn service_linked_role(mut self) -> Self {
        self.own_role = false;
        self
    }

    /// Makes the recorder and its channel only when a condition holds: an account has one of each in a region. Default:
    /// always.
    pub fn when(mut self, condition: NodeId) -> Self {
        self.condition = Some(condition);
        self
    }

    /// Adds the recorder, its channel and its role.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> ConfigRecorder<'a> {
        let scope = scope.child(id);
        rules::recorder_types::check(scope, self.global, &self.excluded);
        self.bucket.receive_logs(&LogSource::Config, "");
        let role = self.role(scope);
        let recorder = config::ConfigurationRecorder::new()
            .role_arn(role.map_or_else(service_linked_role, Role::arn))
            .recording_group(self.group())
            .recording_mode(RecordingMode::new().recording_frequency(if self.daily { "DAILY" } else { "CONTINUOUS" }));
        let recorder = scope.add("Resource", recorder);
        let daily = ConfigSnapshotDeliveryProperties::new().delivery_frequency(DeliveryFrequency::TWENTY_FOUR_HOURS);
        let channel = config::DeliveryChannel::new()
            .s3_bucket_name(self.bucket.name())
            .s3_kms_key_arn(self.bucket.key().map(|key| IntoValue::<String>::into_value(key.arn())))
            .sns_topic_arn(self.topic.map(Topic::arn))
            .config_snapshot_delivery_properties(daily);
        let channel = scope.add("Channel", channel);
        if let Some(policy) = self.bucket.policy() {
            channel.depends_on(*policy);
        }
        if let Some(policy) = role.and_then(Role::policy) {
            channel.depends_on(*policy);
        }
        if let Some(condition) = self.condition {
            recorder.when(condition);
            channel.when(condition);
        }
        ConfigRecorder { recorder, channel, condition: self.condition }
    }

    fn group(&self) -> RecordingGroup {
        if self.excluded.is_empty() {
            return RecordingGroup::new().all_supported(true).include_global_resource_types(self.global);
        }
        let types = ExclusionByResourceTypes::new().resource_types(self.excluded.clone());
        RecordingGroup::new()
            .all_supported(false)
            .include_global_resource_types(false)
            .exclusion_by_resource_types(types)
            .recording_strategy(RecordingStrategy::new().use_only("EXCLUSION_BY_RESOURCE_TYPES"))
    }

    /// Its own role; none for the one of the service.
    #[track_caller]
    fn role(&self, scope: Scope<'a>) -> Option<Role<'a>> {
        self.own_role.then(|| {
            let trusted =
                Principal::service("config.amazonaws.com").when("StringEquals", "aws:SourceAccount", account_id());
            let role = Role::builder(trusted).managed_policy(aws_managed_policy("service-role/AWS_ConfigRole"));
            let role = role.build(scope, "Role");
            self.may_deliver(role);
            role
        })
    }

    /// Source: <https://docs.aws.amazon.com/config/latest/developerguide/iamrole-permissions.html>
    #[track_caller]
    fn may_deliver(&self, role: Role<'_>) {
        let bucket = [Action::new("s3:GetBucketAcl"), Action::new("s3:ListBucket")];
        role.allow(Statement::allow(bucket).on([self.bucket.arn()]));
        let write = Statement::allow([Action::new("s3:PutObject")]).on([self.bucket.objects("AWSLogs/*")]);
        role.allow(write.when("StringLike", "s3:x-amz-acl", "bucket-owner-full-control"));
        if let Some(key) = self.bucket.key() {
            key.grants().encrypt_decrypt(&role);
        }
        if let Some(topic) = self.topic {
            topic.allow_publish(&role);
        }
    }
}

fn service_linked_role() -> Value<ids::IamRoleArn> {
    let role = "/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig";
    join!["arn:", partition(), ":iam::", account_id(), ":role", role].cast()
}
