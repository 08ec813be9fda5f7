//! Images: built and pushed with the `docker` command, as the stock CLI does.

use std::ffi::OsString;
use std::process::Stdio;

use ce_deploy::assembly::{Asset, Destination, DockerImage, Source};
use ce_deploy::engine::Pushed;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::aws::{Aws, RegistryLogin};

/// Another command than `docker`, `podman` say; the variable is the stock CLI's.
const VARIABLE: &str = "CDK_DOCKER";

/// Builds an image and pushes it, unless it is there: tags of a bootstrapped repository cannot be moved, so a second push
/// would be refused. The password goes in on standard input, so that no list of processes shows it.
pub(super) async fn publish(aws: &Aws, asset: &Asset) -> Result<Pushed, String> {
    let (Source::Docker(image), Destination::Repository { target, repository, tag }) =
        (&asset.source, &asset.destination)
    else {
        return Err(format!("`{}` is no image", asset.name));
    };
    if aws.has_image(target, repository, tag).await.map_err(|failure| format!("no look at the registry: {failure}"))? {
        return Ok(Pushed::Before);
    }
    let login = aws.registry_login(target).await.map_err(|failure| format!("no login to the registry: {failure}"))?;
    let name = format!("{}/{repository}:{tag}", login.registry);
    build(image, &name).await?;
    log_in(&login).await?;
    run(docker().arg("push").arg(&name), "push").await?;
    Ok(Pushed::Now)
}

async fn build(image: &DockerImage, name: &str) -> Result<(), String> {
    let mut command = docker();
    command.arg("build").arg("--tag").arg(name);
    for (argument, value) in &image.arguments {
        command.arg("--build-arg").arg(format!("{argument}={value}"));
    }
    let options = [("--target", &image.stage), ("--file", &image.file), ("--platform", &image.platform)];
    for (flag, value) in options {
        if let Some(value) = value {
            command.arg(flag).arg(value);
        }
    }
    command.args(&image.flags);
    run(command.arg(".").current_dir(&image.folder), "build").await
}

async fn log_in(login: &RegistryLogin) -> Result<(), String> {
    let mut command = docker();
    command.args(["login", "--username", &login.user, "--password-stdin", &login.registry]);
    let failed = |error| unrunnable(&error);
    let mut child = command.stdin(Stdio::piped()).spawn().map_err(failed)?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(login.password.reveal().as_bytes()).await.map_err(failed)?;
    }
    ended(&child.wait_with_output().await.map_err(failed)?, "login")
}

async fn run(command: &mut Command, what: &str) -> Result<(), String> {
    let output = command.output().await.map_err(|error| unrunnable(&error))?;
    ended(&output, what)
}

fn ended(output: &std::process::Output, what: &str) -> Result<(), String> {
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last: Vec<&str> = said.lines().rev().filter(|line| !line.trim().is_empty()).take(3).collect();
    Err(format!(
        "`docker {what}` ended with {}: {}",
        output.status,
        last.into_iter().rev().collect::<Vec<_>>().join(" ")
    ))
}

fn unrunnable(error: &std::io::Error) -> String {
    format!("cannot run `{}`: {error}", program().display())
}

fn program() -> OsString {
    std::env::var_os(VARIABLE).unwrap_or_else(|| "docker".into())
}

fn docker() -> Command {
    let mut command = Command::new(program());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}
