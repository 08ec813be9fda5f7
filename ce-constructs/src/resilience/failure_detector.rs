//! Eyes outside the region that may fail.

use ce_cfn::{synthetics, synthetics::canary as l1};
use ce_synth::value::{account_id, partition, region};
use ce_synth::{Duration, IntoValue, Region, Scope, Value, join};

use super::canary_runtime::CanaryRuntime;
use super::{kept, rules};
use crate::observe::{Alarm, Metric, MissingData, Topic};
use crate::security::{Action, Principal, Role, Statement};
use crate::storage::{Bucket, LifecycleRule};

/// Asks for `TARGET_URL` and fails unless the answer is 2XX or 3XX.
const SCRIPT: &str = "\
const client = (url) => require(url.startsWith('https:') ? 'https' : 'http');

exports.handler = () => new Promise((resolve, reject) => {
  const url = process.env.TARGET_URL;
  const request = client(url).get(url, { timeout: 10000 }, (response) => {
    response.resume();
    const well = response.statusCode >= 200 && response.statusCode < 400;
    well ? resolve(response.statusCode) : reject(new Error(`${url} answers ${response.statusCode}`));
  });
  request.on('timeout', () => request.destroy(new Error(`${url} does not answer`)));
  request.on('error', reject);
});
";

/// Whose environment variable the script reads.
const TARGET: &str = "TARGET_URL";

/// A canary that asks the primary from the standby's region, and an alarm when it gets no answer.
///
/// ```
/// use ce_constructs::observe::Topic;
/// use ce_constructs::resilience::{FailureDetector, Site};
/// fn watch<'a>(standby: &Site<'a>, oncall: &Topic<'a>) -> FailureDetector<'a> {
///     FailureDetector::builder("shop-primary", standby.primary_region(), "https://primary.example.com/health")
///         .notify(oncall)
///         .build(standby.stack("Failover"), "Detector")
/// }
/// ```
///
/// By default it asks every minute and alarms after three failures in a row, about three and a half minutes; what it
/// keeps of its runs is thrown away after 31 days. A canary that does not run is no failure of what it watches: the
/// alarm then has too little data, and nothing is triggered.
///
/// Ask a name that leads to the primary alone, with a certificate that fits: the record that fails over answers from the
/// standby when it matters.
#[derive(Clone, Copy)]
pub struct FailureDetector<'a> {
    canary: synthetics::CanaryRef<'a>,
    alarm: Alarm<'a>,
    role: Role<'a>,
    artifacts: Bucket<'a>,
}

impl<'a> FailureDetector<'a> {
    /// A canary of this name that asks a URL of the region that is watched.
    pub fn builder(
        name: impl Into<String>,
        watched: Region,
        url: impl IntoValue<String>,
    ) -> FailureDetectorBuilder<'a> {
        FailureDetectorBuilder {
            name: name.into(),
            watched,
            url: url.into_value(),
            every: Duration::minutes(1),
            failures: 3,
            timeout: Duration::seconds(30),
            runtime: CanaryRuntime::NODEJS_5_2,
            script: SCRIPT.to_owned(),
            artifacts: None,
            topics: Vec::new(),
        }
    }

    /// The alarm: what [`RegionSwitchBuilder::triggered_by`](super::RegionSwitchBuilder::triggered_by) takes.
    pub fn alarm(self) -> Alarm<'a> {
        self.alarm
    }

    /// The role the canary acts with.
    pub fn role(self) -> Role<'a> {
        self.role
    }

    /// Where it keeps what it saw.
    pub fn artifacts(self) -> Bucket<'a> {
        self.artifacts
    }

    /// The generated canary.
    pub fn canary(self) -> synthetics::CanaryRef<'a> {
        self.canary
    }
}

/// Settings of a [`FailureDetector`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct FailureDetectorBuilder<'a> {
    name: String,
    watched: Region,
    url: Value<String>,
    every: Duration,
    failures: u16,
    timeout: Duration,
    runtime: CanaryRuntime,
    script: String,
    artifacts: Option<Bucket<'a>>,
    topics: Vec<Topic<'a>>,
}

impl<'a> FailureDetectorBuilder<'a> {
    /// How often it asks, in whole minutes up to an hour. Default: every minute.
    pub fn every(mut self, interval: Duration) -> Self {
        self.every = interval;
        self
    }

    /// How many failures in a row are a failure. Default: 3.
    pub fn failures(mut self, failures: u16) -> Self {
        self.failures = failures;
        self
    }

    /// How long a run may take. Default: 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// What the script runs on. Default: [`CanaryRuntime::NODEJS_5_2`].
    pub fn runtime(mut self, runtime: CanaryRuntime) -> Self {
        self.runtime = runtime;
        self
    }

