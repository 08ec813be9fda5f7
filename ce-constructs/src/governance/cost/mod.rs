//! What things cost: budgets, anomalies, reports.

mod anomalies;
mod budget;
mod cost_guard;
mod cost_report;

pub use budget::{Budget, TimeUnit};
pub use cost_guard::{CostGuard, CostGuardBuilder};
pub use cost_report::CostReport;
