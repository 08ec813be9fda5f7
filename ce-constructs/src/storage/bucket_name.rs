//! Names of buckets.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use ce_cfn::ids;
use ce_synth::{Region, Value};

/// A bucket's name: unique in all of AWS, checked when it is made.
///
/// ```
/// use ce_constructs::storage::BucketName;
/// const UPLOADS: BucketName = BucketName::new("shop-prod-uploads");
/// assert_eq!("shop-prod-uploads".parse(), Ok(UPLOADS));
/// assert!("Shop_Uploads".parse::<BucketName>().is_err());
/// ```
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BucketName(Cow<'static, str>);

impl BucketName {
    /// The name.
    ///
    /// # Panics
    /// If S3 would refuse it; in a `const` that is a compile error. Text that is read at run time is parsed.
    #[track_caller]
    pub const fn new(name: &'static str) -> Self {
        assert!(well_formed(name.as_bytes()), "a bucket's name is 3 to 63 lower-case letters, digits, `-` and `.`");
        Self(Cow::Borrowed(name))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The ARN of the bucket of this name, in the region's partition: to refer to it without waiting for it, as a
    /// bucket does that is replicated to a standby region.
    pub fn arn(&self, region: Region) -> Value<ids::S3BucketArn> {
        Value::from_expr(format!("arn:{}:s3:::{self}", region.partition()).into())
    }
}

const FORBIDDEN_STARTS: [&[u8]; 3] = [b"xn--", b"sthree-", b"amzn-s3-demo-"];
const FORBIDDEN_ENDS: [&[u8]; 5] = [b"-s3alias", b"--ol-s3", b".mrap", b"--x-s3", b"--table-s3"];

const fn well_formed(name: &[u8]) -> bool {
    if name.len() < 3 || name.len() > 63 || !is_plain(name[0]) || !is_plain(name[name.len() - 1]) {
        return false;
    }
    let mut place = 0;
    let mut only_digits_and_dots = true;
    while place < name.len() {
        let letter = name[place];
        if !(is_plain(letter) || letter == b'-' || letter == b'.') || (letter == b'.' && name[place - 1] == b'.') {
            return false;
        }
        only_digits_and_dots = only_digits_and_dots && (letter.is_ascii_digit() || letter == b'.');
        place += 1;
    }
    let mut forbidden = 0;
    while forbidden < FORBIDDEN_STARTS.len() {
        if part_is(name, 0, FORBIDDEN_STARTS[forbidden]) {
            return false;
        }
        forbidden += 1;
    }
    forbidden = 0;
    while forbidden < FORBIDDEN_ENDS.len() {
        let end = FORBIDDEN_ENDS[forbidden];
        if end.len() <= name.len() && part_is(name, name.len() - end.len(), end) {
            return false;
        }
        forbidden += 1;
    }
    // An address of four numbers is refused; fewer or more are not worth telling apart.
    !only_digits_and_dots || !has_dot(name)
}

const fn is_plain(letter: u8) -> bool {
    letter.is_ascii_lowercase() || letter.is_ascii_digit()
}

const fn has_dot(name: &[u8]) -> bool {
    let mut place = 0;
    while place < name.len() {
        if name[place] == b'.' {
            return true;
        }
        place += 1;
    }
    false
}

const fn part_is(name: &[u8], from: usize, part: &[u8]) -> bool {
    if from + part.len() > name.len() {
        return false;
    }
    let mut place = 0;
    while place < part.len() {
        if name[from + place] != part[place] {
            return false;
        }
        place += 1;
    }
    true
}

impl fmt::Display for BucketName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for BucketName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that S3 would refuse as a bucket's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a bucket's name: expected 3 to 63 lower-case letters, digits, `-` and `.`")]
pub struct ParseBucketNameError(String);

impl FromStr for BucketName {
    type Err = ParseBucketNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let formed = well_formed(text.as_bytes());
        formed.then(|| Self(Cow::Owned(text.to_owned()))).ok_or_else(|| ParseBucketNameError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_apart() {
        let long = "a".repeat(64);
        for text in ["shop-prod-uploads", "abc", "1a2", "my.example.com", "123", &long[..63]] {
            assert!(text.parse::<BucketName>().is_ok(), "{text}");
        }
        let refused = [
            "",
            "ab",
            "Shop",
            "a_b",
            "-ab",
            "ab-",
            "a..b",
            "192.168.5.4",
            "xn--a",
            "sthree-a",
            "a-s3alias",
            "a--x-s3",
            &long,
        ];
        for text in refused {
            assert!(text.parse::<BucketName>().is_err(), "{text}");
        }
    }
}
