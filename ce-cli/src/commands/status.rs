//! `ce status`: in which state every stack is, who works on it, and what can be done.

use std::collections::BTreeMap;

use ce_deploy::assembly::{Assembly, Stack, StackId};
use ce_deploy::cloud::{self, Answer, Call, Failure, FailureKind, Page, StackRef, StackStatus, Target};
use ce_deploy::engine::Exit;
use ce_deploy::journal::Swapped;
use ce_deploy::stack_policy::Held;
use serde_json::{Value, json};

use super::asking::{ask, ask_all};
use crate::arguments::Chosen;
use crate::drive::{JournalFile, now, state_folder};
use crate::project::Along;
use crate::screen::style;
use crate::session::Session;
use crate::stop::Stop;

/// What is known of a stack.
struct Known<'a> {
    stack: &'a Stack,
    found: Option<cloud::Stack>,
    /// Who began what goes on.
    owner: Option<String>,
    /// What was hotswapped from this machine, and not deployed since.
    hotswapped: Vec<String>,
    /// What its policy holds, and who wrote it; only for programs, since it takes a call a stack.
    policy: Value,
}

pub(super) async fn run(session: &Session, chosen: &Chosen) -> Result<Exit, Stop> {
    let (assembly, selection) = session.assembly(chosen).await?;
    let meant = selection.of(&assembly, Along::Alone)?;
    let mut found = there(session, &assembly).await?;
    let swapped = hotswapped(session, &assembly);
    let mut known = Vec::new();
    for stack in assembly.stacks.iter().filter(|stack| meant.contains(&stack.id)) {
        let found = found.remove(&stack.id);
        let owner = match &found {
            Some(found) if found.status.is_in_progress() => owner(session, stack, found).await,
            _ => None,
        };
        let swapped = swapped.get(&stack.id).zip(found.as_ref()).filter(|(swapped, found)| swapped.arn == found.id);
        let hotswapped = swapped.into_iter().flat_map(|(swapped, _)| swapped.resources.keys().cloned()).collect();
        let policy = match &found {
            Some(found) if session.global.json => policy(session, stack, found).await,
            _ => Value::Null,
        };
        known.push(Known { stack, found, owner, hotswapped, policy });
    }
    if session.global.json {
        let stacks: Vec<Value> = known.iter().map(|known| facts(session, known)).collect();
        session.screen.json(&json!({ "version": 1, "command": "status", "stacks": stacks }));
    } else {
        show(session, &known);
    }
    Ok(Exit::Done)
}

/// What this machine hotswapped of an assembly's stacks and did not deploy since.
pub(super) fn hotswapped(session: &Session, assembly: &Assembly) -> BTreeMap<StackId, Swapped> {
    JournalFile::look(&state_folder(session.global.state_dir.as_deref()), &assembly.folder).swapped()
}

/// The stacks of an assembly that are there: one question a place, or one a stack where that is forbidden.
pub(super) async fn there(session: &Session, assembly: &Assembly) -> Result<BTreeMap<StackId, cloud::Stack>, Stop> {
    let mut targets: BTreeMap<&Target, Vec<&Stack>> = BTreeMap::new();
    for stack in &assembly.stacks {
        targets.entry(&stack.target).or_default().push(stack);
    }
    let mut there = BTreeMap::new();
    for (target, stacks) in targets {
        let failed = |failure: Failure| Stop::of_call(&format!("read the stacks of {}", target.place), &failure);
        let all = match describe(session, target, None).await {
            Err(failure) if failure.kind == FailureKind::Denied && failure.code.starts_with("AccessDenied") => None,
            answer => Some(answer.map_err(failed)?),
        };
        for stack in stacks {
            let found = match &all {
                Some(all) => all.iter().find(|found| found.name == stack.name).cloned(),
                None => match describe(session, target, Some(&stack.name)).await {
                    Err(failure) if failure.kind == FailureKind::NotFound => None,
                    answer => answer.map_err(failed)?.into_iter().next(),
                },
            };
            if let Some(found) = found {
                there.insert(stack.id.clone(), found);
            }
        }
    }
    Ok(there)
}

