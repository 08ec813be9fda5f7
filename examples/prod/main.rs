//! A whole production system: four services behind a load balancer, their databases and buckets, and what keeps them
//! safe, seen and recoverable. Production has it twice: in the region that serves, and smaller in one that stands by.
//!
//! ```text
//! cargo run --example prod                             # production
//! cargo run --example prod -- -c environment=staging   # the same program, half the size
//! cargo run --example prod -- -c environment=dev
//! cargo run --example prod -- -c profile=blue-green    # production with another way to replace versions, or `canary`
//! ```

#![allow(unreachable_pub, reason = "an app's modules are for its own")]

mod backups;
mod conformance;
mod costs;
mod data;
mod delivery;
mod edge;
mod environments;
mod failover;
mod foundation;
mod front;
mod governance;
mod images;
mod keys;
mod names;
mod oncall;
mod operations;
mod recovery;
mod runbooks;
mod scaling;
mod services;
mod settings;
mod storage;
mod tls;
mod vault;
mod watch;

use std::process::ExitCode;

use ce::prelude::*;
use ce::run::Program;

use backups::Backups;
use costs::costs;
use data::Data;
use delivery::Delivery;
use edge::Edge;
use failover::Failover;
use foundation::Foundation;
use front::Front;
use governance::Governance;
use keys::Keys;
use oncall::oncall;
use operations::Operations;
use recovery::Recovery;
use runbooks::Runbooks;
use services::Services;
use settings::Settings;
use storage::Storage;
use vault::Vault;

fn main() -> ExitCode {
    program().run()
}

/// The system, and the report on how much of the reference it is.
pub fn program<'a>() -> Program<'a> {
    ce::app(claude_enhancer).report(conformance::conformance)
}

/// ```text
///  viewers ─► Edge: CDN, firewall ─► Front: load balancer ─► Services: auth, core, agent ─► workflow
///                     │                                          │
///                     └─► Storage: assets                        ├─► Data: Aurora, Redis
///                                                                └─► Storage: uploads, Vault: keys, secrets
///
///  us-east-1: all of it        ──copies of Data, Storage, Vault, images──►  us-west-2: a quarter of the tasks
///                              ◄──asks every minute, moves when it fails──  Failover: detector, lag, plan
///
///  GitHub ─► Delivery: roles, workflows       people ─► Runbooks       another account: Recovery, tries backups
/// ```
pub fn claude_enhancer(app: &App) {
    let settings = &Settings::chosen(app);
    app.named(settings.identity());
    if !settings.is_production() {
        let system = System::new(app, settings, None);
        system.operate(app, settings);
        system.deliver(app, settings);
        return;
    }
    production(app, settings);
}

/// Two regions: one serves, one stands by.
fn production<'a>(app: &'a App, settings: &Settings<'a>) {
    let sites = settings.sites(app);
    let (here, there) = (&settings.at(sites.primary()), &settings.at(sites.standby()));
    let primary = System::new(app, here, None);
    let backups = primary.operate(app, here);
    let edge = Edge::build(here.stack(app, "Edge", "Content delivery and its firewall"), here, &primary);
    let governance = here.stack(app, "Governance", "Audit trail, rules, threats, visitors, costs");
    Governance::build(governance, here, &primary, &backups, &edge);

    let standby = System::new(app, there, Some(&primary));
    standby.copies(&primary);
    keep_copies(app, [here, there], &backups, &standby);
    Governance::standby(there.stack(app, "Governance", "Rules, threats, posture"), there, &standby, &edge);
    Operations::build(there.stack(app, "Operations", "Alarms, dashboards, queries"), there, &standby);
    Failover::build(app, [here, there], &primary, &standby);
    hand_over(app, [here, there], &backups, &primary, &standby);
}

