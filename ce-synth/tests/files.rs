//! Files that apps add to their assembly: what they may name, where they lie, and what is left of them.

#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use std::fs;
use std::path::PathBuf;

use ce_synth::value::{account_id, partition, region, sub};
use ce_synth::{Account, App, Assembly, Document, Environment, Expr, Findings, Region, Scope, Tier, Value, join};

const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::US_EAST_1, Tier::Production);

fn synth(build: impl FnOnce(Scope<'_>)) -> Result<Assembly, Findings> {
    let app = App::new();
    let stack = app.stack("Mail", PROD);
    stack.raw("Inbox", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
    build(stack);
    app.synth()
}

fn text(document: impl Into<Document>) -> String {
    let document = document.into();
    let assembly = synth(|stack| stack.file("a.md", document)).unwrap_or_else(|findings| panic!("{findings}"));
    assembly.file("a.md").unwrap_or_default().to_owned()
}

/// The one finding of an app: its code, message and help.
fn found(build: impl FnOnce(Scope<'_>)) -> (String, String, String) {
    let findings = synth(build).expect_err("a finding is expected");
    let [finding] = findings.iter().as_slice() else { panic!("one finding is expected:\n{findings}") };
    assert_eq!(finding.at.map(ce_synth::Place::file), Some(file!()));
    (finding.code.to_string(), finding.message.clone(), finding.help.clone().unwrap_or_default())
}

#[test]
fn references_are_read_for_people_and_for_shells() {
    let assembly = synth(|stack| {
        let queue = stack.raw("Outbox", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
        let people = Document::new().value(queue.reference::<String>()).text(", ").value(queue.att::<String>("Arn"));
        stack.file("people.md", people);
        stack.file("shell.md", Document::new().shell(queue.reference::<String>()));
        stack.output("OutboxArn", queue.att::<String>("Arn"));
        stack.file("arn.md", Document::new().shell(join!["aws sqs x ", queue.att::<String>("Arn")]));
    });
    let assembly = assembly.unwrap_or_else(|findings| panic!("{findings}"));
    assert_eq!(assembly.file("people.md"), Some("Outbox of stack Mail, Arn of Outbox of stack Mail"));
    let physical = "$(aws cloudformation describe-stack-resource --region us-east-1 --stack-name Mail \
                    --logical-resource-id Outbox --query StackResourceDetail.PhysicalResourceId --output text)";
    assert_eq!(assembly.file("shell.md"), Some(physical));
    let output = "aws sqs x $(aws cloudformation describe-stacks --region us-east-1 --stack-name Mail \
                  --query \"Stacks[0].Outputs[?OutputKey=='OutboxArn'].OutputValue\" --output text)";
    assert_eq!(assembly.file("arn.md"), Some(output));
}

#[test]
fn functions_and_pseudo_parameters_are_worked_out() {
    let arn = join!["arn:", partition(), ":sns:", region(), ":", account_id(), ":pages"];
    assert_eq!(text(Document::new().value(arn)), "arn:aws:sns:us-east-1:111111111111:pages");
    let name = sub("${Name}-${AWS::Region}-${!Kept}", [("Name", Value::from_expr("shop".into()))]);
    assert_eq!(text(Document::new().value(name)), "shop-us-east-1-${Kept}");
}

#[test]
fn an_output_that_another_stack_reads_is_known() {
    let app = App::new();
    let base = app.stack("Base", PROD);
    let arn: Value<String> = base.raw("Queue", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]).att("Arn");
    app.stack("Reader", PROD).output("Arn", arn.clone());
    base.file("a.md", Document::new().shell(arn));
    let assembly = app.synth().unwrap_or_else(|findings| panic!("{findings}"));
    assert!(assembly.file("a.md").unwrap_or_default().contains("OutputKey=='SharedQueueArn'"));
}

#[test]
fn an_attribute_without_output_is_found() {
    let (code, message, help) = found(|stack| {
        let queue = stack.raw("Outbox", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
        stack.file("a.md", Document::new().shell(queue.att::<String>("Arn")));
    });
    assert_eq!(code, "CE0303");
    assert_eq!(message, "`a.md` needs `Arn` of `Mail/Outbox`, which no output of its stack tells");
    assert!(help.contains("scope.output"), "{help}");
}

#[test]
fn a_resource_that_is_gone_is_found_with_its_line() {
    let template = Document::template("# Mail\n\n1. Look at {{Mail/Inbx}}.\n");
    let (code, message, help) = found(|stack| stack.file("runbooks/mail.md", template));
    assert_eq!(code, "CE0303");
    assert_eq!(message, "`runbooks/mail.md` names `Mail/Inbx`, which is no resource of the app, in line 3");
    assert_eq!(help, "did you mean `Mail/Inbox`?");
}

#[test]
fn a_resource_of_another_app_is_found() {
    let other = App::new();
    let queue = other.stack("Mail", PROD).raw("Q", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
    let (code, message, _) = found(|stack| stack.file("a.md", Document::new().value(queue.reference::<String>())));
    assert_eq!((code.as_str(), message.as_str()), ("CE0303", "`a.md` refers to a resource of another app"));
}

#[test]
fn the_account_is_not_guessed() {
    let app = App::new();
    app.stack("Mail", PROD);
    app.root().file("a.md", Document::new().value(account_id()));
    let findings = app.synth().expect_err("no stack, no account");
    assert!(findings.to_string().contains("`a.md` uses `AWS::AccountId`, and belongs to no stack"), "{findings}");
}

#[test]
fn paths_that_lead_away_are_found() {
    for path in ["../a.md", "/etc/a", "a/../../b", "", "a\\b"] {
        let (code, ..) = found(|stack| stack.file(path, "text"));
        assert_eq!(code, "CE0301", "{path}");
        let accepted = |stack: Scope<'_>| {
            stack.accept(ce_synth::Code::new("CE0301"), "I want it").file(path, "text");
        };
        assert!(synth(accepted).is_err(), "nobody can accept `{path}`");
    }
}

#[test]
fn two_files_of_one_name_are_found() {
    for (first, second) in [
        ("a.md", "A.md"),
        ("a", "a/b.md"),
        ("a/b/c.md", "a/B"),
        ("x.md", "Manifest.json"),
        ("x", "Mail.template.json/y"),
    ] {
        let findings = synth(|stack| {
            stack.file(first, "1");
            stack.file(second, "2");
        });
        let findings = findings.expect_err("a clash is expected");
        assert_eq!(
            findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(),
            ["CE0302"],
            "{first}, {second}"
        );
    }
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ce-files-{name}-{}", std::process::id()));
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

fn with(files: &[&str]) -> Assembly {
    let add = |stack: Scope<'_>| files.iter().for_each(|path| stack.file(*path, format!("{path}\n")));
    synth(add).unwrap_or_else(|findings| panic!("{findings}"))
}

#[test]
fn files_are_written_and_stale_ones_go_with_their_folders() {
    let folder = Folder::new("stale");
    let written = with(&["runbooks/a.md", "runbooks/deep/b.md", "workflows/c.yml"]).write(&folder.0).unwrap();
    assert!(written.files.contains(&"runbooks/deep/b.md".to_owned()));
    assert_eq!(fs::read_to_string(folder.0.join("runbooks/deep/b.md")).unwrap(), "runbooks/deep/b.md\n");
    fs::write(folder.0.join("workflows/mine.yml"), "mine").unwrap();
    with(&["runbooks/a.md"]).write(&folder.0).unwrap();
    assert!(folder.0.join("runbooks/a.md").exists());
    assert!(!folder.0.join("runbooks/deep").exists(), "an empty folder goes");
    assert!(!folder.0.join("workflows/c.yml").exists());
    assert!(folder.0.join("workflows/mine.yml").exists(), "files of others stay");
}

#[test]
fn a_failure_leaves_the_earlier_files_whole() {
    let folder = Folder::new("failure");
    with(&["a.md"]).write(&folder.0).unwrap();
    fs::write(folder.0.join("runbooks"), "a file of others").unwrap();
    let error = with(&["b.md", "runbooks/x.md"]).write(&folder.0).unwrap_err();
    assert!(error.path().ends_with("runbooks"));
    assert!(folder.0.join("a.md").exists() && !folder.0.join("b.md").exists());
}

#[test]
fn a_list_of_files_cannot_name_files_elsewhere_to_be_removed() {
    let outer = Folder::new("outer");
    let victim = outer.0.join("victim.md");
    fs::write(&victim, "x").unwrap();
    let inner = outer.0.join("out");
    fs::create_dir(&inner).unwrap();
    let absolute = victim.display().to_string();
    let list = format!("{{\"files\": [\"../victim.md\", \"{absolute}\", \"link/victim.md\"]}}");
    fs::write(inner.join("ce.json"), list).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&outer.0, inner.join("link")).unwrap();
    with(&[]).write(&inner).unwrap();
    assert!(victim.exists());
}

#[test]
fn a_file_is_attached_where_no_other_is() {
    let added = synth(|stack| stack.file("reports/cost.md", "costs\n"));
    let mut assembly = added.unwrap_or_else(|findings| panic!("{findings}"));
    for path in ["../a", "", "ce.json", "CE.json", "mail.Template.json", "reports", "Reports/cost.md", "ce.json/a"] {
        assembly.attach(path, "x").expect_err(path);
    }
    assembly.attach("reports/size.md", "small\n").expect("the path is free");
    assembly.attach("reports/size.md", "twice\n").expect_err("it is taken now");
    assert_eq!(assembly.file("reports/size.md"), Some("small\n"));
    let texts = assembly.texts();
    assert!(texts.contains(&("reports/size.md".to_owned(), "small\n".to_owned())));
    assert_eq!(texts.last().map(|(name, _)| &**name), Some("manifest.json"));
    let folder = std::env::temp_dir().join(format!("ce-attached-{}", std::process::id()));
    let written = assembly.write(&folder).unwrap();
    let listed = fs::read_to_string(folder.join("ce.json")).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert!(written.files.contains(&"reports/size.md".to_owned()));
    assert!(listed.contains("reports/size.md"), "a later run removes it when it is no longer there");
}
