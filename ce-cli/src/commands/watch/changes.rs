//! What changes in the files that are watched.
//!
//! Saving a file touches it several times: a change is heard when nothing changed for a moment.

use std::path::{Path, PathBuf};
use std::time::Duration;

use ce_deploy::engine::Exit;
use notify::{Event, EventKind, RecursiveMode, Watcher};
use tokio::sync::mpsc;

use crate::arguments::Watch;
use crate::drive::state_folder;
use crate::screen::outcome;
use crate::session::Session;
use crate::stop::Stop;

/// So long nothing must have changed.
pub(super) const QUIET: Duration = Duration::from_millis(300);
/// Folders and files that a build, the app or a deployment writes to.
const WRITTEN: [&str; 7] = ["target", "ce.out", "ce.lock", "cdk.out", ".git", ".ce", "node_modules"];

/// What a deployment writes where it was told to.
pub(super) fn own(session: &Session, watch: &Watch) -> Vec<PathBuf> {
    let outputs = watch.manner.outputs.as_deref();
    let before_outputs = outputs.map(outcome::beside);
    let state = state_folder(session.global.state_dir.as_deref());
    let files = [session.global.events.as_deref(), Some(&*state), outputs, before_outputs.as_deref()];
    files.into_iter().flatten().filter_map(whole).collect()
}

/// The path as the system tells it, also of what is not there yet.
fn whole(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
    Some(folder.zip(path.file_name()).map_or(path.clone(), |(folder, name)| folder.join(name)))
}

pub(super) fn listen(
    paths: &[PathBuf],
    own: Vec<PathBuf>,
) -> Result<(impl Watcher + use<>, mpsc::UnboundedReceiver<()>), Stop> {
    let failed = |error: notify::Error| {
        let text = error.to_string();
        Stop::new(Exit::Unclassified, format!("cannot watch files: {}", text.trim_end_matches('.')))
    };
    if let Some(path) = paths.iter().find(|path| !path.exists()) {
        return Err(Stop::new(Exit::Usage, format!("there is no `{}` to watch", path.display())));
    }
    let (sender, changes) = mpsc::unbounded_channel();
    let paths: Vec<PathBuf> = paths.iter().map(|path| whole(path).unwrap_or_else(|| path.clone())).collect();
    let roots = paths.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| matters(&event, &roots, &own)) {
            sender.send(()).ok();
        }
    })
    .map_err(failed)?;
    for path in &paths {
        watcher.watch(path, RecursiveMode::Recursive).map_err(failed)?;
    }
    Ok((watcher, changes))
}

/// Waits for a change, and until nothing changes any more; whether there can be another.
pub(super) async fn settled(changes: &mut mpsc::UnboundedReceiver<()>) -> bool {
    if changes.recv().await.is_none() {
        return false;
    }
    while tokio::time::timeout(QUIET, changes.recv()).await.is_ok_and(|change| change.is_some()) {}
    true
}

fn matters(event: &Event, roots: &[PathBuf], own: &[PathBuf]) -> bool {
    let is_own = |path: &Path| own.iter().any(|own| path.starts_with(own));
    !matches!(event.kind, EventKind::Access(_))
        && event.paths.iter().any(|path| !is_own(path) && !is_written(inside(path, roots)))
}

/// A path from the watched folder on: what the folders above are called does not matter.
fn inside<'a>(path: &'a Path, roots: &[PathBuf]) -> &'a Path {
    roots.iter().find_map(|root| path.strip_prefix(root).ok()).unwrap_or(path)
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

    #[test]
    fn what_the_folders_above_are_called_does_not_matter() {
        let roots = [PathBuf::from("/home/target/shop")];
        assert!(!is_written(inside(Path::new("/home/target/shop/src/main.rs"), &roots)));
        assert!(is_written(inside(Path::new("/home/target/shop/target/debug/x"), &roots)));
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
