//! Any bytes as JSON that is not trusted.

use ce_deploy::json::{canonical, parse};

/// What is read has one form, whatever it was written like.
pub fn json(data: &[u8]) {
    let Ok(value) = parse(data) else { return };
    let text = canonical(&value);
    let again = parse(text.as_bytes()).expect("what was written is read");
    assert_eq!(canonical(&again), text);
}
