//! Rows that are prose: no machine can read them, so evidence names the test or the generated file that proves each.
//!
//! That the proof is there is checked: a test by its function in the sources, a file by a text in it.

use regex_lite::Regex;

use crate::facts::artifact::Seen;
use crate::facts::evidence::Evidence;
use crate::facts::files::{Entry, Files};

pub(crate) fn judge(fact: &str, check: &str, evidence: &Evidence, files: &Files<'_>) -> Seen {
    let Some(proof) = evidence.proof(fact, check) else {
        return Seen::Fails("nothing proves it, help: name a test or a file in the evidence".to_owned());
    };
    let Some(location) = proof.location() else { return Seen::Fails("its proof is nowhere".to_owned()) };
    let file = location.file();
    let text = match files.entry(&location) {
        Err(reason) => return Seen::Nowhere(reason),
        Ok(Entry::File(text)) => text,
        Ok(_) => return Seen::Fails(format!("{file} is no file")),
    };
    match (&proof.test, &proof.holds) {
        (Some(test), _) if !has_test(&text, test) => Seen::Fails(format!("{file} has no test `{test}`")),
        (None, Some(wanted)) if !text.contains(wanted.as_str()) => {
            Seen::Fails(format!("{file} does not hold `{wanted}`"))
        }
        _ => Seen::Holds,
    }
}

/// True when a source has a test function of that name.
fn has_test(source: &str, name: &str) -> bool {
    let pattern = format!(r"#\[test\]\s*(#\[[^\n]*\]\s*)*fn {}\(", regex_lite::escape(name));
    Regex::new(&pattern).is_ok_and(|pattern| pattern.is_match(source))
}
