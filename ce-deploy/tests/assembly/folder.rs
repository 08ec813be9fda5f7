//! A folder that is gone when the test ends, and an assembly of aws-cdk in it.

use std::fs;
use std::path::{Path, PathBuf};

use ce_deploy::assembly::{Assembly, AssemblyError, Reading};
use serde_json::{Value, json};

pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ce-deploy-{name}-{}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn json(&self, file: &str, json: &Value) {
        self.write(file, json.to_string());
    }

    pub(crate) fn read(&self) -> Result<Assembly, AssemblyError> {
        Assembly::read(&self.0)
    }

    pub(crate) fn read_with(&self, reading: &Reading) -> Result<Assembly, AssemblyError> {
        reading.read(&self.0)
    }

    /// What reading says; an assembly that is taken fails the test.
    pub(crate) fn refusal(&self) -> String {
        self.read().unwrap_err().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// The manifest of an assembly with one stack, `Shop`, and its assets; as aws-cdk 2.1148 writes it.
pub(crate) fn manifest() -> Value {
    json!({
        "version": "48.0.0",
        "artifacts": {
            "Shop.assets": {
                "type": "cdk:asset-manifest",
                "properties": {
                    "file": "Shop.assets.json",
                    "requiresBootstrapStackVersion": 6,
                    "bootstrapStackVersionSsmParameter": "/cdk-bootstrap/hnb659fds/version",
                },
            },
            "Shop": {
                "type": "aws:cloudformation:stack",
                "environment": "aws://111111111111/eu-west-1",
                "properties": {
                    "templateFile": "Shop.template.json",
                    "terminationProtection": true,
                    "tags": { "team": "shop" },
                    "parameters": { "Size": "small" },
                    "notificationArns": [],
                    "validateOnSynth": false,
                    "assumeRoleArn": "arn:${AWS::Partition}:iam::111111111111:role/cdk-hnb659fds-deploy-role-111111111111-eu-west-1",
                    "assumeRoleExternalId": "outside",
                    "cloudFormationExecutionRoleArn": "arn:${AWS::Partition}:iam::111111111111:role/cdk-hnb659fds-cfn-exec-role-111111111111-eu-west-1",
                    "stackTemplateAssetObjectUrl": "s3://cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}/1234.json",
                    "requiresBootstrapStackVersion": 6,
                    "bootstrapStackVersionSsmParameter": "/cdk-bootstrap/hnb659fds/version",
                    "additionalDependencies": ["Shop.assets"],
                    "lookupRole": {
                        "arn": "arn:${AWS::Partition}:iam::111111111111:role/cdk-hnb659fds-lookup-role-111111111111-eu-west-1",
                        "requiresBootstrapStackVersion": 8,
                        "bootstrapStackVersionSsmParameter": "/cdk-bootstrap/hnb659fds/version",
                    },
                },
                "dependencies": ["Shop.assets"],
                "metadata": {
                    "/Shop/Inbox/Resource": [{
                        "type": "aws:cdk:logicalId",
                        "data": "Inbox1234",
                        "trace": ["new Queue (/app/node_modules/aws-cdk-lib/aws-sqs/index.js:1:2)", "new Shop (lib/shop.ts:12:5)"],
                    }],
                },
                "displayName": "Shop",
            },
            "Tree": { "type": "cdk:tree", "properties": { "file": "tree.json" } },
            "Later": { "type": "cdk:something-new", "properties": 5 },
        },
        "minimumCliVersion": "2.1000.0",
    })
}

/// That assembly on disk, with a folder to be zipped and an image to be built.
pub(crate) fn aws_cdk(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.json("manifest.json", &manifest());
    folder.json("Shop.template.json", &json!({ "Resources": { "Inbox1234": { "Type": "AWS::SQS::Queue" } } }));
    folder.json("Shop.assets.json", &assets());
    folder.write("asset.5678/index.js", "exports.handler = () => 1;");
    folder.write("asset.9abc/Dockerfile", "FROM scratch");
    folder
}

/// The manifest of its assets.
pub(crate) fn assets() -> Value {
    let role = "arn:${AWS::Partition}:iam::111111111111:role/cdk-hnb659fds-file-publishing-role-111111111111-eu-west-1";
    let bucket = "cdk-hnb659fds-assets-111111111111-${AWS::Region}";
    json!({
        "version": "48.0.0",
        "files": {
            "5678": {
                "displayName": "Handler Code",
                "source": { "path": "asset.5678", "packaging": "zip" },
                "destinations": { "111111111111-eu-west-1": { "bucketName": bucket, "objectKey": "5678.zip", "assumeRoleArn": role } },
            },
        },
        "dockerImages": {
            "9abc": {
                "source": { "directory": "asset.9abc", "platform": "linux/arm64", "dockerBuildArgs": { "VERSION": "1" } },
                "destinations": { "there": { "repositoryName": "images", "imageTag": "9abc", "region": "us-east-1" } },
            },
        },
    })
}
