//! The clock, the credentials, the bootstrap and the quota of an account and region.

use std::collections::BTreeSet;

use ce_deploy::assembly::Stack;
use ce_deploy::cloud::{Answer, Call, FailureKind, Target};
use ce_deploy::engine::Exit;

use super::check::{Check, Finding};
use crate::commands::asking::{ask, ask_all};
use crate::session::Session;

/// How many stacks a region takes unless the quota was raised. Source: user guide, "CloudFormation quotas".
const STACKS: usize = 2_000;
/// A signature with a time further from AWS's own is refused. Source: IAM user guide, "Signature Version 4", on the time
/// stamp of a request.
const LIMIT: u64 = 5 * 60;
/// A clock that is further off is not being set.
const CARE: u64 = 60;
/// The header has whole seconds, and takes its time on the way.
const EXACT: u64 = 2;

/// How far the clock of this machine is from that of AWS.
pub(super) async fn clock(session: &Session, target: &Target) -> Check {
    let result = match session.aws.clock(target).await {
        Ok(ahead) => skewed(ahead),
        Err(failure) => Finding::Care(format!("cannot be compared: {failure}")),
    };
    Check::new(format!("clock against {}", target.place), result)
}

/// What a clock that is so many seconds ahead, or behind if less than zero, means.
fn skewed(ahead: i64) -> Finding {
    let off = ahead.unsigned_abs();
    let text = match ahead {
        _ if off <= EXACT => "as that of AWS".to_owned(),
        1.. => format!("{off} s ahead of that of AWS"),
        _ => format!("{off} s behind that of AWS"),
    };
    if off > LIMIT {
        Finding::Wrong(Exit::NotAllowed, format!("{text}, and requests are refused from {LIMIT} s on; set it"))
    } else if off > CARE {
        Finding::Care(format!("{text}; from {LIMIT} s on every request is refused"))
    } else {
        Finding::Fine(text)
    }
}

/// Whether there are credentials for the right account, and whose they are.
pub(super) async fn credentials(session: &Session, target: &Target) -> (Check, Option<String>) {
    let (result, arn) = match ask(session, target, Call::Identity).await {
        Ok(Answer::Identity { arn, .. }) => (Finding::Fine(arn.clone()), Some(arn)),
        Ok(_) => (Finding::Wrong(Exit::Unclassified, "an answer to another question".to_owned()), None),
        Err(failure) if failure.kind == FailureKind::ClockSkew => {
            (Finding::Wrong(Exit::NotAllowed, format!("the machine's clock seems wrong: {failure}")), None)
        }
        Err(failure) => (Finding::Wrong(Exit::NotAllowed, failure.to_string()), None),
    };
    (Check::new(format!("credentials for {}", target.place), result), arn)
}

/// Whether the place is prepared as the stack asks for.
pub(super) async fn bootstrap(session: &Session, stack: &Stack) -> Option<Check> {
    let wanted = stack.bootstrap.as_ref()?;
    let call = Call::Parameter { name: wanted.parameter.clone() };
    let result = match ask(session, &stack.target, call).await {
        Ok(Answer::Parameter(version)) => match version.parse::<u32>() {
            Ok(found) if found >= wanted.version => Finding::Fine(format!("version {found}")),
            _ => {
                let text = format!("version {version} is there, {} is needed; `ce bootstrap`", wanted.version);
                Finding::Wrong(Exit::Refused, text)
            }
        },
        Ok(_) => Finding::Wrong(Exit::Unclassified, "an answer to another question".to_owned()),
        Err(failure) if failure.kind == FailureKind::NotFound => {
            Finding::Wrong(Exit::Refused, format!("not there; `ce bootstrap {}`", stack.place))
        }
        Err(failure) => Finding::Wrong(Exit::NotAllowed, failure.to_string()),
    };
    Some(Check::new(format!("bootstrap of {}", stack.place), result))
}

/// Whether the region takes the stacks that are still to be made.
pub(super) async fn quota(session: &Session, target: &Target, stacks: &[&Stack]) -> Check {
    let call = |page| Call::DescribeStacks { stack: None, page };
    let all = ask_all(session, target, call, |answer| match answer {
        Answer::Stacks(stacks, next) => Some((stacks, next)),
        _ => None,
    });
    let result = match all.await {
        Ok(found) => {
            let names: BTreeSet<&str> = found.iter().map(|found| found.name.as_str()).collect();
            let missing = stacks.iter().filter(|stack| !names.contains(stack.name.as_str())).count();
            headroom(found.len(), missing, session.aws.stack_limit(target).await.ok())
        }
        Err(failure) => Finding::Care(format!("cannot be counted: {failure}")),
    };
    Check::new(format!("stacks of {}", target.place), result)
}

/// What so many stacks, and so many more, mean; without a limit of the account the usual one counts.
fn headroom(there: usize, missing: usize, limit: Option<usize>) -> Finding {
    let usual = if limit.is_none() { " (the usual quota)" } else { "" };
    let limit = limit.unwrap_or(STACKS);
    let text = format!("{there} of {limit}{usual}, {missing} more to be made");
    match there + missing {
        all if all > limit => Finding::Wrong(Exit::Refused, format!("{text}; have the quota raised")),
        all if all * 10 > limit * 9 => Finding::Care(text),
        _ => Finding::Fine(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, headroom, skewed};

    fn word(finding: &Finding) -> &'static str {
        match finding {
            Finding::Fine(_) => "ok",
            Finding::Care(_) => "care",
            Finding::Wrong(..) => "wrong",
        }
    }

    #[test]
    fn a_clock_is_refused_from_five_minutes_on() {
        for (ahead, expected) in [(0, "ok"), (-59, "ok"), (61, "care"), (-300, "care"), (301, "wrong"), (-301, "wrong")]
        {
            assert_eq!(word(&skewed(ahead)), expected, "{ahead}");
        }
        assert!(matches!(skewed(-600), Finding::Wrong(_, text) if text.starts_with("600 s behind that of AWS")));
    }

    #[test]
    fn what_is_to_be_made_counts() {
        assert_eq!(word(&headroom(10, 5, None)), "ok");
        assert_eq!(word(&headroom(1_799, 2, None)), "care");
        assert_eq!(word(&headroom(1_999, 2, None)), "wrong");
        assert_eq!(word(&headroom(1_999, 2, Some(5_000))), "ok");
    }
}
