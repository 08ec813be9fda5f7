//! Ctrl-C and `SIGTERM`.

use ce_deploy::engine::Signal;
use tokio::sync::mpsc;

/// From now on these signals do not end the process: they are handed over.
pub(super) fn listen() -> mpsc::UnboundedReceiver<Signal> {
    let (sender, receiver) = mpsc::unbounded_channel();
    let interrupts = sender.clone();
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() && interrupts.send(Signal::Interrupt).is_ok() {}
    });
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminations) = signal(SignalKind::terminate()) {
            tokio::spawn(async move {
                while terminations.recv().await.is_some() && sender.send(Signal::Terminate).is_ok() {}
            });
        }
    }
    receiver
}
