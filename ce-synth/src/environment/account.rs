//! The number of an AWS account.

use std::fmt;
use std::str::FromStr;

/// The twelve digits of an AWS account, `111111111111`.
///
/// ```
/// use ce_synth::Account;
/// const OPERATIONS: Account = Account::new("123456789012"); // checked by the compiler
/// assert_eq!("123456789012".parse::<Account>(), Ok(OPERATIONS));
/// assert!("1234".parse::<Account>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Account([u8; 12]);

impl Account {
    /// The account with these twelve digits.
    ///
    /// # Panics
    /// If they are not twelve digits; in a `const` that is a compile error. Text that is read at run time is parsed.
    #[track_caller]
    pub const fn new(digits: &str) -> Self {
        match Self::checked(digits.as_bytes()) {
            Some(account) => account,
            None => panic!("an account is twelve digits, like \"111111111111\""),
        }
    }

    const fn checked(digits: &[u8]) -> Option<Self> {
        if digits.len() != 12 {
            return None;
        }
        let mut number = [0; 12];
        let mut place = 0;
        while place < 12 {
            if !digits[place].is_ascii_digit() {
                return None;
            }
            number[place] = digits[place];
            place += 1;
        }
        Some(Self(number))
    }

    /// The twelve digits.
    pub const fn as_str(&self) -> &str {
        match std::str::from_utf8(&self.0) {
            Ok(digits) => digits,
            Err(_) => unreachable!(),
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that is not an account number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an account: expected twelve digits, like `111111111111`")]
pub struct ParseAccountError(String);

impl FromStr for Account {
    type Err = ParseAccountError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::checked(text.as_bytes()).ok_or_else(|| ParseAccountError(text.to_owned()))
    }
}
