//! `ce doctor`: what stands in the way of a deployment, looked for before it.

use std::collections::BTreeMap;

use ce_deploy::assembly::{Assembly, Stack};
use ce_deploy::cloud::{Answer, Call, ExecutionState, Failure, FailureKind, Page, StackRef, Target};
use ce_deploy::engine::Exit;
use serde_json::json;

use super::asking::{ask, ask_all};
use super::status;
use crate::arguments::Chosen;
use crate::screen::style;
use crate::session::Session;
use crate::stop::Stop;

/// How many stacks a region takes unless the quota was raised. Source: user guide, "CloudFormation quotas".
const STACKS: usize = 2_000;

/// Something that was looked at.
struct Check {
    about: String,
    result: Result<String, (Exit, String)>,
}

pub(super) async fn run(session: &Session, chosen: &Chosen) -> Result<Exit, Stop> {
    let (assembly, _) = session.assembly(chosen).await?;
    let mut checks = Vec::new();
    for (target, stacks) in by_target(&assembly) {
        let identity = identity(session, target).await;
        let known = identity.result.is_ok();
        checks.push(identity);
        if known {
            checks.extend(bootstrap(session, stacks[0]).await);
            checks.push(quota(session, target).await);
        }
    }
    if checks.iter().all(|check| check.result.is_ok()) {
        checks.extend(strays(session, &assembly).await?);
    }
    show(session, &checks);
    Ok(checks.iter().filter_map(|check| check.result.as_ref().err()).map(|(exit, _)| *exit).max().unwrap_or(Exit::Done))
}

fn by_target(assembly: &Assembly) -> BTreeMap<&Target, Vec<&Stack>> {
    let mut targets: BTreeMap<&Target, Vec<&Stack>> = BTreeMap::new();
    for stack in &assembly.stacks {
        targets.entry(&stack.target).or_default().push(stack);
    }
    targets
}

/// Whether there are credentials, for the right account; a clock that is wrong shows here too.
async fn identity(session: &Session, target: &Target) -> Check {
    let about = format!("credentials for {}", target.place);
    let result = match ask(session, target, Call::Identity).await {
        Ok(Answer::Identity { arn, .. }) => Ok(session.screen.foreign(&arn)),
        Ok(_) => Err((Exit::Unclassified, "an answer to another question".to_owned())),
        Err(failure) if failure.kind == FailureKind::ClockSkew => {
            Err((Exit::NotAllowed, format!("the machine's clock seems wrong: {failure}")))
        }
        Err(failure) => Err((Exit::NotAllowed, failure.to_string())),
    };
    Check { about, result }
}

/// Whether the place is prepared as the stack asks for.
async fn bootstrap(session: &Session, stack: &Stack) -> Option<Check> {
    let wanted = stack.bootstrap.as_ref()?;
    let call = Call::Parameter { name: wanted.parameter.clone() };
    let result = match ask(session, &stack.target, call).await {
        Ok(Answer::Parameter(version)) => match version.parse::<u32>() {
            Ok(found) if found >= wanted.version => Ok(format!("version {found}")),
            _ => Err((
                Exit::Refused,
                format!("version {version} is there, {} is needed; `ce bootstrap`", wanted.version),
            )),
        },
        Ok(_) => Err((Exit::Unclassified, "an answer to another question".to_owned())),
        Err(failure) if failure.kind == FailureKind::NotFound => {
            Err((Exit::Refused, format!("not there; `ce bootstrap {}`", stack.place)))
        }
        Err(failure) => Err((Exit::NotAllowed, failure.to_string())),
    };
    Some(Check { about: format!("bootstrap of {}", stack.place), result })
}

async fn quota(session: &Session, target: &Target) -> Check {
    let about = format!("stacks of {}", target.place);
    let call = |page| Call::DescribeStacks { stack: None, page };
    let all = ask_all(session, target, call, |answer| match answer {
        Answer::Stacks(stacks, next) => Some((stacks, next)),
        _ => None,
    });
    let result = match all.await {
        Ok(stacks) if stacks.len() * 10 > STACKS * 9 => {
            Err((Exit::Refused, format!("{} of {STACKS} are there", stacks.len())))
        }
        Ok(stacks) => Ok(format!("{} of {STACKS}", stacks.len())),
        Err(failure) => Err((Exit::NotAllowed, failure.to_string())),
    };
    Check { about, result }
}

/// Stacks that take no update, and change sets that nobody executed.
async fn strays(session: &Session, assembly: &Assembly) -> Result<Vec<Check>, Stop> {
    let there = status::there(session, assembly).await?;
    let mut checks = Vec::new();
    for stack in &assembly.stacks {
        let Some(found) = there.get(&stack.id) else { continue };
        if found.status.needs_repair() {
            let wrong = (Exit::Refused, format!("{}; `ce recover {}`", found.status, stack.id));
            checks.push(Check { about: stack.id.to_string(), result: Err(wrong) });
        }
        let left = change_sets(session, stack).await.unwrap_or_default();
        if !left.is_empty() {
            let left = session.screen.foreign(&left.join(", "));
            checks.push(Check { about: stack.id.to_string(), result: Ok(format!("change sets wait: {left}")) });
        }
    }
    Ok(checks)
}

async fn change_sets(session: &Session, stack: &Stack) -> Result<Vec<String>, Failure> {
    let call = |page: Page| Call::ListChangeSets { stack: StackRef::name(&stack.name), page };
    let all = ask_all(session, &stack.target, call, |answer| match answer {
        Answer::ChangeSets(sets, next) => Some((sets, next)),
        _ => None,
    });
    let waiting = all.await?.into_iter().filter(|(.., state)| *state == ExecutionState::Available);
    Ok(waiting.map(|(_, name, _)| name).collect())
}

fn show(session: &Session, checks: &[Check]) {
    let screen = &session.screen;
    if session.global.json {
        let checks: Vec<_> = checks
            .iter()
            .map(|check| match &check.result {
                Ok(found) => json!({ "about": check.about, "ok": true, "found": found }),
                Err((_, wrong)) => json!({ "about": check.about, "ok": false, "found": screen.foreign(wrong) }),
            })
            .collect();
        return screen.json(&json!({ "version": 1, "command": "doctor", "checks": checks }));
    }
    let width = checks.iter().map(|check| check.about.len()).max().unwrap_or_default();
    for Check { about, result } in checks {
        let (word, color, text) = match result {
            Ok(found) => ("ok   ", style::GOOD, found.clone()),
            Err((_, wrong)) => ("wrong", style::BAD, screen.foreign(wrong)),
        };
        let end = color.render_reset();
        screen.result(&format!("{color}{word}{end}  {about:width$}  {text}"));
    }
}
