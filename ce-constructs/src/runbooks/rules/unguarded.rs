//! Commands that destroy.

use ce_synth::{Code, Rule, Scope};

use crate::runbooks::RunbookBuilder;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8604"),
    title: "a step destroys something and says nothing to look at first",
    about: "A command that deletes, or accepts a loss of data, cannot be taken back: its step says what must not be so.",
};

/// Words of commands that cannot be taken back.
const WORDS: [&str; 6] =
    [" delete-", " terminate-", " remove-from-global-cluster", "--allow-data-loss", " purge-", "s3 rm "];

#[track_caller]
pub(super) fn check(scope: Scope<'_>, runbook: &RunbookBuilder) {
    for step in runbook.all_steps().filter(|step| step.stop.is_none()) {
        let texts: Vec<&str> = step.commands.iter().flat_map(|command| command.texts()).collect();
        if let Some(word) = WORDS.into_iter().find(|word| texts.iter().any(|text| text.contains(word))) {
            let word = word.trim();
            let finding = scope.warning(RULE.code, format!("`{}` has a command with `{word}`", step.title));
            finding.help("add `.stop_if(..)`: what must not be so before it is run");
        }
    }
}
