//! Expressions in texts of workflows.

/// What is between `${{` and `}}`.
pub(super) fn expressions(text: &str) -> Vec<&str> {
    text.split("${{").skip(1).filter_map(|rest| rest.split_once("}}")).map(|(inside, _)| inside.trim()).collect()
}

/// The names that follow a context, with what comes behind them: `needs.test.outputs.x` has `(test, outputs.x)`.
pub(super) fn named<'t>(expression: &'t str, context: &str) -> Vec<(&'t str, &'t str)> {
    let part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    let mut found = Vec::new();
    for (place, _) in expression.match_indices(context) {
        let before = expression[..place].chars().next_back();
        let Some(rest) = expression[place + context.len()..].strip_prefix('.') else { continue };
        if before.is_some_and(|letter| part(letter) || letter == '.') {
            continue;
        }
        let end = rest.find(|letter: char| !part(letter)).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        let rest = rest.strip_prefix('.').unwrap_or_default();
        let end = rest.find(|letter: char| !part(letter) && letter != '.').unwrap_or(rest.len());
        found.push((name, &rest[..end]));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_behind_their_context() {
        assert_eq!(expressions("a ${{ x }} b ${{y}} ${{ open"), ["x", "y"]);
        let expression = "failure() && needs.watch.result == 'failure' && needs.a-b.outputs.c_d";
        assert_eq!(named(expression, "needs"), [("watch", "result"), ("a-b", "outputs.c_d")]);
        assert_eq!(named("steps.x.outputs.needs.y", "needs"), []);
    }
}
