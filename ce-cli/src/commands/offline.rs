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

use super::asking::{ask, ask_all};
use super::deploying;
use crate::arguments::Plan;
use crate::session::Session;
use crate::stop::Stop;

/// The type of a nested stack.
const NESTED: &str = "AWS::CloudFormation::Stack";

pub(super) async fn run(
    session: &Session,
    assembly: &Assembly,
    meant: &BTreeSet<StackId>,
    plan: &Plan,
) -> Result<Exit, Stop> {
    let given = deploying::given(session, assembly, &plan.inputs)?;
    let mut sides = Vec::new();
    for stack in assembly.stacks.iter().filter(|stack| meant.contains(&stack.id)) {
        let before = deployed(session, stack).await?;
        let mut after = Version::of_stack(stack)
            .map_err(|error| Stop::new(Exit::Refused, format!("the template of `{}`: {error}", stack.id)))?;
        let given = given.iter().filter(|(id, ..)| *id == stack.id);
        after.parameters.extend(given.map(|(_, name, value)| (name.clone(), value.clone())));
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
    let Some(text) = template(session, stack, name.clone()).await? else { return Ok(None) };
    let wrong = |error| Stop::new(Exit::Unclassified, format!("the template `{}` has now: {error}", stack.id));
    let mut version = Version::new(Template::parse(&text).map_err(wrong)?);
    // What stands for the account or the region is the same on both sides.
    version.place = Some(stack.place.clone());
    version.stack_name = Some(stack.name.clone());
    let call = Call::DescribeStacks { stack: Some(name.clone()), page: Page::first() };
    if let Ok(Answer::Stacks(stacks, _)) = ask(session, &stack.target, call).await {
        for parameter in stacks.into_iter().flat_map(|stack| stack.parameters) {
            if let Some(value) = parameter.value {
                version = version.parameter(parameter.key, value.reveal());
            }
        }
    }
    read_nested(session, stack, name, &mut version).await?;
    Ok(Some(version))
}

/// The templates of the nested stacks that are there, whatever the assembly says of them.
async fn read_nested(session: &Session, stack: &Stack, root: StackRef, version: &mut Version) -> Result<(), Stop> {
    let mut open = vec![(String::new(), root, has_nested(&version.template))];
    while let Some((above, outer, may_have)) = open.pop() {
        if !may_have {
            continue;
        }
        let call = |page| Call::ListStackResources { stack: outer.clone(), page };
        let found = ask_all(session, &stack.target, call, |answer| match answer {
            Answer::Resources(resources, rest) => Some((resources, rest)),
            _ => None,
        });
        let failed = |failure| Stop::of_call(&format!("list the resources of `{}`", stack.id), &failure);
        for resource in found.await.map_err(failed)? {
            let is_stack = resource.type_name == NESTED;
            let Some(arn) = resource.physical_id.filter(|arn| is_stack && arn.starts_with("arn:")) else { continue };
            let path = format!("{above}{}", resource.logical_id);
            let text = template(session, stack, StackRef::id(&arn)).await?.unwrap_or_default();
            if let Ok(template) = Template::parse(&text) {
                open.push((format!("{path}."), StackRef::id(arn), has_nested(&template)));
                version.nested.insert(path, template);
            }
        }
    }
    Ok(())
}

/// Whether a stack with this template can have nested stacks. A macro may make some.
fn has_nested(template: &Template) -> bool {
    !template.macros.is_empty() || template.resources.values().any(|resource| resource.type_name == NESTED)
}

/// The template that a stack has; none if it is not there.
async fn template(session: &Session, stack: &Stack, name: StackRef) -> Result<Option<String>, Stop> {
    match ask(session, &stack.target, Call::GetTemplate { stack: name, change_set: None }).await {
        Ok(Answer::Template(text)) => Ok(Some(text)),
        Ok(_) => Ok(None),
        Err(failure) if failure.kind == FailureKind::NotFound => Ok(None),
        Err(failure) => Err(Stop::of_call(&format!("read the template of `{}`", stack.id), &failure)),
    }
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
