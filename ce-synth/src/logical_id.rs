//! Logical ids: the names of resources in a template, made from their paths.
//!
//! The algorithm is aws-cdk's, so that a template can be taken over from a CDK app: the readable part is the path
//! without `Default` (and `Resource`) parts, repeated endings dropped, 240 characters at most; then eight hex digits
//! of the MD5 of the path. One part alone is its own id.
//!
//! ```
//! use ce_synth::logical_id::logical_id;
//! assert_eq!(logical_id(["VPC", "PublicSubnet1", "Subnet"]), "VPCPublicSubnet1SubnetB4246D30");
//! assert_eq!(logical_id(["Bucket"]), "Bucket");
//! ```

use std::fmt::Write;

use md5::{Digest, Md5};

/// The longest readable part, so that the id with its eight digits stays under CloudFormation's 255.
const READABLE: usize = 240;

/// The logical id of the node with this path below its stack.
///
/// An id that is alone is kept whole (without characters that are not letters or digits); `Default` parts do not count.
pub fn logical_id<S: AsRef<str>>(path: impl IntoIterator<Item = S>) -> String {
    let parts: Vec<S> = path.into_iter().filter(|part| part.as_ref() != "Default").collect();
    if let [only] = &parts[..] {
        let id = alphanumeric(only.as_ref());
        if id.len() <= 255 {
            return id;
        }
    }
    let mut hash = Md5::new();
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            hash.update("/");
        }
        hash.update(part.as_ref());
    }
    let mut id = readable(&parts);
    for byte in &hash.finalize()[..4] {
        write!(id, "{byte:02X}").ok();
    }
    id
}

fn readable<S: AsRef<str>>(parts: &[S]) -> String {
    let mut text = String::new();
    let mut last = String::new();
    for part in parts.iter().map(AsRef::as_ref).filter(|part| *part != "Resource") {
        let part = alphanumeric(part);
        if part.is_empty() || !last.ends_with(&part) {
            text.push_str(&part);
            last = part;
        }
    }
    text.truncate(READABLE);
    text
}

fn alphanumeric(part: &str) -> String {
    part.chars().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use super::logical_id;

    /// Ids that aws-cdk's own tests and documentation publish.
    #[test]
    fn published_ids_reproduce() {
        assert_eq!(logical_id(["Bucket", "Resource"]), "Bucket83908E77");
        assert_eq!(logical_id(["VPC", "PublicSubnet1", "Subnet"]), "VPCPublicSubnet1SubnetB4246D30");
        assert_eq!(logical_id(["VPC", "Resource"]), "VPCB9E5F0B4");
    }

    #[test]
    fn a_part_that_repeats_the_end_of_the_one_before_is_hashed_but_not_shown() {
        assert!(logical_id(["Shop", "OrdersBucket", "Bucket"]).starts_with("ShopOrdersBucket"));
        assert!(!logical_id(["Shop", "OrdersBucket", "Bucket"]).contains("BucketBucket"));
    }

    #[test]
    fn default_parts_do_not_count() {
        assert_eq!(logical_id(["Vpc", "Default"]), "Vpc");
    }
}
