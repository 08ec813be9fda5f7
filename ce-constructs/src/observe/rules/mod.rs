//! The rules of metrics, alarms, topics and traces: one a file.

pub mod action_limit;
pub mod action_place;
pub mod alarm_window;
pub mod key_region;
pub mod math_names;
pub mod metric_period;
pub mod metric_region;
pub mod widget_row;

use ce_synth::Rule;

/// Every rule of this chapter, by code.
pub static RULES: &[&Rule] = &[
    &metric_period::RULE,
    &alarm_window::RULE,
    &action_limit::RULE,
    &action_place::RULE,
    &metric_region::RULE,
    &math_names::RULE,
    &key_region::RULE,
    &widget_row::RULE,
];
