//! Values that are secret, taken out of texts that others wrote.
//!
//! A service quotes what it was given: `Value 'hunter2' at 'parameters' failed …`. Types keep a secret out of our own
//! texts; this keeps it out of theirs.

use ce_deploy::cloud::Secret;

use super::clean;

/// What stands for a secret.
const HIDDEN: &str = "‹hidden›";
/// Shorter values are no secrets, and would take words apart.
const SHORTEST: usize = 4;

/// The secrets of this run.
#[derive(Default)]
pub(crate) struct Hiding {
    /// The longest first, so that no part of one is left.
    values: Vec<Secret>,
}

impl Hiding {
    /// Hides a value from now on, also where it stands in JSON.
    pub(crate) fn add(&mut self, secret: &Secret) {
        let escaped = serde_json::to_string(secret.reveal()).unwrap_or_default();
        for value in [secret.reveal(), escaped.trim_matches('"')] {
            if value.len() >= SHORTEST && self.values.iter().all(|known| known.reveal() != value) {
                self.values.push(Secret::new(value));
            }
        }
        self.values.sort_by_key(|value| std::cmp::Reverse(value.reveal().len()));
    }

    /// A text that somebody else wrote, without secrets and made harmless.
    pub(crate) fn shown(&self, text: &str) -> String {
        // Twice, as what cannot be seen may stand in the middle of a secret, and goes when the text is made harmless.
        clean(&self.apply(&clean(&self.apply(text))))
    }

    /// The text without them.
    fn apply(&self, text: &str) -> String {
        self.values.iter().fold(text.to_owned(), |text, value| text.replace(value.reveal(), HIDDEN))
    }
}

#[cfg(test)]
mod tests {
    use ce_deploy::cloud::Secret;

    use super::Hiding;

    #[test]
    fn a_secret_is_found_wherever_it_stands() {
        let mut hiding = Hiding::default();
        hiding.add(&Secret::new("hunter2"));
        hiding.add(&Secret::new("hunter2\"and more"));
        hiding.add(&Secret::new("a"));
        assert_eq!(hiding.apply("a hunter2!"), "a ‹hidden›!");
        assert_eq!(hiding.shown("a hun\u{200b}ter2!"), "a ‹hidden›!");
        assert_eq!(hiding.apply(r#"{"p": "hunter2\"and more"}"#), r#"{"p": "‹hidden›"}"#);
    }
}
