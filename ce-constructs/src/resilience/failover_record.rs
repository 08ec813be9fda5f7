//! A name that leads to one region or the other.

use std::borrow::Cow;

use ce_synth::{IntoValue, Scope, Value};

use super::{RegionSwitch, Site, kept};
use crate::edge::{CheckInterval, HealthCheck, HostedZone, Record, RecordTarget, Routing};

/// A failover record of Route 53: the primary's half in the primary's stack, the standby's in the standby's.
///
/// ```
/// use ce_constructs::edge::HostedZone;
/// use ce_constructs::network::load_balancer::ApplicationLoadBalancer;
/// use ce_constructs::resilience::{FailoverRecord, RegionSwitch, Site};
/// fn name<'a>(site: &Site<'a>, zone: &HostedZone<'a>, balancer: &ApplicationLoadBalancer<'a>, plan: &RegionSwitch<'a>) {
///     FailoverRecord::builder(zone, "origin.example.com", balancer)
///         .switched_by(plan)
///         .build(site, site.stack("Dns"), "Origin");
/// }
/// ```
///
/// By default Route 53 answers with the standby while the primary's load balancer has no healthy target. With
/// [`switched_by`](FailoverRecordBuilder::switched_by) it answers as the plan says, and traffic moves only after
/// databases were promoted; with [`follows_health`](FailoverRecordBuilder::follows_health) as checkers of an endpoint
/// say, a minute and a half after it fails, whether the standby can take writes or not (`CE8407`).
///
/// It does not lead back by itself while the plan says otherwise, and both halves are kept as they are while a region is
/// down: nothing is edited.
#[derive(Clone, Copy)]
pub struct FailoverRecord<'a> {
    record: Record<'a>,
    check: Option<HealthCheck<'a>>,
}

impl<'a> FailoverRecord<'a> {
    /// A record of a zone: its full name, and what it leads to in this site.
    pub fn builder(
        zone: &HostedZone<'a>,
        name: impl IntoValue<String>,
        target: impl Into<RecordTarget>,
    ) -> FailoverRecordBuilder<'a> {
        FailoverRecordBuilder {
            zone: zone.clone(),
            name: name.into_value(),
            target: target.into(),
            follows: Follows::Target,
            interval: CheckInterval::default(),
            failures: 3,
        }
    }

    /// The site's half.
    pub fn record(self) -> Record<'a> {
        self.record
    }

    /// What asks the endpoint, if the record follows its health.
    pub fn health_check(self) -> Option<HealthCheck<'a>> {
        self.check
    }
}

#[derive(Clone)]
enum Follows<'a> {
    Target,
    Health { domain: Value<String>, path: Cow<'static, str> },
    Plan(RegionSwitch<'a>),
}

/// Settings of a [`FailoverRecord`].
#[derive(Clone)]
#[must_use = "a builder does nothing until `build`"]
pub struct FailoverRecordBuilder<'a> {
    zone: HostedZone<'a>,
    name: Value<String>,
    target: RecordTarget,
    follows: Follows<'a>,
    interval: CheckInterval,
    failures: u8,
}

impl<'a> FailoverRecordBuilder<'a> {
    /// Moves traffic when a plan does, by the health checks that Region switch keeps. Default: the target's own health.
    pub fn switched_by(mut self, plan: &RegionSwitch<'a>) -> Self {
        self.follows = Follows::Plan(plan.clone());
        self
    }

    /// Moves traffic when an endpoint of this site does not answer a path over HTTPS, by its domain. Default: the
    /// target's own health.
    pub fn follows_health(mut self, domain: impl IntoValue<String>, path: impl Into<Cow<'static, str>>) -> Self {
        self.follows = Follows::Health { domain: domain.into_value(), path: path.into() };
        self
    }

    /// How often checkers ask the endpoint. Default: every 30 seconds.
    pub fn interval(mut self, interval: CheckInterval) -> Self {
        self.interval = interval;
        self
    }

    /// Failures in a row that make the endpoint unhealthy, 1 to 10. Default: 3.
    pub fn unhealthy_after(mut self, failures: u8) -> Self {
        self.failures = failures;
        self
    }

    /// Adds the site's half.
    #[track_caller]
    pub fn build(self, site: &Site<'a>, scope: Scope<'a>, id: &str) -> FailoverRecord<'a> {
        let scope = scope.child(id);
        let zone =
            HostedZone::existing(kept(scope, "ZoneId", &self.zone.id()), kept(scope, "ZoneName", &self.zone.name()));
        let name = kept(scope, "Name", &self.name);
        let record = Record::builder(&zone, name, self.target());
        let record = record.routing(site.choose(Routing::Primary, Routing::Secondary));
        let (record, check) = match &self.follows {
            Follows::Target => (record, None),
            Follows::Plan(plan) => (record.health_check_id(plan.health_check(&self.name, site.region())), None),
            Follows::Health { domain, path } => {
                let check = HealthCheck::https(domain.clone(), path.clone());
                let check = check.interval(self.interval).unhealthy_after(self.failures).build(scope, "Health");
                (record.health_check(&check), Some(check))
            }
        };
        FailoverRecord { record: record.build(scope, "Record"), check }
    }

    /// Where a plan decides, nothing else does.
    fn target(&self) -> RecordTarget {
        let mut target = self.target.clone();
        if let (RecordTarget::Alias { evaluates_health, .. }, Follows::Plan(_)) = (&mut target, &self.follows) {
            *evaluates_health = false;
        }
        target
    }
}
