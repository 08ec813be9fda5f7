//! Names of buckets are small letters, digits and hyphens.

use ce::storage::BucketName;

const NAME: BucketName = BucketName::new("Uploads");

fn main() {
    println!("{NAME}");
}
