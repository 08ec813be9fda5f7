//! `ce deploy`: plan, one question, apply.

use std::sync::Arc;

use ce_deploy::assembly::Assembly;
use ce_deploy::engine::{Deployment, Exit, Outcome};

use super::{deploying, judging};
use crate::arguments::{Deploy, Manner};
use crate::project::Along;
use crate::screen::outcome;
use crate::session::Session;
use crate::stop::Stop;

pub(super) async fn run(session: &Session, deploy: &Deploy) -> Result<Exit, Stop> {
    let (assembly, selection) = session.assembly(&deploy.chosen).await?;
    let meant = selection.of(&assembly, Along::Needed)?;
    let (file, journal) = deploying::journal(session, &assembly)?;
    let options = deploying::options(&deploy.manner).only(meant).journal(journal);
    let options = deploying::with_inputs(session, &assembly, &deploy.inputs, options)?;
    let assembly = Arc::new(assembly);
    let mut deployment = Deployment::deploy(Arc::clone(&assembly), judging::judge(), options);
    let again = deploying::again("deploy", &assembly, &deploy.chosen.stacks);
    let (ended, telling) = deploying::drive(session, &assembly, file, &mut deployment, again).await?;
    write_outputs(&deploy.manner, &assembly, &ended)?;
    deploying::conclude(session, "deploy", &ended, &telling);
    Ok(ended.exit)
}

pub(super) fn write_outputs(manner: &Manner, assembly: &Assembly, ended: &Outcome) -> Result<(), Stop> {
    let Some(path) = &manner.outputs else { return Ok(()) };
    outcome::write_outputs(path, assembly, ended)
        .map_err(|error| Stop::new(Exit::Unclassified, format!("cannot write `{}`: {error}", path.display())))
}
