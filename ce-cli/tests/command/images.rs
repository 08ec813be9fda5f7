//! Images: built and pushed by a program that stands in for `docker` and writes down what it is told.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use crate::front::{Answer, Asked, Front};
use crate::ran::{Desk, Ran};

/// The id of the image, as aws-cdk makes one.
const ID: &str = "5f1c9b6a0d2e4c8f7a3b1d5e9c0f2a4b6d8e1c3f5a7b9d0e2c4f6a8b0d1e3c5f";
const REGISTRY: &str = "111111111111.dkr.ecr.eu-west-1.amazonaws.com";
/// Writes down its arguments, and what it reads when it logs in; fails where it is told to.
const DOCKER: &str = r#"#!/bin/sh
echo "$@" >> "$HOME/docker.log"
[ "$1" = login ] && cat >> "$HOME/password.log"
if [ "$1" = "$DOCKER_FAILS" ]; then echo "step 1" >&2; echo "no space left on device" >&2; exit 17; fi
pwd >> "$HOME/folders.log"
"#;

/// A desk with a stand-in for `docker`, and what aws-cdk writes for a stack with one image.
struct Yard {
    desk: Desk,
    front: Front,
}

impl Yard {
    async fn new(name: &str, source: Value, answer: impl Fn(&Asked) -> Option<Answer> + Send + Sync + 'static) -> Self {
        let desk = Desk::with_cloud(name).await;
        let bin = desk.folder.join("bin");
        fs::create_dir_all(&bin).expect("a folder");
        fs::write(bin.join("docker"), DOCKER).expect("a file");
        fs::set_permissions(bin.join("docker"), fs::Permissions::from_mode(0o755)).expect("it may run");
        write_assembly(&desk, &source);
        let front = Front::of(&desk.url(), answer);
        Self { desk, front }
    }

    async fn deploy(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
        let mut command =
            self.desk.command(&[&["deploy", "cdk.out", "--require-approval", "never"], arguments].concat());
        let path = format!("{}:/usr/bin:/bin", self.desk.folder.join("bin").display());
        command.env("PATH", path).env("AWS_ENDPOINT_URL", self.front.url()).envs(variables.iter().copied());
        Ran::of(command).await
    }

    /// What is written in a file; nothing if it is not there.
    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.desk.folder.join(file)).unwrap_or_default()
    }

    /// How often a role of this name was assumed.
    fn assumed(&self, role: &str) -> usize {
        self.front.asked().iter().filter(|asked| asked.body.contains(role)).count()
    }

    fn asked(&self, text: &str) -> usize {
        self.front.asked().iter().filter(|asked| asked.head.contains(text) || asked.body.contains(text)).count()
    }
}

fn plain() -> Value {
    json!({ "directory": format!("asset.{ID}"), "dockerFile": "Dockerfile", "dockerBuildTarget": "run",
        "dockerBuildArgs": { "EDITION": "2024" }, "platform": "linux/arm64" })
}

fn write_assembly(desk: &Desk, source: &Value) {
    let folder = desk.folder.join("cdk.out");
    let image = folder.join(format!("asset.{ID}"));
    fs::create_dir_all(&image).expect("a folder");
    fs::write(image.join("Dockerfile"), "FROM scratch AS run\n").expect("a file");
    let repository = "cdk-hnb659fds-container-assets-111111111111-eu-west-1";
    let role =
        "arn:${AWS::Partition}:iam::111111111111:role/cdk-hnb659fds-image-publishing-role-111111111111-eu-west-1";
    let to = json!({ "repositoryName": repository, "imageTag": ID, "assumeRoleArn": role });
    let assets = json!({ "version": "48.0.0", "files": {}, "dockerImages": { ID: {
        "displayName": "Task/Image", "source": source, "destinations": { "111111111111-eu-west-1-1a2b": to } } } });
    let manifest = json!({ "version": "48.0.0", "artifacts": {
        "Shop.assets": { "type": "cdk:asset-manifest", "properties": { "file": "Shop.assets.json" } },
        "Shop": { "type": "aws:cloudformation:stack", "environment": "aws://111111111111/eu-west-1",
            "properties": { "templateFile": "Shop.template.json" }, "dependencies": ["Shop.assets"] } } });
    let uri = format!("{REGISTRY}/{repository}:{ID}");
    let task = json!({ "Type": "AWS::ECS::TaskDefinition", "Properties": {
        "ContainerDefinitions": [{ "Name": "web", "Image": uri }] } });
    let template = json!({ "Resources": { "Task": task } });
    for (name, value) in [("manifest.json", manifest), ("Shop.assets.json", assets), ("Shop.template.json", template)] {
        fs::write(folder.join(name), value.to_string()).expect("a file");
    }
}

