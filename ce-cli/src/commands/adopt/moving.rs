//! `ce adopt move`: resources get into another stack.

use std::sync::Arc;

use ce_deploy::assembly::Assembly;
use ce_deploy::engine::{self, Errand, Exit, Options};
use ce_deploy::plan::Ask;

use super::resource::{again, named, type_of};
use crate::arguments::{Chosen, Move, ask};
use crate::commands::deploying;
use crate::screen;
use crate::session::Session;
use crate::stop::Stop;

pub(super) async fn run(session: &Session, moving: &Move) -> Result<Exit, Stop> {
    let (assembly, _) = session.assembly(&Chosen::default()).await?;
    let moves = moves(&assembly, &moving.places)?;
    let again = again("adopt move", &assembly, &moving.places);
    for step in &moves {
        session.screen.progress(&session.screen.foreign(&shown(step)));
    }
    // A move touches nothing, so it is only asked about where every change is.
    if ask(&moving.require_approval) == Ask::Any && !(session.screen.is_terminal() && screen::go_on(&session.screen)) {
        let stop = Stop::new(Exit::ApprovalNeeded, "the moves were not agreed to");
        return Err(stop.help(format!("to agree, run `{again} --require-approval never`")));
    }
    let (file, journal) = deploying::journal(session, &assembly)?;
    let assembly = Arc::new(assembly);
    let options = Options::default().timeout(moving.timeout).journal(journal);
    let mut errand = Errand::move_resources(Arc::clone(&assembly), moves, options);
    let (ended, telling) = deploying::drive(session, &assembly, file, &mut errand, screen::Prompt::new(again)).await?;
    deploying::conclude(session, "adopt move", &ended, &telling);
    Ok(ended.exit)
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

fn shown(step: &engine::Move) -> String {
    let ((from, old), (to, new)) = (&step.from, &step.to);
    format!("{from}.{old} moves to {to}.{new}")
}
