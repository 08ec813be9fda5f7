//! Files in S3: always with the checksum of what is sent, and only to a bucket of the account that is meant.

use std::time::Duration;

use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumMode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ce_deploy::cloud::{Answer, Call, Content, Failure, Target};

use super::clients::Clients;
use super::refusal::failure;

/// A slow line still sends so many bytes a second.
const SLOW: u64 = 50_000;

pub(super) async fn ask(clients: &Clients, target: &Target, call: Call) -> Result<Answer, Failure> {
    let owner = target.place.account.as_str();
    match call {
        Call::HeadObject { bucket, key } => head(clients, owner, &bucket, &key).await,
        Call::PutObject { bucket, key, content, sha256, content_type } => {
            let (body, bytes) = body_of(content).await?;
            let patience = Duration::from_secs(60 + bytes / SLOW);
            let timeouts = TimeoutConfig::builder().read_timeout(patience).build();
            let checksum = base64_of(&sha256).ok_or_else(|| Failure::garbled("the checksum is not hexadecimal"))?;
            clients
                .objects
                .put_object()
                .bucket(bucket)
                .key(key)
                .expected_bucket_owner(owner)
                .checksum_algorithm(ChecksumAlgorithm::Sha256)
                .checksum_sha256(checksum)
                .set_content_type(content_type)
                .body(body)
                .customize()
                .config_override(aws_sdk_s3::config::Builder::new().timeout_config(timeouts))
                .send()
                .await
                .map_err(|error| failure(&error))?;
            Ok(Answer::Done)
        }
        _ => Err(Failure::garbled("no call to S3")),
    }
}

async fn head(clients: &Clients, owner: &str, bucket: &str, key: &str) -> Result<Answer, Failure> {
    let found = clients
        .objects
        .head_object()
        .bucket(bucket)
        .key(key)
        .expected_bucket_owner(owner)
        .checksum_mode(ChecksumMode::Enabled)
        .send()
        .await
        .map_err(|error| failure(&error))?;
    let bytes = found.content_length().and_then(|bytes| u64::try_from(bytes).ok()).unwrap_or_default();
    Ok(Answer::Object { sha256: found.checksum_sha256().and_then(hexadecimal_of), bytes })
}

/// What is sent, and how many bytes it has.
async fn body_of(content: Content) -> Result<(ByteStream, u64), Failure> {
    match content {
        Content::File(file) => {
            let bytes = tokio::fs::metadata(&file).await.map_err(|error| unreadable(&error))?.len();
            Ok((ByteStream::from_path(&file).await.map_err(|error| unreadable(&error))?, bytes))
        }
        Content::Text(text) => Ok((ByteStream::from(text.as_bytes().to_vec()), text.len() as u64)),
    }
}

fn unreadable(error: &dyn std::error::Error) -> Failure {
    Failure::answered("UnreadableFile", error.to_string())
}

fn base64_of(hexadecimal: &str) -> Option<String> {
    let digits = |at| u8::from_str_radix(hexadecimal.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..hexadecimal.len()).step_by(2).map(digits).collect();
    bytes.map(|bytes| STANDARD.encode(bytes))
}

/// None for what was sent in parts: that is a checksum of checksums.
fn hexadecimal_of(base64: &str) -> Option<String> {
    use std::fmt::Write;
    let bytes = STANDARD.decode(base64).ok().filter(|bytes| bytes.len() == 32)?;
    Some(bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    }))
}

#[cfg(test)]
mod tests {
    use super::{base64_of, hexadecimal_of};

    #[test]
    fn a_checksum_is_said_both_ways() {
        let hexadecimal = ce_deploy::digest::sha256(b"orders");
        let base64 = base64_of(&hexadecimal).unwrap();
        assert_eq!(hexadecimal_of(&base64), Some(hexadecimal));
        assert_eq!(hexadecimal_of("AAAA-3"), None);
        assert_eq!(base64_of("xy"), None);
    }
}
