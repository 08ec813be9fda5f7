//! `ce drift`: what differs from the templates; accepted until the code says so too, or put back.

use std::collections::BTreeMap;
use std::sync::Arc;

use ce_deploy::assembly::{Stack, StackId};
use ce_deploy::cloud::{Mode, ResourceDrift};
use ce_deploy::engine::{self, Exit, Options, Report};
use serde_json::json;

use super::errands::{Came, Work};
use super::{deploy, deploying, reports, status};
use crate::arguments::Drift;
use crate::project::{Accepted, Along};
use crate::screen::{Detail, outcome};
use crate::session::Session;
use crate::stop::Stop;

pub(super) async fn run(session: &Session, drift: &Drift) -> Result<Exit, Stop> {
    let mut accepted = Accepted::read(&session.settings.folder)?;
    let (detail, looking) = (Detail::default(), drift.manner.looking);
    let work = Work { command: "drift", chosen: &drift.chosen, along: Along::Alone, detail, looking };
    let options = |journal| Options::default().timeout(drift.manner.timeout).journal(journal);
    let mut came = work.carry_out(session, options, engine::Errand::drift).await?;
    if drift.accept {
        accept(session, &came, &mut accepted)?;
    }
    let known = leave_out(&mut came, &accepted);
    if drift.revert && came.ended.exit == Exit::Drifted {
        return revert(session, drift, &came).await;
    }
    show(session, &came, &known);
    if drift.accept && !known.is_empty() {
        say_what_next(session, &accepted, &known);
    }
    Ok(came.ended.exit)
}

/// Writes down what differs now, in place of what differed when somebody last accepted it.
fn accept(session: &Session, came: &Came, accepted: &mut Accepted) -> Result<(), Stop> {
    for (stack, drifts) in drifts(came) {
        accepted.accept(stack, drifts);
    }
    accepted.write()?;
    // What is accepted is shown this once.
    reports::show(session, came);
    Ok(())
}

/// What was found out about stacks that are there and could be looked at.
fn drifts(came: &Came) -> impl Iterator<Item = (&Stack, &[ResourceDrift])> {
    came.ended.stacks.iter().filter_map(|(id, ended)| match &ended.report {
        Some(Report::Drift(drifts)) => Some((came.assembly.stack(id)?, drifts.as_slice())),
        _ => None,
    })
}

/// Takes accepted differences out of what was found; how many of each stack. What else is wrong stays wrong.
fn leave_out(came: &mut Came, accepted: &Accepted) -> BTreeMap<StackId, usize> {
    let mut known = BTreeMap::new();
    for (id, ended) in &mut came.ended.stacks {
        let (Some(Report::Drift(drifts)), Some(stack)) = (&mut ended.report, came.assembly.stack(id)) else { continue };
        let looked: Vec<(Option<ResourceDrift>, usize)> =
            drifts.iter().map(|drift| accepted.open(stack, drift)).collect();
        let count: usize = looked.iter().map(|(_, count)| count).sum();
        *drifts = looked.into_iter().filter_map(|(open, _)| open).collect();
        if count > 0 {
            known.insert(id.clone(), count);
        }
    }
    if came.ended.exit == Exit::Drifted && drifts(came).all(|(_, open)| open.is_empty()) {
        came.ended.exit = Exit::Done;
    }
    known
}

fn show(session: &Session, came: &Came, known: &BTreeMap<StackId, usize>) {
    let mut facts = outcome::facts(&session.screen, "drift", &came.ended, &came.telling);
    for (id, count) in known {
        facts["stacks"][id.as_str()]["report"]["accepted"] = json!(count);
    }
    if !session.global.json {
        reports::show(session, came);
        say_what_was_swapped(session, came);
        for (id, count) in known {
            let differences = if *count == 1 { "difference is" } else { "differences are" };
            session.screen.progress(&format!("{id}  {count} {differences} accepted in ce.drift.json"));
        }
    }
    deploying::conclude_with(session, &facts, &came.ended, &came.telling);
}

/// Drift that was made on purpose, from this machine.
fn say_what_was_swapped(session: &Session, came: &Came) {
    for (id, swapped) in status::hotswapped(session, &came.assembly) {
        let is_it = came.ended.stacks.get(&id).is_some_and(|stack| stack.arn.as_ref() == Some(&swapped.arn));
        if is_it {
            let resources: Vec<&str> = swapped.resources.keys().map(String::as_str).collect();
            session.screen.progress(&format!(
                "{id}  hotswapped by `ce watch`: {}; `ce deploy` brings it in step, also what no comparison finds",
                session.screen.foreign(&resources.join(", "))
            ));
        }
    }
}

fn say_what_next(session: &Session, accepted: &Accepted, known: &BTreeMap<StackId, usize>) {
    let count: usize = known.values().sum();
    let path = accepted.path().display();
    session.screen.progress(&format!(
        "{count} accepted in `{path}`, without their values: check it in\n   = help: to bring one into the code, give the \
         construct that is named above the value that is there, deploy, and run `ce drift --accept` again"
    ));
}

/// Deploys change sets that compare with what is there, for the stacks that drifted.
async fn revert(session: &Session, drift: &Drift, came: &Came) -> Result<Exit, Stop> {
    let drifted: Vec<StackId> =
        drifts(came).filter(|(_, drifts)| !drifts.is_empty()).map(|(stack, _)| stack.id.clone()).collect();
    for (stack, drifts) in drifts(came) {
        let text = reports::drift(&session.screen, stack, drifts);
        if !text.is_empty() {
            session.screen.progress(&text);
        }
    }
    let options = deploying::options(&drift.manner)?.only(drifted).mode(Mode::RevertDrift);
    let options = deploying::with_inputs(session, &came.assembly, &drift.inputs, options)?;
    let again = deploying::again("drift --revert", &came.assembly, &drift.chosen.stacks);
    deploy::carry_out(session, Arc::clone(&came.assembly), options, &drift.manner, "drift", again).await
}
