//! `ce watch`: deploys whenever a file changes.
//!
//! Saving a file touches it several times: a deployment begins when nothing changed for a moment.

use std::path::{Path, PathBuf};
use std::time::Duration;

use ce_deploy::engine::Exit;
use notify::{Event, EventKind, RecursiveMode, Watcher};
use tokio::sync::mpsc;

use super::deploy;
use crate::arguments::{Deploy, Watch};
use crate::session::Session;
use crate::stop::Stop;

/// So long nothing must have changed.
const QUIET: Duration = Duration::from_millis(300);
/// Folders that a build or a deployment writes to.
const WRITTEN: [&str; 6] = ["target", "ce.out", "cdk.out", ".git", ".ce", "node_modules"];

pub(super) async fn run(session: &Session, watch: Watch) -> Result<Exit, Stop> {
    let paths = if watch.path.is_empty() { vec![session.settings.folder.clone()] } else { watch.path };
    let deploy = Deploy { chosen: watch.chosen, revert_drift: false, inputs: watch.inputs, manner: watch.manner };
    let (_watcher, mut changes) = listen(&paths)?;
    loop {
        match Box::pin(deploy::run(session, &deploy)).await {
            // What was interrupted was meant to end.
            Ok(exit @ (Exit::Interrupted | Exit::Detached)) => return Ok(exit),
            Ok(exit) => session.screen.progress(&format!("exit code {}; waiting for changes", exit.code())),
            Err(stop) => super::explain_stop(session, "watch", false, &stop),
        }
        tokio::select! {
            changed = settled(&mut changes) => if !changed { return Ok(Exit::Done) },
            _ = tokio::signal::ctrl_c() => return Ok(Exit::Done),
        }
    }
}

fn listen(paths: &[PathBuf]) -> Result<(impl Watcher, mpsc::UnboundedReceiver<()>), Stop> {
    let failed = |error: notify::Error| {
        let text = error.to_string();
        Stop::new(Exit::Unclassified, format!("cannot watch files: {}", text.trim_end_matches('.')))
    };
    if let Some(path) = paths.iter().find(|path| !path.exists()) {
        return Err(Stop::new(Exit::Usage, format!("there is no `{}` to watch", path.display())));
    }
    let (sender, changes) = mpsc::unbounded_channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| matters(&event)) {
            sender.send(()).ok();
        }
    })
    .map_err(failed)?;
    for path in paths {
        watcher.watch(path, RecursiveMode::Recursive).map_err(failed)?;
    }
    Ok((watcher, changes))
}

/// Waits for a change, and until nothing changes any more; whether there can be another.
async fn settled(changes: &mut mpsc::UnboundedReceiver<()>) -> bool {
    if changes.recv().await.is_none() {
        return false;
    }
    while tokio::time::timeout(QUIET, changes.recv()).await.is_ok_and(|change| change.is_some()) {}
    true
}

fn matters(event: &Event) -> bool {
    !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(|path| !is_written(path))
}

fn is_written(path: &Path) -> bool {
    path.components().any(|part| WRITTEN.iter().any(|folder| part.as_os_str() == *folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_build_writes_does_not_matter() {
        assert!(is_written(Path::new("/a/target/debug/x")));
        assert!(!is_written(Path::new("/a/src/targets.rs")));
    }

    #[tokio::test(start_paused = true)]
    async fn many_changes_are_one() {
        let (sender, mut changes) = mpsc::unbounded_channel();
        for _ in 0..5 {
            sender.send(()).unwrap();
        }
        assert!(settled(&mut changes).await);
        assert!(changes.is_empty());
        drop(sender);
        assert!(!settled(&mut changes).await);
    }
}
