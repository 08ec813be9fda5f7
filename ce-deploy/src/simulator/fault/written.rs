//! Faults as a command line writes them.

use std::fmt;
use std::str::FromStr;

use super::{Fault, FaultKind};

/// APIs that a fault may be bound to.
const APIS: [&str; 20] = [
    "GetCallerIdentity",
    "GetParameter",
    "HeadObject",
    "PutObject",
    "DescribeStacks",
    "DescribeStackEvents",
    "DescribeEvents",
    "ListStackResources",
    "GetTemplate",
    "CreateChangeSet",
    "DescribeChangeSet",
    "ListChangeSets",
    "ExecuteChangeSet",
    "DeleteChangeSet",
    "DeleteStack",
    "CancelUpdateStack",
    "ContinueUpdateRollback",
    "RollbackStack",
    "GetStackPolicy",
    "SetStackPolicy",
];

/// A text that is no fault.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FaultSyntax(String);

impl fmt::Display for FaultSyntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no fault; write KIND or KIND=API,after=N,times=N,seconds=N", self.0)
    }
}

impl std::error::Error for FaultSyntax {}

impl FromStr for Fault {
    type Err = FaultSyntax;

    fn from_str(text: &str) -> Result<Self, FaultSyntax> {
        let wrong = || FaultSyntax(text.to_owned());
        let (kind, options) = text.split_once('=').unwrap_or((text, ""));
        let kind = FaultKind::all().find(|known| known.word() == kind || known.name() == kind).ok_or_else(wrong)?;
        let options = options.split(',').filter(|option| !option.is_empty());
        options.into_iter().try_fold(Self::new(kind), with).ok_or_else(wrong)
    }
}

impl Fault {
    /// As a command line writes it; [`FromStr`] reads it.
    ///
    /// ```
    /// use ce_deploy::simulator::{Fault, FaultKind};
    /// let fault: Fault = "throttle=DescribeStacks,after=3,times=5".parse()?;
    /// assert_eq!(fault, Fault::new(FaultKind::Throttle).on("DescribeStacks").nth(3).times(5));
    /// assert_eq!(fault.written(), "throttle=DescribeStacks,after=3,times=5");
    /// assert_eq!("kill".parse::<Fault>()?.written(), "kill");
    /// # Ok::<(), ce_deploy::simulator::FaultSyntax>(())
    /// ```
    pub fn written(&self) -> String {
        let plain = Self::new(self.kind);
        let number = |name, value: u32, default| (value != default).then(|| format!("{name}={value}"));
        let options = [
            self.on.map(str::to_owned),
            number("after", self.nth, plain.nth),
            number("times", self.times, plain.times),
            number("seconds", self.size, plain.size),
        ];
        let options: Vec<String> = options.into_iter().flatten().collect();
        let is = if options.is_empty() { "" } else { "=" };
        format!("{}{is}{}", self.kind.word(), options.join(","))
    }
}

impl FaultKind {
    /// Its name as a command line writes it.
    ///
    /// ```
    /// use ce_deploy::simulator::FaultKind;
    /// assert_eq!(FaultKind::ErrorAfterDone.word(), "error-after-done");
    /// ```
    pub fn word(self) -> String {
        let mut word = String::new();
        for character in self.name().chars() {
            if character.is_ascii_uppercase() && !word.is_empty() {
                word.push('-');
            }
            word.push(character.to_ascii_lowercase());
        }
        word
    }
}

fn with(fault: Fault, option: &str) -> Option<Fault> {
    let Some((name, value)) = option.split_once('=') else {
        return APIS.into_iter().find(|api| *api == option).map(|api| fault.on(api));
    };
    let number = value.parse().ok()?;
    match name {
        "after" => Some(fault.nth(number)),
        "times" => Some(fault.times(number)),
        "seconds" => Some(fault.size(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::simulator::{Fault, FaultKind, Schedule};

    #[test]
    fn what_is_written_is_read() {
        let kinds: Vec<FaultKind> = FaultKind::all().collect();
        for fault in (0..500).flat_map(|seed| Schedule::of(seed, &kinds, 4).faults) {
            assert_eq!(fault.written().parse(), Ok(fault));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "thunder", "kill=after", "kill=after=-1", "throttle=Nothing", "kill=size=3"] {
            assert!(text.parse::<Fault>().is_err(), "{text}");
        }
    }
}
