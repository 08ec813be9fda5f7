//! One finding.

use std::fmt;
use std::panic::Location;

use super::Code;
use crate::App;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It works, but probably not as meant.
    Warning,
    /// No template is written.
    Error,
}

impl Severity {
    /// `warning` or `error`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The line of a user's program.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(&'static Location<'static>);

impl Place {
    /// The caller's line.
    #[track_caller]
    pub fn here() -> Self {
        Self(Location::caller())
    }

    /// The file, as the compiler was given it.
    pub fn file(self) -> &'static str {
        self.0.file()
    }

    /// The line, counted from one.
    pub fn line(self) -> u32 {
        self.0.line()
    }

    /// The column, counted from one.
    pub fn column(self) -> u32 {
        self.0.column()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file(), self.line(), self.column())
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One finding, as data.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What kind of finding.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, with the value that was given.
    pub message: String,
    /// The construct's path, `Shop/Api/Service`.
    pub path: String,
    /// The line that made it, if there is one.
    pub at: Option<Place>,
    /// Where else to look.
    pub notes: Vec<String>,
    /// What to write instead.
    pub help: Option<String>,
}

/// A finding that was just recorded; add to it what helps.
#[derive(Clone, Copy)]
pub struct Finding<'a> {
    pub(crate) app: &'a App,
    pub(crate) index: usize,
}

impl Finding<'_> {
    /// Says what to write instead.
    #[allow(clippy::return_self_not_must_use)]
    pub fn help(self, text: impl Into<String>) -> Self {
        self.app.change_finding(self.index, |finding| finding.help = Some(text.into()));
        self
    }

    /// Says which line it is about, where that is not the one that recorded it: what is found at synthesis.
    pub fn at(self, place: Place) -> Self {
        self.app.change_finding(self.index, |finding| finding.at = Some(place));
        self
    }

    /// Says where else to look.
    pub fn note(self, text: impl Into<String>) -> Self {
        self.app.change_finding(self.index, |finding| finding.notes.push(text.into()));
        self
    }
}
