//! What others may do with a bucket.

use super::Bucket;
use crate::security::{Action, Grantee, Statement};

const LIST: [Action; 2] = [Action::new("s3:GetBucketLocation"), Action::new("s3:ListBucket")];
const READ: [Action; 2] = [Action::new("s3:GetObject"), Action::new("s3:GetObjectVersion")];
const WRITE: [Action; 3] =
    [Action::new("s3:AbortMultipartUpload"), Action::new("s3:ListMultipartUploadParts"), Action::new("s3:PutObject")];
const DELETE: [Action; 1] = [Action::new("s3:DeleteObject")];

/// Permissions on a [`Bucket`] and its key, added to the policy of who gets them.
#[derive(Clone, Debug)]
#[must_use = "nothing is granted until one of its methods is called"]
pub struct BucketGrants<'a> {
    bucket: Bucket<'a>,
    prefix: String,
}

impl<'a> BucketGrants<'a> {
    pub(super) fn new(bucket: Bucket<'a>) -> Self {
        Self { bucket, prefix: String::new() }
    }

    /// Only objects whose key begins with this. Default: every object.
    pub fn below(mut self, prefix: impl Into<String>) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// To list and read, and to decrypt with its key.
    #[track_caller]
    pub fn read(&self, grantee: &(impl Grantee + ?Sized)) {
        self.list(grantee);
        self.give(grantee, READ);
        if let Some(key) = self.bucket.key() {
            key.grants().decrypt(grantee);
        }
    }

    /// To write, and to encrypt with its key; not to read, but for the parts of an upload.
    #[track_caller]
    pub fn write(&self, grantee: &(impl Grantee + ?Sized)) {
        self.give(grantee, WRITE);
        if let Some(key) = self.bucket.key() {
            // The parts of an upload are decrypted to be put together.
            key.grants().encrypt_decrypt(grantee);
        }
    }

    /// To list, read and write.
    #[track_caller]
    pub fn read_write(&self, grantee: &(impl Grantee + ?Sized)) {
        self.read(grantee);
        self.write(grantee);
    }

    /// To delete; with versions that leaves a marker, and the versions stay.
    #[track_caller]
    pub fn delete(&self, grantee: &(impl Grantee + ?Sized)) {
        self.give(grantee, DELETE);
    }

    #[track_caller]
    fn list(&self, grantee: &(impl Grantee + ?Sized)) {
        let statement = Statement::allow(LIST).on([self.bucket.arn()]);
        if self.prefix.is_empty() {
            grantee.role().allow(statement);
        } else {
            let list = Statement::allow([Action::new("s3:ListBucket")]).on([self.bucket.arn()]);
            grantee.role().allow(list.when("StringLike", "s3:prefix", format!("{}*", self.prefix)));
            grantee.role().allow(Statement::allow([Action::new("s3:GetBucketLocation")]).on([self.bucket.arn()]));
        }
    }

    #[track_caller]
    fn give(&self, grantee: &(impl Grantee + ?Sized), actions: impl IntoIterator<Item = Action>) {
        let objects = self.bucket.objects(&format!("{}*", self.prefix));
        grantee.role().allow(Statement::allow(actions).on([objects]));
    }
}
