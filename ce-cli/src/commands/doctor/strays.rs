//! What earlier runs left: stacks that take no update, change sets that nobody executed.

use ce_deploy::assembly::{Assembly, Stack};
use ce_deploy::cloud::{Answer, Call, ExecutionState, Failure, Page, StackRef, StackStatus};
use ce_deploy::engine::Exit;

use super::check::{Check, Finding};
use crate::commands::asking::ask_all;
use crate::commands::status;
use crate::session::Session;
use crate::stop::Stop;

pub(super) async fn find(session: &Session, assembly: &Assembly) -> Result<Vec<Check>, Stop> {
    let there = status::there(session, assembly).await?;
    let mut checks = Vec::new();
    for stack in &assembly.stacks {
        let Some(found) = there.get(&stack.id) else { continue };
        if found.status.needs_repair() {
            let text = format!("{}; `ce recover {}`", found.status, stack.id);
            checks.push(Check::new(stack.id.as_str(), Finding::Wrong(Exit::Refused, text)));
        }
        if found.status == StackStatus::ReviewInProgress {
            let text = format!("empty, made for a change set that was never executed; `ce destroy {}`", stack.id);
            checks.push(Check::new(stack.id.as_str(), Finding::Care(text)));
        }
        match waiting(session, stack).await {
            Ok(names) if names.is_empty() => {}
            Ok(names) => {
                let text =
                    format!("change sets that nobody executed: {}; the next update discards them", names.join(", "));
                checks.push(Check::new(stack.id.as_str(), Finding::Care(text)));
            }
            Err(failure) => {
                let text = format!("its change sets cannot be listed: {failure}");
                checks.push(Check::new(stack.id.as_str(), Finding::Care(text)));
            }
        }
    }
    if checks.is_empty() {
        checks.push(Check::new("what earlier runs left", Finding::Fine("nothing".to_owned())));
    }
    Ok(checks)
}

async fn waiting(session: &Session, stack: &Stack) -> Result<Vec<String>, Failure> {
    let call = |page: Page| Call::ListChangeSets { stack: StackRef::name(&stack.name), page };
    let all = ask_all(session, &stack.target, call, |answer| match answer {
        Answer::ChangeSets(sets, next) => Some((sets, next)),
        _ => None,
    });
    let waiting = all.await?.into_iter().filter(|(.., state)| *state == ExecutionState::Available);
    Ok(waiting.map(|(_, name, _)| name).collect())
}
