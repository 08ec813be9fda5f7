//! A fault and when it strikes.

use std::fmt;

use super::FaultKind;

/// A fault and when it strikes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Fault {
    pub(in crate::simulator) kind: FaultKind,
    pub(in crate::simulator) on: Option<&'static str>,
    pub(in crate::simulator) nth: u32,
    pub(in crate::simulator) times: u32,
    pub(in crate::simulator) size: u32,
}

impl Fault {
    /// It strikes at the first chance, once.
    pub const fn new(kind: FaultKind) -> Self {
        Self { kind, on: None, nth: 0, times: 1, size: 30 }
    }

    /// Only calls of one API, `DescribeStacks`. Default: all.
    pub const fn on(mut self, api: &'static str) -> Self {
        self.on = Some(api);
        self
    }

    /// How many chances it lets pass. Default: none.
    pub const fn nth(mut self, nth: u32) -> Self {
        self.nth = nth;
        self
    }

    /// How many chances it takes, one after another. Default: one.
    pub const fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// How much of it, in seconds where it is time. Default: 30.
    pub const fn size(mut self, size: u32) -> Self {
        self.size = size;
        self
    }

    /// What it is.
    pub const fn kind(&self) -> FaultKind {
        self.kind
    }

    /// As Rust code that makes it again.
    pub fn code(&self) -> String {
        let plain = Self::new(self.kind);
        let on = self.on.map(|api| format!(".on(\"{api}\")")).unwrap_or_default();
        let part = |name: &str, value: u32, default: u32| {
            if value == default { String::new() } else { format!(".{name}({value})") }
        };
        let nth = part("nth", self.nth, plain.nth);
        let times = part("times", self.times, plain.times);
        let size = part("size", self.size, plain.size);
        format!("Fault::new(FaultKind::{}){on}{nth}{times}{size}", self.kind)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind)?;
        if let Some(api) = self.on {
            write!(f, " on {api}")?;
        }
        write!(f, " nth {} times {}", self.nth, self.times)
    }
}
