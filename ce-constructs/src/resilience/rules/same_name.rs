//! Names that have to differ between the sites.

use ce_synth::Scope;

rule!(
    "CE8412",
    "a thing and its copy have one name where names are global",
    "Names of buckets are unique in all of AWS, so a copy has a name of its own. \
     Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, primary: &str, standby: &str) {
    if primary == standby {
        let finding = scope.error(RULE.code, format!("the bucket and its copy are both named `{primary}`"));
        finding.help("give the copy another name");
    }
}
