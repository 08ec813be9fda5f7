//! Service times as the command line writes them.

use std::fmt;
use std::str::FromStr;

use ce_deploy::engine::Span;
use ce_deploy::simulator::ServiceTimes;

/// How long the simulated service takes: `change-set=1,resource=3,deletion=2,AWS::RDS::DBInstance=600`, in seconds.
///
/// ```
/// use ce_cli::simulate::Times;
/// assert!("resource=0.5,AWS::RDS::DBInstance=600".parse::<Times>().is_ok());
/// assert!("resource=soon".parse::<Times>().is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Times(ServiceTimes);

impl Times {
    /// As the simulator takes them.
    pub fn into_inner(self) -> ServiceTimes {
        self.0
    }
}

/// A text that names no service time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimesSyntax(String);

impl fmt::Display for TimesSyntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = "`change-set`, `resource`, `deletion`, `detection` or a type such as `AWS::RDS::DBInstance`";
        write!(f, "`{}` is no service time; write WHAT=SECONDS, with WHAT one of {what}", self.0)
    }
}

impl std::error::Error for TimesSyntax {}

impl FromStr for Times {
    type Err = TimesSyntax;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let entries = text.split(',').filter(|entry| !entry.is_empty());
        let add = |times, entry: &str| with(times, entry).ok_or_else(|| TimesSyntax(entry.to_owned()));
        entries.into_iter().try_fold(ServiceTimes::default(), add).map(Self)
    }
}

fn with(times: ServiceTimes, entry: &str) -> Option<ServiceTimes> {
    let (what, seconds) = entry.split_once('=')?;
    let span = span(seconds)?;
    Some(match what {
        "change-set" => times.change_set(span),
        "resource" => times.resource(span),
        "deletion" => times.deletion(span),
        "detection" => times.detection(span),
        type_name if type_name.contains("::") => times.of(type_name, span),
        _ => return None,
    })
}

fn span(seconds: &str) -> Option<Span> {
    let duration = std::time::Duration::try_from_secs_f64(seconds.parse().ok()?).ok()?;
    u64::try_from(duration.as_millis()).ok().map(Span)
}

#[cfg(test)]
mod tests {
    use super::Times;

    #[test]
    fn other_texts_are_refused() {
        for text in ["resource", "resource=-1", "resource=NaN", "other=1", "resource=1,x"] {
            assert!(text.parse::<Times>().is_err(), "{text}");
        }
    }
}
