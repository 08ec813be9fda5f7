//! What other services say about a failure: for people, and as data. All of it is their text.

use std::fmt::Write as _;

use ce_deploy::engine::{Evidence, Note, Source};
use serde_json::{Value, json};

use super::Screen;

/// For people, under what failed: who says it, and what.
pub(super) fn text(screen: &Screen, evidence: &Evidence) -> String {
    let source = screen.foreign(&evidence.source.to_string());
    let mut text = String::new();
    match evidence.source {
        // Lines of a log belong together.
        Source::Log { .. } if !evidence.lines.is_empty() => {
            writeln!(text, "      {source}:").ok();
            for line in &evidence.lines {
                writeln!(text, "        | {}", screen.foreign(line)).ok();
            }
        }
        _ => {
            for line in &evidence.lines {
                writeln!(text, "      {source}: {}", screen.foreign(line)).ok();
            }
        }
    }
    for note in &evidence.notes {
        writeln!(text, "      = note: {source}: {note}").ok();
    }
    text
}

/// As data.
pub(super) fn facts(screen: &Screen, evidence: &Evidence) -> Value {
    let (group, stream) = match &evidence.source {
        Source::Log { group, stream } => {
            (Some(screen.foreign(group)), stream.as_ref().map(|name| screen.foreign(name)))
        }
        Source::Ecs | Source::Trail => (None, None),
    };
    let note = |note: &Note| {
        let action = match note {
            Note::Denied(action) => Some(action),
            _ => None,
        };
        json!({ "kind": note.word(), "action": action, "text": note.to_string() })
    };
    json!({
        "cause": screen.foreign(&evidence.cause),
        "source": evidence.source.word(),
        "logGroup": group,
        "logStream": stream,
        "lines": evidence.lines.iter().map(|line| screen.foreign(line)).collect::<Vec<_>>(),
        "notes": evidence.notes.iter().map(note).collect::<Vec<_>>(),
    })
}
