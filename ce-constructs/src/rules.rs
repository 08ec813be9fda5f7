//! Every rule of the blocks, by code: the table behind `--explain` and the page of rules.

use ce_synth::Rule;

/// The rules of all chapters, sorted by code.
pub fn rules() -> Vec<&'static Rule> {
    let chapters = [
        crate::network::RULES,
        crate::network::load_balancer::RULES,
        crate::compute::RULES,
        crate::data::RULES,
        crate::storage::RULES,
        crate::security::RULES,
        crate::edge::RULES,
        crate::observe::RULES,
        crate::configuration::RULES,
        crate::operations::RULES,
        crate::backup::RULES,
        crate::governance::RULES,
        crate::resilience::RULES,
        crate::delivery::RULES,
        crate::runbooks::RULES,
    ];
    let mut rules: Vec<&Rule> = chapters.concat();
    rules.sort_by_key(|rule| rule.code);
    rules
}
