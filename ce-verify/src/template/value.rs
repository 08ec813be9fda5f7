//! A template value after its intrinsics are resolved, which still knows where it came from.
//!
//! A text is a row of pieces. A piece that a `Ref` or `Fn::GetAtt` put there remembers the resource it leads to, so
//! provenance survives `Fn::Join`, `Fn::Sub`, `Fn::Select` and `Fn::Split`, in the same stack or through an export.
//!
//! It does not know what a live account would answer: what only `CloudFormation` can know becomes a marker such as
//! `<Network.Vpc.VpcId>`, and its piece is called open.

use std::fmt::Write as _;

use serde_json::Number;

use crate::template::json::{Json, quoted};

/// Position of a resource among all resources of an [`App`](crate::App).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ResourceId(pub(crate) usize);

/// What a piece of text leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Lead {
    /// A resource, through `Ref` (no attribute) or `Fn::GetAtt`.
    Resource {
        /// The resource.
        id: ResourceId,
        /// The attribute asked for.
        attribute: Option<String>,
    },
    /// A template parameter that nothing binds.
    Parameter(String),
}

impl Lead {
    /// The resource it leads to, if it is one.
    pub(crate) fn resource(&self) -> Option<ResourceId> {
        match self {
            Self::Resource { id, .. } => Some(*id),
            Self::Parameter(_) => None,
        }
    }
}

/// A part of a text with one origin.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    /// The text, or a marker when it is open.
    pub(crate) text: String,
    /// True when only `CloudFormation` knows the text.
    pub(crate) open: bool,
    /// What it leads to.
    pub(crate) leads: Vec<Lead>,
}

/// A text made of pieces.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Text {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) source: Option<String>,
}

impl Text {
    /// A literal.
    pub(crate) fn literal(text: impl Into<String>) -> Self {
        Self { pieces: vec![Piece { text: text.into(), open: false, leads: Vec::new() }], source: None }
    }

    /// A text that leads somewhere.
    pub(crate) fn leading(text: impl Into<String>, open: bool, leads: Vec<Lead>) -> Self {
        Self { pieces: vec![Piece { text: text.into(), open, leads }], source: None }
    }

    /// The whole text, markers included.
    pub(crate) fn full(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    /// The text without its open pieces.
    pub(crate) fn known(&self) -> String {
        self.pieces.iter().filter(|piece| !piece.open).map(|piece| piece.text.as_str()).collect()
    }

    /// True when no piece is open.
    pub(crate) fn is_known(&self) -> bool {
        self.pieces.iter().all(|piece| !piece.open)
    }

    /// Everything it leads to.
    pub(crate) fn leads(&self) -> impl Iterator<Item = &Lead> {
        self.pieces.iter().flat_map(|piece| &piece.leads)
    }

    /// The one resource it stands for, when the whole text is a single reference.
    pub(crate) fn sole_resource(&self) -> Option<ResourceId> {
        let mut written = self.pieces.iter().filter(|piece| !piece.text.is_empty());
        let first = written.next()?;
        if written.next().is_some() {
            return None;
        }
        first.leads.iter().find_map(Lead::resource)
    }

    /// The intrinsic it came from, as JSON text.
    pub(crate) fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    pub(crate) fn append(&mut self, other: Self) {
        self.pieces.extend(other.pieces);
    }

    /// Cuts at a delimiter; a piece that is cut keeps its leads on both sides.
    pub(crate) fn split(&self, delimiter: &str) -> Vec<Self> {
        let mut parts = vec![Self::default()];
        for piece in &self.pieces {
            // A marker is one unknown text: what it holds can't be cut.
            let cuts = if piece.open || delimiter.is_empty() {
                vec![piece.text.as_str()]
            } else {
                piece.text.split(delimiter).collect()
            };
            for (index, cut) in cuts.into_iter().enumerate() {
                if index > 0 {
                    parts.push(Self::default());
                }
                let part = Piece { text: cut.to_owned(), ..piece.clone() };
                if let Some(last) = parts.last_mut().filter(|_| !cut.is_empty()) {
                    last.pieces.push(part);
                }
            }
        }
        parts
    }
}

/// A resolved value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(Text),
    /// A list.
    List(Vec<Value>),
    /// A table, in template order.
    Table(Vec<(String, Value)>),
}

