//! Which of the three it is.

use ce_deploy::engine::Exit;

use super::{forget, import, moving};
use crate::arguments::Adopt;
use crate::session::Session;
use crate::stop::Stop;

/// Runs one of `ce adopt`'s commands.
pub(in crate::commands) async fn run(session: &Session, adopt: &Adopt) -> Result<Exit, Stop> {
    match adopt {
        Adopt::Import(import) => import::run(session, import).await,
        Adopt::Move(moving) => moving::run(session, moving).await,
        Adopt::Forget(forget) => forget::run(session, forget).await,
    }
}
