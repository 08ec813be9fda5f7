//! Buckets and objects, with the bucket in the path.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;

use super::chunked::unchunk;
use super::context::{Context, mismatch};
use super::http::{Request, Response};
use super::service::NewObject;
use super::time;
use super::xml::Xml;
use crate::cloud::{Answer, Call, Failure, FailureKind};
use crate::digest::sha256;

const NAMESPACE: &str = "http://s3.amazonaws.com/doc/2006-03-01/";

pub(super) fn answer(context: &mut Context<'_>, request: &Request) -> Result<Response, Failure> {
    let path = percent_decode_str(request.path.trim_start_matches('/')).decode_utf8_lossy().into_owned();
    let (bucket, key) = path.split_once('/').unwrap_or((&path, ""));
    if bucket.is_empty() {
        return Err(unknown(request));
    }
    let owner = request.value_of("x-amz-expected-bucket-owner");
    context.service.bucket(context.now, &context.target, bucket, owner)?;
    match (request.method.as_str(), key) {
        ("HEAD", "") => Ok(Response::empty(200).header("x-amz-bucket-region", &context.target.place.region)),
        ("GET", "") => about_bucket(context, request, bucket),
        ("HEAD", _) => head(context, bucket, key),
        ("GET", _) => get(context, bucket, key),
        ("PUT", _) if request.query.is_empty() || request.parameter("x-id").is_some() => {
            put(context, request, bucket, key)
        }
        _ => Err(unknown(request)),
    }
}

fn about_bucket(context: &mut Context<'_>, request: &Request, bucket: &str) -> Result<Response, Failure> {
    let asked = |name| request.parameter(name).is_some();
    if asked("list-type") {
        return list(context, request, bucket);
    }
    let region = context.target.place.region.as_str();
    let body = if asked("location") {
        // The oldest region has no name here. Source: S3 API reference, `GetBucketLocation`.
        Xml::document("LocationConstraint", NAMESPACE, |xml| xml.bare(if region == "us-east-1" { "" } else { region }))
    } else if asked("versioning") {
        Xml::document("VersioningConfiguration", NAMESPACE, |xml| xml.text("Status", "Enabled"))
    } else if asked("encryption") {
        Xml::document("ServerSideEncryptionConfiguration", NAMESPACE, |xml| {
            xml.within("Rule", |xml| {
                xml.within("ApplyServerSideEncryptionByDefault", |xml| xml.text("SSEAlgorithm", "AES256"));
            });
        })
    } else {
        return Err(unknown(request));
    };
    Ok(Response::of(200, "application/xml", body))
}

/// Lists what has exactly the prefix for its key: the stock CLI asks so whether an object is there.
fn list(context: &mut Context<'_>, request: &Request, bucket: &str) -> Result<Response, Failure> {
    let prefix = request.parameter("prefix").unwrap_or_default();
    let found = match context.call(Call::HeadObject { bucket: bucket.to_owned(), key: prefix.clone() }) {
        Ok(Answer::Object { bytes, .. }) => Some(bytes),
        Err(failure) if failure.kind == FailureKind::NotFound => None,
        Ok(_) => return Err(mismatch()),
        Err(failure) => return Err(failure),
    };
    let body = Xml::document("ListBucketResult", NAMESPACE, |xml| {
        xml.text("Name", bucket);
        xml.text("Prefix", &prefix);
        xml.text("KeyCount", if found.is_some() { "1" } else { "0" });
        xml.flag("IsTruncated", false);
        if let Some(bytes) = found {
            xml.within("Contents", |xml| {
                xml.text("Key", &prefix);
                xml.text("Size", bytes.to_string());
                xml.time("LastModified", context.now.0);
            });
        }
    });
    Ok(Response::of(200, "application/xml", body))
}

fn head(context: &mut Context<'_>, bucket: &str, key: &str) -> Result<Response, Failure> {
    let call = Call::HeadObject { bucket: bucket.to_owned(), key: key.to_owned() };
    let Answer::Object { sha256, bytes } = context.call(call)? else { return Err(mismatch()) };
    let response = Response::empty(200)
        .header("content-length", bytes.to_string())
        .header("last-modified", time::http(context.now.0));
    Ok(match sha256.as_deref().and_then(in_base64) {
        Some(digest) => response.header("x-amz-checksum-sha256", digest),
        None => response,
    })
}

fn get(context: &mut Context<'_>, bucket: &str, key: &str) -> Result<Response, Failure> {
    let body = context.object(bucket, key)?;
    Ok(Response::of(200, "binary/octet-stream", body).header("last-modified", time::http(context.now.0)))
}

fn put(context: &mut Context<'_>, request: &Request, bucket: &str, key: &str) -> Result<Response, Failure> {
    let is_chunked = request.value_of("content-encoding").is_some_and(|coding| coding.contains("aws-chunked"));
    let body = if is_chunked { unchunk(&request.body).ok_or_else(incomplete)? } else { request.body.clone() };
    let digest = sha256(&body);
    let given = request.value_of("x-amz-checksum-sha256");
    if given.is_some_and(|given| Some(given) != in_base64(&digest).as_deref()) {
        return Err(Failure::answered("BadDigest", "The SHA256 you specified did not match the calculated checksum."));
    }
    // S3 keeps the digest only of who sent one.
    let sha256 = given.map(|_| digest.clone());
    let owner = request.value_of("x-amz-expected-bucket-owner").map(str::to_owned);
    let object = NewObject { bucket: bucket.to_owned(), key: key.to_owned(), body, sha256, owner };
    context.service.put_object(context.now, &context.target, object)?;
    Ok(Response::empty(200).header("etag", format!("\"{}\"", &digest[..32])))
}

fn incomplete() -> Failure {
    Failure::answered("IncompleteBody", "The request body terminated unexpectedly")
}

fn unknown(request: &Request) -> Failure {
    let message = format!("{} {}?{} is not simulated", request.method, request.path, request.query);
    Failure::answered("NotImplemented", message)
}

/// Headers carry digests in Base64, the rest of this program in hexadecimal.
fn in_base64(hex: &str) -> Option<String> {
    let pairs = hex.as_bytes().chunks(2);
    let bytes = pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    bytes.collect::<Option<Vec<_>>>().map(|bytes| STANDARD.encode(bytes))
}
