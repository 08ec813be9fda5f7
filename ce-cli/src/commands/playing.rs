//! `ce simulate`: a deployment of the assembly, played in virtual time.

use std::sync::Arc;

use ce_deploy::assembly::Assembly;
use ce_deploy::engine::{Exit, Options};
use ce_deploy::simulator::play::Scenario;
use ce_deploy::simulator::{Budget, Fault, FaultKind, Settings};
use serde_json::json;

use super::{deploying, judging};
use crate::arguments::{Chosen, Simulate};
use crate::project::Along;
use crate::screen::story as told;
use crate::session::Session;
use crate::simulate::{Story, Times, Verdict, stand_in};
use crate::stop::Stop;

pub(super) async fn run(session: &Session, arguments: Simulate) -> Result<Exit, Stop> {
    if arguments.list {
        list(session);
        return Ok(Exit::Done);
    }
    let faults = faults(&arguments)?;
    let assembly = Arc::new(assembly(session, &arguments).await?);
    let seed = arguments.seed;
    let scenario = Scenario::new(vec![Arc::clone(&assembly)], judging::judge())
        .options(Options::default().seed(seed).follow(!arguments.inputs.no_follow))
        .settings(settings(&arguments));
    let plain = Story::of(&scenario.clone().may_fail().play(&ce_cfn::SCHEMAS), &assembly);
    // What cannot be deployed as it is says nothing about faults.
    if plain.exit != Exit::Done || (faults.is_empty() && arguments.schedules.is_none()) {
        return Ok(tell(session, &plain, seed));
    }
    if let Some(count) = arguments.schedules {
        return Ok(judge(session, &Verdict::of(&scenario, seed, count), seed));
    }
    let played = scenario.faults(faults).play(&ce_cfn::SCHEMAS);
    Ok(tell(session, &Story::of(&played, &assembly), seed))
}

fn faults(arguments: &Simulate) -> Result<Vec<Fault>, Stop> {
    let read = |text: &String| {
        let wrong = |error: ce_deploy::simulator::FaultSyntax| Stop::new(Exit::Usage, error.to_string());
        text.parse::<Fault>().map_err(|error| wrong(error).help("`ce simulate --faults` lists the kinds"))
    };
    let kill = arguments.kill_at.map(|moment| Ok(Fault::new(FaultKind::Kill).nth(moment)));
    arguments.faults.iter().map(read).chain(kill).collect()
}

/// The stacks that are meant with those that they need: in an empty cloud there is nothing else.
async fn assembly(session: &Session, arguments: &Simulate) -> Result<Assembly, Stop> {
    let chosen = Chosen { stacks: arguments.stacks.clone(), ..Chosen::default() };
    let (mut assembly, selection) = session.simulated_assembly(&chosen).await?;
    let meant = selection.of(&assembly, Along::Needed)?;
    assembly.stacks.retain(|stack| meant.contains(&stack.id));
    for (id, name, value) in deploying::given(session, &assembly, &arguments.inputs)? {
        for stack in assembly.stacks.iter_mut().filter(|stack| stack.id == id) {
            stack.parameters.insert(name.clone(), value.clone());
        }
    }
    let named = stand_in(&mut assembly);
    if !named.is_empty() {
        let help = "`--parameters` gives them";
        session.screen.progress(&format!("parameters with a value of the simulation: {}; {help}", named.join(", ")));
    }
    Ok(assembly)
}

fn settings(arguments: &Simulate) -> Settings {
    let times = arguments.service_times.clone().map(Times::into_inner).unwrap_or_default();
    let settings = Settings::default().seed(arguments.seed).times(times);
    match arguments.requests_per_second {
        Some(requests) => {
            // A bucket holds whole requests: less than one a second is one.
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is above 0, and saturates")]
            let requests = requests.ceil() as u32;
            settings.budget(Budget { burst: requests, per_second: requests })
        }
        None => settings,
    }
}

fn tell(session: &Session, story: &Story, seed: u64) -> Exit {
    let screen = &session.screen;
    if session.global.json {
        screen.json(&told::facts(screen, story, seed));
    } else {
        screen.result(&told::text(screen, story));
    }
    told::exit_of(story)
}

fn judge(session: &Session, verdict: &Verdict, seed: u64) -> Exit {
    let exit = if verdict.broken.is_some() { Exit::Bug } else { Exit::Done };
    if session.global.json {
        session.screen.json(&told::verdict_facts(verdict, seed, exit));
    } else {
        session.screen.result(&told::verdict_text(verdict, seed));
    }
    exit
}

fn list(session: &Session) {
    let about = |kind: FaultKind| kind.about().trim().to_owned();
    if session.global.json {
        let faults: Vec<_> =
            FaultKind::all().map(|kind| json!({ "kind": kind.word(), "about": about(kind) })).collect();
        return session.screen.json(&json!({ "version": 1, "command": "simulate", "faults": faults }));
    }
    let width = FaultKind::all().map(|kind| kind.word().len()).max().unwrap_or_default();
    for kind in FaultKind::all() {
        session.screen.result(&format!("{:width$}  {}", kind.word(), about(kind)));
    }
}
