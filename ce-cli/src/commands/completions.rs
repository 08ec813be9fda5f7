//! `ce completions SHELL`.

use clap_complete::Shell;

use crate::arguments;
use crate::session::Session;
use crate::stop::Stop;
use ce_deploy::engine::Exit;

pub(super) fn run(session: &Session, shell: Shell) -> Result<Exit, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut arguments::whole(), "ce", &mut script);
    let script = String::from_utf8(script).map_err(|error| Stop::new(Exit::Bug, error.to_string()))?;
    session.screen.result(script.trim_end());
    Ok(Exit::Done)
}
