//! Stable names of findings.

use std::fmt;

/// The stable name of a kind of finding: `CE0101`, or your own such as `SHOP001`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// A code of capital letters followed by digits.
    ///
    /// # Panics
    /// If it has another form; in a `const` that is a compile error.
    #[track_caller]
    pub const fn new(code: &'static str) -> Self {
        let bytes = code.as_bytes();
        let mut place = 0;
        while place < bytes.len() && bytes[place].is_ascii_uppercase() {
            place += 1;
        }
        let letters = place;
        while place < bytes.len() && bytes[place].is_ascii_digit() {
            place += 1;
        }
        assert!(
            letters > 0 && place > letters && place == bytes.len(),
            "a code is capital letters, then digits: SHOP001"
        );
        Self(code)
    }

    /// The text of the code.
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// Whether [`Scope::accept`](crate::Scope::accept) has an effect on it: everything but the template's grammar.
    pub fn can_be_accepted(self) -> bool {
        !(self.0.starts_with("CE0") && self.0 < "CE0400")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// What a code means: the table of these is the manual of findings.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The code its findings carry.
    pub code: Code,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// What it checks, why that matters, and where the limit comes from.
    pub about: &'static str,
}
