//! `ce synth`: runs the app, and says what it made.

use std::process::Stdio;

use serde_json::json;

use crate::arguments::Synth;
use crate::project::Source;
use crate::screen::counted;
use crate::session::Session;
use crate::stop::Stop;
use ce_deploy::engine::Exit;

pub(super) async fn run(session: &Session, synth: Synth) -> Result<Exit, Stop> {
    let source = session.source(None, synth.out)?;
    if let Source::App(app) = &source {
        let output = if session.global.json { Stdio::null() } else { Stdio::inherit() };
        app.run(output).await?;
    }
    let assembly = Source::Folder(source.folder().to_owned()).assembly(session.reading()).await?;
    let stacks: Vec<_> = assembly.stacks.iter().map(|stack| &stack.id).collect();
    if session.global.json {
        let folder = source.folder();
        session.screen.json(
            &json!({ "version": 1, "command": "synth", "folder": folder, "assembly": assembly.digest, "stacks": stacks }),
        );
    } else {
        session.screen.progress(&format!("{} in `{}`", counted(stacks.len(), "stack"), source.folder().display()));
    }
    Ok(Exit::Done)
}
