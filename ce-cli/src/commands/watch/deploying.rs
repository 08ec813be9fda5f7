//! The rungs below: a deployment in the mode that was asked for, express by default, and standard where that is refused.

use std::collections::BTreeSet;
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, StackId};
use ce_deploy::cloud::Mode;
use ce_deploy::engine::{Deployment, Exit, Outcome};

use crate::arguments::Watch;
use crate::commands::{deploy, deploying, judging};
use crate::screen::Telling;
use crate::session::Session;
use crate::stop::Stop;

/// Deploys what is meant.
pub(super) async fn deploy(
    session: &Session,
    watch: &Watch,
    assembly: &Arc<Assembly>,
    meant: &BTreeSet<StackId>,
) -> Result<Exit, Stop> {
    let mode: Mode = watch.manner.mode.into();
    say(session, mode);
    let (mut ended, mut telling) = in_mode(session, watch, assembly, meant, mode).await?;
    if mode == Mode::Express && refuses_express(&ended) {
        let why = ended.problems.first().map(|problem| session.screen.foreign(&problem.message)).unwrap_or_default();
        session.screen.progress(&format!("express mode is refused: {why}"));
        say(session, Mode::Standard);
        (ended, telling) = in_mode(session, watch, assembly, meant, Mode::Standard).await?;
    }
    deploy::write_outputs(&watch.manner, assembly, &ended)?;
    deploying::conclude(session, "deploy", &ended, &telling);
    Ok(ended.exit)
}

fn say(session: &Session, mode: Mode) {
    let word = if mode == Mode::Express { "express" } else { "standard" };
    session.screen.progress(&format!("deploying in {word} mode"));
}

async fn in_mode(
    session: &Session,
    watch: &Watch,
    assembly: &Arc<Assembly>,
    meant: &BTreeSet<StackId>,
    mode: Mode,
) -> Result<(Outcome, Telling), Stop> {
    let (file, journal) = deploying::journal(session, assembly)?;
    let options = deploying::options(&watch.manner)?.only(meant.iter().cloned()).journal(journal).mode(mode);
    let options = deploying::with_inputs(session, assembly, &watch.inputs, options)?;
    let again = deploying::again("deploy", assembly, &watch.chosen.stacks);
    let mut deployment = Deployment::deploy(Arc::clone(assembly), judging::judge(), options);
    let prompt = deploying::prompt(again, &watch.manner);
    deploying::drive(session, assembly, file, &mut deployment, prompt, watch.manner.looking).await
}

/// Whether nothing was changed because the service does not take the mode: it names it then.
fn refuses_express(ended: &Outcome) -> bool {
    let names =
        |message: &str| ["express", "deploymentconfig"].iter().any(|word| message.to_lowercase().contains(word));
    ended.exit == Exit::Refused && ended.problems.iter().any(|problem| names(&problem.message))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use ce_deploy::engine::{Exit, Outcome, Problem};

    use super::refuses_express;

    #[test]
    fn a_refusal_that_names_the_mode_is_one_of_the_mode() {
        let ended = |exit, message: &str| {
            let problems = vec![Problem::new(exit, message)];
            Outcome { exit, stacks: BTreeMap::new(), problems, plan: None }
        };
        assert!(refuses_express(&ended(Exit::Refused, "ValidationError: Unknown parameter: DeploymentConfig")));
        assert!(refuses_express(&ended(Exit::Refused, "EXPRESS is not supported in this region")));
        assert!(!refuses_express(&ended(Exit::Refused, "the template is refused")));
        assert!(!refuses_express(&ended(Exit::NeedsRepair, "failed in express mode")));
    }
}
