//! The assembly on disk: whole or not at all, and the same bytes each time.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use std::fs;
use std::path::{Path, PathBuf};

use ce_synth::lock::{Lock, Mode};
use ce_synth::{Account, App, Assembly, Environment, Expr, Region, Tier, Value};

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ce-{name}-{}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

fn assembly(stacks: &[&str]) -> Assembly {
    let app = App::new();
    let first: Value<String> =
        app.stack("Base", PROD).raw("Queue", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]).att("Arn");
    for stack in stacks {
        let stack = app.stack(stack, PROD).tag("team", "mail");
        stack.raw("Reader", "AWS::SSM::Parameter", [("Type", "String".into()), ("Value", first.clone().into())]);
    }
    app.synth().unwrap()
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap_or_default()))
        .collect();
    files.sort();
    files
}

#[test]
fn the_same_bytes_in_any_order_and_on_any_thread() {
    let expected = Folder::new("expected");
    assembly(&["A", "B", "C"]).write(&expected.0).unwrap();
    let templates = |files: Vec<(String, Vec<u8>)>| -> Vec<_> {
        files.into_iter().filter(|(name, _)| name.ends_with(".template.json") || name == "manifest.json").collect()
    };
    let expected = templates(files(&expected.0));
    std::thread::scope(|threads| {
        for order in [["A", "B", "C"], ["C", "B", "A"], ["B", "A", "C"], ["C", "A", "B"]] {
            let expected = &expected;
            threads.spawn(move || {
                for round in 0..25 {
                    let folder = Folder::new(&format!("order-{}-{round}", order.concat()));
                    assembly(&order).write(&folder.0).unwrap();
                    assert!(templates(files(&folder.0)) == *expected, "{order:?}, round {round}");
                }
            });
        }
    });
}

#[test]
fn stale_files_go_and_files_of_others_stay() {
    let folder = Folder::new("stale");
    fs::write(folder.0.join("notes.txt"), "mine").unwrap();
    assembly(&["A", "B"]).write(&folder.0).unwrap();
    assert!(folder.0.join("B.template.json").exists());
    assembly(&["A"]).write(&folder.0).unwrap();
    assert!(!folder.0.join("B.template.json").exists());
    assert!(folder.0.join("notes.txt").exists());
    assert!(!files(&folder.0).iter().any(|(name, _)| name.starts_with(".writing")));
}

#[test]
fn a_manifest_cannot_name_files_elsewhere_to_be_removed() {
    let outer = Folder::new("outer");
    let victim = outer.0.join("victim.template.json");
    fs::write(&victim, "x").unwrap();
    let inner = outer.0.join("out");
    fs::create_dir(&inner).unwrap();
    let manifest = r#"{"artifacts":{"S":{"properties":{"templateFile":"../victim.template.json"}}}}"#;
    fs::write(inner.join("manifest.json"), manifest).unwrap();
    assembly(&["A"]).write(&inner).unwrap();
    assert!(victim.exists());
}

#[test]
fn a_failure_leaves_the_earlier_assembly_whole() {
    let folder = Folder::new("failure");
    assembly(&["A"]).write(&folder.0).unwrap();
    let before = files(&folder.0);
    // A folder where a file has to go: nothing may have moved when that is noticed.
    fs::create_dir(folder.0.join("B.template.json")).unwrap();
    let error = assembly(&["A", "B"]).write(&folder.0).unwrap_err();
    assert!(error.path().ends_with("B.template.json"));
    fs::remove_dir(folder.0.join("B.template.json")).unwrap();
    assert!(files(&folder.0) == before);
}

#[test]
fn an_output_folder_that_is_a_file_is_an_error() {
    let folder = Folder::new("file");
    let path = folder.0.join("out");
    fs::write(&path, "x").unwrap();
    let error = assembly(&["A"]).write(&path).unwrap_err();
    assert_eq!(error.path(), path);
    assert_eq!(fs::read_to_string(&path).unwrap(), "x");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let error = assembly(&["A"]).write("/dev/full/out").unwrap_err();
    assert!(error.to_string().contains("/dev/full"), "{error}");
    let lock = Lock::default().updated(&assembly(&["A"]));
    assert!(lock.write("/dev/full/ce.lock").is_err());
}

