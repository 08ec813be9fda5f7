//! What `plan`, `deploy` and `apply` have in common.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use ce_deploy::assembly::{Assembly, Stack, StackId};
use ce_deploy::cloud::{Mode, Secret};
use ce_deploy::engine::{Exit, Explained, Operation, Options, Outcome};
use ce_deploy::journal::Journal;
use ce_deploy::plan::Approval;
use serde_json::Value;

use crate::arguments::{Failing, Guarding, Inputs, Looking, Manner, ask};
use crate::drive::{Driver, JournalFile, now, state_folder, trace_key};
use crate::screen::{Detail, Prompt, Telling, outcome};
use crate::session::{Session, is_hidden};
use crate::stop::Stop;

/// The engine's options for what was typed.
pub(super) fn options(manner: &Manner) -> Result<Options, Stop> {
    if manner.on_failure == Failing::RollbackAll && (manner.no_rollback || manner.detach) {
        let other = if manner.no_rollback { "--no-rollback" } else { "--detach" };
        let message = format!("`--on-failure rollback-all` and `{other}` exclude each other");
        return Err(Stop::new(Exit::Usage, message).help("leave one of them out"));
    }
    let mut approval = Approval::default();
    if let Some(digest) = &manner.approve {
        approval = approval.digest(digest);
    }
    approval = manner.yes_for.iter().fold(approval, |approval, class| approval.class(*class));
    approval = manner.allow_destroy.iter().fold(approval, Approval::destroy);
    approval = manner.allow_replace.iter().fold(approval, Approval::replace);
    let options = Options::default()
        .ask(ask(&manner.require_approval))
        .approval(approval)
        .concurrency(manner.concurrency)
        .on_failure(manner.on_failure.into())
        .mode(manner.mode.into())
        .rollback(!manner.no_rollback)
        .stack_policy(!manner.no_stack_policy)
        .detach(manner.detach)
        .timeout(manner.timeout);
    Ok(options)
}

/// With the alarms that were given.
pub(super) fn guarded(options: Options, guarding: &Guarding) -> Options {
    match guarding.guard() {
        Some(guard) => options.guard(guard),
        None => options,
    }
}

/// With change sets that compare with what is there, if somebody wants so.
pub(super) fn reverting(options: Options, revert_drift: bool) -> Options {
    if revert_drift { options.mode(Mode::RevertDrift) } else { options }
}

/// With the values that were given for parameters. They show in no text from now on.
pub(super) fn with_inputs(
    session: &Session,
    assembly: &Assembly,
    inputs: &Inputs,
    options: Options,
) -> Result<Options, Stop> {
    let options = options.follow(!inputs.no_follow).seed(now().0);
    let given = given(session, assembly, inputs)?;
    Ok(given.into_iter().fold(options, |options, (stack, name, value)| options.parameter(&stack, name, value)))
}

/// The values that were given for parameters, for each stack that has them. They show in no text from now on, but for
/// words of the assembly itself that no template hides.
pub(super) fn given(
    session: &Session,
    assembly: &Assembly,
    inputs: &Inputs,
) -> Result<Vec<(StackId, String, Secret)>, Stop> {
    let mut found = Vec::new();
    let mut given: Vec<(Option<StackId>, String, String)> = Vec::new();
    if let Some(file) = &inputs.params_file {
        given.extend(of_file(file)?);
    }
    for text in &inputs.parameters {
        given.push(of_flag(assembly, text)?);
    }
    for (stack, name, value) in given {
        let value = Secret::new(value);
        let meant = |id: &StackId| stack.as_ref().is_none_or(|stack| stack == id);
        let having: Vec<&StackId> = assembly
            .stacks
            .iter()
            .filter(|stack| meant(&stack.id) && has(&stack.template, &name))
            .map(|stack| &stack.id)
            .collect();
        if having.is_empty() {
            return Err(Stop::new(Exit::Usage, format!("no stack that is meant has a parameter `{name}`")));
        }
        if having.iter().any(|id| hides(assembly, id, &name)) || !is_public(assembly, &value) {
            session.hide(&value);
        }
        found.extend(having.into_iter().map(|stack| (stack.clone(), name.clone(), value.clone())));
    }
    Ok(found)
}

/// Whether the template of a stack hides a parameter.
fn hides(assembly: &Assembly, id: &StackId, name: &str) -> bool {
    assembly.stack(id).is_some_and(|stack| is_hidden(&stack.template, name))
}

/// Whether a value is an account, a region or a name of the assembly: hidden, no text could say where anything is.
fn is_public(assembly: &Assembly, value: &Secret) -> bool {
    let words = |stack: &Stack| {
        let Stack { id, name, place, .. } = stack;
        [id.as_str(), name, &place.account, &place.region].contains(&value.reveal())
    };
    assembly.stacks.iter().any(words)
}

