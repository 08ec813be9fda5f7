//! One file a command.

mod adopt;
mod apply;
mod asking;
mod bootstrap;
mod completions;
mod deploy;
mod deploying;
mod doctor;
mod drift;
mod errands;
mod explain;
mod judging;
mod ls;
mod offline;
mod plan;
mod playing;
mod reports;
mod simulate;
mod status;
mod synth;
mod validate;
mod watch;

use serde_json::json;

use crate::arguments::Command;
use crate::screen::style;
use crate::session::Session;
use crate::stop::Stop;
use ce_deploy::engine::Exit;

/// Runs a command.
pub(crate) async fn run(session: &Session, command: Command) -> Result<Exit, Stop> {
    match command {
        Command::Completions { shell } => completions::run(session, shell),
        Command::Plan(plan) => plan::run(session, &plan, "plan").await,
        Command::Diff(plan) => plan::run(session, &plan, "diff").await,
        Command::Apply(apply) => apply::run(session, &apply).await,
        Command::Deploy(deploy) => deploy::run(session, &deploy).await,
        Command::Destroy(destroy) => errands::destroy(session, &destroy).await,
        Command::Attach(errand) => errands::attach(session, &errand).await,
        Command::Cancel(errand) => errands::cancel(session, &errand).await,
        Command::Drift(drift) => drift::run(session, &drift).await,
        Command::Recover(recover) => errands::recover(session, &recover).await,
        Command::Adopt(adopt) => adopt::run(session, &adopt).await,
        Command::Status(chosen) => status::run(session, &chosen).await,
        Command::Validate(validate) => validate::run(session, &validate).await,
        Command::Watch(watch) => watch::run(session, watch).await,
        Command::Bootstrap(bootstrap) => bootstrap::run(session, &bootstrap).await,
        Command::Doctor(chosen) => doctor::run(session, &chosen).await,
        Command::Explain { code } => explain::run(session, code.as_deref()),
        Command::Ls(chosen) => ls::run(session, &chosen).await,
        Command::Simulate(simulate) => simulate::run(session, simulate).await,
        Command::Synth(synth) => synth::run(session, synth).await,
    }
}

/// Says why a command ended early.
pub(crate) fn explain_stop(session: &Session, command: &str, json: bool, stop: &Stop) {
    let screen = &session.screen;
    let message = screen.foreign(&stop.message);
    let help = stop.help.as_ref().map(|help| screen.foreign(help));
    if json {
        let error = json!({ "message": message, "help": help });
        screen.json(&json!({ "version": 1, "command": command, "exit": stop.exit.code(), "error": error }));
    }
    let (bad, end) = (style::BAD, style::BAD.render_reset());
    screen.failure(&format!("{bad}error{end}: {message}"));
    if let Some(help) = help {
        screen.failure(&format!("   = help: {help}"));
    }
}
