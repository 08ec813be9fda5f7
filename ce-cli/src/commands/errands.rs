//! `ce destroy`, `attach`, `cancel` and `recover`: what is done with stacks that are there.

use std::sync::Arc;

use ce_deploy::assembly::Assembly;
use ce_deploy::engine::{self, Exit, Options, Outcome};
use ce_deploy::journal::Journal;

use super::{deploying, judging, reports};
use crate::arguments::{Chosen, Destroy, Errand, Failing, Looking, Recover};
use crate::project::Along;
use crate::screen::{Detail, Prompt, Telling};
use crate::session::Session;
use crate::stop::Stop;

/// What is done with which stacks.
pub(super) struct Work<'a> {
    pub(super) command: &'a str,
    pub(super) chosen: &'a Chosen,
    pub(super) along: Along,
    pub(super) detail: Detail,
    pub(super) looking: Looking,
}

/// What came of it.
pub(super) struct Came {
    pub(super) assembly: Arc<Assembly>,
    pub(super) ended: Outcome,
    pub(super) telling: Telling,
}

pub(super) async fn destroy(session: &Session, destroy: &Destroy) -> Result<Exit, Stop> {
    if destroy.manner.on_failure == Failing::RollbackAll {
        let help = "`--on-failure stop` begins nothing new after a failure";
        return Err(Stop::new(Exit::Usage, "what is deleted cannot be put back").help(help));
    }
    let options = deploying::options(&destroy.manner)?;
    let options = |journal| options.clone().journal(journal);
    let make = |assembly, options| engine::Errand::destroy(assembly, judging::judge(), options);
    let detail = Detail::of_flag(destroy.manner.full);
    let looking = destroy.manner.looking;
    let work = Work { command: "destroy", chosen: &destroy.chosen, along: Along::Needing, detail, looking };
    Ok(show(session, &work, &work.carry_out(session, options, make).await?))
}

pub(super) async fn attach(session: &Session, errand: &Errand) -> Result<Exit, Stop> {
    let work = Work::alone("attach", errand);
    Ok(show(session, &work, &work.carry_out(session, options(errand), engine::Errand::attach).await?))
}

pub(super) async fn cancel(session: &Session, errand: &Errand) -> Result<Exit, Stop> {
    let work = Work::alone("cancel", errand);
    Ok(show(session, &work, &work.carry_out(session, options(errand), engine::Errand::cancel).await?))
}

pub(super) async fn recover(session: &Session, recover: &Recover) -> Result<Exit, Stop> {
    let make = |assembly, options| engine::Errand::recover(assembly, recover.apply, options);
    let work = Work::alone("recover", &recover.errand);
    Ok(show(session, &work, &work.carry_out(session, options(&recover.errand), make).await?))
}

fn options(errand: &Errand) -> impl Fn(Journal) -> Options {
    let timeout = errand.timeout;
    move |journal| Options::default().timeout(timeout).journal(journal)
}

impl<'a> Work<'a> {
    /// With the stacks that were named, and no others.
    fn alone(command: &'a str, errand: &'a Errand) -> Self {
        let (detail, looking) = (Detail::default(), errand.looking);
        Self { command, chosen: &errand.chosen, along: Along::Alone, detail, looking }
    }

    /// Drives an errand to its end.
    pub(super) async fn carry_out(
        &self,
        session: &Session,
        options: impl Fn(Journal) -> Options,
        make: impl Fn(Arc<Assembly>, Options) -> engine::Errand,
    ) -> Result<Came, Stop> {
        let (assembly, selection) = session.assembly(self.chosen).await?;
        let meant = selection.of(&assembly, self.along)?;
        let (file, journal) = deploying::journal(session, &assembly)?;
        let assembly = Arc::new(assembly);
        let mut errand = make(Arc::clone(&assembly), options(journal).only(meant));
        let again = deploying::again(self.command, &assembly, &self.chosen.stacks);
        let prompt = Prompt::new(again).detail(self.detail);
        let (ended, telling) = deploying::drive(session, &assembly, file, &mut errand, prompt, self.looking).await?;
        Ok(Came { assembly, ended, telling })
    }
}

/// Says what came of it, and how it ended.
fn show(session: &Session, work: &Work<'_>, came: &Came) -> Exit {
    if !session.global.json {
        reports::show(session, came);
    }
    deploying::conclude(session, work.command, &came.ended, &came.telling);
    came.ended.exit
}
