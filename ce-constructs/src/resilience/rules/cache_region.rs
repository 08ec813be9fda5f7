//! Where a cache is promoted from.

use ce_synth::Scope;

rule!(
    "CE8417",
    "a function promotes a cache of another region",
    "A plan runs the function of the region that it activates; that one promotes the cache beside it. \
     Source: https://docs.aws.amazon.com/r53recovery/latest/dg/custom-action-lambda-block.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, cache: Scope<'_>) {
    if scope.region() != cache.region() {
        let message = format!("the function is in `{}`, `{}` in `{}`", scope.region(), cache.path(), cache.region());
        scope.error(RULE.code, message).help(format!("add it to a stack in `{}`", cache.region()));
    }
}
