//! Buckets, as far as deploying needs them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::service::Service;
use super::template::limits;
use crate::cloud::{self, Answer, Failure};

/// All buckets: a name is unique in the world.
#[derive(Clone, Debug, Default)]
pub(super) struct Buckets {
    buckets: BTreeMap<String, Bucket>,
}

#[derive(Clone, Debug)]
struct Bucket {
    account: String,
    objects: BTreeMap<String, Object>,
}

#[derive(Clone, Debug)]
struct Object {
    sha256: Option<String>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Bytes(Arc<[u8]>),
    File(PathBuf),
}

impl Buckets {
    /// A bucket of an account; it keeps what it has if it is there.
    pub(super) fn make(&mut self, name: &str, account: &str) {
        let bucket = || Bucket { account: account.to_owned(), objects: BTreeMap::new() };
        self.buckets.entry(name.to_owned()).or_insert_with(bucket);
    }

    /// Puts bytes there.
    pub(super) fn put(
        &mut self,
        account: &str,
        bucket: &str,
        key: &str,
        object: (Vec<u8>, Option<String>),
    ) -> Result<(), Failure> {
        self.find(bucket, account)?;
        let (bytes, sha256) = object;
        if let Some(bucket) = self.buckets.get_mut(bucket) {
            bucket.objects.insert(key.to_owned(), Object { sha256, content: Content::Bytes(bytes.into()) });
        }
        Ok(())
    }

    /// Who owns a bucket.
    pub(super) fn owner(&self, bucket: &str) -> Option<&str> {
        self.buckets.get(bucket).map(|bucket| bucket.account.as_str())
    }

    fn find(&self, bucket: &str, account: &str) -> Result<&Bucket, Failure> {
        let found = self.buckets.get(bucket);
        let found = found.ok_or_else(|| Failure::answered("NoSuchBucket", "The specified bucket does not exist"))?;
        // The expected owner is sent with every request, so another's bucket is never written to.
        if found.account == account { Ok(found) } else { Err(Failure::answered("AccessDenied", "Access Denied")) }
    }
}

impl Service {
    pub(super) fn head_object(&self, account: &str, bucket: &str, key: &str) -> Result<Answer, Failure> {
        let object = self.buckets.find(bucket, account)?.objects.get(key);
        let object = object.ok_or_else(|| Failure::answered("NotFound", "Not Found"))?;
        let bytes = match &object.content {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::File(path) => match self.files.get(path) {
                Some(text) => text.len() as u64,
                None => std::fs::metadata(path).map_or(0, |metadata| metadata.len()),
            },
        };
        Ok(Answer::Object { sha256: object.sha256.clone(), bytes })
    }

    pub(super) fn put_object(
        &mut self,
        account: &str,
        bucket: &str,
        key: &str,
        content: &cloud::Content,
        sha256: String,
    ) -> Result<Answer, Failure> {
        self.buckets.find(bucket, account)?;
        let content = match content {
            cloud::Content::File(path) => Content::File(path.clone()),
            cloud::Content::Text(text) => Content::Bytes(text.as_bytes().into()),
        };
        if let Some(bucket) = self.buckets.buckets.get_mut(bucket) {
            bucket.objects.insert(key.to_owned(), Object { sha256: Some(sha256), content });
        }
        Ok(Answer::Done)
    }

    /// The bytes of an object.
    pub(super) fn object(&self, bucket: &str, key: &str) -> Option<Arc<[u8]>> {
        match &self.buckets.buckets.get(bucket)?.objects.get(key)?.content {
            Content::Bytes(bytes) => Some(Arc::clone(bytes)),
            Content::File(path) => match self.files.get(path) {
                Some(text) => Some(text.as_bytes().into()),
                None => std::fs::read(path).ok().map(Arc::from),
            },
        }
    }

    /// The template that lies at an address.
    pub(super) fn template_at(&self, url: &str) -> Result<Arc<str>, String> {
        let (bucket, key) = bucket_and_key(url).ok_or("TemplateURL must be a supported URL.")?;
        let bytes = self.object(bucket, key).ok_or("S3 error: The specified key does not exist.")?;
        if bytes.len() > limits::OBJECT {
            return Err("Template may not exceed 1000000 bytes in size.".to_owned());
        }
        let text = std::str::from_utf8(&bytes).map_err(|_| "Template format error: not in UTF-8")?;
        Ok(text.into())
    }
}

/// Bucket and key of an address, in any of the forms S3 has: `s3://bucket/key`, `https://bucket.s3.…/key`,
/// `https://s3.…/bucket/key`.
fn bucket_and_key(url: &str) -> Option<(&str, &str)> {
    if let Some(rest) = url.strip_prefix("s3://") {
        return rest.split_once('/');
    }
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    match host.split_once(".s3.").or_else(|| host.split_once(".s3-")) {
        Some((bucket, _)) => Some((bucket, path)),
        None => path.split_once('/'),
    }
}

#[cfg(test)]
mod tests {
    use super::bucket_and_key;

    #[test]
    fn every_form_of_address_names_bucket_and_key() {
        for url in [
            "s3://assets/a/b.json",
            "https://s3.eu-west-1.amazonaws.com/assets/a/b.json",
            "https://assets.s3.eu-west-1.amazonaws.com/a/b.json",
            "http://127.0.0.1:4566/assets/a/b.json",
        ] {
            assert_eq!(bucket_and_key(url), Some(("assets", "a/b.json")), "{url}");
        }
    }
}
