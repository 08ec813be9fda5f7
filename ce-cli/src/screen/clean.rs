//! Texts that others wrote, made harmless.
//!
//! What a service, a template or an emulator says can hold escape sequences that move the cursor, and lines that a CI
//! system takes for commands. [`clean`] is the one way such a text gets to a terminal, a log or a file.

/// Longer texts are cut; a status reason has some hundred characters.
const LIMIT: usize = 4_000;
const MARK: char = '\u{fffd}';

/// A text without control characters, without characters that reorder or hide others, on one line, and without what
/// GitHub, Azure Pipelines and `TeamCity` take for commands.
pub(crate) fn clean(text: &str) -> String {
    let line: String = text.chars().take(LIMIT).filter_map(harmless).collect();
    let mut text = broken(&line);
    if text.trim_start().starts_with("::") {
        text = text.replacen("::", ": :", 1);
    }
    text
}

fn harmless(character: char) -> Option<char> {
    match character {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        // C0, DEL and C1: without them no escape sequence begins.
        character if character.is_control() => Some(MARK),
        // Marks and overrides of the direction of writing; Unicode Standard Annex 9.
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(MARK),
        // What cannot be seen.
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' => None,
        character => Some(character),
    }
}

/// Breaks `::command::`, `##[command]` and `##word[command`.
fn broken(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find([':', '#']) {
        let (before, from) = rest.split_at(at);
        result.push_str(before);
        let sign = if from.starts_with(':') { ':' } else { '#' };
        let dangerous = match sign {
            ':' => !result.ends_with(char::is_alphanumeric) && is_workflow_command(from),
            _ => is_logging_command(from),
        };
        result.push(sign);
        if dangerous {
            result.push(' ');
        }
        rest = &from[1..];
    }
    result + rest
}

/// `::error file=a::text`; `arn:aws:iam::111111111111:role/x` is none, nor is `AWS::SQS::Queue`.
fn is_workflow_command(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("::") else { return false };
    rest.starts_with(|first: char| first.is_ascii_alphabetic()) && rest.contains("::")
}

fn is_logging_command(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("##") else { return false };
    rest.trim_start_matches(|character: char| character.is_ascii_alphanumeric() || "._-".contains(character))
        .starts_with('[')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::clean;

    #[test]
    fn plain_text_stays() {
        let text = "User: arn:aws:iam::111111111111:role/x is not authorized (Service: Sns, Status: 403) #1 ##";
        assert_eq!(clean(text), text);
        assert_eq!(clean("Q AWS::SQS::Queue"), "Q AWS::SQS::Queue");
        assert_eq!(clean("Überlauf — 100 %"), "Überlauf — 100 %");
    }

    #[test]
    fn nothing_is_left_that_a_terminal_or_a_pipeline_obeys() {
        assert_eq!(clean("\u{1b}[31mred\u{1b}[0m"), "\u{fffd}[31mred\u{fffd}[0m");
        assert_eq!(clean("\u{1b}]0;title\u{7}"), "\u{fffd}]0;title\u{fffd}");
        assert_eq!(clean("\u{9b}2J"), "\u{fffd}2J");
        assert_eq!(clean("a\u{202e}b"), "a\u{fffd}b");
        assert_eq!(clean("::error file=a::b"), ": :error file=a::b");
        assert_eq!(clean("x\n::set-env name=A::b"), "x : :set-env name=A::b");
        assert_eq!(clean("##vso[task.setvariable]x"), "# #vso[task.setvariable]x");
        assert_eq!(clean("##[error]x"), "# #[error]x");
        assert_eq!(clean("##teamcity[message]"), "# #teamcity[message]");
        assert_eq!(clean("  ::"), "  : :");
        assert_eq!(clean(":\u{200b}:error::x"), ": :error::x");
    }

    fn obeyed(text: &str) -> bool {
        let commands = ["##[", "##vso[", "##teamcity["];
        text.chars().any(char::is_control)
            || text.trim_start().starts_with("::")
            || commands.iter().any(|command| text.contains(command))
    }

    proptest! {
        #[test]
        fn whatever_comes_in(text in r"(\PC|[\x00-\x1f\x7f\u{80}-\u{9f}\u{200b}-\u{2069}#\[:a-z ]){0,80}") {
            let once = clean(&text);
            prop_assert!(!obeyed(&once), "{once:?}");
            prop_assert_eq!(clean(&once), once);
        }

        #[test]
        fn commands_among_noise(noise in "[#:\\[ a-z\u{1b}\u{200b}]{0,60}") {
            prop_assert!(!obeyed(&clean(&noise)));
        }
    }
}
