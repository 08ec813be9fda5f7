//! What goes wrong on the way to a served cloud.

use std::fmt;
use std::str::FromStr;

use ce_deploy::cloud::Failure;
use ce_deploy::digest::sha256;

/// A fault: what goes wrong, with which requests, and how often.
///
/// ```
/// use ce_cli::simulate::{Fault, FaultKind};
/// let fault: Fault = "lost-answer=ExecuteChangeSet".parse()?;
/// assert_eq!(fault.kind, FaultKind::LostAnswer);
/// let often: Fault = "throttle=any:20%".parse()?;
/// assert_eq!(often.to_string(), "throttle=any:20%");
/// # Ok::<(), ce_cli::simulate::FaultSyntax>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    operation: Option<String>,
    when: When,
}

/// What goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FaultKind {
    /// The request is refused because there were too many.
    Throttle,
    /// The service says that it is unavailable (503).
    Unavailable,
    /// The service says that it failed (500).
    Internal,
    /// The credentials have ended.
    ExpiredToken,
    /// The caller may not.
    Denied,
    /// The request is lost: nothing is done, nothing is answered.
    LostRequest,
    /// The request is carried out, the answer is lost.
    LostAnswer,
    /// The request is carried out, the answer breaks off in its middle.
    BrokenAnswer,
    /// The request is carried out, the answer is whole by its length, but its text ends in the middle.
    TruncatedAnswer,
    /// The request is carried out, the answer is whole but neither XML nor JSON.
    GarbledAnswer,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum When {
    First(u64),
    Percent(u8),
}

const KINDS: [(FaultKind, &str); 10] = [
    (FaultKind::Throttle, "throttle"),
    (FaultKind::Unavailable, "unavailable"),
    (FaultKind::Internal, "internal"),
    (FaultKind::ExpiredToken, "expired-token"),
    (FaultKind::Denied, "denied"),
    (FaultKind::LostRequest, "lost-request"),
    (FaultKind::LostAnswer, "lost-answer"),
    (FaultKind::BrokenAnswer, "broken-answer"),
    (FaultKind::TruncatedAnswer, "truncated-answer"),
    (FaultKind::GarbledAnswer, "garbled-answer"),
];

impl Fault {
    /// A fault of the first requests for an operation.
    pub fn first(kind: FaultKind, operation: impl Into<String>, times: u64) -> Self {
        Self { kind, operation: Some(operation.into()), when: When::First(times) }
    }

    /// Whether it strikes: the n-th request, from one, of those it is about. The same seed strikes the same requests.
    pub(super) fn strikes(&self, seed: u64, n: u64) -> bool {
        match self.when {
            When::First(times) => n <= times,
            When::Percent(percent) => {
                let digest = sha256(format!("{seed} {self} {n}"));
                u64::from_str_radix(&digest[..8], 16).is_ok_and(|drawn| drawn % 100 < u64::from(percent))
            }
        }
    }

    pub(super) fn is_about(&self, operation: &str) -> bool {
        self.operation.as_deref().is_none_or(|name| name == operation)
    }
}

impl FaultKind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|(kind, _)| *kind)
    }

    /// As the command line names it.
    pub fn word(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// What is answered instead, where the request is not carried out.
    pub(super) fn refusal(self) -> Option<Failure> {
        Some(match self {
            Self::Throttle => Failure::answered("Throttling", "Rate exceeded"),
            Self::Unavailable => Failure::answered("ServiceUnavailable", "Service is unavailable, try again"),
            Self::Internal => Failure::answered("InternalFailure", "An internal error occurred"),
            Self::ExpiredToken => {
                Failure::answered("ExpiredToken", "The security token included in the request is expired")
            }
            Self::Denied => Failure::answered("AccessDenied", "User is not authorized to perform this action"),
            Self::LostRequest => Failure::no_answer("the connection is closed"),
            Self::LostAnswer | Self::BrokenAnswer | Self::TruncatedAnswer | Self::GarbledAnswer => return None,
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.kind.word(), self.operation.as_deref().unwrap_or("any"))?;
        match self.when {
            When::First(times) => write!(f, ":{times}"),
            When::Percent(percent) => write!(f, ":{percent}%"),
        }
    }
}

/// A text that names no fault.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FaultSyntax(String);

impl fmt::Display for FaultSyntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds: Vec<_> = KINDS.iter().map(|(_, word)| *word).collect();
        let forms = "KIND=OPERATION, KIND=OPERATION:TIMES or KIND=any:PERCENT%";
        write!(f, "`{}` is no fault; write {forms}, with KIND one of {}", self.0, kinds.join(", "))
    }
}

impl std::error::Error for FaultSyntax {}

impl FromStr for Fault {
    type Err = FaultSyntax;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        read(text).ok_or_else(|| FaultSyntax(text.to_owned()))
    }
}

fn read(text: &str) -> Option<Fault> {
    let (kind, rest) = text.split_once('=')?;
    let kind = KINDS.iter().find(|(_, word)| *word == kind)?.0;
    let (operation, when) = match rest.split_once(':') {
        None => (rest, When::First(1)),
        Some((operation, times)) => match times.strip_suffix('%') {
            Some(percent) => (operation, When::Percent(percent.parse().ok().filter(|percent| *percent <= 100)?)),
            None => (operation, When::First(times.parse().ok()?)),
        },
    };
    let is_name = !operation.is_empty() && operation.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name.then(|| Fault { kind, operation: (operation != "any").then(|| operation.to_owned()), when })
}

#[cfg(test)]
mod tests {
    use super::{Fault, FaultKind};

    #[test]
    fn every_kind_is_read_back() {
        for kind in FaultKind::all() {
            let fault = Fault::first(kind, "DescribeStacks", 2);
            assert_eq!(fault.to_string().parse(), Ok(fault));
        }
    }

    #[test]
    fn other_texts_are_refused_with_the_forms_there_are() {
        for text in ["", "throttle", "throttle=", "nothing=any", "throttle=any:101%", "throttle=any:x", "throttle=a b"]
        {
            assert!(text.parse::<Fault>().is_err(), "{text}");
        }
        insta::assert_snapshot!("slow".parse::<Fault>().expect_err("no fault").to_string());
    }

    #[test]
    fn a_share_is_kept_about() {
        let fault: Fault = "throttle=any:25%".parse().expect("a fault");
        let struck = (1..=1_000).filter(|n| fault.strikes(7, *n)).count();
        assert!((200..300).contains(&struck), "{struck}");
        assert!(!"throttle=any:0%".parse::<Fault>().expect("a fault").strikes(7, 1));
    }
}