#[test]
fn a_large_template_is_an_asset() {
    let app = App::new();
    app.stack("Large", PROD).raw("Text", "AWS::SSM::Parameter", [("Value", "é".repeat(30_000).into())]);
    let assembly = app.synth().unwrap();
    assert!(assembly.stack("Large").unwrap().is_asset(), "30,000 characters are 60,000 bytes");
    let folder = Folder::new("asset");
    assembly.write(&folder.0).unwrap();
    let text = fs::read_to_string(folder.0.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(manifest["artifacts"]["Large"]["dependencies"][0], "Large.assets");
    assert_eq!(manifest["artifacts"]["Large.assets"]["type"], "cdk:asset-manifest");
    let assets: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.0.join("Large.assets.json")).unwrap()).unwrap();
    let digest = assembly.stack("Large").unwrap().digest();
    assert_eq!(assets["files"][&digest]["source"]["path"], "Large.template.json");
}

#[test]
fn each_resource_is_written_with_its_line() {
    let folder = Folder::new("origins");
    assembly(&["A"]).write(&folder.0).unwrap();
    let facts: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.0.join("ce.json")).unwrap()).unwrap();
    let resources = facts["stacks"]["Base"]["resources"].as_object().unwrap();
    let (id, origin) = resources.iter().next().unwrap();
    assert!(id.starts_with("Queue"), "{id}");
    assert_eq!(origin["path"], "Base/Queue");
    let source = origin["source"].as_str().unwrap();
    assert!(source.starts_with("ce-synth/tests/disk.rs:"), "{source}");
}

#[test]
fn a_corrupt_lock_is_never_taken_for_an_empty_one() {
    let folder = Folder::new("lock");
    let path = folder.0.join("ce.lock");
    assert_eq!(Lock::read(&path).unwrap(), Lock::default());
    fs::write(&path, [0xff, 0xfe, 0x00]).unwrap();
    assert!(Lock::read(&path).is_err());
    fs::write(&path, "<<<<<<< HEAD\n").unwrap();
    assert!(Lock::read(&path).unwrap_err().to_string().contains("is not a lock"));
}

#[test]
fn the_lock_written_is_the_lock_read() {
    let folder = Folder::new("lock-written");
    let path = folder.0.join("ce.lock");
    let assembly = assembly(&["A", "B"]);
    let lock = Lock::default().updated(&assembly);
    lock.write(&path).unwrap();
    assert_eq!(Lock::read(&path).unwrap(), lock);
    assert!(lock.check(&assembly, Mode::Locked).is_empty());
}

/// The stock CLI reads the report before it deploys, and ends if it has no version.
#[test]
fn the_validation_report_has_the_version_of_the_manifest() {
    let folder = Folder::new("report");
    assembly(&["A"]).write(&folder.0).unwrap();
    let read = |name: &str| -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(folder.0.join(name)).unwrap()).unwrap()
    };
    assert!(read("manifest.json")["version"].is_string());
    assert_eq!(read("validation-report.json")["version"], read("manifest.json")["version"]);
}

#[test]
fn a_file_that_is_there_already_is_not_touched() {
    let folder = Folder::new("untouched");
    assembly(&["A"]).write(&folder.0).unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    let [kept, other] = ["A.template.json", "Base.template.json"].map(|name| folder.0.join(name));
    fs::write(&other, "somebody wrote here").unwrap();
    fs::File::options().append(true).open(&kept).unwrap().set_modified(long_ago).unwrap();
    let written = assembly(&["A"]).write(&folder.0).unwrap();
    assert_eq!(fs::metadata(&kept).unwrap().modified().unwrap(), long_ago);
    assert!(fs::read_to_string(&other).unwrap().contains("AWS::SQS::Queue"), "what differs is put right");
    assert!(written.files.contains(&"A.template.json".to_owned()));
}
