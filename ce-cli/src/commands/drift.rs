//! `ce drift`: what differs from the templates.

use ce_deploy::engine::{self, Exit};

use super::errands::{self, Work};
use crate::arguments::Errand;
use crate::session::Session;
use crate::stop::Stop;

pub(super) async fn run(session: &Session, errand: &Errand) -> Result<Exit, Stop> {
    let work = Work::alone("drift", errand);
    Ok(errands::show(session, &work, &work.carry_out(session, errands::options(errand), engine::Errand::drift).await?))
}
