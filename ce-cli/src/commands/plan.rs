//! `ce plan` and `ce diff`: what would change.

use std::sync::Arc;

use ce_deploy::assembly::Assembly;
use ce_deploy::engine::{Deployment, Exit, Options};
use ce_deploy::plan::Plan;

use super::{deploying, judging, offline};
use crate::arguments::{self, AskWord, Looking};
use crate::project::Along;
use crate::screen::{Detail, Prompt, plan_text};
use crate::session::Session;
use crate::stop::Stop;

pub(super) async fn run(session: &Session, plan: &arguments::Plan, command: &str) -> Result<Exit, Stop> {
    let (assembly, selection) = session.assembly(&plan.chosen).await?;
    let meant = selection.of(&assembly, Along::Needed)?;
    if plan.offline {
        return offline::run(session, &assembly, &meant, plan).await;
    }
    let (file, journal) = deploying::journal(session, &assembly)?;
    let options = Options::default()
        .only(meant)
        .journal(journal)
        .keep_change_sets(plan.out.is_some())
        .tell_changes(plan.detailed_exitcode);
    let options = deploying::reverting(options, plan.revert_drift);
    let options = deploying::guarded(options, &plan.guarding);
    let options = deploying::with_inputs(session, &assembly, &plan.inputs, options)?;
    let assembly = Arc::new(assembly);
    let mut deployment = Deployment::plan(Arc::clone(&assembly), judging::judge(), options);
    let (prompt, looking) = (Prompt::default(), Looking::default());
    let (ended, telling) = deploying::drive(session, &assembly, file, &mut deployment, prompt, looking).await?;
    let Some(made) = &ended.plan else {
        deploying::conclude(session, command, &ended, &telling);
        return Ok(ended.exit);
    };
    // What would fail is not kept to be applied.
    if let Some(path) = plan.out.as_ref().filter(|_| ended.problems.is_empty()) {
        std::fs::write(path, made.to_json())
            .map_err(|error| Stop::new(Exit::Unclassified, format!("cannot write `{}`: {error}", path.display())))?;
    }
    show(session, &assembly, made, Detail::of_flag(plan.full));
    if !ended.problems.is_empty() {
        deploying::conclude(session, command, &ended, &telling);
    } else if let Some(path) = &plan.out {
        session.screen.progress(&format!("next: ce apply {} {}", path.display(), assembly.folder.display()));
    }
    match ended.exit {
        Exit::Done if fails(made, &plan.fail_on) => Ok(Exit::ChangesPresent),
        exit => Ok(exit),
    }
}

fn show(session: &Session, assembly: &Assembly, plan: &Plan, detail: Detail) {
    let screen = &session.screen;
    if session.global.json {
        screen.result(plan.to_json().trim_end());
    } else if session.global.markdown {
        screen.result(&plan_text::markdown(screen, plan, detail));
    } else {
        screen.result(&plan_text::whole(screen, assembly, plan, detail));
    }
}

fn fails(plan: &Plan, on: &[AskWord]) -> bool {
    on.iter().any(|word| match word {
        AskWord::Any => plan.changes_something(),
        AskWord::Class(class) => plan.risks().any(|risk| risk.class == *class),
        AskWord::Never => false,
    })
}
