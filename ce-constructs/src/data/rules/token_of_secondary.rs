//! A secondary cache with a token of its own.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE3022"),
    title: "a secondary of a global datastore has a token or users of its own",
    about: "All members of a global datastore take the same token: the secondary is given that of the primary, from the \
            replica of its secret. Source: \
            https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Redis-Global-Datastores-Getting-Started.html",
};

#[track_caller]
pub(in crate::data) fn report(scope: Scope<'_>) {
    scope.error(RULE.code, "this cluster is a secondary: it takes the token of its primary").help(
        "write `.access(AccessToken::of_secret(\"..\"))` with the name of the primary's secret, and replicate that",
    );
}
