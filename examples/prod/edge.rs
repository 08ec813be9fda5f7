//! The edge: content delivery with a firewall before it. Both live in us-east-1, wherever the system is.

use ce::edge::cdn::{Behavior, CachePolicy, Methods, Origin, Origins};
use ce::edge::firewall::BlockList;
use ce::prelude::*;

use super::System;
use super::settings::Settings;

/// The edge; nothing else refers to it but by name.
pub struct Edge {
    /// Who is kept out.
    pub blocked: Option<BlockList>,
}

impl Edge {
    pub fn build<'a>(stack: Scope<'a>, settings: &Settings<'a>, system: &System<'a>) -> Self {
        let (front, storage) = (&system.front, &system.storage);
        let firewall =
            WebFirewall::builder().named(settings.name("edge")).blocks_addresses().build_global(stack, "Firewall");
        let zone = HostedZone::existing(&front.zone_id, settings.domain);
        let certificate = Certificate::builder(settings.domain, &zone).build_global(stack, "Certificate");

        let origin = || Origin::server(&front.origin).verified_by(&front.verification);
        let assets = Origins::from(Origin::bucket(&storage.assets));
        let day = CachePolicy::builder(Duration::hours(24)).build(stack, "AssetsForADay");
        let mut cdn = Cdn::builder(Behavior::dynamic(origin()).methods(Methods::All))
            .behavior("/assets/*", Behavior::cached(assets, day).methods(Methods::GetHeadOptions))
            .behavior("/api/*", Behavior::dynamic(origin()).methods(Methods::All))
            .domain(&certificate, [settings.domain])
            .firewall(&firewall)
            .additional_metrics()
            .named(settings.name("cdn"));
        if let Some(logs) = &storage.edge_logs {
            cdn = cdn.access_logs(logs);
        }
        let cdn = cdn.build(stack, "Cdn");
        Record::builder(&zone, settings.domain, &cdn).build(stack, "Site");
        Watch::builder(&system.oncall).named(settings.name("edge")).over(&cdn).build(stack, "Watch");
        Self { blocked: firewall.block_list() }
    }
}
