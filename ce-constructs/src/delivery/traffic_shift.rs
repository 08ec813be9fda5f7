//! Shifts of traffic from the old version to the new one.

use ce_cfn::{elasticloadbalancingv2 as elbv2, ids};
use ce_synth::{Document, Duration, IntoValue, Percent, Scope, Value};

use super::pipeline::ServiceVersion;
use super::{ContainerImage, Job, JobStep, Target, Watch, Workflow, WorkflowFile, rules};
use crate::compute::FargateService;

/// The job that fails while deployments are frozen.
const HEED: &str = "heed_freeze";

/// A workflow that gives the new version of a service more and more of the requests, looks at alarms after each step, and
/// gives everything back to the old one as soon as one is raised.
///
/// ```
/// # use ce_synth::{Account, App, Duration, Environment, Percent, Region, Tier};
/// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
/// use ce_constructs::delivery::{AssumedRole, Program, Target, TrafficShift, Watch};
/// use ce_constructs::observe::Metric;
/// # let app = App::new();
/// # let stack = app.stack("Shop", PROD);
/// let errors = Metric::new("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count").above(5.0).alarm(stack, "Errors");
/// let target = Target::new("production", PROD, AssumedRole::named(PROD, "shop-prod-shift"), Program::example("prod"));
/// let (listener, old, new) = ("arn:..:listener/a", "arn:..:targetgroup/old", "arn:..:targetgroup/new");
/// TrafficShift::canary(target, listener, old, new, Watch::of(&[errors], Duration::minutes(10))).build(stack, "Canary");
/// # app.synth().unwrap();
/// ```
///
/// The ladder of a canary is 5, 25 and 100 percent, blue-green is everything at once. ECS shifts by itself in two steps
/// ([`Rollout::Canary`](crate::compute::Rollout::Canary)); this is for ladders that it does not know.
#[derive(Clone, Debug)]
#[must_use = "a shift does nothing until `build`"]
pub struct TrafficShift {
    name: &'static str,
    target: Target,
    place: Place,
    old: Document,
    new: Document,
    watch: Watch,
    shares: Vec<Percent>,
    version: Option<(ServiceVersion, u16)>,
}

/// What says where requests go.
#[derive(Clone, Debug)]
enum Place {
    Listener(Document),
    Rule(Document),
}

impl TrafficShift {
    fn new(
        name: &'static str,
        target: Target,
        listener: impl IntoValue<ids::ElasticLoadBalancingV2ListenerArn>,
        groups: [Document; 2],
        watch: Watch,
        shares: &[u8],
    ) -> Self {
        let listener: Value<ids::ElasticLoadBalancingV2ListenerArn> = listener.into_value();
        let [old, new] = groups;
        let shares = shares.iter().map(|share| Percent::new(*share)).collect();
        let place = Place::Listener(Document::from(listener));
        Self { name, target, place, old, new, watch, shares, version: None }
    }

    /// 5, 25 and 100 percent, with the alarms watched after each. The default action of a listener goes from one target
    /// group to another.
    pub fn canary(
        target: Target,
        listener: impl IntoValue<ids::ElasticLoadBalancingV2ListenerArn>,
        old: impl IntoValue<ids::ElasticLoadBalancingV2TargetGroupArn>,
        new: impl IntoValue<ids::ElasticLoadBalancingV2TargetGroupArn>,
        watch: Watch,
    ) -> Self {
        Self::new("Canary", target, listener, [group(old), group(new)], watch, &[5, 25, 100])
    }

    /// Everything at once, with the alarms watched after it; back at once, as long as the old version runs.
    pub fn blue_green(
        target: Target,
        listener: impl IntoValue<ids::ElasticLoadBalancingV2ListenerArn>,
        old: impl IntoValue<ids::ElasticLoadBalancingV2TargetGroupArn>,
        new: impl IntoValue<ids::ElasticLoadBalancingV2TargetGroupArn>,
        watch: Watch,
    ) -> Self {
        Self::new("Blue-green", target, listener, [group(old), group(new)], watch, &[100])
    }

    /// The shares of the new version, one a step. Default: 5, 25 and 100 for a canary, 100 for blue-green.
    pub fn shares(mut self, shares: impl IntoIterator<Item = Percent>) -> Self {
        self.shares = shares.into_iter().collect();
        self
    }

    /// Shifts a rule of a listener. Default: the listener's default action.
    pub fn rule(mut self, rule: elbv2::ListenerRuleRef<'_>) -> Self {
        let arn: Value<String> = rule.into_value();
        self.place = Place::Rule(Document::new().shell(arn));
        self
    }

