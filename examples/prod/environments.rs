//! Production, staging and development: what each is, and which one is meant.

use std::borrow::Cow;

use ce::compute::Rollout;
use ce::data::Capacity;
use ce::prelude::*;

use super::settings::Settings;

/// The standby's region; only production has one.
pub const STANDBY: Region = Region::US_WEST_2;

/// The first part of the standby's physical names.
pub const STANDBY_PREFIX: &str = "claude-enhancer-dr";

const DEVELOPERS: Account = Account::new("333333333333");

/// Where backups of production are restored to see whether they can be.
pub const RECOVERY: Account = Account::new("444444444444");

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

impl Settings<'_> {
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
}
