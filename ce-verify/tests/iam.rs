//! `iam_allows` and `iam_denies`.

#![allow(clippy::needless_pass_by_value, reason = "`json!` reads best handed over")]

mod support;

use serde_json::{Value, json};
use support::{check, resource};

fn role(statements: Value) -> Value {
    json!({
        "Uploads": resource("AWS::S3::Bucket", json!({ "BucketName": "shop-uploads" })),
        "Unnamed": resource("AWS::S3::Bucket", json!({})),
        "Images": resource("AWS::ECR::Repository", json!({})),
        "Secret": resource("AWS::SecretsManager::Secret", json!({ "Name": "shop/auth/db" })),
        "Role": resource("AWS::IAM::Role", json!({ "Policies": [{ "PolicyDocument": { "Statement": statements } }] })),
    })
}

fn allow(action: Value, resource: Value) -> Value {
    json!({ "Effect": "Allow", "Action": action, "Resource": resource })
}

#[track_caller]
fn granted(statements: Value, grant: &str, expected: bool) {
    check(
        &role(statements),
        &[(&format!("type = 'AWS::IAM::Role'\npath = '@statements'\niam_allows = {grant}"), expected)],
    );
}

const S3: &str = "{ actions = ['s3:GetObject', 's3:PutObject'], resource_type = 'AWS::S3::Bucket' }";

#[test]
fn actions_on_a_resource_of_a_type() {
    let objects = json!({ "Fn::Join": ["", [{ "Fn::GetAtt": ["Unnamed", "Arn"] }, "/*"]] });
    granted(json!([allow(json!(["s3:GetObject", "s3:PutObject"]), objects.clone())]), S3, true);
    granted(
        json!([
            allow(json!("s3:Get*"), objects.clone()),
            allow(json!("s3:PutObject"), json!(["arn:aws:s3:::shop-uploads/*"]))
        ]),
        S3,
        true,
    );
    granted(json!([allow(json!("s3:GetObject"), objects.clone())]), S3, false);
    granted(json!([allow(json!("s3:*"), json!("*"))]), S3, false);
    granted(json!([allow(json!("s3:*"), objects.clone()), allow(json!("s3:GetObject"), json!("*"))]), S3, false);
    granted(json!([allow(json!("s3:*"), json!("arn:aws:s3:::elsewhere/*"))]), S3, false);
    granted(json!([allow(json!("s3:*"), json!("arn:aws:s3:::*"))]), S3, false);
    granted(json!([allow(json!("s3:*"), json!("arn:aws:s3:::shop-*"))]), S3, true);
    granted(json!([{ "Effect": "Allow", "NotAction": "s3:DeleteObject", "Resource": objects }]), S3, true);
}

#[test]
fn a_refusal_takes_a_grant_away() {
    let objects = json!({ "Fn::GetAtt": ["Uploads", "Arn"] });
    let deny = |extra: Value| {
        let mut statement = json!({ "Effect": "Deny", "Action": "s3:Put*", "Resource": "*" });
        for (key, value) in extra.as_object().into_iter().flatten() {
            statement[key] = value.clone();
        }
        statement
    };
    granted(json!([allow(json!("s3:*"), objects.clone()), deny(json!({}))]), S3, false);
    granted(
        json!([
            allow(json!("s3:*"), objects.clone()),
            deny(json!({ "Condition": { "Bool": { "aws:SecureTransport": "false" } } }))
        ]),
        S3,
        true,
    );
    granted(json!([allow(json!("s3:*"), objects.clone()), deny(json!({ "Action": "s3:DeleteObject" }))]), S3, true);
}

#[test]
fn what_the_resource_says() {
    let grant = "{ actions = ['s3:PutObject'], resource = 'prose', resource_type = 'AWS::S3::Bucket', resource_contains = 'database' }";
    let under = |prefix: &str| json!({ "Fn::Sub": format!("${{Uploads.Arn}}/{prefix}/*") });
    granted(json!([allow(json!("s3:PutObject"), under("database"))]), grant, true);
    granted(json!([allow(json!("s3:PutObject"), under("files"))]), grant, false);
    granted(json!([allow(json!("s3:PutObject"), json!("arn:aws:s3:::elsewhere/database"))]), grant, false);
}

#[test]
fn secrets_by_name_pattern() {
    let grant = "{ actions = ['secretsmanager:GetSecretValue'], resource_type = 'AWS::SecretsManager::Secret' }";
    let secret = |name: &str| {
        json!([allow(
            json!("secretsmanager:GetSecretValue"),
            json!(format!("arn:aws:secretsmanager:us-east-1:1:secret:{name}"))
        )])
    };
    granted(secret("shop/auth/db-??????"), grant, true);
    granted(secret("shop/auth/*"), grant, true);
    granted(secret("shop/core/*"), grant, false);
    granted(secret("*"), grant, false);
}

#[test]
fn actions_that_only_exist_on_everything() {
    let grant =
        "{ actions = ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage'], resource_type = 'AWS::ECR::Repository' }";
    let images = json!({ "Fn::GetAtt": ["Images", "Arn"] });
    let token = allow(json!("ecr:GetAuthorizationToken"), json!("*"));
    granted(json!([token.clone(), allow(json!("ecr:BatchGetImage"), images.clone())]), grant, true);
    granted(json!([token.clone(), allow(json!("ecr:BatchGetImage"), json!("*"))]), grant, false);
    granted(json!([allow(json!("ecr:BatchGetImage"), images)]), grant, false);
}

#[test]
fn managed_policies_count_for_grants() {
    let with =
        |arn: &str| json!({ "Role": resource("AWS::IAM::Role", json!({ "ManagedPolicyArns": [{ "Fn::Sub": arn }] })) });
    let row = "type = 'AWS::IAM::Role'\npath = '@statements'\niam_allows = { actions = ['xray:PutTraceSegments'] }";
    check(&with("arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"), &[(row, true)]);
    check(&with("arn:${AWS::Partition}:iam::aws:policy/AmazonS3ReadOnlyAccess"), &[(row, false)]);
    check(&with("arn:${AWS::Partition}:iam::111122223333:policy/AWSXRayDaemonWriteAccess"), &[(row, false)]);
}

#[test]
fn no_role_may_do_everything() {
    let row = "type = 'AWS::IAM::Role'\npath = '@statements'\niam_denies = { actions = ['*'], resource = '*' }";
    check(&role(json!([allow(json!("s3:*"), json!("*"))])), &[(row, true)]);
    check(&role(json!([allow(json!("*"), json!("arn:aws:s3:::shop-uploads"))])), &[(row, true)]);
    check(&role(json!([allow(json!("*"), json!("*"))])), &[(row, false)]);
    let administrator =
        resource("AWS::IAM::Role", json!({ "ManagedPolicyArns": ["arn:aws:iam::aws:policy/AdministratorAccess"] }));
    check(&json!({ "Role": administrator }), &[(row, false)]);

    let one = "type = 'AWS::IAM::Role'\npath = '@statements'\niam_denies = { actions = ['s3:DeleteObject'], resource_type = 'AWS::S3::Bucket' }";
    check(&role(json!([allow(json!("s3:PutObject"), json!("arn:aws:s3:::shop-uploads/*"))])), &[(one, true)]);
    check(&role(json!([allow(json!("s3:Delete*"), json!("arn:aws:s3:::shop-uploads/*"))])), &[(one, false)]);
}
