//! Generated files: texts that name things of the app, such as runbooks and workflows.
//!
//! ```
//! use ce_synth::{Account, App, Document, Environment, Expr, Region, Tier};
//! const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
//! let app = App::new();
//! let stack = app.stack("Mail", PROD);
//! let inbox = stack.raw("Inbox", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
//! let text = Document::from("Letters wait in ").value(inbox.reference::<String>()).text(".\n");
//! stack.file("runbooks/mail.md", text);
//! let assembly = app.synth()?;
//! assert_eq!(assembly.file("runbooks/mail.md"), Some("Letters wait in Inbox of stack Mail.\n"));
//! # Ok::<(), ce_synth::Findings>(())
//! ```
//!
//! References are read at synthesis: a resource is told by its physical name where the app gives it one. A file is
//! written with the assembly, below its folder, and is part of no template.

use std::borrow::Cow;

use crate::diagnostics::Place;
use crate::value::{Expr, IntoValue, Token, Value};

/// A text of which parts are known at synthesis only; made from a text, and appended to.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "a document is written when it is given to `scope.file`"]
pub struct Document {
    pub(crate) parts: Vec<Part>,
}

/// A piece of a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Part {
    Text(Cow<'static, str>),
    Value(Expr, Reading),
    /// A resource by its path, and the line of the template that names it.
    Named {
        path: String,
        line: usize,
        reading: Reading,
    },
}

/// Who reads a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A person: where there is no name, the logical id and the stack.
    People,
    /// A shell: where there is no name, the command that looks it up.
    Shell,
}

/// A file of the assembly, and the scope that added it.
pub(crate) struct FileNode {
    pub(crate) scope: u32,
    pub(crate) path: String,
    pub(crate) document: Document,
    pub(crate) at: Place,
}

impl Document {
    /// An empty document.
    pub fn new() -> Self {
        Self::default()
    }

    /// A text in which `{{Data/Aurora/Resource}}` stands for a resource by its path, as people read it, and
    /// `{{$Data/Aurora/Resource}}` as a shell takes it; `{{Data/Aurora/Resource.Arn}}` is an attribute. The child
    /// `Resource` may be left out. A path that leads to nothing is a finding (`CE0303`) that tells the line.
    ///
    /// ```
    /// # use ce_synth::{Account, App, Document, Environment, Expr, Region, Tier};
    /// # const PROD: Environment = Environment::new("prod", Account::new("111111111111"), Region::EU_WEST_1, Tier::Production);
    /// # let app = App::new();
    /// # let stack = app.stack("Mail", PROD);
    /// # stack.raw("Inbox", "AWS::SQS::Queue", [("DelaySeconds", Expr::from(5))]);
    /// stack.file("mail.md", Document::template("# Mail\nLetters wait in {{Mail/Inbox}}.\n"));
    /// # assert!(app.synth()?.file("mail.md").unwrap().ends_with("Inbox of stack Mail.\n"));
    /// # Ok::<(), ce_synth::Findings>(())
    /// ```
    pub fn template(text: &str) -> Self {
        let mut document = Self::new();
        let mut rest = text;
        while let Some((before, inside, after)) = placeholder(rest) {
            let line = text[..text.len() - rest.len() + before.len()].matches('\n').count() + 1;
            let (path, reading) = match inside.strip_prefix('$') {
                Some(path) => (path, Reading::Shell),
                None => (inside, Reading::People),
            };
            document.parts.push(Part::Text(before.to_owned().into()));
            document.parts.push(Part::Named { path: path.trim().to_owned(), line, reading });
            rest = after;
        }
        document.text(rest.to_owned())
    }

    /// Appends a text.
    pub fn text(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.parts.push(Part::Text(text.into()));
        self
    }

    /// Appends a value as people read it: a resource's physical name; without one, its logical id and its stack.
    pub fn value(self, value: impl IntoValue<String>) -> Self {
        self.push(value.into_value().into_expr(), Reading::People)
    }

    /// Appends a value as a shell takes it: a resource's physical name; without one, a command that asks
    /// CloudFormation for it.
    pub fn shell(self, value: impl IntoValue<String>) -> Self {
        self.push(value.into_value().into_expr(), Reading::Shell)
    }

    fn push(mut self, value: Expr, reading: Reading) -> Self {
        self.parts.push(match value {
            Expr::Text(text) => Part::Text(text),
            value => Part::Value(value, reading),
        });
        self
    }