/// Copies of backups: in the other region for when this one is lost, in another account to be tried every month.
fn keep_copies<'a>(app: &'a App, [here, there]: [&Settings<'a>; 2], backups: &Backups<'a>, standby: &System<'a>) {
    let copies = Backups::vault(there.stack(app, "Backups", "Copies of backups"), there, &standby.vault);
    let tests = &here.recovery_tests();
    let stack = tests.stack(app, "Recovery", "Monthly test of backups");
    let tested = Recovery::build(stack, tests, here.environment.account);
    Delivery::roles(stack, tests);
    backups.keep.vault().scope().stack().needs(copies.vault().scope()).needs(tested.vault().scope());
}

/// What people do by runbooks, and pipelines by workflows.
fn hand_over<'a>(
    app: &'a App,
    [here, there]: [&Settings<'a>; 2],
    backups: &Backups<'a>,
    primary: &System<'a>,
    standby: &System<'a>,
) {
    let stack = here.stack(app, "Runbooks", "Procedures, and the documents that go through them");
    let runbooks = Runbooks::new(stack, here, primary, backups.before_change);
    let stack = there.stack(app, "Runbooks", "Procedures of failover and failback");
    Runbooks::standby(stack, [here, there], primary, standby);
    primary.deliver(app, here).workflows(here, primary, &runbooks);
}

/// What serves; production has it in two regions.
struct System<'a> {
    network: Foundation<'a>,
    vault: Vault<'a>,
    oncall: Escalation<'a>,
    storage: Storage<'a>,
    data: Data<'a>,
    front: Front<'a>,
    services: Services<'a>,
}

impl<'a> System<'a> {
    /// The system in one region; the standby's knows the primary.
    fn new(app: &'a App, settings: &Settings<'a>, primary: Option<&Self>) -> Self {
        let stack = |id: &str, about: &str| settings.stack(app, id, about);
        let network = Foundation::new(stack("Network", "VPC, subnets, routes, endpoints"), settings);
        let keys = Keys::new(stack("Keys", "Keys"), settings);
        let vault = Vault::new(stack("Vault", "Secrets and parameters"), settings, &keys);
        let oncall = oncall(stack("Oncall", "Who hears of what"), settings, &vault);
        let storage = Storage::new(stack("Storage", "Buckets"), settings, &vault);
        // Secrets of the other region are found by their names, which says nothing about order.
        let after_secrets = |id: &str, about: &str| {
            let stack = stack(id, about);
            stack.stack().needs(vault.jwt.scope());
            stack
        };
        let primary_data = primary.map(|primary| &primary.data);
        let data = Data::new(stack("Data", "Aurora PostgreSQL and Redis"), settings, &network, &vault, primary_data);
        let front = after_secrets("Front", "Load balancer, certificate, records");
        let front = Front::new(front, settings, &network, &storage, &vault);
        let compute = after_secrets("Services", "ECS cluster, services and their scaling");
        let services = Services::new(compute, settings, &network, &front, &vault, &data, &oncall);
        services.permit(compute, settings, &vault, &storage);
        Self { network, vault, oncall, storage, data, front, services }
    }

    /// It holds copies of another's secrets, and of what is in its buckets.
    fn copies(&self, primary: &Self) {
        self.vault.jwt.scope().stack().needs(primary.vault.jwt.scope());
        // What is copied needs a place to be copied to.
        primary.storage.assets.scope().stack().needs(self.storage.assets.scope());
    }

    /// What watches and keeps the system that serves.
    fn operate(&self, app: &'a App, settings: &Settings<'a>) -> Backups<'a> {
        let stack = settings.stack(app, "Operations", "Alarms, dashboards, queries");
        Operations::build(stack, settings, self);
        if !settings.is_production() {
            costs(stack, settings, self);
        }
        let stack = settings.stack(app, "Backups", "Backup vault, plan and runbooks");
        Backups::new(stack, settings, &self.vault, &self.data)
    }

    /// The roles of the account that workflows act with.
    fn deliver(&self, app: &'a App, settings: &Settings<'a>) -> Delivery<'a> {
        let stack = settings.stack(app, "Delivery", "Roles of workflows");
        Delivery::roles(stack, settings).for_system(settings, self)
    }
}
