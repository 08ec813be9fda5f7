//! Texts in YAML: as plain as they may be.

use std::fmt::Write;

/// A text of one line as YAML reads it back.
pub(super) fn scalar(text: &str) -> String {
    if is_plain(text) {
        text.to_owned()
    } else if text.chars().any(needs_escape) {
        escaped(text)
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// Letters that are no text to a parser: control characters, foreign line breaks, marks of byte order.
pub(super) fn needs_escape(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether the text needs no quotes: it begins like a word, a path or an expression of GitHub, holds nothing that ends
/// a plain scalar, and is neither a number nor a truth value, in YAML 1.1 or 1.2.
fn is_plain(text: &str) -> bool {
    let begins =
        |letter: char| letter.is_ascii_alphabetic() || matches!(letter, '/' | '.' | '_') || text.starts_with("${{ ");
    let inside = |letter: char| letter.is_ascii_graphic() || letter == ' ';
    text.starts_with(begins)
        && text.chars().all(inside)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !is_word_of_yaml(text)
        && !is_number(text)
}

fn is_word_of_yaml(text: &str) -> bool {
    let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", ".nan", ".inf"];
    words.contains(&text.to_ascii_lowercase().as_str())
}

/// Anything that a parser might take for a number begins with a digit, a sign or a dot; the first two are quoted anyway.
fn is_number(text: &str) -> bool {
    text.strip_prefix('.').is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
}

fn escaped(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            letter if needs_escape(letter) => {
                write!(quoted, "\\u{:04x}", u32::from(letter)).ok();
            }
            letter => quoted.push(letter),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn quotes_only_where_yaml_needs_them() {
        for plain in ["cargo test", "ubuntu-24.04", "${{ github.sha }}", "./a/b.yml", "refs/heads/main", "a'b", "v4.1"]
        {
            assert_eq!(scalar(plain), plain);
        }
        for (text, quoted) in [
            ("on", "'on'"),
            ("No", "'No'"),
            ("1.95", "'1.95'"),
            (".5", "'.5'"),
            ("", "''"),
            ("- a", "'- a'"),
            ("*", "'*'"),
            ("a: b", "'a: b'"),
            ("a #b", "'a #b'"),
            ("it's: so", "'it''s: so'"),
            ("a\u{7}", "\"a\\u0007\""),
            ("{x}", "'{x}'"),
        ] {
            assert_eq!(scalar(text), quoted);
        }
    }
}
