//! Resources that are slow or fail because their metadata says so.

use std::fmt;

use serde_json::Value;

use crate::engine::Span;
use crate::simulator::template::{Expression, as_text};

/// What is done with a resource.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Act {
    /// It is made.
    Create,
    /// It is changed in place.
    Update,
    /// Another takes its place.
    Replace,
    /// It is put back to what it was.
    RollBack,
    /// It is deleted.
    Delete,
    /// It is taken in.
    Import,
}

impl Act {
    /// As metadata and messages name it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Replace => "replace",
            Self::RollBack => "roll-back",
            Self::Delete => "delete",
            Self::Import => "import",
        }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// What the member `ce:simulate` of a resource's metadata says:
/// `{"seconds": 30, "fail": ["create"], "reason": "no capacity"}`. What it wrote before, and which call of it was refused,
/// can be said too: `"said": ["a line"], "refused": ["sqs:CreateQueue", "AccessDenied", "you may not"]`.
#[derive(Clone, PartialEq, Debug, Default)]
pub(in crate::simulator) struct Behaviour {
    pub(in crate::simulator) span: Option<Span>,
    fails: Vec<String>,
    reason: Option<String>,
    /// Lines that its program wrote to its log.
    pub(in crate::simulator) said: Vec<String>,
    /// A call that was refused: which, the code, the words.
    pub(in crate::simulator) refused: Option<[String; 3]>,
}

impl Behaviour {
    /// Reads metadata; none when they say nothing of it.
    pub(in crate::simulator) fn read(metadata: &Expression) -> Option<Self> {
        let given = match metadata {
            Expression::Literal(value) => value.get("ce:simulate")?.clone(),
            Expression::Object(members) => match members.iter().find(|(key, _)| key == "ce:simulate") {
                Some((_, Expression::Literal(value))) => value.clone(),
                _ => return None,
            },
            _ => return None,
        };
        let text = |value: &Value| as_text(value).map(std::borrow::Cow::into_owned);
        let texts = |name: &str| -> Vec<String> {
            match given.get(name) {
                Some(Value::Array(all)) => all.iter().filter_map(text).collect(),
                Some(one) => text(one).into_iter().collect(),
                None => vec![],
            }
        };
        Some(Self {
            span: given.get("seconds").and_then(Value::as_u64).map(Span::seconds),
            fails: texts("fail"),
            said: texts("said"),
            refused: texts("refused").try_into().ok(),
            reason: given.get("reason").and_then(text),
        })
    }

    /// Why an act fails, if it does.
    pub(in crate::simulator) fn failure(&self, act: Act) -> Option<String> {
        let reason =
            || self.reason.clone().unwrap_or_else(|| "Resource handler returned message: \"simulated\"".to_owned());
        self.fails.iter().any(|fails| fails == act.word()).then(reason)
    }
}
