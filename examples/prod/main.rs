//! A whole production system: four services behind a load balancer, their databases and buckets, and what keeps them
//! safe, seen and recoverable.
//!
//! ```text
//! cargo run --example prod                             # production
//! cargo run --example prod -- -c environment=staging   # the same program, half the size
//! cargo run --example prod -- -c environment=dev
//! ```

#![allow(unreachable_pub, reason = "an app's modules are for its own")]

mod backups;
mod data;
mod edge;
mod foundation;
mod front;
mod governance;
mod operations;
mod services;
mod settings;
mod storage;
mod tls;
mod vault;

use std::process::ExitCode;

use ce::prelude::*;

use backups::Backups;
use data::Data;
use edge::Edge;
use foundation::Foundation;
use front::Front;
use governance::Governance;
use operations::Operations;
use services::Services;
use settings::Settings;
use storage::Storage;
use vault::Vault;

fn main() -> ExitCode {
    ce::run(claude_enhancer)
}

/// ```text
///  viewers ─► Edge: CDN, firewall ─► Front: load balancer ─► Services: auth, core, agent ─► workflow
///                     │                                          │
///                     └─► Storage: assets                        ├─► Data: Aurora, Redis
///                                                                └─► Storage: uploads, Vault: keys, secrets
/// ```
pub fn claude_enhancer(app: &App) {
    let settings = &Settings::chosen(app);
    app.named(settings.prefix);

    let network = Foundation::new(settings.stack(app, "Network", "VPC, subnets, routes, endpoints"), settings);
    let vault = Vault::new(settings.stack(app, "Vault", "Keys and secrets"), settings);
    let storage = Storage::new(settings.stack(app, "Storage", "Buckets"), settings, &vault);
    let data = Data::new(settings.stack(app, "Data", "Aurora PostgreSQL and Redis"), settings, &network, &vault);
    let front = Front::new(settings.stack(app, "Front", "Load balancer, certificate, records"), settings, &network, &storage, &vault);
    let services = Services::new(
        settings.stack(app, "Services", "ECS cluster, services and their scaling"),
        settings,
        &network,
        &front,
        &vault,
        &storage,
        &data,
    );
    Operations::build(settings.stack(app, "Operations", "Alarms, dashboards, queries"), settings, &vault, &front, &services, &data);
    let backups = Backups::new(settings.stack(app, "Backups", "Backup vault, plan and runbooks"), settings, &vault, &data);
    if settings.is_production() {
        Edge::build(settings.stack(app, "Edge", "Content delivery and its firewall"), settings, &front, &storage);
        let governance = settings.stack(app, "Governance", "Audit trail, rules, threats, visitors, costs");
        Governance::build(governance, settings, &vault, &storage, &backups);
    }
}
