//! Content delivery: CloudFront distributions.
//!
//! ```
//! use ce_constructs::edge::cdn::{Behavior, CachePolicy, Cdn, Origin};
//! use ce_constructs::edge::firewall::GlobalWebFirewall;
//! use ce_constructs::edge::GlobalCertificate;
//! use ce_constructs::storage::Bucket;
//! use ce_synth::Scope;
//! fn site<'a>(
//!     us_east_1: Scope<'a>,
//!     certificate: &GlobalCertificate<'a>,
//!     firewall: &GlobalWebFirewall<'a>,
//!     assets: &Bucket<'a>,
//! ) -> Cdn<'a> {
//!     let files = Behavior::cached(Origin::bucket(assets), CachePolicy::optimized());
//!     Cdn::builder(Behavior::dynamic(Origin::server("origin.example.com")))
//!         .behavior("/assets/*", files)
//!         .domain(certificate, ["www.example.com"])
//!         .firewall(firewall)
//!         .build(us_east_1, "Site")
//! }
//! ```
//!
//! By default viewers are redirected to HTTPS and use TLS 1.2 or newer, HTTP/2 or 3, IPv4 or IPv6; origins are spoken to
//! with TLS 1.2; buckets are read with signed requests; answers are compressed where they are cacheable and get
//! security headers.
//!
//! It does not do functions at the edge, signed URLs, or continuous deployment.

mod behavior;
mod bucket_access;
mod cache_policy;
mod distribution;
mod layout;
mod logging;
mod origin;
mod watch;

pub use behavior::{Behavior, Forwarding, Methods, ResponseHeaders};
pub use cache_policy::{CachePolicy, CachePolicyBuilder};
pub use distribution::{Cdn, CdnBuilder, Countries, PriceClass, ViewerTls};
pub use origin::{Origin, Origins};