fn of_flag(assembly: &Assembly, text: &str) -> Result<(Option<StackId>, String, String), Stop> {
    let wrong =
        || Stop::new(Exit::Usage, "a parameter is not understood").help("write `--parameters Stack:Name=value`");
    let (front, value) = text.split_once('=').ok_or_else(wrong)?;
    let Some((stack, name)) = front.split_once(':') else {
        return Ok((None, front.to_owned(), value.to_owned()));
    };
    Ok((Some(called(assembly, stack)?.id.clone()), name.to_owned(), value.to_owned()))
}

/// The stack with this id or name.
pub(super) fn called<'a>(assembly: &'a Assembly, name: &str) -> Result<&'a Stack, Stop> {
    let found = assembly.stacks.iter().find(|found| found.id.as_str() == name || found.name == name);
    found.ok_or_else(|| Stop::new(Exit::Usage, format!("no stack is called `{name}`")).help("`ce ls` names them"))
}

/// `{"Stack": {"Name": "value"}}`.
fn of_file(path: &Path) -> Result<Vec<(Option<StackId>, String, String)>, Stop> {
    let wrong =
        |why: String| Stop::new(Exit::Usage, format!("cannot read the parameters in `{}`: {why}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
    // What is wrong with it could be quoted from it, so only the place is said.
    let values: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(&text)
        .map_err(|error| wrong(format!("line {} is not as `{{\"Stack\": {{\"Name\": \"value\"}}}}`", error.line())))?;
    let each = values.into_iter().flat_map(|(stack, values)| {
        values.into_iter().map(move |(name, value)| (Some(StackId::new(stack.clone())), name, value))
    });
    Ok(each.collect())
}

fn has(template: &str, parameter: &str) -> bool {
    let template: Value = serde_json::from_str(template).unwrap_or_default();
    template["Parameters"].get(parameter).is_some()
}

/// The command that does the same again.
pub(super) fn again(command: &str, assembly: &Assembly, stacks: &[String]) -> String {
    let folder = assembly.folder.display().to_string();
    let named = stacks.iter().any(|stack| Path::new(stack) == assembly.folder);
    let mut words = vec!["ce".to_owned(), command.to_owned()];
    if !named {
        words.push(folder);
    }
    words.extend(stacks.iter().cloned());
    words.join(" ")
}

/// How somebody is asked who gave these flags.
pub(super) fn prompt(again: String, manner: &Manner) -> Prompt {
    Prompt::new(again).detail(Detail::of_flag(manner.full))
}

/// Opens the journal of an assembly.
pub(super) fn journal(session: &Session, assembly: &Assembly) -> Result<(JournalFile, Journal), Stop> {
    let state = state_folder(session.global.state_dir.as_deref());
    let opened = JournalFile::open(&state, &assembly.folder);
    let (file, journal) = opened.map_err(|error| Stop::new(error.exit(), error.to_string()))?;
    if journal.damaged > 0 {
        session.screen.detail(1, &format!("{} lines of the journal are damaged and left out", journal.damaged));
    }
    Ok((file, journal))
}

/// With what earlier runs wrote down, and the key to it.
pub(super) fn remembering(session: &Session, options: Options, journal: Journal) -> Options {
    let options = options.journal(journal);
    match trace_key(&state_folder(session.global.state_dir.as_deref())) {
        Some(key) => options.trace_key(key),
        None => options,
    }
}

/// Drives an operation to its end, looks into what failed, and gives what it came to.
pub(super) async fn drive(
    session: &Session,
    assembly: &Arc<Assembly>,
    file: JournalFile,
    operation: &mut dyn Operation,
    prompt: Prompt,
    looking: Looking,
) -> Result<(Outcome, Telling), Stop> {
    let screen = &session.screen;
    let is_only_seen = screen.is_terminal() && !session.global.json && session.global.events.is_none();
    let state = state_folder(session.global.state_dir.as_deref());
    let mut telling = Telling::new(Arc::clone(screen), Arc::clone(assembly), prompt);
    let driver = Driver::new(Arc::clone(&session.aws), Arc::clone(assembly), state, file);
    let ended = match looking.depth(is_only_seen) {
        None => driver.run(operation, &mut telling).await,
        Some(depth) => driver.run(&mut Explained::new(operation, Arc::clone(assembly), depth), &mut telling).await,
    };
    telling.end();
    let ended = ended
        .map_err(|error| Stop::new(Exit::Detached, error.to_string()).help("what was begun goes on; `ce attach`"))?;
    Ok((ended, telling))
}

/// Says how it ended.
pub(super) fn conclude(session: &Session, command: &str, ended: &Outcome, telling: &Telling) {
    let screen = &session.screen;
    conclude_with(session, &outcome::facts(screen, command, ended, telling), ended, telling);
}

/// The same, with facts that more was added to.
pub(super) fn conclude_with(session: &Session, facts: &Value, ended: &Outcome, telling: &Telling) {
    let screen = &session.screen;
    screen.event("ended", now().0, facts.clone());
    let text = outcome::text(screen, ended, telling);
    if session.global.json {
        screen.json(facts);
        if ended.exit != Exit::Done {
            screen.failure(&text);
        }
    } else if ended.exit == Exit::Done {
        screen.result(&text);
    } else {
        screen.failure(&text);
    }
}
