//! The entry point of an app, as a person or a pipeline meets it: flags, screens, exit codes, the lock.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use std::fs;
use std::path::{Path, PathBuf};

use ce::cfn::s3;
use ce::prelude::*;
use ce::run::{Attachment, Program, Surroundings, Synthesis, run_in};

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ce-run-{name}-{}", std::process::id()));
        fs::remove_dir_all(&path).ok();
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

struct Ran {
    code: u8,
    output: String,
    errors: String,
}

/// Runs an app in a folder, as `cargo run` would in a package there.
fn run(folder: &Folder, arguments: &[&str], build: impl FnOnce(&App)) -> Ran {
    run_with(folder, arguments, &[], build)
}

fn run_with(folder: &Folder, arguments: &[&str], variables: &[(&str, &str)], build: impl FnOnce(&App)) -> Ran {
    let surroundings = surroundings(folder, arguments, variables);
    ran(|output, errors| run_in(&surroundings, build, output, errors))
}

/// As [`run`], with what the app computes from its assembly.
fn run_program(folder: &Folder, arguments: &[&str], program: &Program<'_>) -> Ran {
    let surroundings = surroundings(folder, arguments, &[]);
    ran(|output, errors| program.run_in(&surroundings, output, errors))
}

fn ran(run: impl FnOnce(&mut Vec<u8>, &mut Vec<u8>) -> u8) -> Ran {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let code = run(&mut output, &mut errors);
    Ran { code, output: String::from_utf8(output).unwrap(), errors: String::from_utf8(errors).unwrap() }
}

fn surroundings(folder: &Folder, arguments: &[&str], variables: &[(&str, &str)]) -> Surroundings {
    let mut surroundings = Surroundings { program: "shop".to_owned(), ..Surroundings::default() };
    surroundings.arguments = arguments.iter().map(Into::into).collect();
    let home =
        [("CARGO_MANIFEST_DIR", folder.0.to_str().unwrap()), ("CDK_OUTDIR", folder.0.join("ce.out").to_str().unwrap())]
            .map(|(key, value)| (key.to_owned(), value.to_owned()));
    surroundings.variables.extend(home);
    surroundings.variables.extend(variables.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
    surroundings
}

fn shop(app: &App) {
    app.stack("Data", PROD).child("Orders").add("Bucket", s3::Bucket::new());
}

#[test]
fn a_run_writes_the_assembly_and_the_lock_and_says_so() {
    let folder = Folder::new("plain");
    let ran = run(&folder, &[], shop);
    assert_eq!((ran.code, &*ran.errors), (0, ""));
    assert!(ran.output.contains("Data") && ran.output.contains("1 stack, 1 resources, no findings"), "{}", ran.output);
    assert!(folder.file("ce.out/manifest.json").exists());
    let lock = fs::read_to_string(folder.file("ce.lock")).unwrap();
    assert!(lock.contains("[shop/Data]") && lock.contains("AWS::S3::Bucket stateful"), "{lock}");
}

#[test]
fn json_is_for_machines() {
    let folder = Folder::new("json");
    let ran = run(&folder, &["--format", "json"], shop);
    let report: serde_json::Value = serde_json::from_str(&ran.output).unwrap();
    assert_eq!(report["stacks"][0]["resources"], 1);
    let ran = run(&folder, &["--format=json"], |app| {
        app.stack("Data", PROD).stack().named("1");
    });
    let report: serde_json::Value = serde_json::from_str(&ran.output).unwrap();
    assert_eq!((ran.code, &report["findings"][0]["code"]), (1, &"CE0106".into()));
}

#[test]
fn errors_leave_everything_as_it_was() {
    let folder = Folder::new("errors");
    assert_eq!(run(&folder, &[], shop).code, 0);
    let before = (fs::read(folder.file("ce.out/manifest.json")).unwrap(), fs::read(folder.file("ce.lock")).unwrap());
    let ran = run(&folder, &[], |app| {
        shop(app);
        app.stack("Data", PROD);
    });
    assert_eq!(ran.code, 1);
    assert!(ran.errors.contains("error[CE0001]: `Data` is already taken in this scope"), "{}", ran.errors);
    assert!(ran.errors.contains("run.rs:") && ran.errors.contains("error"), "{}", ran.errors);
    assert_eq!(
        before,
        (fs::read(folder.file("ce.out/manifest.json")).unwrap(), fs::read(folder.file("ce.lock")).unwrap())
    );
}

#[test]
fn wrong_flags_are_errors() {
    let folder = Folder::new("flags");
    for arguments in
        [&["--odd"][..], &["-c", "novalue"], &["--format", "yaml"], &["--out"], &["--locked", "--no-lock"], &["stray"]]
    {
        let ran = run(&folder, arguments, shop);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.errors.starts_with("error: "), "{}", ran.errors);
        assert!(!folder.file("ce.out").exists());
    }
    assert_eq!(run_with(&folder, &[], &[("CDK_CONTEXT_JSON", "[1")], shop).code, 2);
}

