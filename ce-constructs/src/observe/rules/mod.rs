//! The rules of metrics, alarms, topics and traces: one a file.

pub mod action_limit;
pub mod action_place;
pub mod alarm_window;
pub mod canary_setting;
pub mod composite_action;
pub mod composite_size;
pub mod endpoint_form;
pub mod key_region;
pub mod math_names;
pub mod metric_period;
pub mod metric_region;
pub mod objective_setting;
pub mod unheard_page;
pub mod unknown_recommendation;
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
    &endpoint_form::RULE,
    &unheard_page::RULE,
    &unknown_recommendation::RULE,
    &composite_size::RULE,
    &composite_action::RULE,
    &canary_setting::RULE,
    &objective_setting::RULE,
];