impl Value {
    /// A literal text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(Text::literal(text))
    }

    /// The member of a table.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Table(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The value as text, when it is a scalar.
    pub(crate) fn scalar_text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.full()),
            Self::Number(number) => Some(number.to_string()),
            Self::Bool(flag) => Some(flag.to_string()),
            _ => None,
        }
    }

    /// The value as a number, also when it is written as text.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => number.as_f64(),
            Self::Text(text) => text.full().trim().parse().ok(),
            _ => None,
        }
    }

    /// The elements of a list; anything else is a list of itself.
    pub(crate) fn elements(&self) -> Vec<&Self> {
        match self {
            Self::List(elements) => elements.iter().collect(),
            Self::Null => Vec::new(),
            other => vec![other],
        }
    }

    /// Every text in the value, however deep.
    pub(crate) fn texts(&self) -> Vec<&Text> {
        match self {
            Self::Text(text) => vec![text],
            Self::List(elements) => elements.iter().flat_map(Self::texts).collect(),
            Self::Table(members) => members.iter().flat_map(|(_, value)| value.texts()).collect(),
            _ => Vec::new(),
        }
    }

    /// Everything the value leads to, without repeats.
    pub(crate) fn leads(&self) -> Vec<Lead> {
        let mut leads: Vec<Lead> = self.texts().into_iter().flat_map(Text::leads).cloned().collect();
        leads.sort();
        leads.dedup();
        leads
    }

    /// Absent means null or an empty list.
    pub(crate) fn is_absent(&self) -> bool {
        match self {
            Self::Null => true,
            Self::List(elements) => elements.is_empty(),
            _ => false,
        }
    }

    /// The table or list held by a text that is JSON; tables and lists themselves as they are.
    pub(crate) fn structured(&self) -> Option<Self> {
        match self {
            Self::Table(_) | Self::List(_) => Some(self.clone()),
            Self::Text(text) => {
                let full = text.full();
                let start = full.trim_start();
                if !start.starts_with('{') && !start.starts_with('[') {
                    return None;
                }
                Json::parse(&full).ok().map(|json| reread(&json, text))
            }
            _ => None,
        }
    }

    /// JSON text, with every intrinsic resolved.
    pub(crate) fn json(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, false);
        out
    }

    /// JSON text, with every intrinsic as it was written.
    pub(crate) fn stringified(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, true);
        out
    }

    fn write(&self, out: &mut String, as_written: bool) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Self::Number(number) => {
                let _ = write!(out, "{number}");
            }
            Self::Text(text) => match text.source.as_ref().filter(|_| as_written) {
                Some(source) => out.push_str(source),
                None => out.push_str(&quoted(&text.full())),
            },
            Self::List(elements) => {
                out.push('[');
                for (index, element) in elements.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    element.write(out, as_written);
                }
                out.push(']');
            }
            Self::Table(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    out.push_str(&quoted(key));
                    out.push(':');
                    value.write(out, as_written);
                }
                out.push('}');
            }
        }
    }
}

/// JSON read out of a text; strings that hold a piece of the text keep what that piece leads to.
fn reread(json: &Json, from: &Text) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(flag) => Value::Bool(*flag),
        Json::Number(number) => Value::Number(number.clone()),
        Json::Text(text) => {
            let held = |piece: &&Piece| !piece.leads.is_empty() && !piece.text.is_empty() && text.contains(&piece.text);
            let pieces: Vec<&Piece> = from.pieces.iter().filter(held).collect();
            let open = pieces.iter().any(|piece| piece.open);
            let leads = pieces.iter().flat_map(|piece| piece.leads.clone()).collect();
            Value::Text(Text::leading(text.clone(), open, leads))
        }
        Json::List(elements) => Value::List(elements.iter().map(|element| reread(element, from)).collect()),
        Json::Table(members) => {
            Value::Table(members.iter().map(|(key, value)| (key.clone(), reread(value, from))).collect())
        }
    }
}

impl From<&Json> for Value {
    fn from(json: &Json) -> Self {
        reread(json, &Text::default())
    }
}
