//! `ce destroy`, `attach`, `cancel`, `drift` and `recover`: what is done with stacks that are there.

use std::sync::Arc;

use ce_deploy::assembly::Assembly;
use ce_deploy::engine::{self, Exit, Options, Outcome};
use ce_deploy::journal::Journal;

use super::{deploying, judging, reports};
use crate::arguments::{Chosen, Destroy, Errand, Recover};
use crate::project::Along;
use crate::session::Session;
use crate::stop::Stop;

pub(super) async fn destroy(session: &Session, destroy: &Destroy) -> Result<Exit, Stop> {
    let options = |journal| deploying::options(&destroy.manner).journal(journal);
    let make = |assembly, options| engine::Errand::destroy(assembly, judging::judge(), options);
    run(session, "destroy", &destroy.chosen, Along::Needing, options, make).await
}

pub(super) async fn attach(session: &Session, errand: &Errand) -> Result<Exit, Stop> {
    run(session, "attach", &errand.chosen, Along::Alone, options(errand), engine::Errand::attach).await
}

pub(super) async fn cancel(session: &Session, errand: &Errand) -> Result<Exit, Stop> {
    run(session, "cancel", &errand.chosen, Along::Alone, options(errand), engine::Errand::cancel).await
}

pub(super) async fn drift(session: &Session, errand: &Errand) -> Result<Exit, Stop> {
    run(session, "drift", &errand.chosen, Along::Alone, options(errand), engine::Errand::drift).await
}

pub(super) async fn recover(session: &Session, recover: &Recover) -> Result<Exit, Stop> {
    let make = |assembly, options| engine::Errand::recover(assembly, recover.apply, options);
    run(session, "recover", &recover.errand.chosen, Along::Alone, options(&recover.errand), make).await
}

fn options(errand: &Errand) -> impl Fn(Journal) -> Options {
    let timeout = errand.timeout;
    move |journal| Options::default().timeout(timeout).journal(journal)
}

async fn run(
    session: &Session,
    command: &str,
    chosen: &Chosen,
    along: Along,
    options: impl Fn(Journal) -> Options,
    make: impl Fn(Arc<Assembly>, Options) -> engine::Errand,
) -> Result<Exit, Stop> {
    let (assembly, selection) = session.assembly(chosen).await?;
    let meant = selection.of(&assembly, along)?;
    let (file, journal) = deploying::journal(session, &assembly)?;
    let assembly = Arc::new(assembly);
    let mut errand = make(Arc::clone(&assembly), options(journal).only(meant));
    let again = deploying::again(command, &assembly, &chosen.stacks);
    let (ended, telling) = deploying::drive(session, &assembly, file, &mut errand, again).await?;
    show(session, &assembly, &ended);
    deploying::conclude(session, command, &ended, &telling);
    Ok(ended.exit)
}

fn show(session: &Session, assembly: &Assembly, ended: &Outcome) {
    if session.global.json {
        return;
    }
    for (id, stack) in &ended.stacks {
        if let (Some(report), Some(origin)) = (&stack.report, assembly.stack(id)) {
            let text = reports::text(&session.screen, origin, report);
            if !text.is_empty() {
                session.screen.result(&text);
            }
        }
    }
}
