//! Commands that nobody can run.

use ce_synth::{Code, Rule, Scope};

use crate::runbooks::RunbookBuilder;

/// The rule.
pub static RULE: Rule = Rule {
    code: Code::new("CE8603"),
    title: "a command has a gap to be filled in",
    about: "A shell reads `<cluster>` as a file to read from. What the app knows is a value of the app; what only the day \
            knows is a variable, which a shell refuses to guess: `${TIME:?}`.",
};

#[track_caller]
pub(super) fn check(scope: Scope<'_>, runbook: &RunbookBuilder) {
    for step in runbook.all_steps() {
        let texts = step.commands.iter().flat_map(|command| command.texts());
        for gap in texts.filter_map(gap) {
            let finding = scope.error(RULE.code, format!("a command of `{}` has the gap `{gap}`", step.title));
            finding.help("put a value of the app there with `join!`, or a variable: `${NAME:?}`");
        }
    }
}

/// The first `<words>` of a text; `<(..)`, `<<` and `< file` are the shell's own.
fn gap(text: &str) -> Option<&str> {
    text.match_indices('<').find_map(|(place, _)| {
        let inside = &text[place + 1..];
        let end = inside.find('>')?;
        let word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ' ');
        let gap = inside.starts_with(|letter: char| letter.is_ascii_alphabetic()) && inside[..end].chars().all(word);
        gap.then(|| &text[place..=place + 1 + end])
    })
}

#[cfg(test)]
mod tests {
    use super::gap;

    #[test]
    fn gaps_are_told_from_redirections() {
        assert_eq!(gap("aws rds x --id <cluster id> --y"), Some("<cluster id>"));
        for text in ["diff <(a) <(b)", "cat << END > x", "sort < a.txt > b.txt", "a 2>&1", "<", "x -> y"] {
            assert_eq!(gap(text), None, "{text}");
        }
    }
}
