//! Audit trails.

use ce_cfn::cloudtrail::trail::{AdvancedEventSelector, AdvancedFieldSelector, InsightSelector, InsightType};
use ce_cfn::{cloudtrail, ids};
use ce_synth::tree::NodeId;
use ce_synth::{Duration, IntoValue, Scope, Value, join};

use super::rules;
use crate::observe::{LogGroup, Retention};
use crate::security::{Action, Key, Principal, Role, Statement, own_arn};
use crate::storage::{Bucket, BucketName, LifecycleRule, LogSource, ObjectLock};

/// A trail of CloudTrail: who did what in the account, in a bucket and a log group; `Copy`.
///
/// ```
/// # use ce_constructs::governance::AuditTrail;
/// # use ce_constructs::security::Key;
/// # use ce_constructs::storage::BucketName;
/// # use ce_synth::{Account, App, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);
/// # let app = App::new();
/// # let stack = app.stack("Audit", PROD);
/// let key = Key::builder().alias("alias/audit").build(stack, "Key");
/// AuditTrail::builder("shop-audit", &key).bucket_named(BucketName::new("shop-prod-audit")).build(stack, "Trail");
/// # app.synth().unwrap();
/// ```
///
/// By default it is of every region, with global services, its files can be proved to be unchanged, and all is encrypted
/// with the key. The bucket takes logs of this trail alone, keeps them for seven years (2,557 days), and locks them for a
/// year.
///
/// One trail of management events is free in an account; where the organisation has one, leave it out with
/// [`when`](AuditTrailBuilder::when). It is not a trail of an organisation itself.
#[derive(Clone, Copy)]
pub struct AuditTrail<'a> {
    trail: cloudtrail::TrailRef<'a>,
    bucket: Bucket<'a>,
    logs: LogGroup<'a>,
}

impl<'a> AuditTrail<'a> {
    /// A trail of a name, 3 to 128 letters, digits, `-`, `_` and `.`, encrypted with a key of its region.
    pub fn builder(name: impl Into<String>, key: &Key<'a>) -> AuditTrailBuilder<'a> {
        AuditTrailBuilder {
            name: name.into(),
            key: *key,
            place: Place::Own {
                name: None,
                kept: Duration::days(2_557),
                lock: ObjectLock::Governance(Duration::days(365)),
                logs: None,
            },
            retention: None,
            every_region: true,
            objects: Vec::new(),
            insights: false,
            condition: None,
        }
    }

    /// The trail's ARN.
    pub fn arn(self) -> Value<ids::CloudTrailTrailArn> {
        self.trail.arn()
    }

    /// Where its files are.
    pub fn bucket(self) -> Bucket<'a> {
        self.bucket
    }

    /// Where its events can be searched and counted.
    pub fn logs(self) -> LogGroup<'a> {
        self.logs
    }

    /// The resource, for what this block does not set.
    pub fn trail(self) -> cloudtrail::TrailRef<'a> {
        self.trail
    }
}