    /// Runs the version of the commit in a service of its own beside this one, with a number of tasks. It is started before
    /// the first step; after the last one this service takes the version over and gets its requests back, and the other
    /// ends. The role may, once it is told so with [`GitHubRole::releases`](super::GitHubRole::releases). Default: whoever
    /// starts the workflow has started the new version.
    pub fn releases(mut self, service: &FargateService<'_>, image: &ContainerImage, tasks: u16) -> Self {
        self.version = Some((ServiceVersion::of(service, image), tasks));
        self
    }

    /// Adds the workflow, `canary.yml` or `blue-green.yml`.
    #[track_caller]
    pub fn build(self, scope: Scope<'_>, id: &str) -> WorkflowFile {
        rules::shares::check(scope, &self.shares);
        rules::role_of_target::check(scope, &self.target.name, &self.target.role);
        let mut jobs: Vec<(String, Job)> = Vec::new();
        if let Some(freeze) = &self.target.freeze {
            let job = freeze.job(self.sign_in()).environment(&self.target.name).timeout(Duration::minutes(5));
            jobs.push((HEED.to_owned(), job));
        }
        if let Some((version, tasks)) = &self.version {
            let start = self.job("Start the new version", version.started_behind(&self.new, *tasks));
            jobs.push(("start_new".to_owned(), start));
        }
        for share in &self.shares {
            let shift = self.job(&format!("{share} to the new version"), self.shift(*share));
            let shift = shift.step(JobStep::run("Watch the alarms", self.watch.script()));
            jobs.push((format!("shift_{}", share.value()), shift));
        }
        if let Some((version, _)) = &self.version {
            jobs.push(("settle".to_owned(), self.settled(version)));
        }
        let workflow = Workflow::new(self.name).on(self.target.requested()).concurrency(self.target.queue());
        let ids: Vec<String> = jobs.iter().map(|(id, _)| id.clone()).collect();
        let in_order = jobs.into_iter().enumerate().map(|(place, (id, job))| {
            let job = ids[..place].last().into_iter().fold(job, Job::needs);
            (id, job)
        });
        let workflow = in_order.fold(workflow, |workflow, (id, job)| workflow.job(id, job));
        workflow.job("roll_back", ids.iter().fold(self.rolled_back(), Job::needs)).build(scope, id)
    }

    /// A job that acts with the target's role, and begins with a script.
    fn job(&self, name: &str, script: Document) -> Job {
        Job::new()
            .named(name)
            .environment(&self.target.name)
            .timeout(Duration::minutes(self.watch.minutes() + 15))
            .step(self.sign_in())
            .step(JobStep::run(name, script))
    }

    fn sign_in(&self) -> JobStep {
        JobStep::sign_in(&self.target.role, self.target.environment.region)
    }

    /// The old service takes the version over, then the requests.
    fn settled(&self, version: &ServiceVersion) -> Job {
        self.job("Update the old service", version.rolled_out())
            .step(JobStep::run("Give it the requests", self.shift(Percent::new(0))))
            .step(JobStep::run("End the other", version.ended()))
    }

    fn rolled_back(&self) -> Job {
        // While deployments are frozen nothing was begun.
        let condition = match self.target.freeze {
            Some(_) => format!("(failure() || cancelled()) && needs.{HEED}.result == 'success'"),
            None => "failure() || cancelled()".to_owned(),
        };
        let back = self.job("Back to the old version", self.shift(Percent::new(0))).when(condition);
        match &self.version {
            Some((version, _)) => back.step(JobStep::run("End the new version", version.ended())),
            None => back,
        }
    }

    /// The call that gives the new version a share of the requests, and the old one the rest.
    fn shift(&self, share: Percent) -> Document {
        let region = self.target.environment.region;
        let (call, arn) = match &self.place {
            Place::Listener(arn) => (format!("modify-listener --region {region} --listener-arn "), arn),
            Place::Rule(arn) => (format!("modify-rule --region {region} --rule-arn "), arn),
        };
        let option = if matches!(self.place, Place::Listener(_)) { "--default-actions" } else { "--actions" };
        let new = share.value();
        Document::from("old=")
            .then(self.old.clone())
            .text("\nnew=")
            .then(self.new.clone())
            .text("\ngroups=\"{TargetGroupArn=$old,Weight=")
            .text(format!("{}}},{{TargetGroupArn=$new,Weight={new}}}\"\n", 100 - new))
            .text(format!("aws elbv2 {call}"))
            .then(arn.clone())
            .text(format!(" \\\n  {option} \"Type=forward,ForwardConfig={{TargetGroups=[$groups]}}\" > /dev/null\n"))
    }
}

fn group(arn: impl IntoValue<ids::ElasticLoadBalancingV2TargetGroupArn>) -> Document {
    let arn: Value<ids::ElasticLoadBalancingV2TargetGroupArn> = arn.into_value();
    Document::from(arn)
}
