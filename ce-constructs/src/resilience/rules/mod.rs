//! What pairs, plans and detectors are held to: one rule a file, [`RULES`] is the table of them.

macro_rules! rule {
    ($code:literal, $title:literal, $about:literal) => {
        /// The rule.
        pub static RULE: ce_synth::Rule =
            ce_synth::Rule { code: ce_synth::Code::new($code), title: $title, about: $about };
    };
}

pub mod cache_region;
pub mod detector_region;
pub mod early_traffic;
pub mod enforced_recovery_point;
pub mod freeze_region;
pub mod lag_region;
pub mod lag_threshold;
pub mod missing_prerequisite;
pub mod no_twin;
pub mod plan_form;
pub mod plan_region;
pub mod replica_order;
pub mod same_name;
pub mod site_regions;
pub mod standby_capacity;
pub mod switch_order;
pub mod unmirrored_group;
pub mod unobserved_lag;
pub mod unreplicated_database;

use std::rc::Rc;

use ce_synth::{App, Rule};

use super::comparison::Comparison;
use super::site::Stacks;

/// Every rule of this chapter, by code.
pub static RULES: &[&Rule] = &[
    &site_regions::RULE,
    &standby_capacity::RULE,
    &unreplicated_database::RULE,
    &unmirrored_group::RULE,
    &enforced_recovery_point::RULE,
    &unobserved_lag::RULE,
    &early_traffic::RULE,
    &detector_region::RULE,
    &plan_region::RULE,
    &switch_order::RULE,
    &plan_form::RULE,
    &same_name::RULE,
    &lag_region::RULE,
    &lag_threshold::RULE,
    &no_twin::RULE,
    &cache_region::RULE,
    &missing_prerequisite::RULE,
    &replica_order::RULE,
    &freeze_region::RULE,
];

/// Holds the finished halves of a pair against each other.
pub(super) fn compare(app: &App, stacks: &Rc<Stacks>) {
    let stacks = Rc::clone(stacks);
    app.check(move |tree, report| {
        let comparison = Comparison::new(tree, &stacks);
        unreplicated_database::check(&comparison, report);
        unmirrored_group::check(&comparison, report);
        missing_prerequisite::check(&comparison, report);
        enforced_recovery_point::check(&comparison, report);
        unobserved_lag::check(&comparison, report);
        early_traffic::check(&comparison, report);
        replica_order::check(&comparison, report);
    });
}