#[tokio::test]
async fn an_image_of_a_stock_assembly_is_built_and_pushed() {
    let yard = Yard::new("image", plain(), |_| None).await;
    let ran = yard.deploy(&["-vvv"], &[]).await.expect(0);
    let name = format!("{REGISTRY}/cdk-hnb659fds-container-assets-111111111111-eu-west-1:{ID}");
    let build = "--build-arg EDITION=2024 --target run --file Dockerfile --platform linux/arm64 .";
    let log = yard.read("docker.log");
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(lines[0], format!("build --tag {name} {build}"));
    assert_eq!(lines[1], format!("login --username AWS --password-stdin {REGISTRY}"));
    assert_eq!(lines[2..], [format!("push {name}")]);
    assert!(
        yard.read("folders.log")
            .starts_with(&format!("{}\n", yard.desk.folder.join(format!("cdk.out/asset.{ID}")).display()))
    );
    assert_eq!(yard.read("password.log"), "simulated");
    assert!(!ran.shown().contains("simulated\n") && !log.contains("simulated"), "{}", ran.shown());
    assert_eq!(yard.assumed("image-publishing-role"), 1, "as the role that the manifest names");
}

#[tokio::test]
async fn an_image_that_is_there_is_not_built() {
    let there = |asked: &Asked| {
        let images = json!({ "imageDetails": [{ "imageTags": [ID] }] });
        asked.head.contains("DescribeImages").then(|| (200, "application/x-amz-json-1.1", images.to_string()))
    };
    let yard = Yard::new("image-there", plain(), there).await;
    yard.deploy(&["--events", "events.ndjson"], &[]).await.expect(0);
    assert_eq!(yard.read("docker.log"), "");
    let told = yard.read("events.ndjson");
    let published = told.lines().find(|line| line.contains("\"published\"")).expect("it is told");
    assert!(published.contains("\"reused\":true"), "{published}");
}

#[tokio::test]
async fn a_build_that_fails_changes_nothing() {
    for step in ["build", "login", "push"] {
        let yard = Yard::new(&format!("image-fails-{step}"), plain(), |_| None).await;
        let ran = yard.deploy(&[], &[("DOCKER_FAILS", step)]).await.expect(4);
        assert!(ran.errors.contains("no space left on device"), "{}", ran.errors);
        assert!(ran.errors.contains("Task/Image") && ran.errors.contains(&format!("docker {step}")), "{}", ran.errors);
        assert_eq!(yard.asked("Action=ExecuteChangeSet"), 0);
    }
}

#[tokio::test]
async fn a_machine_without_docker() {
    let yard = Yard::new("image-without", plain(), |_| None).await;
    let ran = yard.deploy(&[], &[("CDK_DOCKER", "no-such-docker")]).await.expect(4);
    assert!(ran.errors.contains("cannot run `no-such-docker`"), "{}", ran.errors);
}

#[tokio::test]
async fn what_reaches_this_machine_takes_trust() {
    let mut source = plain();
    source["dockerBuildSecrets"] = json!({ "npm": "src=npmrc" });
    source["networkMode"] = json!("host");
    source["cacheDisabled"] = json!(true);
    let yard = Yard::new("image-trust", source, |_| None).await;
    yard.deploy(&[], &[]).await.expect(4);
    assert_eq!(yard.read("docker.log"), "");
    yard.deploy(&["--trust-assembly"], &[]).await.expect(0);
    let flags = "--secret id=npm,src=npmrc --network host --no-cache .";
    assert!(
        yard.read("docker.log").lines().next().is_some_and(|line| line.ends_with(flags)),
        "{}",
        yard.read("docker.log")
    );
}

#[tokio::test]
async fn a_registry_that_nobody_may_enter() {
    let denied = |asked: &Asked| {
        let error = json!({ "__type": "AccessDeniedException", "message": "not authorized to perform: ecr:GetAuthorizationToken" });
        asked.head.contains("GetAuthorizationToken").then(|| (400, "application/x-amz-json-1.1", error.to_string()))
    };
    let yard = Yard::new("image-denied", plain(), denied).await;
    let ran = yard.deploy(&[], &[]).await.expect(4);
    assert!(ran.errors.contains("ecr:GetAuthorizationToken"), "{}", ran.errors);
    assert_eq!(yard.read("docker.log").matches("push").count(), 0);
}
