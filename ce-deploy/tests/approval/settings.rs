//! Settings that open something, or take a safeguard away; `settings.json` lists them.

use ce_deploy::risk::RiskClass::{self, Weakening};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::case::{Case, Truth};
use crate::dice::Dice;

/// A type, a safe setting, an unsafe one, and what the unsafe one is.
#[derive(Deserialize)]
struct Row {
    #[serde(rename = "type")]
    type_name: String,
    safe: Value,
    #[serde(rename = "unsafe")]
    open: Value,
    asks: RiskClass,
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut dice = Dice::new(7);
    let rows: Vec<Row> = serde_json::from_str(include_str!("settings.json")).unwrap();
    for (index, Row { type_name, safe, open, asks }) in rows.into_iter().enumerate() {
        let of = |properties: &Value| json!({ "Thing": { "Type": type_name, "Properties": properties } });
        let name = format!("setting {index} of {type_name}");
        let unsafe_case = Case::new(format!("{name}, unsafe"), Truth::Asks(asks), &of(&safe), &of(&open));
        cases.push(if dice.roll(2) == 0 { unsafe_case.nested(1) } else { unsafe_case });
        cases.push(Case::new(format!("{name}, safe"), Truth::Silent, &of(&open), &of(&safe)));
    }
    let hidden = |on: bool| json!({ "Parameters": { "Code": { "Type": "String", "NoEcho": on } }, "Resources": {} });
    cases.push(Case::of_templates("a parameter shows", Truth::Asks(Weakening), &hidden(true), &hidden(false)));
    cases.push(Case::of_templates("a parameter is hidden", Truth::Silent, &hidden(false), &hidden(true)));
    cases
}
