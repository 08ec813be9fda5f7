//! Scripts that ask for a URL, as a user would.

use ce_cfn::{synthetics, synthetics::canary as l1};
use ce_synth::{Duration, IntoValue, Scope, Value, join};

use super::{CanaryRuntime, permissions};
use crate::observe::{AlarmTier, Metric, Statistic, Watched, Watchlist, Widget, rules};
use crate::security::Role;
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

/// A canary of Synthetics: a script that asks for a URL again and again, as a user would; `Copy`.
///
/// ```
/// # use ce_synth::{Account, App, Duration, Environment, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::observe::Canary;
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// let shop = Canary::builder("shop-front", "https://shop.example.com/").every(Duration::minutes(5)).build(stack, "Front");
/// shop.success_percent().below(100.0).for_periods(3).alarm(stack, "FrontIsDown");
/// # app.synth().unwrap();
/// ```
///
/// By default it asks every minute, wants 2XX or 3XX within 10 seconds, and throws away what it keeps of its runs after 31
/// days. It asks from outside the network, and tells nobody: alarms do.
#[derive(Clone, Copy)]
pub struct Canary<'a> {
    resource: synthetics::CanaryRef<'a>,
    role: Role<'a>,
    artifacts: Bucket<'a>,
    every: Duration,
}

impl<'a> Canary<'a> {
    /// A canary of this name that asks for a URL.
    pub fn builder(name: impl Into<String>, url: impl IntoValue<String>) -> CanaryBuilder<'a> {
        CanaryBuilder {
            name: name.into(),
            url: url.into_value(),
            every: Duration::minutes(1),
            timeout: Duration::seconds(30),
            runtime: CanaryRuntime::NODEJS_5_2,
            script: SCRIPT.to_owned(),
            artifacts: None,
        }
    }

    /// Runs that went well, in percent, over the time between two runs.
    pub fn success_percent(self) -> Metric {
        self.metric("SuccessPercent")
    }

    /// How long a run takes, in milliseconds.
    pub fn run_time(self) -> Metric {
        self.metric("Duration")
    }

    fn metric(self, name: &str) -> Metric {
        let canary = self.resource.read(synthetics::Canary::NAME).unwrap_or_else(|| self.resource.reference());
        Metric::new("CloudWatchSynthetics", name)
            .dimension("CanaryName", canary)
            .statistic(Statistic::Average)
            .period(self.every)
    }

    /// The role it acts with.
    pub fn role(self) -> Role<'a> {
        self.role
    }

    /// Where it keeps what it saw.
    pub fn artifacts(self) -> Bucket<'a> {
        self.artifacts
    }

    /// The generated resource.
    pub fn canary(self) -> synthetics::CanaryRef<'a> {
        self.resource
    }
}

impl Watched for Canary<'_> {
    /// Three failures in a row page.
    fn watchlist(&self) -> Watchlist {
        let fails = self.success_percent().below(100.0).for_periods(3).described("three runs in a row failed");
        Watchlist::of_resource(self.resource.scope())
            .alarm(AlarmTier::Page, "Fails", fails)
            .widget(Widget::metrics("Runs that went well, in percent", [self.success_percent()]))
            .widget(Widget::metrics("Time of a run, in milliseconds", [self.run_time()]))
    }
}

/// Settings of a [`Canary`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct CanaryBuilder<'a> {
    name: String,
    url: Value<String>,
    every: Duration,
    timeout: Duration,
    runtime: CanaryRuntime,
    script: String,
    artifacts: Option<Bucket<'a>>,
}

impl<'a> CanaryBuilder<'a> {
    /// How often it asks, in whole minutes up to an hour. Default: every minute.
    pub fn every(mut self, interval: Duration) -> Self {
        self.every = interval;
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

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The URL as a stack of another region may hold it.
    pub(crate) fn map_url(mut self, change: impl FnOnce(Value<String>) -> Value<String>) -> Self {
        self.url = change(self.url);
        self
    }

    /// Adds the canary and its role.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> Canary<'a> {
        self.build_in(scope.child(id))
    }

    /// Adds them to a scope of which the canary is a part.
    #[track_caller]
    pub(crate) fn build_in(self, scope: Scope<'a>) -> Canary<'a> {
        rules::canary_setting::check_name(scope, &self.name);
        rules::canary_setting::check_timeout(scope, self.timeout, self.every);
        let minutes = rules::canary_setting::checked_minutes(scope, self.every);
        let artifacts = self.artifacts.unwrap_or_else(|| {
            let aging =
                LifecycleRule::new().expire_after(Duration::days(31)).expire_noncurrent_after(Duration::days(1));
            Bucket::builder().lifecycle(aging).without_access_logs().build(scope, "Artifacts")
        });
        let role = permissions::role(scope, &self.name, artifacts);
        let resource = scope.add("Resource", self.described(minutes, artifacts, role));
        if let Some(policy) = role.policy() {
            resource.depends_on(*policy);
        }
        Canary { resource, role, artifacts, every: Duration::minutes(minutes) }
    }

    fn described(&self, minutes: u32, artifacts: Bucket<'a>, role: Role<'a>) -> synthetics::Canary {
        let rate = if minutes == 1 { "rate(1 minute)".to_owned() } else { format!("rate({minutes} minutes)") };
        let run = l1::RunConfig::new()
            .timeout_in_seconds(i64::from(self.timeout.as_seconds()))
            .environment_variables([(TARGET, &self.url)]);
        synthetics::Canary::new()
            .name(&self.name)
            .runtime_version(self.runtime.as_str())
            .code(l1::Code::new().handler("index.handler").script(&self.script))
            .schedule(l1::Schedule::new().expression(rate))
            .run_config(run)
            .artifact_s3_location(join!["s3://", artifacts.name(), "/", &self.name])
            .execution_role_arn(role.arn())
            .start_canary_after_creation(true)
    }
}
