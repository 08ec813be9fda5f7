//! What a started document is told.

use ce_synth::{Code, Rule, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8307"),
    title: "a document is started without what it needs, or with what it does not know",
    about: "Automation refuses to start a document that has a parameter without a value, or gets a value without a \
            parameter; nobody sees that before the event happens. Source: \
            https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html",
};

/// `parameters` with whether each must be given.
#[track_caller]
pub(in crate::operations) fn check(scope: Scope<'_>, document: &str, parameters: &[(String, bool)], given: &[String]) {
    for (name, required) in parameters {
        if *required && !given.contains(name) {
            scope
                .error(RULE.code, format!("`{document}` is started without its parameter `{name}`"))
                .help(format!("give it: `.input(\"{name}\", ..)`, or a default in the document"));
        }
    }
    for name in given {
        if !parameters.iter().any(|(known, _)| known == name) {
            let known: Vec<String> = parameters.iter().map(|(known, _)| format!("`{known}`")).collect();
            let help = if known.is_empty() {
                "it has no parameters".to_owned()
            } else {
                format!("it has {}", known.join(", "))
            };
            scope.error(RULE.code, format!("`{document}` is started with `{name}`, which it does not know")).help(help);
        }
    }
}
