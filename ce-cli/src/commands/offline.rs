//! `ce plan --offline`: what changes, from the templates alone.
//!
//! The stacks' present templates are read, no change set is made.

use std::collections::BTreeSet;

use ce_deploy::assembly::{Assembly, Stack, StackId};
use ce_deploy::cloud::{Answer, Call, FailureKind, Page, StackRef};
use ce_deploy::difference::{Class, Difference, Side};
use ce_deploy::engine::Exit;
use ce_deploy::template::{Template, Version};
use serde_json::{Value, json};

use super::asking::ask;
use crate::arguments::Plan;
use crate::session::Session;
use crate::stop::Stop;

pub(super) async fn run(
    session: &Session,
    assembly: &Assembly,
    meant: &BTreeSet<StackId>,
    plan: &Plan,
) -> Result<Exit, Stop> {
    let mut sides = Vec::new();
    for stack in assembly.stacks.iter().filter(|stack| meant.contains(&stack.id)) {
        let before = deployed(session, stack).await?;
        let mut after = Version::of_stack(stack)
            .map_err(|error| Stop::new(Exit::Refused, format!("the template of `{}`: {error}", stack.id)))?;
        keep(&mut after, before.as_ref());
        let (id, name, place) = (stack.id.clone(), stack.name.clone(), stack.place.clone());
        sides.push(Side { id, name, place, before, after: Some(after) });
    }
    let differences = Difference::together(&sides, &ce::cfn::SCHEMAS);
    let found: Vec<(&StackId, Difference)> = sides.iter().map(|side| &side.id).zip(differences).collect();
    show(session, &found);
    let changes = found.iter().any(|(_, difference)| !difference.is_empty());
    let fails = changes && (plan.detailed_exitcode || !plan.fail_on.is_empty());
    Ok(if fails { Exit::ChangesPresent } else { Exit::Done })
}

/// The template that a stack has; none if it is not there.
async fn deployed(session: &Session, stack: &Stack) -> Result<Option<Version>, Stop> {
    let name = StackRef::name(&stack.name);
    let call = Call::GetTemplate { stack: name.clone(), change_set: None };
    let text = match ask(session, &stack.target, call).await {
        Ok(Answer::Template(text)) => text,
        Ok(_) => return Ok(None),
        Err(failure) if failure.kind == FailureKind::NotFound => return Ok(None),
        Err(failure) => return Err(Stop::of_call(&format!("read the template of `{}`", stack.id), &failure)),
    };
    let wrong = |error| Stop::new(Exit::Unclassified, format!("the template `{}` has now: {error}", stack.id));
    let mut version = Version::new(Template::parse(&text).map_err(wrong)?);
    // What stands for the account or the region is the same on both sides.
    version.place = Some(stack.place.clone());
    version.stack_name = Some(stack.name.clone());
    let call = Call::DescribeStacks { stack: Some(name), page: Page::first() };
    if let Ok(Answer::Stacks(stacks, _)) = ask(session, &stack.target, call).await {
        for parameter in stacks.into_iter().flat_map(|stack| stack.parameters) {
            if let Some(value) = parameter.value {
                version = version.parameter(parameter.key, value.reveal());
            }
        }
    }
    Ok(Some(version))
}

/// Parameters that nobody gives a value keep the one they have.
fn keep(after: &mut Version, before: Option<&Version>) {
    for (name, value) in before.into_iter().flat_map(|before| &before.parameters) {
        if after.template.parameters.contains_key(name) {
            after.parameters.entry(name.clone()).or_insert_with(|| value.clone());
        }
    }
}

fn show(session: &Session, found: &[(&StackId, Difference)]) {
    let screen = &session.screen;
    let harmless = |text: &str| text.lines().map(|line| screen.foreign(line)).collect::<Vec<_>>().join("\n");
    if session.global.json {
        let json = |difference: &Difference| serde_json::from_str(&difference.json()).unwrap_or(Value::Null);
        let stacks: Vec<_> =
            found.iter().map(|(id, difference)| json!({ "stack": id, "difference": json(difference) })).collect();
        return screen.json(&json!({ "version": 1, "command": "plan", "offline": true, "stacks": stacks }));
    }
    for (id, difference) in found {
        if session.global.markdown {
            screen.result(&format!("### `{id}`\n\n{}", harmless(&difference.markdown())));
        } else if difference.is_empty() {
            screen.progress(&format!("{id}  unchanged"));
        } else {
            screen.result(&format!("{id}\n{}", harmless(&difference.text())));
        }
    }
    let worst = found.iter().map(|(_, difference)| difference.class()).max().unwrap_or(Class::Unchanged);
    screen.progress(&format!("worst: {worst}"));
}
