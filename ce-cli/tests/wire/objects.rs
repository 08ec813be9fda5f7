use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{BucketVersioningStatus, ChecksumMode};
use ce_deploy::cloud::{Answer, Call, Failure};
use ce_deploy::digest::sha256;

use crate::fake::{ACCOUNT, Wire};

#[tokio::test]
async fn an_object_is_kept_and_given_back() {
    let wire = Wire::with([]).await;
    let client = wire.s3();
    let body = vec![0xff; 100_000];
    let sent = ByteStream::from(body.clone());
    client.put_object().bucket("assets").key("a b/c.zip").body(sent).send().await.expect("kept");
    let answer = client.get_object().bucket("assets").key("a b/c.zip").send().await.expect("there");
    assert_eq!(answer.body.collect().await.expect("a body").to_vec(), body);
    let none = client.get_object().bucket("assets").key("d").send().await.expect_err("not there").into_service_error();
    assert!(none.is_no_such_key());
}

#[tokio::test]
async fn a_file_sent_in_chunks_is_put_together() {
    let wire = Wire::with([]).await;
    let client = wire.s3();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let sent = ByteStream::from_path(file).await.expect("a file");
    client.put_object().bucket("assets").key("f").body(sent).expected_bucket_owner(ACCOUNT).send().await.expect("kept");
    let answer = client.get_object().bucket("assets").key("f").send().await.expect("there");
    assert_eq!(answer.body.collect().await.expect("a body").to_vec(), std::fs::read(file).expect("a file"));
}

#[tokio::test]
async fn a_digest_that_is_not_of_the_body_is_refused() {
    let wire = Wire::with([]).await;
    let of_empty = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    let ask = wire.s3().put_object().bucket("assets").key("f").checksum_sha256(of_empty);
    let refused = ask.body(ByteStream::from_static(b"other")).send().await.expect_err("another digest");
    assert_eq!(refused.into_service_error().meta().code(), Some("BadDigest"));
}

#[tokio::test]
async fn a_head_shows_size_and_digest() {
    let object = Answer::Object { sha256: Some(sha256(b"")), bytes: 5_000_000_000 };
    let wire = Wire::saying(object).await;
    let ask = wire.s3().head_object().bucket("assets").key("k/e y").checksum_mode(ChecksumMode::Enabled);
    let answer = ask.send().await.expect("there");
    assert_eq!(answer.content_length(), Some(5_000_000_000));
    assert_eq!(answer.checksum_sha256(), Some("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));
    assert_eq!(wire.call(), Call::HeadObject { bucket: "assets".into(), key: "k/e y".into() });

    let wire = Wire::with([Err(Failure::answered("NoSuchKey", "no"))]).await;
    let none = wire.s3().head_object().bucket("assets").key("k").send().await.expect_err("not there");
    assert!(none.into_service_error().is_not_found());
}

#[tokio::test]
async fn a_bucket_says_what_tools_ask() {
    let object = || Ok(Answer::Object { sha256: None, bytes: 7 });
    let wire = Wire::with([object(), Err(Failure::answered("NoSuchKey", "no"))]).await;
    let client = wire.s3();
    client.head_bucket().bucket("assets").send().await.expect("there");
    let location = client.get_bucket_location().bucket("assets").send().await.expect("an answer");
    assert_eq!(location.location_constraint().expect("a region").as_str(), "eu-west-1");
    let versioning = client.get_bucket_versioning().bucket("assets").send().await.expect("an answer");
    assert_eq!(versioning.status(), Some(&BucketVersioningStatus::Enabled));
    let encryption = client.get_bucket_encryption().bucket("assets").send().await.expect("an answer");
    assert_eq!(encryption.server_side_encryption_configuration().expect("one").rules().len(), 1);
    let found = client.list_objects_v2().bucket("assets").prefix("k").send().await.expect("an answer");
    assert_eq!((found.contents()[0].key(), found.contents()[0].size()), (Some("k"), Some(7)));
    let none = client.list_objects_v2().bucket("assets").prefix("l").send().await.expect("an answer");
    assert!(none.contents().is_empty());
}
