//! `ce synth`: runs the app, and says what it made.

use std::process::Stdio;

use serde_json::json;

use crate::arguments::Synth;
use crate::screen::counted;
use crate::session::Session;
use crate::stop::Stop;
use ce_deploy::engine::Exit;

pub(super) async fn run(session: &Session, synth: Synth) -> Result<Exit, Stop> {
    let output = if session.global.json { Stdio::null() } else { Stdio::inherit() };
    let source = Box::pin(session.made(session.source(None, synth.out)?, output)).await?;
    // Where it goes is for a deployment to know.
    let assembly = source.assembly(session.reading().anywhere()).await?;
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
