//! Something that was looked at, and how it is shown.

use ce_deploy::engine::Exit;
use serde_json::{Value, json};

use crate::screen::{Screen, style};

/// Something that was looked at.
pub(super) struct Check {
    pub(super) about: String,
    pub(super) result: Finding,
}

/// What was found.
pub(super) enum Finding {
    /// All is well.
    Fine(String),
    /// Somebody should know; it stands in nobody's way.
    Care(String),
    /// It stands in the way; the exit code that a deployment would end with.
    Wrong(Exit, String),
}

impl Check {
    pub(super) fn new(about: impl Into<String>, result: Finding) -> Self {
        Self { about: about.into(), result }
    }

    /// What it makes of the command.
    pub(super) fn exit(&self) -> Exit {
        match self.result {
            Finding::Wrong(exit, _) => exit,
            Finding::Fine(_) | Finding::Care(_) => Exit::Done,
        }
    }

    pub(super) fn is_wrong(&self) -> bool {
        matches!(self.result, Finding::Wrong(..))
    }

    fn facts(&self, screen: &Screen) -> Value {
        let (word, text) = match &self.result {
            Finding::Fine(text) => ("ok", text),
            Finding::Care(text) => ("care", text),
            Finding::Wrong(_, text) => ("wrong", text),
        };
        json!({ "about": self.about, "ok": !self.is_wrong(), "result": word, "found": screen.foreign(text) })
    }
}

/// All checks, as data.
pub(super) fn facts(screen: &Screen, checks: &[Check]) -> Value {
    let all: Vec<Value> = checks.iter().map(|check| check.facts(screen)).collect();
    json!({ "version": 1, "command": "doctor", "checks": all })
}

/// All checks, a line each.
pub(super) fn text(screen: &Screen, checks: &[Check]) -> String {
    let width = checks.iter().map(|check| check.about.len()).max().unwrap_or_default();
    let line = |Check { about, result }: &Check| {
        let (word, color, text) = match result {
            Finding::Fine(text) => ("ok   ", style::GOOD, text),
            Finding::Care(text) => ("care ", style::CARE, text),
            Finding::Wrong(_, text) => ("wrong", style::BAD, text),
        };
        format!("{color}{word}{}  {about:width$}  {}", color.render_reset(), screen.foreign(text))
    };
    checks.iter().map(line).collect::<Vec<_>>().join("\n")
}
