//! The steps of a plan.

use ce_cfn::ids;
use ce_synth::{Duration, IntoValue, Percent, Value};

use crate::compute::FargateService;
use crate::data::{AuroraCluster, AuroraGlobal};
use crate::edge::HostedZone;
use crate::security::Role;

/// A thing in the primary and its copy in the standby.
#[derive(Clone, Debug)]
pub(super) struct Both<V> {
    pub(super) primary: V,
    pub(super) standby: V,
}

impl<V> Both<V> {
    pub(super) fn new(primary: V, standby: V) -> Self {
        Self { primary, standby }
    }

    pub(super) fn map<W>(self, mut change: impl FnMut(V, &'static str) -> W) -> Both<W> {
        Both { primary: change(self.primary, "Primary"), standby: change(self.standby, "Standby") }
    }

    pub(super) fn into_vec(self) -> Vec<V> {
        vec![self.primary, self.standby]
    }
}

/// A service's cluster and the service, by their ARNs.
#[derive(Clone, Debug)]
pub(super) struct Scaled {
    pub(super) cluster: Both<Value<String>>,
    pub(super) cluster_name: Both<Value<String>>,
    pub(super) service: Both<Value<String>>,
}

#[derive(Clone)]
pub(super) enum Block<'a> {
    Approval { role: Role<'a>, arn: Value<String> },
    Promotion { global: String, clusters: Both<Value<String>> },
    Scaling { services: Vec<Scaled>, percent: Percent, until_healthy: bool },
    Function { functions: Both<Value<String>>, retry: Duration },
    Traffic { zone: Value<ids::Route53HostedZone>, record: Value<String> },
    Parallel(Vec<SwitchStep<'a>>),
}

/// A step of a [`RegionSwitch`](super::RegionSwitch): something that is done in the region that is activated before
/// the next step begins.
///
/// ```
/// use ce_constructs::compute::FargateService;
/// use ce_constructs::data::{AuroraCluster, AuroraGlobal};
/// use ce_constructs::resilience::SwitchStep;
/// fn all_at_once<'a>(
///     global: &AuroraGlobal<'a>,
///     orders: [&AuroraCluster<'a>; 2],
///     api: [&FargateService<'a>; 2],
/// ) -> SwitchStep<'a> {
///     SwitchStep::parallel("Promote", [
///         SwitchStep::promote("Database", global, orders[0], orders[1]),
///         SwitchStep::scale("Tasks", [(api[0], api[1])]),
///     ])
/// }
/// ```
#[derive(Clone)]
#[must_use = "a step does nothing until it is given to a plan"]
pub struct SwitchStep<'a> {
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) timeout: Duration,
    pub(super) block: Block<'a>,
}

impl<'a> SwitchStep<'a> {
    fn new(name: impl Into<String>, block: Block<'a>) -> Self {
        Self { name: name.into(), description: None, timeout: Duration::hours(1), block }
    }

    /// Waits until somebody approves, with a role that may then approve steps of this plan.
    pub fn approval(name: impl Into<String>, approver: &Role<'a>) -> Self {
        Self::new(name, Block::Approval { role: *approver, arn: approver.arn().into_value() })
    }

    /// Makes the cluster of the region that is activated the one that writes. Towards the standby it is a failover,
    /// which may lose what was not copied yet; back towards the primary a switchover, which loses nothing.
    pub fn promote(
        name: impl Into<String>,
        global: &AuroraGlobal<'_>,
        primary: &AuroraCluster<'_>,
        standby: &AuroraCluster<'_>,
    ) -> Self {
        let arn = |cluster: &AuroraCluster<'_>| cluster.cluster().db_cluster_arn().into_value();
        let clusters = Both::new(arn(primary), arn(standby));
        Self::new(name, Block::Promotion { global: global.name().to_owned(), clusters })
    }

    /// Starts as many tasks as ran in the other region at the peak of the last 24 hours, of services in the primary and
    /// the standby.
    pub fn scale<'s>(
        name: impl Into<String>,
        services: impl IntoIterator<Item = (&'s FargateService<'s>, &'s FargateService<'s>)>,
    ) -> Self {
        let services = services.into_iter().map(|(primary, standby)| scaled(primary, standby)).collect();
        Self::new(name, Block::Scaling { services, percent: Percent::new(100), until_healthy: false })
    }

    /// Runs a Lambda function of the region that is activated, by the ARNs of one in each region: what Region switch
    /// has no step for, such as promoting a cache or testing that the site works.
    pub fn function(name: impl Into<String>, primary: impl IntoValue<String>, standby: impl IntoValue<String>) -> Self {
        let functions = Both::new(primary.into_value(), standby.into_value());
        Self::new(name, Block::Function { functions, retry: Duration::minutes(5) })
    }

    /// Moves traffic: turns the health checks that Region switch keeps for a failover record, see
    /// [`FailoverRecord`](crate::resilience::FailoverRecord). No record is edited.
    pub fn traffic(name: impl Into<String>, zone: &HostedZone<'_>, record: impl IntoValue<String>) -> Self {
        Self::new(name, Block::Traffic { zone: zone.id(), record: record.into_value() })
    }

    /// Does several steps at a time.
    pub fn parallel(name: impl Into<String>, steps: impl IntoIterator<Item = SwitchStep<'a>>) -> Self {
        Self::new(name, Block::Parallel(steps.into_iter().collect()))
    }

    /// Says what it is for, to whoever follows the plan. Default: nothing.
    pub fn described(mut self, text: impl Into<String>) -> Self {
        self.description = Some(text.into());
        self
    }

    /// How long it may take, in whole minutes; of no effect on several steps at a time. Default: one hour.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How many tasks are started, as a share of those of the other region; of no effect on other steps. Default:
    /// 100 %.
    pub fn percent(mut self, share: Percent) -> Self {
        if let Block::Scaling { percent, .. } = &mut self.block {
            *percent = share;
        }
        self
    }

    /// Waits until the load balancers' target groups find the new tasks healthy; of no effect on other steps. Default:
    /// until the tasks run.
    pub fn until_healthy(mut self) -> Self {
        if let Block::Scaling { until_healthy, .. } = &mut self.block {
            *until_healthy = true;
        }
        self
    }

    /// After how long a function that failed is run again, in whole minutes; of no effect on other steps. Default: five
    /// minutes.
    pub fn retry_after(mut self, interval: Duration) -> Self {
        if let Block::Function { retry, .. } = &mut self.block {
            *retry = interval;
        }
        self
    }

    /// This step and those it does at a time, outermost first.
    pub(super) fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        if let Block::Parallel(steps) = &self.block {
            all.extend(steps.iter().flat_map(Self::all));
        }
        all
    }

    pub(super) fn moves_traffic(&self) -> bool {
        matches!(self.block, Block::Traffic { .. })
    }

    /// Whether requests fail or are slow until it is done.
    pub(super) fn prepares(&self) -> bool {
        matches!(self.block, Block::Promotion { .. } | Block::Scaling { .. })
    }
}

fn scaled(primary: &FargateService<'_>, standby: &FargateService<'_>) -> Scaled {
    let cluster = |service: &FargateService<'_>| service.cluster().arn().into_value();
    let name = |service: &FargateService<'_>| service.cluster().name().into_value();
    let arn = |service: &FargateService<'_>| service.arn().into_value();
    Scaled {
        cluster: Both::new(cluster(primary), cluster(standby)),
        cluster_name: Both::new(name(primary), name(standby)),
        service: Both::new(arn(primary), arn(standby)),
    }
}
