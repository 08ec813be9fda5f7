//! Where billing is.

use ce_synth::{Code, Region, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8113"),
    title: "a report of costs is not in us-east-1",
    about: "Reports of costs are made in us-east-1, wherever the costs are; their bucket may be elsewhere. Source: \
            https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_cur_PutReportDefinition.html",
};

#[track_caller]
pub(in crate::governance) fn check(scope: Scope<'_>) {
    let here = scope.region();
    if here != Region::US_EAST_1 {
        scope
            .error(RULE.code, format!("the report is in `{here}`"))
            .help("put it into a stack of us-east-1: `PROD.in_region(Region::US_EAST_1)`");
    }
}
