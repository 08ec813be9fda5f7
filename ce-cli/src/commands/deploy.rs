//! `ce deploy`: plan, one question, apply.

use std::sync::Arc;

use ce_deploy::assembly::Assembly;
use ce_deploy::engine::{Deployment, Exit, Options, Outcome};

use super::{deploying, judging};
use crate::arguments::{Deploy, Manner};
use crate::project::Along;
use crate::screen::outcome;
use crate::session::Session;
use crate::stop::Stop;

pub(super) async fn run(session: &Session, deploy: &Deploy) -> Result<Exit, Stop> {
    let (assembly, selection) = session.assembly(&deploy.chosen).await?;
    let meant = selection.of(&assembly, Along::Needed)?;
    let options = deploying::reverting(deploying::options(&deploy.manner)?.only(meant), deploy.revert_drift);
    let options = deploying::guarded(options, &deploy.guarding);
    let options = deploying::with_inputs(session, &assembly, &deploy.inputs, options)?;
    let again = deploying::again("deploy", &assembly, &deploy.chosen.stacks);
    carry_out(session, Arc::new(assembly), options, &deploy.manner, "deploy", again).await
}

/// Plans, asks and applies with these options.
pub(super) async fn carry_out(
    session: &Session,
    assembly: Arc<Assembly>,
    options: Options,
    manner: &Manner,
    command: &str,
    again: String,
) -> Result<Exit, Stop> {
    let (file, journal) = deploying::journal(session, &assembly)?;
    let options = deploying::remembering(session, options, journal);
    let mut deployment = Deployment::deploy(Arc::clone(&assembly), judging::judge(), options);
    let prompt = deploying::prompt(again, manner);
    let (ended, telling) = deploying::drive(session, &assembly, file, &mut deployment, prompt, manner.looking).await?;
    write_outputs(manner, &assembly, &ended)?;
    deploying::conclude(session, command, &ended, &telling);
    Ok(ended.exit)
}

pub(super) fn write_outputs(manner: &Manner, assembly: &Assembly, ended: &Outcome) -> Result<(), Stop> {
    let Some(path) = &manner.outputs else { return Ok(()) };
    outcome::write_outputs(path, assembly, ended)
        .map_err(|error| Stop::new(Exit::Unclassified, format!("cannot write `{}`: {error}", path.display())))
}
