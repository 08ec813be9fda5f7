//! `ce apply`: what an earlier plan says, or nothing.

use std::sync::Arc;

use ce_deploy::engine::{Deployment, Exit};
use ce_deploy::plan::Plan;

use super::{deploy, deploying, judging};
use crate::arguments::Apply;
use crate::session::Session;
use crate::stop::Stop;

pub(super) async fn run(session: &Session, apply: &Apply) -> Result<Exit, Stop> {
    let shown = apply.plan.display();
    let text = std::fs::read_to_string(&apply.plan)
        .map_err(|error| Stop::new(Exit::Usage, format!("cannot read the plan `{shown}`: {error}")))?;
    let plan = Plan::read(&text).map_err(|error| Stop::new(Exit::Stale, format!("`{shown}`: {error}")))?;
    let assembly = Arc::new(session.assembly_in(apply.assembly.clone()).await?);
    let (file, journal) = deploying::journal(session, &assembly)?;
    let options = deploying::reverting(deploying::options(&apply.manner)?, apply.revert_drift);
    let options = deploying::remembering(session, options, journal);
    let options = deploying::with_inputs(session, &assembly, &apply.inputs, options)?;
    let mut deployment = Deployment::apply(Arc::clone(&assembly), judging::judge(), plan, options);
    let again = format!("ce apply {shown} {}", assembly.folder.display());
    let (prompt, looking) = (deploying::prompt(again, &apply.manner), apply.manner.looking);
    let (ended, telling) = deploying::drive(session, &assembly, file, &mut deployment, prompt, looking).await?;
    deploy::write_outputs(&apply.manner, &assembly, &ended)?;
    deploying::conclude(session, "apply", &ended, &telling);
    Ok(ended.exit)
}
