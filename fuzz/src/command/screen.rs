//! Any bytes as a text that somebody else wrote and that is shown.

use ce_deploy::cloud::Secret;
use clean::clean;
use hiding::Hiding;

#[path = "../../../ce-cli/src/screen/clean.rs"]
#[allow(unreachable_pub, reason = "the command uses it")]
mod clean;
#[path = "../../../ce-cli/src/screen/hiding.rs"]
#[allow(dead_code, unreachable_pub, reason = "the command uses the rest")]
mod hiding;

/// Shorter values are not hidden.
const SHORTEST: usize = 4;

/// The first line is a secret, the rest is shown. Nothing of it moves a cursor or is a command of a CI system, and the
/// secret is not in it.
pub fn screen(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (secret, text) = text.split_once('\n').unwrap_or((&text, ""));
    let mut hiding = Hiding::default();
    hiding.add(&Secret::new(secret));
    // What is made harmless may look like a secret that is no word.
    let is_word = secret.len() >= SHORTEST && secret.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let (before, after) = text.split_at(text.floor_char_boundary(text.len() / 2));
    for text in [text.to_owned(), format!("{before}{secret}{after}")] {
        let shown = hiding.shown(&text);
        assert!(!shown.chars().any(char::is_control), "{shown:?}");
        assert!(!shown.trim_start().starts_with("::"), "{shown:?}");
        assert!(!["##[", "##vso[", "##teamcity["].iter().any(|command| shown.contains(command)), "{shown:?}");
        assert_eq!(clean(&shown), shown);
        assert!(!is_word || !shown.contains(secret), "{shown:?} shows {secret:?}");
    }
}
