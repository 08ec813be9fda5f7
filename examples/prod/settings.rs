//! What differs between production, staging and development; everything else is the same program.

use std::borrow::Cow;

use ce::backup::VaultName;
use ce::cfn::ids;
use ce::compute::{Rollout, TaskSize};
use ce::data::Capacity;
use ce::observe::{AlarmBuilder, RunbookLink};
use ce::prelude::*;
use ce::resilience::{DrPair, Site, Sites};
use ce::storage::BucketName;

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

/// The standby's region; only production has one.
pub const STANDBY: Region = Region::US_WEST_2;

/// The first part of the standby's physical names.
const STANDBY_PREFIX: &str = "claude-enhancer-dr";

const DEVELOPERS: Account = Account::new("333333333333");

/// Where backups of production are restored to see whether they can be.
const RECOVERY: Account = Account::new("444444444444");

fn prod<'a>() -> Settings<'a> {
    Settings {
        environment: Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production),
        prefix: "claude-enhancer-prod",
        domain: "claude-enhancer.example.com",
        release: Cow::Borrowed("5.1.0"),
        target: "production",
        address_space: cidr!("10.0.0.0/16"),
        zones: 3,
        task_zones: 3,
        share: Percent::new(100),
        full_size: true,
        database: Capacity::provisioned(InstanceClass::R6G_LARGE, 1),
        database_monitoring: MonitoringInterval::seconds(60),
        cache_nodes: NodeType::R6G_LARGE,
        cache_shards: 2,
        cache_replicas: 1,
        budget: 5_600,
        rollout: None,
        site: None,
    }
}

pub fn staging<'a>() -> Settings<'a> {
    Settings {
        environment: Environment::new("staging", Account::new("222222222222"), Region::US_EAST_1, Tier::Staging),
        prefix: "claude-enhancer-staging",
        target: "staging",
        domain: "staging.claude-enhancer.example.com",
        address_space: cidr!("10.1.0.0/16"),
        share: Percent::new(50),
        database: Capacity::serverless(Acu::new(0.5), Acu::new(16.0), 1),
        cache_shards: 1,
        budget: 2_000,
        ..prod()
    }
}

pub fn dev<'a>() -> Settings<'a> {
    Settings {
        environment: Environment::new("dev", DEVELOPERS, Region::US_EAST_1, Tier::Development),
        prefix: "claude-enhancer-dev",
        target: "development",
        domain: "dev.claude-enhancer.example.com",
        address_space: cidr!("10.2.0.0/16"),
        zones: 2,
        task_zones: 1,
        share: Percent::new(25),
        full_size: false,
        database: Capacity::provisioned(InstanceClass::new("db.t3.medium"), 0),
        database_monitoring: MonitoringInterval::OFF,
        cache_nodes: NodeType::new("cache.t3.micro"),
        cache_shards: 1,
        cache_replicas: 0,
        budget: 800,
        ..prod()
    }
}

impl<'a> Settings<'a> {
    /// The environment that `-c environment=…` names, production when it names none, with the rollout that
    /// `-c profile=…` names.
    pub fn chosen(app: &App) -> Self {
        let chosen = Self::chosen_environment(app);
        let release = app.context("release").map_or(chosen.release.clone(), Cow::Owned);
        Self { rollout: Self::chosen_rollout(app), release, ..chosen }
    }

    fn chosen_rollout(app: &App) -> Option<Rollout> {
        // As long as the old version stays, all is back at once.
        let bake = Duration::minutes(15);
        match app.context("profile").as_deref() {
            None | Some("rolling") => None,
            Some("blue-green") => Some(Rollout::BlueGreen { bake }),
            Some("canary") => Some(Rollout::Canary { share: Percent::new(5), watched: Duration::minutes(10), bake }),
            Some(other) => {
                app.root()
                    .error(Code::new("PROD002"), format!("`{other}` is not a profile of this app"))
                    .help("use `rolling`, `blue-green` or `canary`");
                None
            }
        }
    }

    fn chosen_environment(app: &App) -> Self {
        match app.context("environment").as_deref() {
            None | Some("prod") => prod(),
            Some("staging") => staging(),
            Some("dev") => dev(),
            Some(other) => {
                app.root()
                    .error(Code::new("PROD001"), format!("`{other}` is not an environment of this app"))
                    .help("use `prod`, `staging` or `dev`");
                prod()
            }
        }
    }

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

    /// The names of its stacks, as patterns.
    pub fn stack_names(&self) -> Vec<String> {
        let standby = self.standby().map(|_| STANDBY_PREFIX);
        [self.prefix].into_iter().chain(standby).map(|prefix| format!("{prefix}-*")).collect()
    }

    /// The regions it is deployed to.
    pub fn regions(&self) -> Vec<Region> {
        [self.environment.region].into_iter().chain(self.standby()).collect()
    }

    /// A physical name: the prefix and a role.
    pub fn name(&self, role: &str) -> String {
        format!("{}-{role}", self.prefix)
    }

    /// A name that both regions know a thing by: a secret, a repository.
    pub fn shared_name(&self, role: &str) -> String {
        format!("claude-enhancer-{}-{role}", self.environment.name)
    }

    /// The name of a bucket: the prefix and a role.
    pub fn bucket(&self, role: &str) -> BucketName {
        self.name(role).parse().expect("a prefix and a short role are a bucket's name")
    }

    /// The name of the backup vault.
    pub fn backup_vault(&self) -> VaultName {
        self.name("backups").parse().expect("a prefix and a short role are a vault's name")
    }

    /// The name of the standby's backup vault.
    pub fn copies_vault() -> VaultName {
        format!("{STANDBY_PREFIX}-backups").parse().expect("a prefix and a short role are a vault's name")
    }

    /// The region that things of here are replicated to.
    pub fn standby(&self) -> Option<Region> {
        (self.is_production() && !self.is_standby()).then_some(STANDBY)
    }

    pub fn is_standby(&self) -> bool {
        self.site.as_ref().is_some_and(Site::is_standby)
    }

    /// The standby's copy of a bucket.
    pub fn replica(&self, role: &str) -> Option<Value<ids::S3BucketArn>> {
        let name: BucketName = format!("{STANDBY_PREFIX}-{role}").parse().expect("a bucket's name");
        self.standby().map(|region| name.arn(region))
    }

    /// The key of the standby's region, by its alias' deterministic name.
    pub fn replica_key(&self) -> String {
        format!("arn:aws:kms:{STANDBY}:{}:alias/{STANDBY_PREFIX}-data", self.environment.account)
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
