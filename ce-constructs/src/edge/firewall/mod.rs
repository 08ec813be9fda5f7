//! Web application firewalls: AWS WAF before CloudFront and load balancers.
//!
//! ```
//! use ce_constructs::edge::firewall::WebFirewall;
//! use ce_synth::Scope;
//! fn shield(us_east_1: Scope<'_>) {
//!     WebFirewall::builder().build_global(us_east_1, "Firewall");
//! }
//! ```
//!
//! By default it asks Amazon's IP reputation list, blocks an address after 2,000 requests in five minutes, then asks
//! the managed rules for common threats, known bad inputs and SQL injection: 1,127 of the 1,500 capacity units that
//! cost nothing extra. What passes is allowed. Blocked and counted requests are logged, without secret headers.
//!
//! It does not do bot control, account takeover prevention, or Shield Advanced.

mod block_list;
mod logging;
mod managed;
mod rule;
mod statement;
mod web_firewall;

pub use block_list::BlockList;
pub use managed::ManagedRules;
pub use rule::{FirewallRule, RuleAction};
pub use statement::Statement;
pub use web_firewall::{GlobalWebFirewall, WebFirewall, WebFirewallBuilder};