async fn describe(session: &Session, target: &Target, name: Option<&str>) -> Result<Vec<cloud::Stack>, Failure> {
    let call = |page| Call::DescribeStacks { stack: name.map(StackRef::name), page };
    ask_all(session, target, call, |answer| match answer {
        Answer::Stacks(stacks, next) => Some((stacks, next)),
        _ => None,
    })
    .await
}

/// Who began what goes on; the token of the newest event tells.
async fn owner(session: &Session, stack: &Stack, found: &cloud::Stack) -> Option<String> {
    let call = Call::DescribeStackEvents { stack: StackRef::id(&found.id), page: Page::first() };
    let Ok(Answer::Events(events, _)) = ask(session, &stack.target, call).await else { return None };
    let token = events.into_iter().find_map(|event| event.token)?;
    Some(if token.is_of_ce() {
        "ce".to_owned()
    } else {
        format!("another tool ({})", session.screen.foreign(token.as_str()))
    })
}

/// Who wrote the stack's policy, and what it holds; nothing where there is none, or it cannot be read.
async fn policy(session: &Session, stack: &Stack, found: &cloud::Stack) -> Value {
    let call = Call::GetStackPolicy { stack: StackRef::id(&found.id) };
    match ask(session, &stack.target, call).await {
        Ok(Answer::StackPolicy(Some(text))) => match Held::read(&text) {
            Some(held) => json!({ "by": "ce", "holds": held.ids() }),
            None => json!({ "by": "another", "holds": null }),
        },
        _ => Value::Null,
    }
}

fn show(session: &Session, known: &[Known<'_>]) {
    let width = known.iter().map(|known| known.stack.id.as_str().len()).max().unwrap_or_default();
    for Known { stack, found, owner, hotswapped, .. } in known {
        let status = found.as_ref().map_or("not there", |found| found.status.as_str());
        let color = match found.as_ref().map(|found| found.status) {
            Some(status) if status.is_success() => style::GOOD,
            Some(status) if status.needs_repair() => style::BAD,
            Some(_) => style::CARE,
            None => style::DIM,
        };
        let end = color.render_reset();
        let age = found.as_ref().map(|found| format!("  {} ago", age(found))).unwrap_or_default();
        let owner = owner.as_ref().map(|owner| format!("  by {owner}")).unwrap_or_default();
        let swapped =
            if hotswapped.is_empty() { String::new() } else { format!("  hotswapped: {}", hotswapped.join(", ")) };
        let next = next(found.as_ref().map(|found| found.status)).join(", ");
        session
            .screen
            .result(&format!("{:width$}  {color}{status}{end}{age}{owner}{swapped}  next: {next}", stack.id.as_str()));
    }
}

fn facts(session: &Session, known: &Known<'_>) -> Value {
    let found = known.found.as_ref();
    json!({
        "id": known.stack.id,
        "name": known.stack.name,
        "place": known.stack.place,
        "arn": found.map(|found| session.screen.foreign(&found.id)),
        "status": found.map(|found| found.status),
        "reason": found.and_then(|found| found.status_reason.as_ref()).map(|reason| session.screen.foreign(reason)),
        "changed": found.map(|found| found.updated.unwrap_or(found.created)),
        "owner": known.owner,
        "hotswapped": known.hotswapped,
        "policy": known.policy,
        "next": next(found.map(|found| found.status)),
    })
}

/// The commands that do something for a stack in a state.
fn next(status: Option<StackStatus>) -> Vec<&'static str> {
    match status {
        None => vec!["deploy"],
        Some(StackStatus::UpdateInProgress) => vec!["attach", "cancel"],
        Some(status) if status.is_in_progress() => vec!["attach"],
        Some(status) if status.needs_repair() => vec!["recover"],
        Some(StackStatus::UpdateFailed | StackStatus::CreateFailed) => vec!["deploy", "recover", "destroy"],
        Some(StackStatus::ReviewInProgress) => vec!["deploy", "destroy"],
        Some(_) => vec!["deploy", "drift", "destroy"],
    }
}

fn age(found: &cloud::Stack) -> String {
    let seconds = (now().0.saturating_sub(found.updated.unwrap_or(found.created))) / 1_000;
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}
