//! Pages of other origins.

use ce_synth::Scope;

rule!(
    "CE4007",
    "pages of every origin may change objects, or none may do anything",
    "An origin is a scheme and a host; `*` is every page of the web. \
     Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html"
);

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, origins: &[String], methods: usize, writes: bool) {
    if origins.is_empty() || methods == 0 {
        scope
            .error(RULE.code, "the rule has no origin or no method")
            .help("write `Cors::new([origin], [CorsMethod::Get])`");
    }
    for origin in origins {
        if origin == "*" && writes {
            let finding = scope.warning(RULE.code, "scripts of every page may change objects");
            finding.help("name the origins, `https://shop.example`");
        } else if origin != "*" && !origin.contains("://") || origin.ends_with('/') || origin.matches('*').count() > 1 {
            let finding = scope.error(RULE.code, format!("`{origin}` is not an origin"));
            finding.help("write a scheme and a host, `https://shop.example`, with at most one `*`");
        }
    }
}
