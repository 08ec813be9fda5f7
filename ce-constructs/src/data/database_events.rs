//! What databases say of themselves.

use ce_cfn::rds;
use ce_synth::{Expr, Scope, Value};

use super::{AuroraCluster, RdsInstance};
use crate::observe::{Publisher, Topic};

/// A kind of event of a database.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Events.Messages.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseEvent {
    /// It cannot be reached, or can again: restarts and shutdowns. Of instances.
    Availability,
    /// Something failed that RDS cannot mend by itself.
    Failure,
    /// A reader took over, or is about to.
    Failover,
    /// Storage runs out. Of instances.
    LowStorage,
    /// It is being patched, or waits for it.
    Maintenance,
    /// It was changed.
    ConfigurationChange,
    /// It is gone.
    Deletion,
}

impl DatabaseEvent {
    const fn name(self) -> &'static str {
        match self {
            Self::Availability => "availability",
            Self::Failure => "failure",
            Self::Failover => "failover",
            Self::LowStorage => "low storage",
            Self::Maintenance => "maintenance",
            Self::ConfigurationChange => "configuration change",
            Self::Deletion => "deletion",
        }
    }

    /// Whether clusters say it; instances say all.
    const fn of_clusters(self) -> bool {
        !matches!(self, Self::Availability | Self::LowStorage)
    }
}

/// Tells a topic what happens to a database: failures, failovers, restarts.
///
/// ```
/// use ce_constructs::data::{AuroraCluster, DatabaseEvents};
/// use ce_constructs::observe::Topic;
/// use ce_synth::Scope;
/// fn tell<'a>(stack: Scope<'a>, orders: &AuroraCluster<'a>, oncall: &Topic<'a>) {
///     DatabaseEvents::of_cluster(orders, oncall).build(stack, "OrdersEvents");
/// }
/// ```
///
/// By default it tells of availability, failures, failovers and low storage: what clients see as lost connections, which
/// no metric shows. A cluster and its instances are two subscriptions. It opens the topic for RDS by itself.
#[derive(Clone)]
#[must_use = "it tells nothing until `build`"]
pub struct DatabaseEvents<'a> {
    topic: Topic<'a>,
    /// The type of each source, and the sources' ids.
    sources: Vec<(&'static str, Vec<Expr>)>,
    events: Vec<DatabaseEvent>,
}

const CLUSTER: &str = "db-cluster";
const INSTANCE: &str = "db-instance";

impl<'a> DatabaseEvents<'a> {
    /// Of a cluster and its instances.
    pub fn of_cluster(cluster: &AuroraCluster<'_>, topic: &Topic<'a>) -> Self {
        let instances = cluster.instances().iter().map(|instance| instance.ref_().into_expr()).collect();
        Self::new(*topic, vec![(CLUSTER, vec![cluster.cluster().ref_().into_expr()]), (INSTANCE, instances)])
    }

    /// Of an instance.
    pub fn of_instance(instance: &RdsInstance<'_>, topic: &Topic<'a>) -> Self {
        Self::new(*topic, vec![(INSTANCE, vec![instance.instance().ref_().into_expr()])])
    }

    fn new(topic: Topic<'a>, sources: Vec<(&'static str, Vec<Expr>)>) -> Self {
        use DatabaseEvent::{Availability, Failover, Failure, LowStorage};
        Self { topic, sources, events: vec![Availability, Failure, Failover, LowStorage] }
    }

    /// What it tells of. Default: availability, failures, failovers and low storage.
    pub fn events(mut self, events: impl IntoIterator<Item = DatabaseEvent>) -> Self {
        self.events = events.into_iter().collect();
        self
    }

    /// Adds the subscriptions: `Cluster` and `Instances`.
    #[track_caller]
    pub fn build(self, scope: Scope<'a>, id: &str) -> Vec<rds::EventSubscriptionRef<'a>> {
        let scope = scope.child(id);
        self.topic.allow(Publisher::RdsEvents);
        let place = |(kind, ids): (&'static str, Vec<Expr>)| {
            let told = self.events.iter().filter(|event| kind == INSTANCE || event.of_clusters());
            let names: Vec<&str> = told.map(|event| event.name()).collect();
            let subscription = rds::EventSubscription::new()
                .sns_topic_arn(self.topic.arn())
                .source_type(kind)
                .source_ids(Value::from_expr(Expr::List(ids)))
                .event_categories(names.clone());
            let id = if kind == CLUSTER { "Cluster" } else { "Instances" };
            (!names.is_empty()).then(|| scope.add(id, subscription))
        };
        self.sources.into_iter().filter_map(place).collect()
    }
}
