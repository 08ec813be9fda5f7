//! A region whose prefix is not known.

use ce_synth::{Code, Region, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3019"),
    title: "the id of a global datastore cannot be known",
    about: "ElastiCache puts a prefix of the region in front of the id of a global datastore, and members in other \
            regions name the whole id. AWS documents the prefixes, but not in a form this release could check for \
            every region. Source: \
            https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-CLI.html",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>, region: Region) {
    scope
        .error(RULE.code, format!("the prefix of global datastores made in `{region}` is not known"))
        .help("write it: `.prefix(\"ldgnf\")`; the page under `Source` lists them");
}
