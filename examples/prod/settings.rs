//! What can differ between environments, and what follows from it; everything else is the same program.

use std::borrow::Cow;

use ce::compute::{Rollout, TaskSize};
use ce::data::Capacity;
use ce::observe::{AlarmBuilder, RunbookLink};
use ce::prelude::*;
use ce::resilience::{DrPair, Site, Sites};

use super::environments::{RECOVERY, STANDBY, STANDBY_PREFIX};

/// The knobs of an environment.
#[derive(Clone)]
pub struct Settings<'a> {
    pub environment: Environment,
    /// The first part of every physical name.
    pub prefix: &'static str,
    /// The site's domain.
    pub domain: &'static str,
    /// The images' tag: `-c release=…`, the commit in a pipeline.
    pub release: Cow<'static, str>,
    /// The environment of GitHub that may deploy to it.
    pub target: &'static str,
    pub address_space: Cidr,
    pub zones: u8,
    /// In how many of them tasks are.
    pub task_zones: u8,
    /// How much of production's task counts it runs.
    pub share: Percent,
    /// Whether tasks have production's size, or half of it.
    pub full_size: bool,
    pub database: Capacity,
    pub database_monitoring: MonitoringInterval,
    pub cache_nodes: NodeType,
    pub cache_shards: u16,
    pub cache_replicas: u8,
    /// What may be spent in a month, in US dollars.
    pub budget: u32,
    /// How a new version takes over, where not a few tasks at a time: `-c profile=…`.
    pub rollout: Option<Rollout>,
    /// Which of production's two regions; none where there is one only.
    pub site: Option<Site<'a>>,
}

impl<'a> Settings<'a> {
    /// The profile, as `-c profile=…` names it.
    pub fn profile(&self) -> Option<&'static str> {
        self.rollout.map(|rollout| match rollout {
            Rollout::BlueGreen { .. } => "blue-green",
            _ => "canary",
        })
    }

    /// What the app's resources are known by in `ce.lock`. A profile has resources of its own, and must not take those
    /// of another for lost.
    pub fn identity(&self) -> String {
        self.profile().map_or_else(|| self.prefix.to_owned(), |profile| format!("{}@{profile}", self.prefix))
    }

    /// Whether a version of a service can run beside another. Where tasks are replaced a few at a time, the service that
    /// most requests go to still has a place for a version that is tried on a share of them.
    pub fn has_second_version(&self, service: &str) -> bool {
        self.rollout.is_some() || (self.is_production() && service == "Core")
    }

    /// The two regions of production.
    pub fn sites(&self, app: &'a App) -> Sites<'a> {
        DrPair::builder(self.environment, STANDBY)
            .standby_capacity(Percent::new(25))
            .names(self.prefix, STANDBY_PREFIX)
            .open(app)
    }

    /// The same in one of the two regions.
    pub fn at(&self, site: &Site<'a>) -> Self {
        Self {
            environment: site.environment(),
            prefix: site.choose(self.prefix, STANDBY_PREFIX),
            // One instance keeps the standby's copy warm.
            database: site.choose(self.database.clone(), Capacity::provisioned(InstanceClass::R6G_LARGE, 0)),
            site: Some(site.clone()),
            ..self.clone()
        }
    }

    /// The account that tests whether backups can be restored.
    pub fn recovery_tests(&self) -> Self {
        Self {
            environment: Environment { account: RECOVERY, tier: Tier::Staging, ..self.environment },
            prefix: "claude-enhancer-test",
            target: "recovery-tests",
            site: None,
            ..self.clone()
        }
    }

    /// A stack of this environment, named and tagged.
    pub fn stack(&self, app: &'a App, id: &str, about: &str) -> Scope<'a> {
        let stack = match &self.site {
            Some(site) => site.stack(id),
            None => app.stack(id, self.environment),
        };
        stack.stack().named(format!("{}-{}", self.prefix, id.to_lowercase())).described(about);
        stack.tag("Environment", self.environment.name).tag("Owner", "team-devops").tag("Service", "shared")
    }

    /// The regions it is deployed to.
    pub fn regions(&self) -> Vec<Region> {
        [self.environment.region].into_iter().chain(self.standby()).collect()
    }

    /// The region that things of here are replicated to.
    pub fn standby(&self) -> Option<Region> {
        (self.is_production() && !self.is_standby()).then_some(STANDBY)
    }

    pub fn is_standby(&self) -> bool {
        self.site.as_ref().is_some_and(Site::is_standby)
    }

    /// Says where it says what to do: the region that serves production has the documents.
    pub fn with_runbook(&self, alarm: AlarmBuilder, name: &str) -> AlarmBuilder {
        let there = self.is_production() && !self.is_standby();
        if there { alarm.runbook(RunbookLink::document(self.name(name))) } else { alarm }
    }

    pub fn is_production(&self) -> bool {
        self.environment.tier.is_production()
    }

    /// A share of production's tasks, begun ones counted; the standby may have to carry everything.
    pub fn tasks(&self, least: u16, most: u16) -> std::ops::RangeInclusive<u16> {
        if let Some(site) = &self.site {
            return site.capacity_range(least..=most);
        }
        let share = |tasks: u16| (tasks * u16::from(self.share.value())).div_ceil(100);
        share(least)..=share(most)
    }

    pub fn size(&self, full: TaskSize, half: TaskSize) -> TaskSize {
        if self.full_size { full } else { half }
    }
}
