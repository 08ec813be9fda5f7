//! A round: what a change of a file leads to.

use std::collections::BTreeSet;
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::engine::Exit;

use super::{deploying, hotswapping};
use crate::arguments::Watch;
use crate::commands::validate;
use crate::project::Along;
use crate::screen::counted;
use crate::session::Session;
use crate::stop::Stop;

/// Runs the app, checks what it gives, and takes the fastest rung that does it all.
pub(super) async fn round(session: &Session, watch: &Watch) -> Result<Exit, Stop> {
    let (assembly, selection) = session.assembly(&watch.chosen).await?;
    let meant = selection.of(&assembly, Along::Needed)?;
    check(session, &assembly, &meant)?;
    let assembly = Arc::new(assembly);
    if !watch.no_hotswap
        && let Some(exit) = hotswapping::hotswap(session, watch, &assembly, &meant).await?
    {
        return Ok(exit);
    }
    deploying::deploy(session, watch, &assembly, &meant).await
}

/// An assembly that would be refused is not tried: nothing is called in this round.
fn check(session: &Session, assembly: &Assembly, meant: &BTreeSet<StackId>) -> Result<(), Stop> {
    let stacks = assembly.stacks.iter().filter(|stack| meant.contains(&stack.id));
    let findings = validate::findings(stacks);
    for finding in findings.iter().filter(|finding| !finding.wrong) {
        session.screen.progress(&format!("warning: {}: {}", finding.stack, finding.message));
    }
    let wrong: Vec<_> = findings.iter().filter(|finding| finding.wrong).collect();
    let Some(first) = wrong.first() else { return Ok(()) };
    let message = format!("{}: {}: {}", counted(wrong.len(), "finding"), first.stack, first.message);
    Err(Stop::new(Exit::Refused, message).help("nothing was called; `ce validate` lists them all"))
}