#[derive(Clone)]
enum Place<'a> {
    Own { name: Option<BucketName>, kept: Duration, lock: ObjectLock, logs: Option<(Bucket<'a>, String)> },
    Existing(Bucket<'a>),
}

/// Settings of an [`AuditTrail`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct AuditTrailBuilder<'a> {
    name: String,
    key: Key<'a>,
    place: Place<'a>,
    retention: Option<Retention>,
    every_region: bool,
    objects: Vec<Value<String>>,
    insights: bool,
    condition: Option<NodeId>,
}

impl<'a> AuditTrailBuilder<'a> {
    /// Names the bucket it makes. Default: CloudFormation names it.
    pub fn bucket_named(mut self, bucket: BucketName) -> Self {
        if let Place::Own { name, .. } = &mut self.place {
            *name = Some(bucket);
        }
        self
    }

    /// How long the bucket it makes keeps files, in whole days. Default: seven years, 2,557 days.
    pub fn kept(mut self, time: Duration) -> Self {
        if let Place::Own { kept, .. } = &mut self.place {
            *kept = time;
        }
        self
    }

    /// How the bucket it makes locks files. Default: for a year, [`ObjectLock::Governance`].
    pub fn lock(mut self, with: ObjectLock) -> Self {
        if let Place::Own { lock, .. } = &mut self.place {
            *lock = with;
        }
        self
    }

    /// Records who reads the bucket it makes, in another bucket below a prefix. Default: nobody does; the trail itself can
    /// record it, see [`objects_of`](Self::objects_of).
    pub fn access_logs_to(mut self, bucket: &Bucket<'a>, prefix: impl Into<String>) -> Self {
        if let Place::Own { logs, .. } = &mut self.place {
            *logs = Some((*bucket, prefix.into()));
        }
        self
    }

    /// Writes into a bucket that is there already, and lets the trail do so. Default: it makes one.
    pub fn bucket(mut self, bucket: &Bucket<'a>) -> Self {
        self.place = Place::Existing(*bucket);
        self
    }

    /// How long the log group keeps events. Default: [`Retention::of`] the tier.
    pub fn retention(mut self, retention: Retention) -> Self {
        self.retention = Some(retention);
        self
    }

    /// Covers its own region alone. Default: every region.
    pub fn one_region(mut self) -> Self {
        self.every_region = false;
        self
    }

    /// Also records who read and wrote objects of a bucket, by its ARN, which costs by the request. Default: what is
    /// done to the account alone.
    pub fn objects_of(mut self, bucket: impl IntoValue<ids::S3BucketArn>) -> Self {
        let bucket: Value<ids::S3BucketArn> = bucket.into_value();
        self.objects.push(bucket.into_value());
        self
    }

    /// Looks for unusual rates of calls and errors, which costs by the event. Default: it does not.
    pub fn insights(mut self) -> Self {
        self.insights = true;
        self
    }

    /// Makes the trail only when a condition holds; the bucket and the log group are there anyway. Default: always.
    pub fn when(mut self, condition: NodeId) -> Self {
        self.condition = Some(condition);
        self
    }

    /// Adds the trail, its bucket, its log group and its role.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> AuditTrail<'a> {
        let scope = scope.child(id);
        rules::trail_name::check(scope, &self.name);
        self.open_key(scope);
        let bucket = self.make_bucket(scope);
        let logs = LogGroup::builder().encrypted_by(&self.key);
        let logs = self.retention.map_or(logs.clone(), |retention| logs.retention(retention)).build(scope, "Logs");
        let role = writer(logs, scope);
        let trail = self.resource(bucket, logs, role);
        let trail = scope.add("Resource", trail);
        if let Some(policy) = bucket.policy() {
            trail.depends_on(*policy);
        }
        if let Some(policy) = role.policy() {
            trail.depends_on(*policy);
        }
        if let Some(condition) = self.condition {
            trail.when(condition);
        }
        AuditTrail { trail, bucket, logs }
    }

    fn resource(&self, bucket: Bucket<'_>, logs: LogGroup<'_>, role: Role<'_>) -> cloudtrail::Trail {
        let insights = [InsightType::API_CALL_RATE_INSIGHT, InsightType::API_ERROR_RATE_INSIGHT];
        let insights = insights.map(|kind| InsightSelector::new().insight_type(kind));
        cloudtrail::Trail::new()
            .trail_name(&self.name)
            .is_logging(true)
            .is_multi_region_trail(self.every_region)
            .include_global_service_events(true)
            .enable_log_file_validation(true)
            .s3_bucket_name(bucket.name())
            .kms_key_id(self.key.arn())
            .cloud_watch_logs_log_group_arn(logs.arn())
            .cloud_watch_logs_role_arn(role.arn())
            .insight_selectors(self.insights.then_some(insights))
            .advanced_event_selectors((!self.objects.is_empty()).then(|| self.selectors()))
    }

    /// With selectors of its own, a trail records management events only if one says so.
    fn selectors(&self) -> Vec<AdvancedEventSelector> {
        let field = |name: &str| AdvancedFieldSelector::new().field(name);
        let management = [field("eventCategory").equals(["Management"])];
        let below: Vec<Value<String>> = self.objects.iter().map(|bucket| join![bucket, "/"]).collect();
        let objects = [
            field("eventCategory").equals(["Data"]),
            field("resources.type").equals(["AWS::S3::Object"]),
            field("resources.ARN").starts_with(below),
        ];
        vec![
            AdvancedEventSelector::new().name("Management").field_selectors(management),
            AdvancedEventSelector::new().name("Objects").field_selectors(objects),
        ]
    }

    #[track_caller]
    fn make_bucket(&self, scope: Scope<'a>) -> Bucket<'a> {
        let source = LogSource::trail_named(&self.name, scope.region());
        match &self.place {
            Place::Existing(bucket) => bucket.receive_logs(&source, ""),
            Place::Own { name, kept, lock, logs } => {
                let bucket = Bucket::builder()
                    .encrypted_by(&self.key)
                    .object_lock(*lock)
                    .lifecycle(LifecycleRule::new().expire_after(*kept))
                    .receives_logs(source, "");
                let bucket = name.iter().fold(bucket, |bucket, name| bucket.named(name.clone()));
                let bucket = logs.iter().fold(bucket, |bucket, (to, prefix)| bucket.access_logs_to(to, prefix));
                bucket.build(scope, "Bucket")
            }
        }
    }

    /// CloudTrail encrypts for this trail alone.
    ///
    /// Source: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html>
    #[track_caller]
    fn open_key(&self, scope: Scope<'_>) {
        rules::key_region::check(scope, self.key.scope());
        let trail = own_arn("cloudtrail", join!["trail/", &self.name]);
        let encrypt = [Action::new("kms:Decrypt"), Action::new("kms:DescribeKey"), Action::new("kms:GenerateDataKey")];
        let service = Principal::service("cloudtrail.amazonaws.com").when("StringEquals", "aws:SourceArn", trail);
        self.key.allow(Statement::allow(encrypt).principal(service));
    }
}

/// Source: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html>
#[track_caller]
fn writer<'a>(logs: LogGroup<'_>, scope: Scope<'a>) -> Role<'a> {
    let role = Role::builder(Principal::service("cloudtrail.amazonaws.com")).build(scope, "Role");
    let write = [Action::new("logs:CreateLogStream"), Action::new("logs:PutLogEvents")];
    role.allow(Statement::allow(write).on([logs.arn()]))
}
