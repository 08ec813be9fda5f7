//! Help texts and completions.

use crate::ran::Desk;

const COMMANDS: [&str; 20] = [
    "synth",
    "ls",
    "simulate",
    "plan",
    "apply",
    "deploy",
    "destroy",
    "diff",
    "status",
    "attach",
    "cancel",
    "recover",
    "drift",
    "adopt",
    "validate",
    "watch",
    "bootstrap",
    "doctor",
    "explain",
    "completions",
];

#[tokio::test]
async fn the_help_of_all_of_it() {
    let desk = Desk::new("help");
    insta::assert_snapshot!(desk.run(&["-h"]).await.expect(0).output);
    insta::assert_snapshot!("simulate", desk.run(&["simulate", "-h"]).await.expect(0).output);
    insta::assert_snapshot!("deploy", desk.run(&["deploy", "-h"]).await.expect(0).output);
    let watch = desk.run(&["watch", "--help"]).await.expect(0).output;
    insta::assert_snapshot!("watch", watch.split("\n\nUsage:").next().unwrap_or_default());
    let watch = desk.run(&["watch", "-h"]).await.expect(0).output;
    assert!(watch.contains("--no-hotswap") && watch.contains("[default: express]"), "{watch}");
    insta::assert_snapshot!("adopt", desk.run(&["adopt", "-h"]).await.expect(0).output);
    for command in ["import", "move", "forget"] {
        let help = desk.run(&["adopt", command, "-h"]).await.expect(0).output;
        // The flags that every command has are shown once.
        let own = help.split("Options of every command").next().unwrap_or_default();
        insta::assert_snapshot!(format!("adopt_{command}"), own);
    }
}

#[tokio::test]
async fn every_command_has_help() {
    let desk = Desk::new("helps");
    for command in COMMANDS {
        let help = desk.run(&[command, "--help"]).await.expect(0).output;
        assert!(help.contains(&format!("Usage: ce {command}")), "{help}");
    }
}

#[tokio::test]
async fn completions_know_every_command() {
    let desk = Desk::new("completions");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = desk.run(&["completions", shell]).await.expect(0).output;
        assert!(COMMANDS.iter().all(|command| script.contains(command)), "{shell}");
    }
}

#[tokio::test]
async fn without_a_command_the_help_is_shown() {
    let desk = Desk::new("nothing");
    for words in [&[][..], &["adopt"]] {
        let ran = desk.run(words).await.expect(64);
        assert!(ran.errors.contains("Commands:") && ran.errors.contains("Usage: ce"), "{}", ran.shown());
    }
}

/// What a new user gets wrong first.
#[tokio::test]
async fn a_folder_without_an_assembly_is_named() {
    let desk = Desk::new("folder");
    std::fs::create_dir_all(desk.folder.join("empty")).expect("a folder");
    let ran = desk.run(&["plan", "empty"]).await.expect(64);
    assert!(ran.errors.contains("no assembly is in `empty`") && ran.errors.contains("manifest.json"), "{}", ran.errors);
    let ran = desk.run(&["plan"]).await.expect(64);
    assert!(ran.errors.contains("no app is known"), "{}", ran.errors);
    crate::small::shop(&desk, &crate::small::queue("a"));
    let ran = desk.run(&["ls", "out", "empty"]).await.expect(64);
    assert!(ran.errors.contains("it is a folder, and no assembly is in it"), "{}", ran.errors);
    desk.run(&["watch", "out", "--path", "nowhere"]).await.expect(64);
}

#[tokio::test]
async fn an_unknown_flag_is_an_error_with_a_suggestion() {
    let ran = Desk::new("flag").run(&["deploy", "--require-aproval=never"]).await.expect(64);
    assert!(ran.errors.contains("--require-approval"), "{}", ran.errors);
}

#[tokio::test]
async fn variables_mirror_flags() {
    let desk = Desk::new("variables");
    let ran = desk.run_with(&["explain", "5"], &[("CE_JSON", "true")]).await.expect(0);
    assert_eq!(ran.json()["code"], "5");
}
