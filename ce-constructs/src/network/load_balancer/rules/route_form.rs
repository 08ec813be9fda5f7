//! Conditions of a listener's rule that AWS refuses.

use ce_synth::{Code, Rule, Scope};

use crate::network::load_balancer::Route;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE1054"),
    title: "the conditions of a listener's rule have a form AWS refuses",
    about: "A rule has up to five values and six wildcards; a pattern of a path or a host has up to 128 characters, a \
            path starts with `/` or a wildcard; a priority is 1 to 50,000. Sources: \
            https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html and \
            https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html",
};

/// Characters of a path pattern besides letters and digits.
const PATH: &str = "_-.$/~\"'@:+&*?";

/// Characters of a host pattern besides letters and digits.
const HOST: &str = "-.*?";

#[track_caller]
pub(crate) fn check(scope: Scope<'_>, route: &Route) {
    let conditions = &route.conditions;
    if !(1..=50_000).contains(&route.priority) {
        scope.error(RULE.code, format!("a priority of `{}`", route.priority)).help("use 1 to 50,000");
    }
    if conditions.values() > 5 {
        let message = format!("`{}` values in the conditions of one rule", conditions.values());
        scope.error(RULE.code, message).help("use up to five, and more rules");
    }
    let patterns = conditions.paths.iter().chain(&conditions.hosts).map(AsRef::as_ref);
    let patterns = patterns.chain(conditions.headers.iter().map(|(_, pattern)| pattern.as_ref()));
    let wildcards: usize = patterns.map(|pattern: &str| pattern.matches(['*', '?']).count()).sum();
    if wildcards > 6 {
        let message = format!("`{wildcards}` wildcards in the conditions of one rule");
        scope.error(RULE.code, message).help("use up to six, and more rules");
    }
    for path in &conditions.paths {
        let starts = path.starts_with(['/', '*', '?']);
        pattern(scope, "path", path, PATH, if starts { None } else { Some("start it with `/`") });
    }
    for host in &conditions.hosts {
        let dotted = host.contains('.') || host.contains('*');
        pattern(scope, "host", host, HOST, if dotted { None } else { Some("use a full name, like `api.example.com`") });
    }
}

#[track_caller]
fn pattern(scope: Scope<'_>, what: &str, text: &str, signs: &str, help: Option<&str>) {
    let known = |sign: char| sign.is_ascii_alphanumeric() || signs.contains(sign);
    let help = match text.chars().find(|sign| !known(*sign)) {
        _ if text.is_empty() || text.len() > 128 => Some("use 1 to 128 characters".to_owned()),
        Some(sign) => Some(format!("`{sign}` cannot be in it; use letters, digits and `{signs}`")),
        None => help.map(str::to_owned),
    };
    if let Some(help) = help {
        scope.error(RULE.code, format!("the {what} pattern `{text}`")).help(help);
    }
}
