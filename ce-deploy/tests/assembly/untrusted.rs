//! What an assembly must not do.

use std::fs;

use ce_deploy::assembly::{Reading, Source};
use serde_json::{Value, json};

use crate::folder::{Folder, assets, aws_cdk, manifest};

fn with(name: &str, change: impl Fn(&mut Value)) -> Folder {
    let folder = aws_cdk(name);
    let mut manifest = manifest();
    change(&mut manifest);
    folder.json("manifest.json", &manifest);
    folder
}

fn with_assets(name: &str, change: impl Fn(&mut Value)) -> Folder {
    let folder = aws_cdk(name);
    let mut assets = assets();
    change(&mut assets);
    folder.json("Shop.assets.json", &assets);
    folder
}

#[test]
fn no_path_leads_out() {
    let paths =
        ["../outside.json", "/etc/hostname", "a/../../outside.json", "", "C:\\x", "..\\x", "Shop.template.json\0"];
    for path in paths {
        let folder =
            with("paths", |manifest| manifest["artifacts"]["Shop"]["properties"]["templateFile"] = json!(path));
        assert!(folder.refusal().contains("leads out of"), "{path}: {}", folder.refusal());
        let folder = with_assets("asset-paths", |assets| assets["files"]["5678"]["source"]["path"] = json!(path));
        assert!(folder.refusal().contains("leads out of"), "{path}: {}", folder.refusal());
        let change =
            |assets: &mut Value| assets["dockerImages"]["9abc"]["source"]["dockerFile"] = json!(format!("../{path}"));
        assert!(with_assets("docker-paths", change).read().is_err(), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_and_no_device_is_read() {
    use std::os::unix::fs::symlink;
    let folder = aws_cdk("links");
    symlink("/etc", folder.path().join("asset.5678/etc")).unwrap();
    assert!(folder.refusal().contains("leads out of"), "{}", folder.refusal());
    fs::remove_file(folder.path().join("asset.5678/etc")).unwrap();
    symlink("../Shop.template.json", folder.path().join("asset.5678/inside")).unwrap();
    assert!(folder.read().is_ok(), "a link that stays inside is a file like any other");
    fs::remove_file(folder.path().join("Shop.template.json")).unwrap();
    symlink("/etc/hostname", folder.path().join("Shop.template.json")).unwrap();
    assert!(folder.refusal().contains("leads out of"));
    fs::remove_file(folder.path().join("manifest.json")).unwrap();
    symlink("/dev/zero", folder.path().join("manifest.json")).unwrap();
    assert!(folder.refusal().contains("leads out of"));
}

#[test]
fn no_program_runs_unless_the_assembly_is_trusted() {
    let program = |assets: &mut Value| assets["files"]["5678"]["source"] = json!({ "executable": ["rm", "-rf", "/"] });
    let folder = with_assets("program", program);
    assert!(folder.refusal().contains("`5678` runs a program on this machine"), "{}", folder.refusal());
    let assembly = folder.read_with(&Reading::new().trust()).unwrap();
    assert!(
        assembly
            .assets
            .iter()
            .any(|asset| matches!(&asset.source, Source::Program { command, .. } if command[0] == "rm"))
    );
    let secret = |assets: &mut Value| {
        assets["dockerImages"]["9abc"]["source"]["dockerBuildSecrets"] = json!({ "key": "src=/home/me/.ssh/id_rsa" });
    };
    assert!(with_assets("secret", secret).refusal().contains("dockerBuildSecrets"));
}

#[test]
fn files_that_are_too_large_are_not_read() {
    let folder = aws_cdk("large-template");
    folder.write("Shop.template.json", "x".repeat(3 << 20));
    assert!(folder.refusal().contains("at most 2097152 are read"), "{}", folder.refusal());
}

#[test]
fn what_is_nested_too_deep_is_not_read() {
    let folder = aws_cdk("deep");
    folder.write("Shop.template.json", format!("{}1{}", "{\"a\":".repeat(200), "}".repeat(200)));
    assert!(folder.refusal().contains("nested deeper"), "{}", folder.refusal());
    let folder = aws_cdk("assembly-in-itself");
    let inner = json!({ "type": "cdk:cloud-assembly", "properties": { "directoryName": "." } });
    folder.json("manifest.json", &json!({ "version": "48.0.0", "artifacts": { "Self": inner } }));
    assert!(folder.refusal().contains("nested too deep"), "{}", folder.refusal());
}

#[test]
fn a_newer_version_is_refused_and_an_older_is_not() {
    let version = |version: &'static str| with("version", move |manifest| manifest["version"] = json!(version));
    assert!(version("36.0.0").read().is_ok());
    assert!(version("55.3.1").read().is_ok());
    assert!(version("56.0.0").refusal().contains("versions up to 55 are known"));
    assert!(version("new").read().is_err());
}

#[test]
fn wrong_kinds_say_where() {
    let wrong: [(&str, Value, &str); 7] = [
        ("/artifacts", json!([]), "`artifacts` must be an object"),
        ("/artifacts/Shop/dependencies", json!("Shop.assets"), "`artifacts.Shop.dependencies` must be a list"),
        (
            "/artifacts/Shop/properties/tags",
            json!([{ "Key": "a" }]),
            "`artifacts.Shop.properties.tags` must be an object",
        ),
        (
            "/artifacts/Shop/properties/stackName",
            json!("-x"),
            "`artifacts.Shop.properties.stackName` must be a stack's",
        ),
        ("/artifacts/Shop/environment", json!("aws://1/eu-west-1"), "must be `aws://account/region`"),
        ("/artifacts/Shop/properties/terminationProtection", json!("yes"), "must be `true` or `false`"),
        ("/artifacts/Shop/displayName", json!("Shop\u{1b}[2J"), "without control characters"),
    ];
    for (at, value, message) in wrong {
        let folder = with("kinds", |manifest| {
            let (above, name) = at.rsplit_once('/').unwrap();
            manifest.pointer_mut(above).unwrap()[name] = value.clone();
        });
        assert!(folder.refusal().contains(message), "{at}: {}", folder.refusal());
    }
}

#[test]
fn names_that_are_there_twice_are_refused() {
    let folder = with("twice", |manifest| manifest["artifacts"]["Other"] = manifest["artifacts"]["Shop"].clone());
    assert_eq!(folder.refusal(), "the stack `Shop` is there twice");
    let folder = with("stack-name-twice", |manifest| {
        manifest["artifacts"]["Other"] = manifest["artifacts"]["Shop"].clone();
        manifest["artifacts"]["Other"]["displayName"] = json!("Other");
        manifest["artifacts"]["Other"]["properties"]["stackName"] = json!("Shop");
    });
    assert_eq!(folder.refusal(), "the stack name `Shop in 111111111111/eu-west-1` is there twice");
    let folder = aws_cdk("key-twice");
    folder.write("Shop.template.json", r#"{"Resources": {"A": {}, "A": {}}}"#);
    assert!(folder.refusal().contains("`A` is there twice"));
}

#[test]
fn a_dependency_on_nothing_and_a_circle_are_refused() {
    let folder = with("dangling", |manifest| manifest["artifacts"]["Shop"]["dependencies"] = json!(["Gone"]));
    assert_eq!(folder.refusal(), "`Shop` depends on `Gone`, which the assembly does not have");
    let folder = with("circle", |manifest| {
        manifest["artifacts"]["Other"] = manifest["artifacts"]["Shop"].clone();
        manifest["artifacts"]["Other"]["displayName"] = json!("Other");
        manifest["artifacts"]["Other"]["dependencies"] = json!(["Shop"]);
        manifest["artifacts"]["Shop"]["dependencies"] = json!(["Other"]);
    });
    assert_eq!(folder.refusal(), "these stacks wait for each other: Other, Shop");
}

#[test]
fn missing_context_is_named() {
    let folder = with("context", |manifest| manifest["missing"] = json!([{ "key": "vpc-provider:x" }]));
    assert!(folder.refusal().contains("lacks context (vpc-provider:x)"));
}

#[test]
fn a_folder_without_manifest_says_what_to_give() {
    assert!(Folder::new("empty").refusal().contains("give the folder that synthesis wrote"));
}
