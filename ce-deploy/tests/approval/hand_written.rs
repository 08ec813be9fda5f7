//! Cases written by hand, in `cases.json`: what is easily overlooked.

use ce_deploy::risk::RiskClass;
use serde::Deserialize;
use serde_json::Value;

use crate::case::{Case, Truth};

#[derive(Deserialize)]
struct Row {
    name: String,
    /// A class of risk; none where nobody need be asked.
    asks: Option<RiskClass>,
    before: Value,
    after: Value,
}

pub(crate) fn cases() -> Vec<Case> {
    let rows: Vec<Row> = serde_json::from_str(include_str!("cases.json")).unwrap();
    let case = |row: Row| {
        let truth = row.asks.map_or(Truth::Silent, Truth::Asks);
        if row.after.get("Resources").is_some() {
            return Case::of_templates(row.name, truth, &row.before, &row.after);
        }
        Case::new(row.name, truth, &row.before, &row.after)
    };
    rows.into_iter().map(case).collect()
}
