//! What may be spent, and who hears when it is.

use ce::prelude::*;

use super::System;
use super::environments::STANDBY;
use super::settings::Settings;

/// The budget of the standby, a part of production's.
const STANDBY_BUDGET: u32 = 1_400;

/// A budget for each account; production has more of them, a watch for unusual costs, and a report of all.
pub fn costs<'a>(stack: Scope<'a>, settings: &Settings<'a>, system: &System<'a>) {
    let budget = |role: &str, dollars: u32| {
        Budget::monthly(settings.name(role), dollars).alert_at([Percent::new(80), Percent::new(100)])
    };
    let guard = CostGuard::builder(settings.name("costs"))
        .notify(&system.oncall.inform())
        .mail(format!("costs@{}", settings.domain))
        .budget(budget("monthly", settings.budget));
    let guard = if settings.is_production() {
        guard
            .budget(budget("standby", STANDBY_BUDGET).only("Region", [STANDBY.as_str()]))
            .budget(budget("data-transfer", 500).only("UsageTypeGroup", ["EC2: Data Transfer - Inter AZ"]))
            .report(CostReport::daily(settings.name("daily"), &system.storage.backups))
    } else {
        guard.without_anomalies()
    };
    guard.build(stack, "Costs");
}
