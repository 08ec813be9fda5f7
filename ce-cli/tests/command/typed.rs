//! The command on a terminal, and somebody who types.

use std::process::Command;
use std::time::Duration;

use pty_process::{Pty, Size};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Child;

/// Nothing takes so long; a test that waits for what never comes fails then.
const PATIENCE: Duration = Duration::from_mins(2);

/// A run of the command on a terminal.
pub(crate) struct Typed {
    terminal: Pty,
    child: Child,
    /// Everything that was shown.
    pub(crate) shown: String,
    /// So much of it was waited for.
    read: usize,
}

impl Typed {
    /// Begins a command on a terminal with so many columns.
    pub(crate) fn on(columns: u16, command: &Command) -> Self {
        let (terminal, other) = pty_process::open().expect("a terminal");
        terminal.resize(Size::new(24, columns)).expect("it has a size");
        let mut typed = pty_process::Command::new(command.get_program()).args(command.get_args()).env_clear();
        typed = typed.env("TERM", "xterm-256color");
        for (name, value) in command.get_envs() {
            typed = typed.env(name, value.unwrap_or_default());
        }
        typed = typed.kill_on_drop(true);
        let typed = command.get_current_dir().into_iter().fold(typed, pty_process::Command::current_dir);
        let child = typed.spawn(other).expect("it runs");
        Self { terminal, child, shown: String::new(), read: 0 }
    }

    /// Waits until a text is shown, after what was waited for before.
    pub(crate) async fn wait_for(&mut self, text: &str) {
        loop {
            if let Some(at) = self.shown[self.read..].find(text) {
                self.read += at + text.len();
                return;
            }
            assert!(self.read_more().await, "it ended without `{text}`: {}", self.shown);
        }
    }

    /// Types a text.
    pub(crate) async fn write(&mut self, text: &str) {
        self.terminal.write_all(text.as_bytes()).await.expect("the terminal is there");
    }

    /// Waits for the end; the exit code, and all that was shown.
    pub(crate) async fn end(mut self) -> (i32, String) {
        while self.read_more().await {}
        let status = tokio::time::timeout(PATIENCE, self.child.wait()).await.expect("it ends").expect("it ended");
        (status.code().unwrap_or(-1), self.shown)
    }

    /// Whether there was more.
    async fn read_more(&mut self) -> bool {
        let mut bytes = [0; 4_096];
        let read = tokio::time::timeout(PATIENCE, self.terminal.read(&mut bytes)).await;
        // A terminal whose other end is closed answers with an error.
        let read = read.unwrap_or_else(|_| panic!("it waits for ever: {}", self.shown)).unwrap_or(0);
        self.shown += &String::from_utf8_lossy(&bytes[..read]);
        read > 0
    }
}
