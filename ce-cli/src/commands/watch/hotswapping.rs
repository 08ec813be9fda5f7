//! The first rung: what needs no deployment.

use std::collections::BTreeSet;
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::engine::{Exit, Hotswap, HotswapReport, Outcome, Report};
use ce_deploy::hotswap::{Aim, Obstacle};

use crate::arguments::{Looking, Watch};
use crate::commands::{deploy, deploying};
use crate::drive::now;
use crate::screen::{Prompt, Telling, outcome, written};
use crate::session::Session;
use crate::stop::Stop;

/// So many reasons are shown; the others are counted.
const SHOWN: usize = 8;

/// Swaps what differs, if all of it can be. None if a deployment must go on.
pub(super) async fn hotswap(
    session: &Session,
    watch: &Watch,
    assembly: &Arc<Assembly>,
    meant: &BTreeSet<StackId>,
) -> Result<Option<Exit>, Stop> {
    let (file, journal) = deploying::journal(session, assembly)?;
    let options = deploying::options(&watch.manner)?.only(meant.iter().cloned()).journal(journal);
    let options = deploying::with_inputs(session, assembly, &watch.inputs, options)?;
    let mut hotswap = Hotswap::new(Arc::clone(assembly), &ce_cfn::SCHEMAS, options);
    let (prompt, looking) = (Prompt::default(), Looking::default());
    let (ended, telling) = deploying::drive(session, assembly, file, &mut hotswap, prompt, looking).await?;
    if matches!(ended.exit, Exit::Interrupted | Exit::Detached) {
        return Ok(Some(ended.exit));
    }
    if !show(session, assembly, &ended) {
        return Ok(None);
    }
    deploy::write_outputs(&watch.manner, assembly, &ended)?;
    conclude(session, &ended, &telling);
    Ok(Some(Exit::Done))
}

/// Says what was swapped, or what stands against it. Whether nothing is left for a deployment.
fn show(session: &Session, assembly: &Assembly, ended: &Outcome) -> bool {
    let reports = ended.stacks.iter().filter_map(|(id, stack)| match &stack.report {
        Some(Report::Hotswap(report)) => Some((id, report)),
        _ => None,
    });
    let (mut swapped, mut as_wanted, mut against) = (BTreeSet::new(), false, Vec::new());
    for (id, report) in reports {
        match report {
            HotswapReport::Swapped(aims) => {
                swapped.insert(id.to_string());
                aims.iter().for_each(|aim| session.screen.progress(&swap(session, assembly, id, aim)));
            }
            HotswapReport::AsWanted => as_wanted = true,
            HotswapReport::Refused(obstacles) => against.extend(obstacles.iter().map(|it| obstacle(session, it))),
            HotswapReport::Same | HotswapReport::NotBegun | HotswapReport::Failed(_) => {}
        }
    }
    against.extend(ended.problems.iter().map(|problem| session.screen.foreign(&problem.message)));
    if !swapped.is_empty() {
        warn(session, &swapped);
    } else if as_wanted && against.is_empty() {
        session.screen.progress("hotswapped before: nothing differs from what the app says");
    }
    let shown = against.len().min(SHOWN);
    against[..shown].iter().for_each(|why| session.screen.progress(&format!("no hotswap: {why}")));
    if against.len() > shown {
        session.screen.progress(&format!("no hotswap: and {} more", against.len() - shown));
    }
    against.is_empty() && (!swapped.is_empty() || as_wanted)
}

fn warn(session: &Session, swapped: &BTreeSet<String>) {
    let stacks: Vec<&str> = swapped.iter().map(String::as_str).collect();
    session.screen.progress(&format!(
        "warning: this is drift: CloudFormation does not know what was swapped in {}; the next `ce deploy` brings it in step",
        stacks.join(", ")
    ));
}

/// What was set of a resource, and where it was written.
fn swap(session: &Session, assembly: &Assembly, id: &StackId, aim: &Aim) -> String {
    let properties: Vec<&str> = aim.properties().into_iter().collect();
    let origin = assembly.stack(id).and_then(|stack| stack.origins.get(&aim.logical_id));
    let origin = origin.map(|origin| format!(" [{}]", written(origin))).unwrap_or_default();
    let text = format!("{id}  hotswapped `{}` {}: {}{origin}", aim.logical_id, aim.type_name, properties.join(", "));
    session.screen.foreign(&text)
}

fn obstacle(session: &Session, obstacle: &Obstacle) -> String {
    let is_known = !obstacle.origin.path.is_empty();
    let origin = if is_known { format!(" [{}]", written(&obstacle.origin)) } else { String::new() };
    session.screen.foreign(&format!("{}  {obstacle}{origin}", obstacle.stack))
}

fn conclude(session: &Session, ended: &Outcome, telling: &Telling) {
    let facts = outcome::facts(&session.screen, "watch", ended, telling);
    session.screen.event("ended", now().0, facts.clone());
    if session.global.json {
        session.screen.json(&facts);
    }
}