    /// A script of your own, whose `handler` fails when what it does fails; the URL is in `TARGET_URL`. Default: one that
    /// asks the URL and wants 2XX or 3XX.
    pub fn script(mut self, script: impl Into<String>) -> Self {
        self.script = script.into();
        self
    }

    /// Where it keeps what it saw, below its name. Default: a bucket of its own, `Artifacts`.
    pub fn artifacts(mut self, bucket: &Bucket<'a>) -> Self {
        self.artifacts = Some(*bucket);
        self
    }

    /// Tells a topic of its region. Default: nobody is told.
    pub fn notify(mut self, topic: &Topic<'a>) -> Self {
        self.topics.push(*topic);
        self
    }

    /// Adds the canary, its role and the alarm to a stack outside the region that is watched.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> FailureDetector<'a> {
        let scope = scope.child(id);
        rules::detector_region::check(scope, "the detector", self.watched);
        rules::detector_setting::check_name(scope, &self.name);
        rules::detector_setting::check_timeout(scope, self.timeout, self.every);
        let minutes = rules::detector_setting::checked_minutes(scope, self.every);
        let artifacts = self.artifacts.unwrap_or_else(|| {
            let aging =
                LifecycleRule::new().expire_after(Duration::days(31)).expire_noncurrent_after(Duration::days(1));
            Bucket::builder().lifecycle(aging).without_access_logs().build(scope, "Artifacts")
        });
        let role = self.make_role(scope, artifacts);
        let canary = scope.add("Resource", self.canary(scope, minutes, artifacts, role));
        if let Some(policy) = role.policy() {
            canary.depends_on(*policy);
        }
        let alarm = self.alarm(scope, minutes);
        FailureDetector { canary, alarm, role, artifacts }
    }

    #[track_caller]
    fn canary(&self, scope: Scope<'a>, minutes: u32, artifacts: Bucket<'a>, role: Role<'a>) -> synthetics::Canary {
        let rate = if minutes == 1 { "rate(1 minute)".to_owned() } else { format!("rate({minutes} minutes)") };
        let url = kept(scope, "Url", &self.url);
        synthetics::Canary::new()
            .name(&self.name)
            .runtime_version(self.runtime.as_str())
            .code(l1::Code::new().handler("index.handler").script(&self.script))
            .schedule(l1::Schedule::new().expression(rate))
            .run_config(
                l1::RunConfig::new()
                    .timeout_in_seconds(i64::from(self.timeout.as_seconds()))
                    .environment_variables([(TARGET, url)]),
            )
            .artifact_s3_location(join!["s3://", artifacts.name(), "/", &self.name])
            .execution_role_arn(role.arn())
            .start_canary_after_creation(true)
    }

    /// Source: <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_CanaryPermissions.html>
    #[track_caller]
    fn make_role(&self, scope: Scope<'a>, artifacts: Bucket<'a>) -> Role<'a> {
        let role = Role::builder(Principal::service("lambda.amazonaws.com")).build(scope, "Role");
        let keep = [Action::new("s3:GetObject"), Action::new("s3:PutObject")];
        role.allow(Statement::allow(keep).on([artifacts.objects(&format!("{}/*", self.name))]));
        role.allow(Statement::allow([Action::new("s3:GetBucketLocation")]).on([artifacts.arn()]));
        let write =
            [Action::new("logs:CreateLogGroup"), Action::new("logs:CreateLogStream"), Action::new("logs:PutLogEvents")];
        let group = format!("log-group:/aws/lambda/cwsyn-{}-*", self.name);
        role.allow(Statement::allow(write).on([join![
            "arn:",
            partition(),
            ":logs:",
            region(),
            ":",
            account_id(),
            ":",
            group
        ]]));
        let measure = Statement::allow([Action::new("cloudwatch:PutMetricData")]).on(["*"]);
        let measure = measure.when("StringEquals", "cloudwatch:namespace", "CloudWatchSynthetics");
        role.allow(measure.with_wildcard_reason("the action knows no resources; the namespace narrows it"));
        let list = Statement::allow([Action::new("s3:ListAllMyBuckets")]).on(["*"]);
        role.allow(list.with_wildcard_reason("Synthetics looks for its bucket among all"));
        if let Some(key) = artifacts.key() {
            key.grants().encrypt_decrypt(&role);
        }
        role
    }

    #[track_caller]
    fn alarm(&self, scope: Scope<'a>, minutes: u32) -> Alarm<'a> {
        let success = Metric::new("CloudWatchSynthetics", "SuccessPercent").dimension("CanaryName", &self.name);
        let alarm = success
            .period(Duration::minutes(minutes))
            .below(100.0)
            .for_periods(self.failures)
            .missing(MissingData::Missing)
            .described(format!("`{}` gets no answer from {}", self.name, self.watched))
            .alarm(scope, "Alarm");
        self.topics.iter().fold(alarm, |alarm, topic| alarm.notify(topic))
    }
}
