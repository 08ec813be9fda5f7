//! `ce adopt move`: resources get into another stack.

use std::sync::Arc;

use ce_deploy::assembly::Assembly;
use ce_deploy::engine::{self, Errand, Exit, Options};
use ce_deploy::plan::{Approval, Ask, MovePlan};

use super::resource::{again, named, type_of};
use crate::arguments::{Looking, Move, ask};
use crate::commands::{deploying, status};
use crate::screen::{self, Prompt};
use crate::session::Session;
use crate::stop::Stop;

pub(super) async fn run(session: &Session, moving: &Move) -> Result<Exit, Stop> {
    let (assembly, places) = session.assembly_and_words(&moving.places).await?;
    let moves = moves(&assembly, &places)?;
    let again = again("adopt move", &assembly, &places);
    let found = status::there(session, &assembly).await?;
    let plan = MovePlan::new(&assembly, &moves, |id| found.get(id));
    agree(session, moving, &plan, &again)?;
    let (file, journal) = deploying::journal(session, &assembly)?;
    let assembly = Arc::new(assembly);
    let options = Options::default().timeout(moving.timeout).journal(journal);
    let mut errand = Errand::move_resources(Arc::clone(&assembly), moves, options);
    let (prompt, looking) = (Prompt::new(again), Looking::default());
    let (ended, telling) = deploying::drive(session, &assembly, file, &mut errand, prompt, looking).await?;
    deploying::conclude(session, "adopt move", &ended, &telling);
    Ok(ended.exit)
}

/// Shows the plan, and sees to it that somebody agreed where that is wanted. A move touches nothing, so it is only asked
/// about where every change is.
fn agree(session: &Session, moving: &Move, plan: &MovePlan, again: &str) -> Result<(), Stop> {
    let screen = &session.screen;
    let digest = plan.digest();
    screen.progress(&screen::move_text::of(screen, plan));
    let approval = moving.approve.iter().fold(Approval::default(), |approval, given| approval.digest(given));
    if approval.is_for_another(&digest) {
        let stop = Stop::new(Exit::ApprovalNeeded, "the approval is for another plan");
        return Err(stop.help(format!("this one is `sha256:{digest}`")));
    }
    let asked = ask(&moving.require_approval) == Ask::Any && !approval.covers_digest(&digest);
    if !asked || (screen.is_terminal() && screen::go_on(screen)) {
        return Ok(());
    }
    let stop = Stop::new(Exit::ApprovalNeeded, "the moves were not agreed to");
    Err(stop.help(format!("to agree, run `{again} --approve sha256:{digest}`")))
}

fn moves(assembly: &Assembly, places: &[String]) -> Result<Vec<engine::Move>, Stop> {
    let pairs = places.chunks_exact(2);
    if let [odd] = pairs.remainder() {
        let stop = Stop::new(Exit::Usage, format!("it is not said where `{odd}` goes to"));
        return Err(stop.help("write `ce adopt move Stack.Resource Other.Resource`"));
    }
    let step = |pair: &[String]| {
        let ((from, old), (to, new)) = (named(assembly, &pair[0])?, named(assembly, &pair[1])?);
        type_of(to, new)?;
        Ok(engine::Move { from: (from.id.clone(), old.to_owned()), to: (to.id.clone(), new.to_owned()) })
    };
    pairs.map(step).collect()
}
