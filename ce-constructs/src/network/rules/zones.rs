//! Zones that the region does not have, and VPCs without subnets.

use ce_synth::{Code, Rule, Scope};

use crate::network::SubnetTier;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1003"),
    title: "a VPC asks for zones that its region does not have, or for none",
    about: "A region has between two and six zones, each named by a letter; which letters there are differs by region, and \
            some accounts see fewer. A VPC without a zone or without a tier has no subnets. Source: \
            https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html",
};

#[track_caller]
pub(in crate::network) fn check_count(scope: Scope<'_>, count: u8) {
    let region = scope.region();
    let letters = region.zone_letters();
    if count == 0 {
        scope.error(RULE.code, "`0` zones hold no subnet").help("use at least two: `.zones(2)`");
    } else if usize::from(count) > letters.len() {
        scope.error(RULE.code, format!("`{region}` has no `{count}` zones")).help(format!(
            "it has {} (`{letters}`): write `.zones({})`",
            letters.len(),
            letters.len()
        ));
    }
}

#[track_caller]
pub(in crate::network) fn check_letters(scope: Scope<'_>, letters: &str) {
    let region = scope.region();
    let known = region.zone_letters();
    let unknown: Vec<String> =
        letters.chars().filter(|letter| !known.contains(*letter)).map(|letter| format!("`{letter}`")).collect();
    if letters.is_empty() {
        scope.error(RULE.code, "no letters name no zone").help(format!("`{region}` has `{known}`"));
    } else if !unknown.is_empty() {
        scope
            .error(RULE.code, format!("`{region}` has no zone {}", unknown.join(", ")))
            .help(format!("it has `{known}`"));
    }
    let repeated = letters.char_indices().find(|(place, letter)| letters[..*place].contains(*letter));
    if let Some((_, letter)) = repeated {
        scope.error(RULE.code, format!("zone `{letter}` is named twice")).help("name each zone once");
    }
}

#[track_caller]
pub(in crate::network) fn check_tiers(scope: Scope<'_>, tiers: &[SubnetTier]) {
    if tiers.is_empty() {
        scope.error(RULE.code, "no tier has subnets").help("name at least one: `.tiers([SubnetTier::Private])`");
    }
}
