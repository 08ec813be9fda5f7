//! Application Load Balancers: HTTPS in, target groups out.
//!
//! ```
//! use ce_constructs::edge::{Certificate, HostedZone};
//! use ce_constructs::network::load_balancer::{ApplicationLoadBalancer, Route, TargetGroup, TargetHealth};
//! use ce_constructs::network::Network;
//! use ce_synth::Scope;
//!
//! fn entrance<'a>(scope: Scope<'a>, network: &impl Network, zone: &HostedZone<'a>) -> TargetGroup<'a> {
//!     let certificate = Certificate::builder("api.example.com", zone).build(scope, "Certificate");
//!     let balancer = ApplicationLoadBalancer::builder(network).https(&certificate).build(scope, "Balancer");
//!     let health = TargetHealth::path("/orders/health");
//!     let orders = TargetGroup::builder(&balancer, 8080).health_check(health).build(scope, "Orders");
//!     balancer.listener().route(Route::path("/orders/*").priority(10), &orders);
//!     orders
//! }
//! ```
//!
//! By default a load balancer is open to the internet on 443, and on 80 to redirect there; accepts TLS 1.2 and 1.3 with
//! post-quantum key exchange; drops invalid headers; cannot be deleted in production; answers 404 to what no rule is
//! for. Its security group lets nothing out: allow connections to its targets, which services do by themselves.
//!
//! It does not do network load balancers, Lambda targets, or authentication of users.

mod access_logs;
mod action;
mod application;
mod exposure;
mod listener;
mod route;
pub mod rules;
mod target_group;
mod target_health;
mod tls_policy;
mod waiting;
mod watch;

pub use action::{Action, Redirect};
pub use application::{ApplicationLoadBalancer, ApplicationLoadBalancerBuilder};
pub use exposure::Exposure;
pub use listener::{Listener, ListenerBuilder};
pub use route::{Route, RouteConditions};
pub use rules::RULES;
pub use target_group::{Algorithm, TargetGroup, TargetGroupBuilder, TargetProtocol, TargetVersion};
pub use target_health::TargetHealth;
pub use tls_policy::TlsPolicy;
pub use waiting::Forwarder;
