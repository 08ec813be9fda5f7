//! Rounds, one after the other.

use ce_deploy::engine::Exit;
use tokio::sync::mpsc;

use super::changes::{QUIET, listen, own, settled};
use super::round::round;
use crate::arguments::Watch;
use crate::commands::explain_stop;
use crate::session::Session;
use crate::stop::Stop;

pub(in crate::commands) async fn run(session: &Session, watch: Watch) -> Result<Exit, Stop> {
    let paths = if watch.path.is_empty() { vec![session.settings.folder.clone()] } else { watch.path.clone() };
    let (_watcher, mut changes) = listen(&paths, own(session, &watch))?;
    let mut interrupts = interrupts();
    loop {
        let result = Box::pin(round(session, &watch)).await;
        // What was interrupted was meant to end, the app's build too: the shell interrupts both, and whose end is seen
        // first nobody knows.
        let interrupted = match &result {
            Ok(_) => interrupts.try_recv().is_ok(),
            Err(_) => tokio::time::timeout(QUIET, interrupts.recv()).await.is_ok(),
        };
        match result {
            Ok(exit @ (Exit::Interrupted | Exit::Detached)) => return Ok(exit),
            Ok(exit) if interrupted => return Ok(exit),
            Ok(exit) => session.screen.progress(&format!("exit code {}; waiting for changes", exit.code())),
            Err(stop) => explain_stop(session, "watch", false, &stop),
        }
        if interrupted {
            return Ok(Exit::Interrupted);
        }
        tokio::select! {
            changed = settled(&mut changes) => if !changed { return Ok(Exit::Done) },
            _ = interrupts.recv() => return Ok(Exit::Done),
        }
    }
}

/// Every Ctrl-C from now on.
fn interrupts() -> mpsc::UnboundedReceiver<()> {
    let (sender, interrupts) = mpsc::unbounded_channel();
    tokio::spawn(async move { while tokio::signal::ctrl_c().await.is_ok() && sender.send(()).is_ok() {} });
    interrupts
}