    /// Appends another document.
    pub fn then(mut self, other: impl Into<Self>) -> Self {
        self.parts.extend(other.into().parts);
        self
    }

    /// The same document with every line but the first moved to the right; empty lines stay empty.
    pub fn indented(self, spaces: usize) -> Self {
        let margin = " ".repeat(spaces);
        let mut owed = false;
        let mut parts = Vec::with_capacity(self.parts.len());
        for part in self.parts {
            if let Part::Text(text) = part {
                parts.push(Part::Text(moved(&text, &margin, &mut owed).into()));
                continue;
            }
            if std::mem::take(&mut owed) {
                parts.push(Part::Text(margin.clone().into()));
            }
            parts.push(part);
        }
        Self { parts }
    }

    /// The same document without line breaks at its end.
    pub fn trimmed(mut self) -> Self {
        while let Some(Part::Text(text)) = self.parts.last_mut() {
            let kept = text.trim_end_matches('\n').len();
            text.to_mut().truncate(kept);
            if kept > 0 {
                break;
            }
            self.parts.pop();
        }
        self
    }

    /// Its texts, without what is known at synthesis only: for checks.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let mut texts = Vec::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => texts.push(&**text),
                Part::Value(value, _) => literals(value, &mut texts),
                Part::Named { .. } => {}
            }
        }
        texts.into_iter()
    }

    /// Its text, if nothing of it waits for synthesis.
    pub fn literal(&self) -> Option<String> {
        let text = |part: &Part| match part {
            Part::Text(text) => Some(text.to_string()),
            Part::Value(..) | Part::Named { .. } => None,
        };
        self.parts.iter().map(text).collect()
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Text(text) if text.is_empty()))
    }
}

impl From<&'static str> for Document {
    fn from(text: &'static str) -> Self {
        Self::new().text(text)
    }
}

impl From<String> for Document {
    fn from(text: String) -> Self {
        Self::new().text(text)
    }
}

/// As a shell takes it.
impl<T> From<Value<T>> for Document
where
    Value<T>: IntoValue<String>,
{
    fn from(value: Value<T>) -> Self {
        Self::new().shell(value)
    }
}

/// The texts in a value, also those that a function joins with others.
fn literals<'e>(value: &'e Expr, found: &mut Vec<&'e str>) {
    match value {
        Expr::Text(text) => found.push(text),
        Expr::List(items) => items.iter().for_each(|item| literals(item, found)),
        Expr::Object(map) => map.iter().for_each(|(_, item)| literals(item, found)),
        Expr::Token(token) => {
            if let Token::Call(_, argument) = &**token {
                literals(argument, found);
            }
        }
        _ => {}
    }
}

/// A text whose lines begin with the margin; what the line begun last is owed goes over to the next part.
fn moved(text: &str, margin: &str, owed: &mut bool) -> String {
    let mut moved = String::with_capacity(text.len());
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            moved.push('\n');
            *owed = true;
        }
        if !line.is_empty() {
            moved.push_str(if std::mem::take(owed) { margin } else { "" });
            moved.push_str(line);
        }
    }
    moved
}

/// What is before, inside and after the first `{{…}}`.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (inside, after) = rest.split_once("}}")?;
    Some((before, inside, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_knows_its_lines() {
        let document = Document::template("a\nb {{X/Y}} {{$Z.Arn}}\n\n{{ Q }}end {{open");
        let named = |path: &str, line, reading| Part::Named { path: path.to_owned(), line, reading };
        let parts: Vec<_> = document.parts.into_iter().filter(|part| !matches!(part, Part::Text(_))).collect();
        let expected =
            [named("X/Y", 2, Reading::People), named("Z.Arn", 2, Reading::Shell), named("Q", 4, Reading::People)];
        assert_eq!(parts, expected);
    }

    #[test]
    fn only_the_end_is_trimmed() {
        let document = Document::from("\na\n").value("x").text("\nb\n").text("\n\n").trimmed();
        assert_eq!(document.texts().collect::<String>(), "\na\nx\nb");
        assert!(Document::from("\n\n").trimmed().is_empty());
    }

    #[test]
    fn lines_move_and_empty_ones_stay_empty() {
        let document = Document::from("a\n\n\nb\n").value("x").text("\n  c\n").indented(2);
        assert_eq!(document.texts().collect::<String>(), "a\n\n\n  b\n  x\n    c\n");
    }
}