#[test]
fn help_is_help() {
    let ran = run(&Folder::new("help"), &["--help"], |_| panic!("help builds nothing"));
    assert!(ran.code == 0 && ran.output.contains("--locked"));
}

#[test]
fn codes_are_explained() {
    let folder = Folder::new("explain");
    let ran = run(&folder, &["--explain", "ce0411"], |_| panic!("an explanation builds nothing"));
    assert!(ran.code == 0 && ran.output.starts_with("CE0411: "), "{}", ran.output);
    assert_eq!(run(&folder, &["--explain", "CE9999"], shop).code, 2);
}

#[test]
fn context_comes_from_flags_and_from_the_stock_cli() {
    let folder = Folder::new("context");
    let mut seen = Vec::new();
    let variables = [("CDK_CONTEXT_JSON", r#"{"environment":"dev","other":1}"#)];
    run_with(&folder, &[], &variables, |app| seen.push(app.context("environment")));
    run_with(&folder, &["-c", "environment=staging"], &variables, |app| seen.push(app.context("environment")));
    assert_eq!(seen, [Some("dev".to_owned()), Some("staging".to_owned())]);
}

#[test]
fn a_lost_resource_is_refused_and_a_locked_run_refuses_any_difference() {
    let folder = Folder::new("lock");
    assert_eq!(run(&folder, &["--locked"], shop).code, 1, "there is no lock yet");
    assert_eq!(run(&folder, &[], shop).code, 0);
    assert_eq!(run(&folder, &["--locked"], shop).code, 0);
    let moved = |app: &App| {
        app.stack("Data", PROD).child("Moved").add("Bucket", s3::Bucket::new());
    };
    let ran = run(&folder, &[], moved);
    assert_eq!(ran.code, 1);
    assert!(ran.errors.contains("CE0501") && ran.errors.contains(".moved_from(\"Orders/Bucket\")"), "{}", ran.errors);
    assert_eq!(run(&folder, &["--no-lock"], moved).code, 0);
}

#[test]
fn what_cannot_be_read_or_written_is_said_with_its_cause() {
    let folder = Folder::new("unwritable");
    fs::write(folder.file("ce.lock"), "garbage").unwrap();
    let ran = run(&folder, &[], shop);
    assert_eq!(ran.code, 3);
    assert!(ran.errors.contains("is not a lock") && ran.errors.contains("= because: line 1"), "{}", ran.errors);
    fs::remove_file(folder.file("ce.lock")).unwrap();
    fs::write(folder.file("ce.out"), "a file").unwrap();
    let ran = run(&folder, &[], shop);
    assert_eq!(ran.code, 3);
    assert!(ran.errors.contains("cannot write"), "{}", ran.errors);
    assert!(!Path::new(&folder.file("ce.lock")).exists(), "no lock without its assembly");
}

type Reported = Result<Option<Attachment>, Box<dyn std::error::Error>>;
type Reporter = fn(&Synthesis<'_>) -> Reported;

/// Environments may differ in their number of queues.
fn queues(app: &App) {
    let count = app.context("queues").map_or(1, |count| count.parse().unwrap());
    let stack = app.stack("Mail", PROD);
    for number in 0..count {
        stack.raw(&format!("Queue{number}"), "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
    }
}

fn sizes(synthesis: &Synthesis<'_>) -> Reported {
    let size = |assembly: &ce::synth::Assembly| assembly.stacks().map(|stack| stack.resources().len()).sum::<usize>();
    let others = synthesis.variants([[("queues", "3")], [("queues", "2")]], size)?;
    let line = format!("{} here, {others:?} elsewhere", size(synthesis.assembly()));
    Ok(Some(Attachment::new("sizes", &line).file("reports/sizes.txt", format!("{line}\n"))))
}

#[test]
fn a_report_is_written_with_the_assembly_and_said() {
    let folder = Folder::new("report");
    let program = ce::app(queues).report(sizes).report(|_| Ok(None));
    let ran = run_program(&folder, &[], &program);
    assert_eq!((ran.code, &*ran.errors), (0, ""));
    let file = folder.file("ce.out/reports/sizes.txt");
    assert_eq!(fs::read_to_string(&file).unwrap(), "1 here, [3, 2] elsewhere\n");
    let line = format!("\nsizes: 1 here, [3, 2] elsewhere ({})\n", file.display());
    assert!(ran.output.contains(&line), "{}", ran.output);
    let json: serde_json::Value =
        serde_json::from_str(&run_program(&folder, &["--format", "json"], &program).output).unwrap();
    let expected =
        serde_json::json!({ "name": "sizes", "line": "1 here, [3, 2] elsewhere", "files": ["reports/sizes.txt"] });
    assert_eq!(json["reports"], serde_json::json!([expected]));
    // Another run without it takes it away.
    let ran = run_program(&folder, &["--no-reports"], &program);
    assert!(ran.code == 0 && !ran.output.contains("sizes") && !file.exists(), "{}", ran.output);
}

#[test]
fn a_report_knows_what_the_app_was_given() {
    let folder = Folder::new("given");
    let program = ce::app(queues).report(|synthesis| {
        assert_eq!((synthesis.context("queues"), synthesis.context("other")), (Some("2"), None));
        assert_eq!(synthesis.home(), Some(folder.0.as_path()));
        Ok(Some(Attachment::new("given", "all of it")))
    });
    let ran = run_program(&folder, &["-c", "queues=2"], &program);
    assert!(ran.code == 0 && ran.output.contains("\ngiven: all of it\n"), "{}", ran.output);
}

#[test]
fn a_report_that_fails_leaves_everything_as_it_was() {
    let folder = Folder::new("report-fails");
    let elsewhere = |synthesis: &Synthesis<'_>| {
        synthesis.variants([[("stack", "1")]], |_| ())?;
        Ok(None)
    };
    let failing: [(Reporter, &str); 3] = [
        (|_| Err("the table is torn".into()), "cannot compute a report of the app\n   = because: the table is torn"),
        (|_| Ok(Some(Attachment::new("a", "b").file("manifest.json", ""))), "cannot attach `manifest.json`"),
        (elsewhere, "CE0106"),
    ];
    for (report, said) in failing {
        let program = ce::app(|app| {
            queues(app);
            if app.context("stack").is_some() {
                app.stack("Data", PROD).stack().named("1");
            }
        });
        let ran = run_program(&folder, &[], &program.report(report));
        assert!(ran.code == 3 && ran.errors.contains(said), "{}", ran.errors);
        assert!(!folder.file("ce.out").exists() && !folder.file("ce.lock").exists());
    }
}
